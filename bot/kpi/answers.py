"""From what somebody wants to see to what they may see: rights first, then the core's figures, then a drawing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from slackblocks import Block
from sqlmodel import Session

from cspm_core import errors, kpi, people, tickets
from cspm_core.kpi import Band, Scorecard, Trend
from cspm_core.metrics import CATALOGUE, OF_TICKETS, Cohort, Subject
from cspm_core.people import Asker, Member, Team
from cspm_core.periods import BadPeriod, Period, parse_period

from ..asking import Ask
from ..blocks import Drawing
from ..finding import is_id
from ..words import LANGUAGES, Words
from . import escalation_views, explain_views, ticket_views, trend_views, views
from .names import NAMES
from .scope import Place, Scope
from .spoken import Known, nearest_period

CHART_AT_LEAST = timedelta(days=5)
CHART_OTHERWISE = "14d"
CHARTED = ("volume", "solved")
ABBREVIATION = re.compile(r"\s*[(（][A-Z]+[)）]")
"""As in Customer satisfaction (CSAT): nobody types it."""


@dataclass(frozen=True)
class Seen:
    """What an asker is allowed to look at, with the period and the instant its figures stand at."""

    team: Team
    scope: Scope
    period: Period
    agents: tuple[int, ...] | None = None
    """Identities of the one person it is about; None: the team."""
    person: Member | None = None

    @property
    def name(self) -> str:
        return self.person.name if self.person else self.team.name


def known(session: Session, workspace_id: int, now: datetime) -> Known:
    """Every team and figure there is to name; figures by key, alias and name in each of our languages."""
    metrics = {alias: key for key, metric in CATALOGUE.items() for alias in (key, *metric.aliases)}
    metrics |= {key.replace("_", " "): key for key in CATALOGUE}
    for language in LANGUAGES:
        names = {key: Words(language)(name) for key, name in NAMES.items()}
        metrics |= {people.fold(name): key for key, name in names.items()}
        metrics |= {people.fold(ABBREVIATION.sub("", name)): key for key, name in names.items()}
    return Known([team.name for team in people.teams(session, workspace_id)], metrics, now)


def team_asked(session: Session, ask: Ask, name: str) -> Team:
    """The team named, or the asker's own: the last one they asked for where they have several. Raises Refusal."""
    asker = ask.asker(session)
    if name:
        return _allowed(asker, people.team_named(session, ask.workspace_id, name))
    every = people.teams(session, ask.workspace_id)
    if not every:
        raise errors.NoTeams
    own = [team for team in every if team.id in asker.team_ids] or [t for t in every if asker.may_see_team(t.id)]
    if not own:
        raise errors.NoTeam
    return next((team for team in own if team.id == asker.last_team_id), own[0])


def _allowed(asker: Asker, team: Team) -> Team:
    if not asker.may_see_team(team.id):
        raise errors.NotYourTeam(team.name)
    return team


def seen(session: Session, team: Team, period: str, *, asked_at: datetime, as_of: datetime | None) -> Seen:
    """A team over a period. `as_of` None: as far as the data reaches. Raises NoData, UnknownPeriod, DataEnded."""
    reach = as_of or kpi.reach(session, team, asked_at)
    try:
        whole = parse_period(period, timezone=team.timezone, now=asked_at)
    except BadPeriod as bad:
        raise errors.UnknownPeriod(period, bad.nearest or nearest_period(period)) from None
    if reach <= whole.start:
        raise errors.DataEnded(team.name, reach, team.timezone)
    return Seen(team, Scope(team.id, whole.key, asked_at, reach), whole.until(reach))


def again(session: Session, ask: Ask, scope: Scope) -> Seen:
    """What a button under an answer is about, at the very instant that answer stood at; rights are checked anew."""
    team = _allowed(ask.asker(session), people.team(session, ask.workspace_id, scope.team_id))
    found = seen(session, team, scope.period, asked_at=scope.asked_at, as_of=scope.as_of)
    if scope.member_id is None:
        return found
    return about(session, ask, found, people.member(session, ask.workspace_id, scope.member_id))


def about(session: Session, ask: Ask, found: Seen, person: Member) -> Seen:
    """The same about one person of the team. Raises PersonFiguresClosed unless the team has agreed to it."""
    asker = ask.asker(session)
    if not people.may_see_person(asker, person.id, found.team.id, found.team.person_figures):
        raise errors.PersonFiguresClosed(person.name, found.team.name, found.team.person_figures)
    agents = tuple(people.identities_of(session, ask.workspace_id, person.id))
    scope = Scope(found.team.id, found.scope.period, found.scope.asked_at, found.scope.as_of, person.id)
    return Seen(found.team, scope, found.period, agents, person)


def team_of(session: Session, ask: Ask, person: Member) -> Team:
    """The team in which figures about a person are asked for: one that the asker leads, else any the person is in."""
    asker = ask.asker(session)
    every = people.memberships(session, ask.workspace_id, person.id)
    held = {m.team_id for m in every if people.holds(m.from_day, m.to_day, ask.now.date())}
    ids = sorted(held, key=lambda i: ((i, people.Role.LEAD) not in asker.roles, i != asker.last_team_id, i))
    if not ids:
        raise errors.NoTeamOf(person.name)
    return people.team(session, ask.workspace_id, ids[0])


def person_asked(session: Session, ask: Ask, who: str) -> Member:
    """A person by Slack user or by a name they go by. Raises UnknownMember."""
    by_slack = people.member_by_slack(session, ask.workspace_id, who)
    found = by_slack or people.member_named(session, ask.workspace_id, who)
    if found is None:
        raise errors.UnknownMember(f"<@{who}>" if is_id(who) else who)
    return found


