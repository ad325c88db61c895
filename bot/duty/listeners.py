"""The board of who is on duty, its buttons, and the modals behind two of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from slack_bolt import App
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient
from sqlmodel import Session

from cspm_core import duty, errors, people
from cspm_core.people import Member, Team

from .. import acquaintance, ids
from ..asking import Ask
from ..blocks import Drawing, escape, value
from ..kpi import answers
from ..listening import form, later, listener, opener
from ..speaking import refused, speak
from . import fields, views

HOUR = timedelta(hours=1)


def register(app: App) -> None:
    app.action(ids.DUTY_TAKE_OVER)(take_over)
    app.action(ids.DUTY_SWAP)(ask_swap)
    app.action(ids.DUTY_AWAY)(ask_away)
    app.action(ids.DUTY_BACK)(back)
    app.view(ids.DUTY_SWAP_FORM)(swap)
    app.view(ids.DUTY_AWAY_FORM)(away)


def show(ask: Ask, words_after: str) -> None:
    """The board of a team: the one named, else the asker's own. Raises Refusal."""
    with ask.reading() as session:
        team = answers.team_asked(session, ask, words_after.strip())
        shown = _shown(session, ask, team)
    ask.answer(views.board(shown, ask.t))


@listener
def take_over(ask: Ask) -> None:
    """On duty at once, until the running shift ends."""
    with ask.writing() as session:
        team = _team(session, ask, int(ask.pressed()["team"]))
        until = duty.take_over(session, team, _oneself(session, ask, team), ask.now, now=ask.now)
    moment = ask.t.clock(until, team.timezone)
    _refresh(ask, team.id, ask.t("You are on duty for {team} until {moment}.", team=escape(team.name), moment=moment))


@listener
def back(ask: Ask) -> None:
    """Not away any more."""
    with ask.writing() as session:
        team = _team(session, ask, int(ask.pressed()["team"]))
        member = _oneself(session, ask, team)
        was_away = duty.be_back(session, member, by=ask.asker(session), now=ask.now)
    said = ask.t("Welcome back. You can be called again.") if was_away else ask.t("You were not away.")
    _refresh(ask, team.id, said)


@opener
def ask_swap(ask: Ask) -> None:
    """Who instead of whom, and until when? As it stands: whoever is on duty, until that ends."""
    with ask.glancing() as session:
        team = _team(session, ask, int(ask.pressed()["team"]))
        if not ask.asker(session).leads(team.id):
            leads = people.members_of(session, team, ask.now.date(), people.Role.LEAD)
            raise errors.NotForYou([lead.name for lead in leads])
        on = duty.on_duty(session, team, ask.now)
        members = [people.member(session, ask.workspace_id, member_id) for member_id in on.member_ids]
    users = [member.slack_user_id for member in members if member.slack_user_id]
    begins = _minute(ask.now)
    ends = on.until if on.until and on.member_ids else begins + 8 * HOUR
    ask.opens(views.swap(team.name, _carried(ask, team), users, begins, ends, team.timezone, ask.t))


@form
def swap(ask: Ask) -> dict[str, str] | None:
    """Committed before the modal closes; the board says it then."""
    starts_at, ends_at = fields.moment(ask, views.STARTS), fields.moment(ask, views.ENDS)
    on_user, off_user = fields.user(ask, views.ON), fields.user(ask, views.OFF)
    told = fields.carried(ask)
    if not on_user or not _is_met(ask, on_user):
        return {views.ON: ask.t("Choose a person whom I can meet in Slack; apps cannot be on duty.")}
    with ask.writing() as session:
        team = _team(session, ask, int(told["team"]))
        on = people.member_by_slack(session, ask.workspace_id, on_user)
        off = people.member_by_slack(session, ask.workspace_id, off_user) if off_user else None
        if on is None or (off_user and off is None):
            return {views.ON if on is None else views.OFF: ask.t("I have not met this person yet.")}
        duty.swap(session, team, off, on, starts_at, ends_at, by=ask.asker(session), now=ask.now)
    said = _swapped(ask, team, on, off, starts_at, ends_at)
    later(ask.slack, "duty.swapped", lambda: _refresh(ask, team.id, said, str(told.get("url") or "")))
    return None


