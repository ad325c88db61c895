"""The page of a performance talk, made anew from the records whenever somebody looks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, or_, select

from .. import effects, errors, kpi, people
from ..calendars import local_day, midnight
from ..effects.measuring import Book
from ..effects.rules import BEFORE_DAYS, DAY, PROMPTED_DAYS
from ..goals.tables import Goal
from ..kpi.bands import Band
from ..kpi.rules import Reading
from ..people import Asker, Member, Role, Team
from ..periods import Period, parse_period
from ..recognition.tables import Kudos, KudosTo
from .contents import Person
from .performance import Page, Promised, Readiness, Thanked, Trained, people_of
from .rules import FOR_A_PERSON
from .tables import PerformanceTalk, Promise, Talk, Training

FEW_SHOWN = 5
"""Of thanks."""


def page(session: Session, row: PerformanceTalk, *, now: datetime) -> Page:
    """What stands in it: figures only where its lead may see them, for both alike."""
    team = people.team(session, row.workspace_id, row.team_id)
    lead, agent = people_of(session, row)
    period = parse_period(f"{row.first_day}..{row.last_day}", timezone=team.timezone, now=now)
    is_open = people.may_see_person(_asker(session, lead, now), agent.id, team.id, team.person_figures)
    figures, band, until = _figures(session, team, agent, period, now) if is_open else ((), {}, None)
    promises = _promises(session, row, period)
    thanks = _thanks(session, agent, period)
    return Page(
        talk_id=row.id,
        team_id=team.id,
        team=team.name,
        timezone=team.timezone,
        lead=Person(lead.id, lead.name, lead.slack_user_id),
        agent=Person(agent.id, agent.name, agent.slack_user_id),
        period=period,
        at=row.at,
        closed_level="" if is_open else team.person_figures,
        figures=figures,
        band=band,
        data_until=until,
        talks=_talks(session, row, period),
        promises=tuple(_promised(session, team, promises, now, is_open=is_open)),
        training=tuple(_training(session, agent, period)),
        thanks=tuple(_thanked(one, by, team) for one, by in thanks[:FEW_SHOWN]),
        thanked=len(thanks),
        givers=len({one.giver_id for one, _ in thanks}),
        goals=tuple(_goals(session, agent, period)),
        readiness=Readiness(row.readiness),
        lead_words=row.lead_words,
        agent_words=row.agent_words,
        counts=Counter(one.status for one in promises),
        shared_at=row.shared_at,
    )


def outline(session: Session, row: PerformanceTalk, *, now: datetime) -> Page:
    """Only whose it is and what the two say: for a modal, which cannot wait for figures."""
    team = people.team(session, row.workspace_id, row.team_id)
    lead, agent = people_of(session, row)
    period = parse_period(f"{row.first_day}..{row.last_day}", timezone=team.timezone, now=now)
    return Page(
        row.id, team.id, team.name, team.timezone, Person(lead.id, lead.name, lead.slack_user_id),
        Person(agent.id, agent.name, agent.slack_user_id), period, row.at, "", (), {}, None, 0, (), (), (), 0, 0, (),
        Readiness(row.readiness), row.lead_words, row.agent_words, {}, row.shared_at,
    )  # fmt: skip


def _asker(session: Session, lead: Member, now: datetime) -> Asker:
    """The lead with the roles they hold today, also where they are not in Slack."""
    held = people.memberships(session, lead.workspace_id, lead.id)
    roles = {(one.team_id, Role(one.role)) for one in held if people.holds(one.from_day, one.to_day, now.date())}
    return Asker(lead.id, lead.name, lead.slack_user_id, None, frozenset(roles))


def _figures(
    session: Session, team: Team, agent: Member, period: Period, now: datetime
) -> tuple[tuple[Reading, ...], dict[str, Band], datetime | None]:
    """Those of a person that have data, beside the middle half of the team."""
    try:
        reach = kpi.reach(session, team, now)
        keys = [key for key in kpi.catalogue_of(session, team) if key in FOR_A_PERSON]
        agents = people.identities_of(session, team.workspace_id, agent.id)
        card = kpi.scorecard(session, team, period, as_of=reach, keys=keys, agents=agents, agent_name=agent.name)
        band = kpi.band(session, team, period, as_of=reach, keys=keys)
    except errors.NoData:
        return (), {}, None
    told = {one.metric.key: one for one in card.readings if one.measure.value is not None}
    return tuple(told[key] for key in FOR_A_PERSON if key in told), dict(band), reach


def _between(period: Period) -> tuple[datetime, datetime]:
    return period.start, midnight(period.last_day + DAY, period.timezone)


def _talks(session: Session, row: PerformanceTalk, period: Period) -> int:
    since, until = _between(period)
    query = select(Talk.id).where(
        Talk.workspace_id == row.workspace_id,
        Talk.agent_id == row.agent_id,
        Talk.team_id == row.team_id,
        Talk.status == "held",
        col(Talk.held_at) >= since,
        col(Talk.held_at) < until,
    )
    return len(session.exec(query).all())


def _promises(session: Session, row: PerformanceTalk, period: Period) -> Sequence[Promise]:
    """Made between the two."""
    since, until = _between(period)
    query = select(Promise).where(
        Promise.workspace_id == row.workspace_id,
        Promise.agent_id == row.agent_id,
        Promise.lead_id == row.lead_id,
        col(Promise.made_at) >= since,
        col(Promise.made_at) < until,
    )
    return session.exec(query.order_by(col(Promise.due_on), col(Promise.id))).all()


def _promised(session: Session, team: Team, rows: Sequence[Promise], now: datetime, *, is_open: bool) -> list[Promised]:
    book = _book(session, team, rows, now) if is_open else None
    found = []
    for one in rows:
        effect = effects.of_promise(session, one, now=now, book=book) if book and one.metric else None
        owner = people.member(session, team.workspace_id, one.owner_id).name
        found.append(Promised(one.words, one.kind, owner, one.due_on, one.status, one.line, effect))
    return found


def _book(session: Session, team: Team, rows: Sequence[Promise], now: datetime) -> Book | None:
    """The facts for all of their effects, read once."""
    named = [one for one in rows if one.metric]
    if not named:
        return None
    earliest = min(min(one.made_at - PROMPTED_DAYS * DAY, one.prompted_from or one.made_at) for one in named)
    return Book.opened(session, team, local_day(earliest, team.timezone) - (BEFORE_DAYS + 1) * DAY, now)


def _training(session: Session, agent: Member, period: Period) -> list[Trained]:
    """Done within the period, or still to do."""
    query = select(Training).where(
        Training.workspace_id == agent.workspace_id,
        Training.member_id == agent.id,
        or_(
            col(Training.done_on).is_(None),
            col(Training.done_on).between(period.first_day, period.last_day),
            col(Training.done_on) > period.last_day,
        ),
    )
    rows = session.exec(query.order_by(col(Training.name_key))).all()
    return [Trained(one.name, one.done_on, one.due_on) for one in rows]


def _thanks(session: Session, agent: Member, period: Period) -> list[tuple[Kudos, str]]:
    since, until = _between(period)
    query = (
        select(Kudos, Member.name)
        .join(KudosTo, (col(KudosTo.workspace_id) == Kudos.workspace_id) & (col(KudosTo.kudos_id) == Kudos.id))
        .join(Member, (col(Member.workspace_id) == Kudos.workspace_id) & (col(Member.id) == Kudos.giver_id))
        .where(
            Kudos.workspace_id == agent.workspace_id,
            KudosTo.member_id == agent.id,
            col(Kudos.at) >= since,
            col(Kudos.at) < until,
        )
    )
    return list(session.exec(query.order_by(col(Kudos.at).desc(), col(Kudos.id))).all())


def _thanked(one: Kudos, by: str, team: Team) -> Thanked:
    return Thanked(by, local_day(one.at, team.timezone), one.reason, one.value)


def _goals(session: Session, agent: Member, period: Period) -> list[Goal]:
    """Agreed ones that ran within the period."""
    query = select(Goal).where(
        Goal.workspace_id == agent.workspace_id,
        Goal.member_id == agent.id,
        col(Goal.status).in_(("agreed", "reached", "not_reached", "not_decidable")),
        col(Goal.starts_on) <= period.last_day,
        col(Goal.ends_on) >= period.first_day,
    )
    return list(session.exec(query.order_by(col(Goal.ends_on), col(Goal.id))).all())
