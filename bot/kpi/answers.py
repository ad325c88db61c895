"""From what somebody wants to see to what they may see: rights first, then the core's figures, then a drawing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from slackblocks import Block
from sqlmodel import Session

from cspm_core import errors, kpi, people, signals, tickets
from cspm_core.drivers import Dimension, values
from cspm_core.kpi import Band, Reader, Scorecard, Trend
from cspm_core.kpi.subjects import ESCALATED, REVIEWED
from cspm_core.metrics import CATALOGUE, Cohort, Subject
from cspm_core.people import Asker, Member, Team
from cspm_core.periods import BadPeriod, Period, local_day, parse_period
from cspm_core.signals import Reason, Signal

from ..asking import Ask
from ..blocks import Drawing, fitted
from ..finding import is_id
from ..signals import views as signal_views
from ..words import LANGUAGES, Words
from . import escalation_views, explain_views, ticket_views, trend_views, views
from .names import NAMES
from .scope import Place, Scope
from .spoken import Known, nearest_period

DAY, FOUR_WEEKS = timedelta(days=1), timedelta(days=28)
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
    every = people.teams(session, workspace_id)
    metrics = {**_own_names(session, every), **metrics}
    for language in LANGUAGES:
        names = {key: Words(language)(name) for key, name in NAMES.items()}
        metrics |= {people.fold(name): key for key, name in names.items()}
        metrics |= {people.fold(ABBREVIATION.sub("", name)): key for key, name in names.items()}
    return Known([team.name for team in every], metrics, now)


def _own_names(session: Session, teams: Sequence[Team]) -> dict[str, str]:
    """Figures that teams made themselves, by key and by every name they have; the catalogue's own come first."""
    names: dict[str, str] = {}
    for metric in (metric for team in teams for metric in kpi.own_metrics(session, team)):
        assert metric.own
        spoken = (metric.key, metric.key.replace("_", " "), *metric.own.names.values())
        names |= {people.fold(name): metric.key for name in spoken}
    return names


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


def team_led(session: Session, ask: Ask, name: str) -> Team:
    """A team whose people the asker may see beside each other: the one named, else one that they lead. Raises NotForYou
    where they do not lead it, PeopleClosed where the team has not agreed to it."""
    asker, every = ask.asker(session), people.teams(session, ask.workspace_id)
    led = [team for team in every if (team.id, people.Role.LEAD) in asker.roles and not name]
    led.sort(key=lambda team: (not _may_see_people(asker, team), team.id != asker.last_team_id))
    team = led[0] if led else team_asked(session, ask, name)
    if (team.id, people.Role.LEAD) not in asker.roles:
        leads = people.members_of(session, team, ask.now.date(), people.Role.LEAD)
        raise errors.NotForYou([lead.name for lead in leads])
    if not _may_see_people(asker, team):
        raise errors.PeopleClosed(team.name)
    return team


NO_ONE = 0


def _may_see_people(asker: Asker, team: Team) -> bool:
    """Whether figures about anybody of a team may be shown to the asker, and not only about themselves."""
    return people.may_see_person(asker, NO_ONE, team.id, team.person_figures)


def may_see_people(session: Session, ask: Ask, team: Team) -> bool:
    """The same of whoever asks."""
    return _may_see_people(ask.asker(session), team)


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
        raise errors.DataEnded(team.name, reach, team.timezone, f"{_last_day(team, reach):%Y-%m}")
    return Seen(team, Scope(team.id, whole.key, asked_at, reach), whole.until(reach))


def reached(session: Session, team: Team, periods: Sequence[str], *, asked_at: datetime) -> Iterator[Seen]:
    """Those of the periods that the data reaches into; then the four weeks that end with it, however long ago."""
    for period in periods:
        with suppress(errors.DataEnded):
            yield seen(session, team, period, asked_at=asked_at, as_of=None)
    last = _last_day(team, kpi.reach(session, team, asked_at))
    yield seen(session, team, f"{last - FOUR_WEEKS + DAY}..{last}", asked_at=asked_at, as_of=None)