def _swapped(ask: Ask, team: Team, on: Member, off: Member | None, starts_at: datetime, ends_at: datetime) -> str:
    told = {
        "person": escape(on.name),
        "start": ask.t.clock(starts_at, team.timezone),
        "end": ask.t.clock(ends_at, team.timezone),
    }
    if off is None:
        return ask.t("{person} is on duty from {start} until {end}.", **told)
    return ask.t("{person} is on duty instead of {other} from {start} until {end}.", other=escape(off.name), **told)


@opener
def ask_away(ask: Ask) -> None:
    """From when to when? As it stands: from now to the end of the day."""
    with ask.glancing() as session:
        team = _team(session, ask, int(ask.pressed()["team"]))
        calendar = people.calendar_of(session, team)
    begins = _minute(ask.now)
    closing = calendar.closing(calendar.local_day(ask.now))
    ends = closing if closing and closing > begins else begins + 8 * HOUR
    ask.opens(views.away(_carried(ask, team), begins, ends, ask.t))


@form
def away(ask: Ask) -> dict[str, str] | None:
    """Committed before the modal closes; saying it twice changes nothing."""
    starts_at, ends_at = fields.moment(ask, views.STARTS), fields.moment(ask, views.ENDS)
    told = fields.carried(ask)
    with ask.writing() as session:
        team = _team(session, ask, int(told["team"]))
        member, note = _oneself(session, ask, team), fields.text(ask, views.NOTE)
        duty.be_away(session, member, starts_at, ends_at, by=ask.asker(session), note=note, now=ask.now)
    start, end = ask.t.clock(starts_at, team.timezone), ask.t.clock(ends_at, team.timezone)
    said = ask.t("You are away from {start} until {end}.", start=start, end=end)
    later(ask.slack, "duty.away", lambda: _refresh(ask, team.id, said, str(told.get("url") or "")))
    return None


def _refresh(ask: Ask, team_id: int, said: str, url: str = "") -> None:
    """Say what has changed on the board itself, in its place; in direct messages where that place is gone."""
    with ask.reading() as session:
        shown = _shown(session, ask, people.team(session, ask.workspace_id, team_id))
    drawing, url = views.board(replace(shown, said=said), ask.t), url or str(ask.slack.body.get("response_url") or "")
    if not url:
        ask.tell(drawing)
        return
    try:
        speak(ask.runtime, ask.workspace_id, drawing, ask.t, lambda drawn: _replace(url, drawn))
    except SlackApiError:  # the address is good for half an hour and five answers
        ask.tell(drawing)


def _replace(url: str, drawing: Drawing) -> None:
    told = WebhookClient(url, retry_handlers=[]).send(
        text=drawing["text"], blocks=drawing["blocks"], replace_original=True
    )
    if told.status_code != 200 or told.body not in ("ok", ""):
        raise refused(told)


def _shown(session: Session, ask: Ask, team: Team) -> views.Shown:
    asker = ask.asker(session)
    known = asker.member_id is not None
    alone = duty.on_duty(session, team, ask.now).member_ids == (asker.member_id,)
    return views.Shown(
        duty.overview(session, team, ask.now),
        may_take=known and team.id in asker.team_ids and not alone,
        may_swap=asker.leads(team.id),
        is_away=asker.member_id is not None and duty.is_away(session, ask.workspace_id, asker.member_id, ask.now),
        is_member=known,
    )


def _team(session: Session, ask: Ask, team_id: int) -> Team:
    """The team of a board; rights are looked at anew. Raises NotYourTeam."""
    team = people.team(session, ask.workspace_id, team_id)
    if not ask.asker(session).may_see_team(team.id):
        raise errors.NotYourTeam(team.name)
    return team


def _oneself(session: Session, ask: Ask, team: Team) -> Member:
    member = people.member_by_slack(session, ask.workspace_id, ask.user)
    if member is None:
        raise errors.NotOfTeam(team.name)
    return member


def _is_met(ask: Ask, user: str) -> bool:
    """Whether we know a Slack user; whom we do not know yet we ask Slack about."""
    with ask.glancing() as session:
        if people.member_by_slack(session, ask.workspace_id, user):
            return True
    profile = acquaintance.ask_slack(ask.runtime, ask.workspace_id, user)
    if profile is None:
        return False
    with ask.writing() as session:
        people.meet(session, ask.workspace_id, user, profile, now=ask.now)
    return True


def _carried(ask: Ask, team: Team) -> str:
    return value(team=team.id, url=ask.slack.body.get("response_url") or "")


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
