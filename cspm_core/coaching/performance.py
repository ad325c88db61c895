"""The bigger talk over half a year: what its page is made of, and what the two say. Callers commit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlmodel import Session, col, select, update

from .. import duty, errors, notices, people
from ..calendars import local_day
from ..effects.rules import Effect
from ..goals.tables import Goal
from ..ids import new_id
from ..kpi.bands import Band
from ..kpi.rules import Reading
from ..once import the_one
from ..people import Asker, Member, Team, fold
from ..periods import Period, parse_period, previous
from . import telling
from .contents import Person
from .tables import PerformanceTalk, Training

KIND = "coaching.performance"
LONGEST_WORDS = 2_000
LONGEST_NAME = 100
DAY = timedelta(days=1)


class Readiness(StrEnum):
    """For a next step, as the lead sees it."""

    UNSAID = ""
    NOT_ASKED = "not_asked"
    GROWING = "growing"
    SOON = "ready_soon"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class Promised:
    """One promise, with what is honestly known of its effect (None: no figure, or none that may be shown)."""

    words: str
    kind: str
    by: str
    due_on: date
    status: str
    line: str
    effect: Effect | None = None


@dataclass(frozen=True, slots=True)
class Trained:
    name: str
    done_on: date | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Thanked:
    by: str
    on: date
    reason: str
    value: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page for both: what is recorded of somebody's half-year, and what the two say about it."""

    talk_id: int
    team_id: int
    team: str
    timezone: str
    lead: Person
    agent: Person
    period: Period
    at: datetime
    closed_level: str
    """Why there are no figures: who may see a person's in this team; empty: they are there."""
    figures: tuple[Reading, ...]
    band: Mapping[str, Band]
    """The middle half of the team's people, by figure."""
    data_until: datetime | None
    talks: int
    """Coaching talks held."""
    promises: tuple[Promised, ...]
    training: tuple[Trained, ...]
    thanks: tuple[Thanked, ...]
    """The newest few."""
    thanked: int
    givers: int
    """Different people who thanked."""
    goals: tuple[Goal, ...]
    readiness: Readiness = Readiness.UNSAID
    lead_words: str = ""
    agent_words: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    """Promises by how they ended."""
    shared_at: datetime | None = None


def half_year(team: Team, now: datetime) -> Period:
    """The last two whole quarters of the team."""
    last = parse_period("last-quarter", timezone=team.timezone, now=now)
    first = previous(last, now)
    return parse_period(f"{first.first_day}..{last.last_day}", timezone=team.timezone, now=now)


def begin(
    session: Session, team: Team, period: Period, *, lead: Asker, agent: Member, now: datetime
) -> PerformanceTalk:
    """The performance talk of a lead with one of their team over a period; the same one where it was begun before.

    Raises NotForYou, OwnTalk.
    """
    if lead.member_id == agent.id:
        raise errors.OwnTalk
    if lead.member_id is None or not lead.coaches(team.id):
        raise errors.NotForYou
    today = local_day(now, team.timezone)
    last_day = min(period.last_day, today)
    query = select(PerformanceTalk).where(
        PerformanceTalk.workspace_id == team.workspace_id,
        PerformanceTalk.agent_id == agent.id,
        PerformanceTalk.lead_id == lead.member_id,
        PerformanceTalk.first_day == period.first_day,
        PerformanceTalk.last_day == last_day,
    )
    fresh = PerformanceTalk(
        workspace_id=team.workspace_id, id=new_id(now), team_id=team.id, agent_id=agent.id, lead_id=lead.member_id,
        first_day=period.first_day, last_day=last_day, at=now,
    )  # fmt: skip
    return the_one(session, query, fresh)


def talk_of(session: Session, workspace_id: int, talk_id: int, asker: Asker) -> PerformanceTalk:
    """One of the asker's own: its agent's once it is shared, or its lead's as long as they lead the team. Raises
    UnknownTalk, NotYourTalk."""
    row = session.get(PerformanceTalk, (workspace_id, talk_id))
    if row is None:
        raise errors.UnknownTalk(str(talk_id))
    is_lead = asker.member_id == row.lead_id and asker.coaches(row.team_id)
    is_agent = asker.member_id == row.agent_id and row.shared_at is not None
    if asker.member_id is None or not (is_lead or is_agent):
        raise errors.NotYourTalk
    return row