def _last_day(team: Team, reach: datetime) -> date:
    """The last local day of which anything is known; midnight belongs to the day before."""
    return local_day(reach - timedelta(microseconds=1), team.timezone)


def again(session: Session, ask: Ask, scope: Scope) -> Seen:
    """What a button under an answer is about, at the very instant that answer stood at; rights are checked anew."""
    team = _allowed(ask.asker(session), people.team(session, ask.workspace_id, scope.team_id))
    found = seen(session, team, scope.period, asked_at=scope.asked_at, as_of=scope.as_of)
    if scope.member_id is not None:
        found = about(session, ask, found, people.member(session, ask.workspace_id, scope.member_id))
    check_few(session, ask, found, scope.metric)
    return replace(found, scope=replace(found.scope, part=scope.part))


def check_few(session: Session, ask: Ask, found: Seen, metric: str) -> None:
    """Whoever is not of the team, an executive or an admin, sees figures of reviews of five people's work or more.
    Raises FewPeople."""
    is_reviewed = metric in CATALOGUE and CATALOGUE[metric].of in REVIEWED
    if not is_reviewed or found.person or found.team.id in ask.asker(session).team_ids:
        return
    if kpi.is_review_of_few(session, found.team, found.period):
        raise errors.FewPeople(found.team.name)


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


def scorecard(session: Session, ask: Ask, found: Seen, shared_by: str = "", *, every: bool = False) -> views.Shown:
    """The figures with what stands around them: the chart, signals, other teams to choose; for one person the team's
    band. `every`: signals of all figures, not only of the few that a scorecard begins with."""
    reader = kpi.reading_for(session, found.team, found.period, _charted_over(found), as_of=found.scope.as_of)
    card, chart, band = _figures(session, found, reader)
    keys = None if every else [reading.metric.key for reading in views.five(card)]
    at = told_at(found)
    same = reader if at == reader.as_of else None
    marks = {} if found.person else signals.of_team(session, found.team, keys, at, reader=same)
    teams = other_teams(session, ask, found.team.id)
    until = card.complete_until
    calendar = people.calendar_of(session, found.team)
    is_stale = until is not None and tickets.is_stale(
        calendar, until, found.scope.asked_at, found.team.stale_after_hours
    )
    leads = not found.person and not shared_by and ask.asker(session).leads(found.team.id)
    shown = views.Shown(card, found.scope, chart, teams, band, shared_by, is_stale, place(ask), leads, marks)
    return replace(shown, recounting=tickets.recounting(found.team))


def escalations(session: Session, ask: Ask, found: Seen) -> views.Shown | None:
    """The figures of the team's escalations, as of when it was asked: they are our own record, and end at no export.

    None where the team had none in the period nor the one before, and for one person: they are a team's.
    """
    as_of = found.scope.asked_at
    period = parse_period(found.scope.period, timezone=found.team.timezone, now=as_of).until(as_of)
    every = kpi.every_figure(session, found.team, period, as_of)
    keys = [key for key in every if key in CATALOGUE and CATALOGUE[key].of in ESCALATED]
    if found.person or not keys:
        return None
    card = kpi.scorecard(session, found.team, period, as_of=as_of, keys=keys)
    return views.Shown(card, replace(found.scope, as_of=as_of), place=place(ask))


def quality(session: Session, ask: Ask, found: Seen) -> views.Shown | None:
    """The figures of reviews, as of when it was asked, of a team or of one person; None where nothing was reviewed in
    the period nor the one before."""
    as_of = found.scope.asked_at
    period = parse_period(found.scope.period, timezone=found.team.timezone, now=as_of).until(as_of)
    every = kpi.every_figure(session, found.team, period, as_of)
    keys = [key for key in every if key in CATALOGUE and CATALOGUE[key].of in REVIEWED]
    if not keys:
        return None
    with suppress(errors.FewPeople):
        check_few(session, ask, replace(found, period=period), keys[0])
        return _quality(session, ask, found, period, keys)
    return None


