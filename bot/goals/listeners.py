"""`/goal`: what is to be reached, how it stands, and proposing one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timedelta

from slack_bolt import App, Args
from sqlmodel import Session

from cspm_core import errors, goals, people, receipts
from cspm_core.calendars import local_day
from cspm_core.goals import Goal, Kind, Progress, Wish
from cspm_core.metrics import Metric, Unit
from cspm_core.people import Member, Team
from cspm_core.periods import BadPeriod, Period, parse_period

from .. import at_once, ids
from ..asking import Ask
from ..blocks import Drawing, value
from ..escalations import fields, inputs
from ..kpi import answers
from ..kpi import figures as kpi_figures
from ..listening import form, later, listener, menu, opener
from ..setup import lengths
from ..slash import named
from . import forms, views
from .names import SUBCOMMANDS

USER = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")
QUARTER = timedelta(days=90)
QUALITY = ("csat", "reopen_rate", "qa_score", "one_touch", "fcr")
OVER = ("agreed", "reached", "not_reached", "not_decidable")


def register(app: App) -> None:
    app.command(named("goal"))(command)
    app.action(ids.GOAL_NEW)(begin)
    app.options(ids.GOAL_TEAM)(find_teams)
    app.view(ids.GOAL_FORM)(propose)
    app.action(ids.GOAL_AGREE)(agree)
    app.action(ids.GOAL_DECLINE)(decline)
    app.action(ids.GOAL_WITHDRAW)(withdraw)
    app.action(ids.GOAL_SHOW)(show_one)


def command(args: Args) -> None:
    """A new one opens a modal at once; the rest takes the time it takes."""
    about, _ = understood(str((args.command or {}).get("text") or ""))
    (begin if about == "new" else show)(args)


def understood(text: str) -> tuple[str, str]:
    """Which subcommand, and the words after it; a mention: that person's; nothing: mine."""
    said = people.fold(text)
    for about, spellings in SUBCOMMANDS.items():
        for one in sorted(spellings, key=len, reverse=True):
            if said == one or said.startswith(one + " "):
                return about, " ".join(text.split())[len(one) :].strip()
    if USER.search(text):
        return "person", text
    return ("team", text.strip()) if said else ("mine", "")


@listener
def show(ask: Ask) -> None:
    """Whatever was asked for but a new one."""
    about, words = understood(ask.text)
    SHOWN[about](ask, words)


def _mine(ask: Ask, words: str) -> None:  # noqa: ARG001
    with ask.reading() as session:
        person = _asker(session, ask)
        own = goals.of_person(session, ask.workspace_id, person.id)
        asker = ask.asker(session)
        teams = [one for one in people.teams(session, ask.workspace_id) if one.id in asker.team_ids]
        every = own + [one for team in teams for one in goals.of_team(session, team)]
        shown = _listed(session, ask, ask.t("Your goals, and your teams’"), every)
    ask.answer(views.goals(shown, ask.t))


def _team(ask: Ask, words: str) -> None:
    with ask.reading() as session:
        team = answers.team_asked(session, ask, words)
        every = [one for one in goals.of_team(session, team, OVER) if _is_for(session, ask, team, one)]
        shown = _listed(session, ask, ask.t("Goals of {team}", team=team.name), every)
    ask.answer(views.goals(shown, ask.t))


def _person(ask: Ask, words: str) -> None:
    with ask.reading() as session:
        found = USER.search(words)
        person = answers.person_asked(session, ask, found[1] if found else words)
        team = answers.team_of(session, ask, person)
        asker = ask.asker(session)
        if not people.may_see_person(asker, person.id, team.id, team.person_figures):
            raise errors.PersonFiguresClosed(person.name, team.name, team.person_figures)
        every = [one for one in goals.of_person(session, ask.workspace_id, person.id) if _may_see(session, asker, one)]
        shown = _listed(session, ask, ask.t("Goals of {person}", person=person.name), every)
    with ask.writing() as session:
        people.log_look(session, ask.workspace_id, asker, person.id, "goals", now=ask.now)
    ask.answer(views.goals(shown, ask.t))


def _may_see(session: Session, asker: people.Asker, one: Goal) -> bool:
    """Somebody may have goals in several teams, which have agreed to different things."""
    team = people.team(session, one.workspace_id, one.team_id)
    return one.member_id is None or people.may_see_person(asker, one.member_id, team.id, team.person_figures)


def _is_for(session: Session, ask: Ask, team: Team, one: Goal) -> bool:
    """Whoever is not of the team sees no score of fewer than five people's work."""
    return team.id in ask.asker(session).team_ids or not goals.is_of_few(session, team, one, now=ask.now)