def latest_of(session: Session, workspace_id: int, agent_id: int) -> PerformanceTalk | None:
    """The last performance talk that was shared with somebody."""
    query = select(PerformanceTalk).where(
        PerformanceTalk.workspace_id == workspace_id,
        PerformanceTalk.agent_id == agent_id,
        col(PerformanceTalk.shared_at).is_not(None),
    )
    return session.exec(query.order_by(col(PerformanceTalk.at).desc(), col(PerformanceTalk.id).desc())).first()


def show(session: Session, workspace_id: int, talk_id: int, *, by: Asker, now: datetime) -> None:
    """The page to its lead, in their own direct messages. Raises UnknownTalk, NotYourTalk."""
    row = talk_of(session, workspace_id, talk_id, by)
    assert by.member_id is not None
    _tell(session, row, by.member_id, now=now, due_at=now)


def share(session: Session, workspace_id: int, talk_id: int, *, by: Asker, now: datetime) -> datetime | None:
    """The lead shows the page to the agent, who gets it at a good moment of theirs: when; None: they are not in Slack.

    Raises UnknownTalk, NotYourTalk.
    """
    row = talk_of(session, workspace_id, talk_id, by)
    if by.member_id != row.lead_id:
        raise errors.NotYourTalk
    session.exec(
        update(PerformanceTalk)
        .where(
            col(PerformanceTalk.workspace_id) == workspace_id,
            col(PerformanceTalk.id) == talk_id,
            col(PerformanceTalk.shared_at).is_(None),
        )
        .values(shared_at=now)
        .execution_options(synchronize_session=False)
    )
    session.refresh(row)
    team = people.team(session, workspace_id, row.team_id)
    at = duty.good_moment(session, team, row.agent_id, now) or now
    is_there = people.member(session, workspace_id, row.agent_id).slack_user_id is not None
    _tell(session, row, row.agent_id, now=now, due_at=at)
    redraw(session, row)
    return at if is_there else None


def redraw(session: Session, row: PerformanceTalk) -> None:
    """Both see what has changed."""
    notices.refresh(session, row.workspace_id, KIND, row.id)


def _tell(session: Session, row: PerformanceTalk, member_id: int, *, now: datetime, due_at: datetime) -> None:
    team = people.team(session, row.workspace_id, row.team_id)
    key = f"{KIND}:{row.id}:{member_id}"
    telling.post(session, team, KIND, key, row.id, member_id, now=now, due_at=due_at)


def reader_of(key: str) -> int:
    """Whose message a notice's key names."""
    return int(key.rpartition(":")[2])


def say(
    session: Session, workspace_id: int, talk_id: int, words: str, *, by: Asker, readiness: Readiness | None = None
) -> PerformanceTalk:
    """One's own words; the lead's with the readiness for a next step. Raises UnknownTalk, NotYourTalk, Invalid."""
    row = talk_of(session, workspace_id, talk_id, by)
    if len(words) > LONGEST_WORDS:
        raise errors.Invalid("words", words[:40], "said_too_long")
    if by.member_id == row.lead_id:
        row.lead_words = words.strip()
        row.readiness = row.readiness if readiness is None else readiness.value
    else:
        row.agent_words = words.strip()
    session.add(row)
    session.flush()
    redraw(session, row)
    return row


def train(
    session: Session, workspace_id: int, talk_id: int, name: str, *, done_on: date | None, due_on: date | None,
    by: Asker, now: datetime,
) -> Training:  # fmt: skip
    """A course that the agent has done or is to do; the same name again changes its days. Either of the two may write
    it down. Raises UnknownTalk, NotYourTalk, Invalid."""
    row = talk_of(session, workspace_id, talk_id, by)
    told = " ".join(name.split())
    if not told:
        raise errors.Invalid("name", "", "nothing_said")
    if len(told) > LONGEST_NAME:
        raise errors.Invalid("name", told[:40], "said_too_long")
    query = select(Training).where(
        Training.workspace_id == workspace_id, Training.member_id == row.agent_id, Training.name_key == fold(told)
    )
    fresh = Training(workspace_id=workspace_id, id=new_id(now), member_id=row.agent_id, name=told, name_key=fold(told))
    found = the_one(session, query, fresh)
    found.done_on, found.due_on = done_on, due_on
    session.add(found)
    session.flush()
    redraw(session, row)
    return found


def people_of(session: Session, row: PerformanceTalk) -> tuple[Member, Member]:
    """Its lead and its agent."""
    return (
        people.member(session, row.workspace_id, row.lead_id),
        people.member(session, row.workspace_id, row.agent_id),
    )