def _quality(session: Session, ask: Ask, found: Seen, period: Period, keys: Sequence[str]) -> views.Shown | None:
    as_of = found.scope.asked_at
    name = found.person.name if found.person else None
    card = kpi.scorecard(session, found.team, period, as_of=as_of, keys=keys, agents=found.agents, agent_name=name)
    return views.Shown(card, replace(found.scope, as_of=as_of), place=place(ask)) if card.shown else None


def is_own_record(metric: str) -> bool:
    """Whether a figure is of what happened here, so that it is told as of now and not of the last export."""
    return metric in CATALOGUE and CATALOGUE[metric].is_own_record


def _charted_over(found: Seen) -> Period:
    """What the chart shows: the period, or the last two weeks where it is shorter than a chart."""
    if found.period.end - found.period.start >= CHART_AT_LEAST:
        return found.period
    as_of = found.scope.as_of
    return parse_period(CHART_OTHERWISE, timezone=found.team.timezone, now=as_of).until(as_of)


def _figures(
    session: Session, found: Seen, reader: Reader
) -> tuple[Scorecard, tuple[Trend, ...], Mapping[str, Band] | None]:
    """One person gets no chart: its daily counts would be smaller than what may be said about one."""
    team, period, as_of = found.team, found.period, found.scope.as_of
    if found.person:
        name = found.person.name
        card = kpi.scorecard(session, team, period, as_of=as_of, agents=found.agents, agent_name=name)
        return card, (), kpi.band(session, team, period, as_of=as_of)
    over = _charted_over(found)
    card, chart = kpi.overview(session, team, period, as_of=as_of, charted=CHARTED, over=over, reader=reader)
    return card, chart, None


def other_teams(session: Session, ask: Ask, team_id: int) -> dict[int, str]:
    """The names of the other teams that the asker may see, by id."""
    asker = ask.asker(session)
    every = people.teams(session, ask.workspace_id)
    return {team.id: team.name for team in every if asker.may_see_team(team.id) and team.id != team_id}


def place(ask: Ask) -> Place:
    """Where the answer will stand: Slack's channels begin with C or G, direct messages with D, Home is none."""
    return Place.CHANNEL if ask.channel.startswith(("C", "G")) else Place.DIRECT


@dataclass(frozen=True)
class Answer:
    """What is said, and the signal whose control chart follows as a picture; None: there is nothing to draw."""

    drawing: Drawing
    signal: Signal | None = None


def drawn(
    session: Session, ask: Ask, found: Seen, metric: str, t: Words, *, kept: bool = False, shared_by: str = ""
) -> Answer:
    """One figure over time, or, without a metric, the whole scorecard."""
    where = Place.KEPT if kept else place(ask)
    check_few(session, ask, found, metric)
    if not metric:
        return Answer(views.scorecard(replace(scorecard(session, ask, found, shared_by), place=where), t))
    line = kpi.trend(session, found.team, metric, found.period, as_of=found.scope.as_of, agents=found.agents)
    name, scope, divided = found.name, found.scope.of(metric), [] if shared_by else _divided(session, found, metric, t)
    timezone, period = found.team.timezone, found.period
    signal = None if found.person else signals.of_figure(session, found.team, metric, told_at(found))

    def draw(flags: Sequence[int]) -> Drawing:
        below = [*(signal_views.chart_notes(signal, t, len(flags)) if signal else []), *divided]
        return trend_views.trend(line, name, timezone, period, scope, t, place=where, shared_by=shared_by, below=below)

    has_chart = signal is not None and signal.reason is Reason.NONE
    return Answer(fitted(range(signal_views.MOST_FLAGS), draw), signal if has_chart else None)


def told_at(found: Seen) -> datetime:
    """The instant that signals are judged at: a period that is over is judged as it stood at its end."""
    return min(found.scope.as_of, found.period.end)