def _evidence(ask: Ask, words: str) -> None:
    """The goals of a team that ended in a period, or run in it: the last word may be the period."""
    with ask.reading() as session:
        name, _, last = words.rpartition(" ")
        team, period = _team_and_period(session, ask, name, last)
        every = [
            goals.progress(session, one, now=ask.now)
            for one in goals.of_team(session, team, OVER)
            if one.starts_on <= period.last_day and one.ends_on >= period.first_day and _is_for(session, ask, team, one)
        ]
        said = kpi_figures.period_name(period, ask.t)
    ask.answer(views.evidence(every, team.name, said, ask.t))


def _team_and_period(session: Session, ask: Ask, name: str, last: str) -> tuple[Team, Period]:
    try:
        team = answers.team_asked(session, ask, name)
        return team, parse_period(last or "this-quarter", timezone=team.timezone, now=ask.now)
    except (BadPeriod, errors.UnknownTeam):
        team = answers.team_asked(session, ask, f"{name} {last}".strip())
        return team, parse_period("this-quarter", timezone=team.timezone, now=ask.now)


def _help(ask: Ask, words: str) -> None:  # noqa: ARG001
    ask.answer(views.help_text(ask.t))


SHOWN: Mapping[str, Callable[[Ask, str], None]] = {
    "mine": _mine,
    "team": _team,
    "person": _person,
    "evidence": _evidence,
    "help": _help,
}


def _listed(session: Session, ask: Ask, title: str, every: list[Goal]) -> views.Listed:
    asker = ask.asker(session)
    told = [goals.progress(session, one, now=ask.now) for one in every]
    own = {one.id for one in every if asker.member_id in (one.proposed_by, one.owner_id, one.member_id)}
    led = {one.id for one in every if asker.coaches(one.team_id)}
    return views.Listed(title, told, frozenset(own | led))


@opener
def begin(ask: Ask) -> None:
    """The modal, for the asker's team or somebody mentioned."""
    found = USER.search(ask.text)
    with ask.glancing() as session:
        asker = ask.asker(session)
        own = {one.id: one.name for one in people.teams(session, ask.workspace_id) if one.id in asker.team_ids}
        if not own:
            raise errors.NoTeam
        team = answers.team_asked(session, ask, "")
        team_id = team.id if team.id in own else next(iter(own))
        home = people.team(session, ask.workspace_id, team_id)
        metrics = goals.offered(session, home, of_person=False)
        first = local_day(ask.now, home.timezone)
        user = found[1] if found else "" if asker.coaches(team_id) else ask.user
    quality = [one for one in metrics if one.key in QUALITY]
    private = value(team=team_id)
    ask.opens(forms.propose(own, team_id, metrics, quality, first, first + QUARTER, private, ask.t, user=user))


@menu
def find_teams(ask: Ask) -> list[Drawing]:
    """Where somebody is in many teams: those whose names hold what was typed."""
    typed = people.fold(ask.slack.body["value"])
    with ask.glancing() as session:
        mine = ask.asker(session).team_ids
        own = {one.id: one.name for one in people.teams(session, ask.workspace_id) if one.id in mine}
    return inputs.offered_teams({i: name for i, name in own.items() if typed in people.fold(name)})


@form
def propose(ask: Ask) -> dict[str, str] | None:
    """Written down before the modal closes, once for each modal; whom it binds is asked."""
    user = fields.user(ask, forms.PERSON)
    if user:
        fields.met(ask, user)
    with ask.writing() as session:
        team = people.team(
            session, ask.workspace_id, int(fields.chosen(ask, forms.TEAM) or fields.carried(ask)["team"])
        )
        person = fields.person(session, ask, user) if user else None
        if user and person is None:
            return {forms.PERSON: ask.t("I have not met this person yet. Ask them to open my Home tab once.")}
        wish, beside, wrong = _wishes(session, ask, team)
        if wrong or wish is None:
            return wrong
        if not receipts.first_time(session, ask.workspace_id, f"goal:{ask.view_id}", now=ask.now):
            return None
        off = _proposed(session, ask, team, person, wish, beside)
        if off:
            receipts.forget(session, ask.workspace_id, f"goal:{ask.view_id}")
            return off
    later(ask.slack, "goal.proposed", lambda: at_once.deliver(ask.runtime))
    return None