def scorecard(session: Session, ask: Ask, found: Seen, shared_by: str = "") -> views.Shown:
    """The figures with what stands around them: the chart, other teams to choose; for one person the team's band."""
    card, chart, band = _figures(session, found)
    teams = other_teams(session, ask, found.team.id)
    until = card.complete_until
    calendar = people.calendar_of(session, found.team)
    is_stale = until is not None and tickets.is_stale(
        calendar, until, found.scope.asked_at, found.team.stale_after_hours
    )
    return views.Shown(card, found.scope, chart, teams, band, shared_by, is_stale, place(ask))


def escalations(session: Session, ask: Ask, found: Seen) -> views.Shown | None:
    """The figures of the team's escalations, as of when it was asked: they are our own record, and end at no export.

    None where the team had none in the period nor the one before, and for one person: they are a team's.
    """
    as_of = found.scope.asked_at
    period = parse_period(found.scope.period, timezone=found.team.timezone, now=as_of).until(as_of)
    keys = [key for key in kpi.every_figure(session, found.team, period, as_of) if key not in OF_TICKETS]
    if found.person or not keys:
        return None
    card = kpi.scorecard(session, found.team, period, as_of=as_of, keys=keys)
    return views.Shown(card, replace(found.scope, as_of=as_of), place=place(ask))


def is_own_record(metric: str) -> bool:
    """Whether a figure is of what happened here, so that it is told as of now and not of the last export."""
    return metric in CATALOGUE and not CATALOGUE[metric].lists_tickets


def _figures(session: Session, found: Seen) -> tuple[Scorecard, tuple[Trend, ...], Mapping[str, Band] | None]:
    """One person gets no chart: its daily counts would be smaller than what may be said about one."""
    team, period, as_of = found.team, found.period, found.scope.as_of
    if found.person:
        name = found.person.name
        card = kpi.scorecard(session, team, period, as_of=as_of, agents=found.agents, agent_name=name)
        return card, (), kpi.band(session, team, period, as_of=as_of)
    over = period
    if period.end - period.start < CHART_AT_LEAST:
        over = parse_period(CHART_OTHERWISE, timezone=team.timezone, now=as_of).until(as_of)
    card, chart = kpi.overview(session, team, period, as_of=as_of, charted=CHARTED, over=over)
    return card, chart, None


def other_teams(session: Session, ask: Ask, team_id: int) -> dict[int, str]:
    """The names of the other teams that the asker may see, by id."""
    asker = ask.asker(session)
    every = people.teams(session, ask.workspace_id)
    return {team.id: team.name for team in every if asker.may_see_team(team.id) and team.id != team_id}


def place(ask: Ask) -> Place:
    """Where the answer will stand: Slack's channels begin with C or G, direct messages with D, Home is none."""
    return Place.CHANNEL if ask.channel.startswith(("C", "G")) else Place.DIRECT


def drawn(
    session: Session, ask: Ask, found: Seen, metric: str, t: Words, *, kept: bool = False, shared_by: str = ""
) -> Drawing:
    """One figure over time, or, without a metric, the whole scorecard."""
    where = Place.KEPT if kept else place(ask)
    if not metric:
        return views.scorecard(replace(scorecard(session, ask, found, shared_by), place=where), t)
    line = kpi.trend(session, found.team, metric, found.period, as_of=found.scope.as_of, agents=found.agents)
    name, scope = found.name, found.scope.of(metric)
    below = [] if shared_by else _divided(session, found, metric, t)
    timezone, period = found.team.timezone, found.period
    return trend_views.trend(line, name, timezone, period, scope, t, place=where, shared_by=shared_by, below=below)


def _divided(session: Session, found: Seen, metric: str, t: Words) -> list[Block]:
    """By kind and cause, where escalations that were opened make the figure."""
    of = CATALOGUE[metric]
    if of.of is not Subject.ESCALATIONS or of.cohort is not Cohort.OPENED or found.person:
        return []
    groups = kpi.escalation_breakdown(session, found.team, found.period, found.scope.as_of)
    return escalation_views.breakdown(groups, t)


def ticket_list(session: Session, found: Seen, metric: str, t: Words) -> Drawing:
    """The tickets behind a figure, or the escalations."""
    team, period, as_of = found.team, found.period, found.scope.as_of
    if is_own_record(metric):
        listed = kpi.escalations_behind(session, team, metric, period, as_of=as_of)
        return escalation_views.escalations(listed, found.name, found.scope, team.timezone, period, t)
    rows = kpi.behind(session, team, metric, period, as_of=as_of, agents=found.agents)
    return ticket_views.tickets(rows, found.name, found.scope, team.timezone, period, t)


def sheet(session: Session, found: Seen, metric: str, t: Words) -> bytes:
    """The same, every one of them, as a CSV file."""
    from . import sheets

    if is_own_record(metric):
        listed = kpi.escalations_behind(session, found.team, metric, found.period, as_of=found.scope.as_of, limit=None)
        return sheets.escalation_sheet(listed, found.team.timezone, t)
    rows = kpi.behind(
        session, found.team, metric, found.period, as_of=found.scope.as_of, agents=found.agents, limit=None
    )
    return sheets.sheet(rows, found.team.timezone, t)


def explanation(metric: str, timezone: str, scope: Scope | None, t: Words) -> Drawing:
    """What a figure means."""
    return explain_views.explanation(CATALOGUE[metric], timezone, scope, t)