def _divided(session: Session, found: Seen, metric: str, t: Words) -> list[Block]:
    """By kind and cause, where escalations that were opened make the figure."""
    of = kpi.metric_of(session, found.team, metric)
    if of.of is not Subject.ESCALATIONS or of.cohort is not Cohort.OPENED or found.person:
        return []
    groups = kpi.escalation_breakdown(session, found.team, found.period, found.scope.as_of)
    return escalation_views.breakdown(groups, t)


def ticket_list(session: Session, found: Seen, metric: str, t: Words, *, may_review: bool = False) -> Drawing:
    """The tickets behind a figure, or the escalations."""
    team, period, as_of = found.team, found.period, found.scope.as_of
    if is_own_record(metric):
        listed = kpi.escalations_behind(session, team, metric, period, as_of=as_of)
        return escalation_views.escalations(listed, found.name, found.scope, team.timezone, period, t)
    rows = behind(session, found, metric)
    return ticket_views.tickets(rows, found.name, found.scope, team.timezone, period, t, may_review=may_review)


def behind(session: Session, found: Seen, metric: str) -> kpi.TicketList:
    """What stands behind a figure, as it was chosen and sorted."""
    as_of = found.scope.as_of
    return kpi.behind(session, found.team, metric, found.period, as_of=as_of, agents=found.agents, **_chosen(found))


def sheet(session: Session, found: Seen, metric: str, t: Words) -> bytes:
    """The same, every one of them, as a CSV file."""
    from . import sheets

    if is_own_record(metric):
        listed = kpi.escalations_behind(session, found.team, metric, found.period, as_of=found.scope.as_of, limit=None)
        return sheets.escalation_sheet(listed, found.team.timezone, t)
    as_of, chosen = found.scope.as_of, _chosen(found)
    rows = kpi.behind(session, found.team, metric, found.period, as_of=as_of, agents=found.agents, limit=None, **chosen)
    return sheets.sheet(rows, found.team.timezone, t)


def is_about_few(session: Session, found: Seen, metric: str) -> bool:
    """Whether what would be said into a channel is about fewer than five people: who worked, or whose work was
    reviewed."""
    if metric in CATALOGUE and CATALOGUE[metric].of in REVIEWED:
        return kpi.is_review_of_few(session, found.team, found.period)
    return kpi.is_about_few(session, found.team, found.period)


def lists_reviews(metric: str) -> bool:
    """Whether reviews stand behind a figure, each of which not everybody may see."""
    return metric in CATALOGUE and CATALOGUE[metric].lists_reviews


def reviews_behind(session: Session, ask: Ask, found: Seen, metric: str) -> kpi.ReviewList:
    """The reviews behind a figure that the asker may see one by one."""
    return kpi.reviews_behind(
        session,
        found.team,
        metric,
        found.period,
        as_of=found.scope.as_of,
        asker=ask.asker(session),
        agents=found.agents,
        limit=None,
        within=_chosen(found)["within"],
    )


def _chosen(found: Seen) -> dict[str, Any]:
    """Which of a list, in which order."""
    part = found.scope.part
    within = None
    if part.dimension:
        within = values.within(Dimension(part.dimension), part.code, found.team.timezone)
    return {"only": part.only, "sort": part.sort, "within": within}


def explanation(session: Session, metric: str, found: Seen | None, t: Words) -> Drawing:
    """What a figure means; and where somebody may see a team's, why other help desks say something else."""
    if found is None:
        return explain_views.explanation(CATALOGUE[metric], "UTC", None, t)
    of, timezone = kpi.metric_of(session, found.team, metric), found.team.timezone
    scope = found.scope.of(metric)
    if found.person:
        return explain_views.explanation(of, timezone, scope, t)
    other = kpi.elsewhere(session, found.team, metric, found.period, as_of=found.scope.as_of)
    return explain_views.explanation(of, timezone, scope, t, other)
