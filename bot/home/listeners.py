"""Opening Home and changing one's settings there."""

from __future__ import annotations

from dataclasses import replace

from slack_bolt import App
from sqlmodel import Session

from cspm_core import duty, errors, goals, people, privacy
from cspm_core.escalations.awaiting import awaiting
from cspm_core.goals import Progress
from cspm_core.people import Member, Role
from cspm_core.privacy.actions import home_of, zone_of

from .. import ids
from ..asking import Ask
from ..duty import listeners as duty_board
from ..kpi import answers
from ..kpi import views as kpi_views
from ..kpi.scope import Place
from ..listening import event, listener
from ..refusals import mrkdwn
from ..speaking import speak
from ..today import listeners as today_list
from ..words import LANGUAGES, Words
from . import escalation_views, views

GOALS = 5
WEEKS = ("this-week", "last-week")
"""The first that the data reaches into."""
TEAMS = 3
"""Of so many of a person's teams it says who is on duty."""


def register(app: App) -> None:
    app.event("app_home_opened")(opened)
    app.event("user_change")(changed)
    app.action(ids.HOME_LANGUAGE)(choose_language)
    app.action(ids.HOME_REACH)(choose_reach)
    app.action(ids.HOME_KPI)(show_week)
    app.action(ids.DUTY_SHOW)(show_duty)


@event
def opened(ask: Ask) -> None:
    """Somebody opens Home: draw it anew. The other tab of the app says the same event."""
    if ask.slack.body["event"].get("tab", "home") == "home":
        publish(ask, ask.t)


@event
def changed(ask: Ask) -> None:
    """Slack says that a person has another language or zone: ask again the next time they speak."""
    user = ask.slack.body["event"]["user"]
    with ask.writing() as session:
        if person := people.member_by_slack(session, ask.workspace_id, user["id"]):
            people.ask_anew(session, person)


@listener
def choose_language(ask: Ask) -> None:
    """The language in which the bot speaks to this person, from now on."""
    chosen = ask.carried
    with ask.writing() as session:
        person = _person(session, ask)
        people.choose_language(session, person, chosen if chosen in LANGUAGES else None)
        words = Words(people.reader_language(session, person), ask.t.prefix, year=ask.t.year)
    publish(ask, words)


@listener
def choose_reach(ask: Ask) -> None:
    """What reaches this person by direct message."""
    on = {option["value"] for option in ask.action["selected_options"]}
    with ask.writing() as session:
        people.choose_reach(session, _person(session, ask), on)


@listener
def show_week(ask: Ask) -> None:
    """The week with all its buttons, in the direct messages."""
    with ask.reading() as session:
        shown = _week(session, ask)
    ask.tell(kpi_views.scorecard(replace(shown, place=Place.KEPT), ask.t))


@listener
def show_duty(ask: Ask) -> None:
    """The whole board of who is on duty, in the direct messages."""
    with ask.glancing() as session:
        team = people.team(session, ask.workspace_id, int(ask.pressed()["team"]))
    duty_board.show(ask, team.name)


def publish(ask: Ask, t: Words) -> None:
    """Draw Home for the person who asks, in the words given."""
    week, why_not, may_begin = None, "", False
    with ask.reading() as session:
        person = people.member_by_slack(session, ask.workspace_id, ask.user)
        settings = _settings(session, ask, person) if person else None
        waiting = _waiting(session, ask)
        reached = _goals(session, ask, person) if person else ()
        today = (today_list.of(session, ask, person), ask.now) if person else None
        is_admin_missing = not people.has_admin(session, ask.workspace_id)
        try:
            week = _week(session, ask)
        except errors.Refusal as refusal:
            why_not = "\n".join(filter(None, (mrkdwn(refusal, t), _soon(session, ask, refusal, t))))
            may_begin = _may_begin(session, ask, refusal)
    client = ask.runtime.client(ask.workspace_id)
    drawing = views.front(
        week, why_not, settings, t, waiting, today, reached, is_admin_missing=is_admin_missing, may_begin=may_begin
    )
    speak(ask.runtime, ask.workspace_id, drawing, t, lambda view: client.views_publish(user_id=ask.user, view=view))


def _week(session: Session, ask: Ask) -> kpi_views.Shown:
    """This week, or what came last where the data ends before it."""
    team = answers.team_asked(session, ask, "")
    found = next(answers.reached(session, team, WEEKS, asked_at=ask.now))
    return answers.scorecard(session, ask, found)


def _soon(session: Session, ask: Ask, refusal: errors.Refusal, t: Words) -> str:
    """What will stand here for somebody new, once there is a team or data."""
    asker = ask.asker(session)
    match refusal:
        case errors.NoData():
            leads = asker.everywhere is not None or any(asker.leads(one) for one in asker.team_ids)
            return t(views.SOON["lead" if leads else "agent"])
        case errors.NoTeam() | errors.NoTeams():
            return t(views.SOON["stranger"])
    return ""


def _may_begin(session: Session, ask: Ask, refusal: errors.Refusal) -> bool:
    """Whether there is no team, and an admin asks."""
    return isinstance(refusal, errors.NoTeams) and ask.asker(session).everywhere is Role.ADMIN


def _waiting(session: Session, ask: Ask) -> escalation_views.Shown:
    """The escalations that are the asker's or wait for them, and who is on duty in their teams."""
    asker = ask.asker(session)
    teams = [team for team in people.teams(session, ask.workspace_id) if team.id in asker.team_ids]
    on_duty = tuple(duty.overview(session, team, ask.now, turns=0) for team in teams[:TEAMS])
    return escalation_views.Shown(awaiting(session, asker, ask.workspace_id, now=ask.now), on_duty)


def _goals(session: Session, ask: Ask, person: Member) -> tuple[Progress, ...]:
    """A person's own goals and their teams', as far as they run."""
    asker = ask.asker(session)
    teams = [team for team in people.teams(session, ask.workspace_id) if team.id in asker.team_ids]
    own = goals.of_person(session, ask.workspace_id, person.id, ("agreed",))
    every = own + [one for team in teams[:TEAMS] for one in goals.of_team(session, team)]
    return tuple(goals.progress(session, one, now=ask.now) for one in every[:GOALS])


def _settings(session: Session, ask: Ask, person: Member) -> views.Settings:
    home = home_of(session, person, ask.now)
    looks = privacy.weeks(session, person, zone_of(person, home), ask.now) if home else None
    reaches = {key: getattr(person, key) for key in views.REACHES}
    return views.Settings(person.language, reaches, home.digest_at if home else "", looks)


def _person(session: Session, ask: Ask) -> Member:
    found = people.member_by_slack(session, ask.workspace_id, ask.user)
    if found is None:
        raise errors.UnknownMember(f"<@{ask.user}>")
    return found