def _proposed(
    session: Session, ask: Ask, team: Team, person: Member | None, wish: Wish, beside: Wish | None
) -> dict[str, str] | None:
    """What does not fit stands beside its field."""
    starts, ends = fields.day(ask, forms.STARTS), fields.day(ask, forms.ENDS)
    if starts is None or ends is None:
        return {forms.ENDS: ask.t("Choose a day.")}
    try:
        goals.propose(
            session, team, ask.asker(session), wish, starts_on=starts, ends_on=ends, member=person, beside=beside,
            now=ask.now,
        )  # fmt: skip
    except errors.NeedsQuality:
        return {forms.BESIDE: ask.t("Choose what must not get worse meanwhile, and say how far.")}
    except errors.NoBaseline:
        said = ask.t("There is no figure yet to get better than. Choose a value to reach instead.")
        return {forms.KIND: said}
    except errors.Invalid as wrong:
        if wrong.reason == "goal_days":
            return {forms.ENDS: ask.t("A goal runs for two weeks to a year.")}
        return {forms.METRIC: ask.t("This figure cannot be a goal here. Choose another one.")}
    return None


def _wishes(session: Session, ask: Ask, team: Team) -> tuple[Wish | None, Wish | None, dict[str, str]]:
    """What was filled in, and what is wrong with it."""
    kind = fields.chosen(ask, forms.KIND) or Kind.VALUE.value
    metric = goals.metric_of(session, team, fields.chosen(ask, forms.METRIC))
    target, wrong = _typed(ask, forms.TARGET, metric, kind, team)
    beside = None
    if (key := fields.chosen(ask, forms.BESIDE)) and goals.needs_quality(metric):
        quality = goals.metric_of(session, team, key)
        reach, off = _typed(ask, forms.BESIDE_TARGET, quality, Kind.VALUE.value, team)
        wrong |= off
        beside = Wish(key, Kind.VALUE.value, reach) if reach is not None else None
    return (Wish(metric.key, kind, target) if target is not None else None), beside, wrong


def _typed(ask: Ask, block_id: str, metric: Metric, kind: str, team: Team) -> tuple[float | None, dict[str, str]]:
    text = fields.text(ask, block_id)
    try:
        if kind == Kind.BETTER_BY.value and metric.unit in (Unit.SECONDS, Unit.COUNT, Unit.EACH):
            return _share(text), {}
        return lengths.value(text, metric, team.hours), {}
    except (errors.Invalid, ValueError):
        return None, {block_id: ask.t("Write it as 90%, 4h or 85; “better by” as 10%.")}


def _share(text: str) -> float:
    """10% or 0.1 of where it began. Raises ValueError."""
    plain = text.strip().replace(",", ".")
    number = float(plain.removesuffix("%"))
    found = number / 100 if plain.endswith("%") else number
    if not 0 < found < 1:
        raise ValueError(text)
    return found


@listener
def agree(ask: Ask) -> None:
    """It counts from now on."""
    _answer(ask, goals.agree)


@listener
def decline(ask: Ask) -> None:
    """It does not count."""
    _answer(ask, goals.decline)


def _answer(ask: Ask, how: Callable[..., bool]) -> None:
    with ask.writing() as session:
        one = goals.goal(session, ask.workspace_id, int(ask.pressed()["goal"]))
        did = how(session, one, ask.asker(session), now=ask.now)
    if not did:
        raise errors.Changed
    at_once.deliver(ask.runtime)


@listener
def withdraw(ask: Ask) -> None:
    """It is taken back, whoever had agreed."""
    with ask.writing() as session:
        one = goals.goal(session, ask.workspace_id, int(ask.pressed()["goal"]))
        did = goals.withdraw(session, one, ask.asker(session), now=ask.now)
    if not did:
        raise errors.Changed
    ask.answer({"text": ask.t("The goal is taken back.")})


@listener
def show_one(ask: Ask) -> None:
    """The question to whom it binds, again."""
    with ask.reading() as session:
        one = goals.goal(session, ask.workspace_id, int(ask.pressed()["goal"]))
        asker = ask.asker(session)
        if asker.member_id not in (one.member_id, one.owner_id, one.proposed_by):
            raise errors.NotForYou([people.member(session, ask.workspace_id, one.owner_id).name])
        drawing = asked(session, one, ask)
    ask.answer(drawing)


def asked(session: Session, one: Goal, ask: Ask) -> Drawing:
    """As it is asked."""
    found: Progress = goals.progress(session, one, now=ask.now)
    by = people.member(session, one.workspace_id, one.proposed_by).name
    return views.asked(found, by, ask.t)


def _asker(session: Session, ask: Ask) -> Member:
    person = people.member_by_slack(session, ask.workspace_id, ask.user)
    if person is None:
        raise errors.NoTeam
    return person
