"""A team's board from the store, and the same questions for one instant: thin over the board."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy
from sqlmodel import Session, col, or_, select

from .. import people
from ..calendars import Calendar
from ..people import Member, Membership, Role, Team
from . import spans
from .activities import kind_of
from .board import DAY, Board
from .rules import ALWAYS, NEAR, Change, Facts, OnDuty, Planned, Span, Turn, Turns
from .spans import Stretches
from .tables import Absence, Override, Rotation, Shift

HORIZON = timedelta(days=22)
"""How far one question looks ahead."""
FAR = timedelta(days=92)
"""How far it looks for the end of a person's working time."""
BACK = timedelta(days=15)
"""How far back a running shift may have begun."""
FOREVER = datetime(9000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Named:
    """A stretch of duty with the names of those on duty. `why`: override, shift, rotation or nobody."""

    names: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime | None
    why: str


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody who is absent. `note` is for their lead."""

    name: str
    until: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    """What a team's duty board shows at an instant."""

    team_id: int
    team: str
    timezone: str
    now: Named
    next: tuple[Named, ...]
    away: tuple[Away, ...]


def board(session: Session, team: Team, from_at: datetime, to_at: datetime) -> Board:
    """Everything about a team's duty from an instant up to another, loaded once."""
    calendar, first, last = people.calendar_of(session, team), from_at - NEAR, to_at + NEAR
    memberships = _memberships(session, team)
    changes, rotation = _changes(session, team, from_at, to_at), rotation_of(session, team)
    known = {one.member_id for one in memberships} | {one.member_id for one in changes}
    known |= set(rotation.member_ids) if rotation else set()
    facts = Facts(
        team_id=team.id,
        calendar=calendar,
        shifts=_shifts(session, team, known, first, last),
        changes=changes,
        absences=_absences(session, team.workspace_id, from_at, to_at),
        leads=_leads(memberships, calendar),
        rotation=_turns(rotation, calendar) if rotation else None,
    )
    return Board(facts, from_at, to_at)


def on_duty(session: Session, team: Team, at: datetime) -> OnDuty:
    """Who is on duty for a team at an instant, until when, and why."""
    return board(session, team, at, at + HORIZON).on_duty(at)


def next_on_duty(
    session: Session, team: Team, after: datetime, *, days: int = 21
) -> tuple[datetime, tuple[int, ...]] | None:
    """When somebody is on duty next (`after` itself where somebody is), and who."""
    return board(session, team, after, after + max(days, 1) * DAY).next_on_duty(after, days=days)


def is_working(session: Session, team: Team, member_id: int, at: datetime) -> bool:
    """Whether it is somebody's own working time."""
    return _own(session, team, at, DAY).is_working(member_id, at)


def is_away(session: Session, workspace_id: int, member_id: int, at: datetime) -> bool:
    """Whether somebody is absent, whatever the plan says."""
    return away_until(session, workspace_id, member_id, at) is not None


def away_until(session: Session, workspace_id: int, member_id: int, at: datetime) -> datetime | None:
    """Until when somebody who is absent at an instant is; None: they are not."""
    absences = _absences(session, workspace_id, at, FOREVER).get(member_id, ())
    n = spans.place(absences, at)
    return None if n is None else absences[n][1]


def next_working(session: Session, team: Team, member_id: int, at: datetime) -> datetime | None:
    """When somebody works next (`at` itself where they do), within three weeks; None: not then."""
    return _own(session, team, at, HORIZON).next_working(member_id, at)


def add_working(session: Session, team: Team, member_id: int, at: datetime, seconds: float) -> datetime | None:
    """The instant by which so many seconds of somebody's own working time have passed; None: not in three months."""
    return _own(session, team, at, FAR).add_working(member_id, at, seconds)


def shift_at(session: Session, team: Team, member_id: int, at: datetime) -> Span | None:
    """The stretch that somebody works without a break around an instant."""
    return board(session, team, at - BACK, at + BACK).shift_at(member_id, at)


def next_shifts(session: Session, team: Team, at: datetime, n: int) -> list[Turn]:
    """The next turns of duty after an instant, within three weeks."""
    return board(session, team, at, at + HORIZON).next_shifts(at, n)


def current_span(session: Session, team: Team, at: datetime) -> Span | None:
    """The shift of duty that an instant lies in; None: nobody is on duty."""
    return board(session, team, at - BACK, at + HORIZON).current_span(at)


def next_span(session: Session, team: Team, at: datetime) -> Span | None:
    """The shift of duty after the one that an instant lies in, within three weeks."""
    return board(session, team, at, at + HORIZON).next_span(at)


def rotation_of(session: Session, team: Team) -> Rotation | None:
    """A team's rotation, if it has one."""
    query = select(Rotation).where(Rotation.workspace_id == team.workspace_id, Rotation.team_id == team.id)
    return session.exec(query).first()


def overview(session: Session, team: Team, at: datetime, *, turns: int = 5) -> Overview:
    """Who is on duty now, who next, and who is absent, by name."""
    found = board(session, team, at, at + HORIZON)
    now, following = found.on_duty(at), found.next_shifts(at, turns)
    absent = _absent(session, team, at)
    shown = {i for turn in following for i in turn.member_ids} | set(now.member_ids) | {one.member_id for one in absent}
    names = _names(session, team.workspace_id, shown)
    return Overview(
        team_id=team.id,
        team=team.name,
        timezone=team.timezone,
        now=Named(tuple(names[i] for i in now.member_ids), at, now.until, now.why),
        next=tuple(Named(tuple(names[i] for i in t.member_ids), t.starts_at, t.ends_at, t.why) for t in following),
        away=tuple(Away(names[one.member_id], one.ends_at, one.note) for one in absent),
    )


def _absent(session: Session, team: Team, at: datetime) -> list[Absence]:
    """The absences of the team's people that hold at an instant, one each: the last to end."""
    query = select(Absence).where(
        Absence.workspace_id == team.workspace_id,
        col(Absence.member_id).in_({one.member_id for one in _memberships(session, team)}),
        col(Absence.starts_at) <= at,
        col(Absence.ends_at) > at,
    )
    last = {one.member_id: one for one in session.exec(query.order_by(col(Absence.ends_at)))}
    return sorted(last.values(), key=lambda one: one.ends_at)


def _own(session: Session, team: Team, at: datetime, ahead: timedelta) -> Board:
    return board(session, team, at, at + ahead)


def _names(session: Session, workspace_id: int, ids: Iterable[int]) -> dict[int, str]:
    query = select(Member.id, Member.name).where(Member.workspace_id == workspace_id, col(Member.id).in_(ids))
    return dict(session.exec(query).all())


def _memberships(session: Session, team: Team) -> list[Membership]:
    query = select(Membership).where(Membership.workspace_id == team.workspace_id, Membership.team_id == team.id)
    return list(session.exec(query))


def _shifts(
    session: Session, team: Team, known: Iterable[int], from_at: datetime, to_at: datetime
) -> tuple[Planned, ...]:
    """Those for the team, and those of its people for whomever."""
    columns = (Shift.team_id, Shift.member_id, Shift.starts_at, Shift.ends_at, Shift.activity_key)
    query = sqlalchemy.select(*(col(one) for one in columns)).where(
        col(Shift.workspace_id) == team.workspace_id,
        or_(col(Shift.team_id) == team.id, col(Shift.member_id).in_(known)),
        col(Shift.ends_at) > from_at,
        col(Shift.starts_at) < to_at,
    )
    rows: Iterable[Any] = session.connection().execute(query)
    return tuple(Planned(row[0], row[1], row[2], row[3], kind_of(row[4])) for row in rows)


def _changes(session: Session, team: Team, from_at: datetime, to_at: datetime) -> tuple[Change, ...]:
    query = (
        select(Override)
        .where(
            Override.workspace_id == team.workspace_id,
            Override.team_id == team.id,
            col(Override.ends_at) > from_at,
            col(Override.starts_at) < to_at,
        )
        .order_by(col(Override.id))
    )
    rows = session.exec(query)
    return tuple(Change(one.member_id, one.instead_of_id, one.starts_at, one.ends_at) for one in rows)


def _absences(session: Session, workspace_id: int, from_at: datetime, to_at: datetime) -> dict[int, Stretches]:
    query = select(Absence).where(
        Absence.workspace_id == workspace_id, col(Absence.ends_at) > from_at, col(Absence.starts_at) < to_at
    )
    found: dict[int, list[spans.Stretch]] = {}
    for one in session.exec(query):
        found.setdefault(one.member_id, []).append((one.starts_at, one.ends_at))
    return {member_id: spans.joined(some) for member_id, some in found.items()}


def _leads(memberships: Iterable[Membership], calendar: Calendar) -> dict[int, Stretches]:
    found: dict[int, list[spans.Stretch]] = {}
    for one in memberships:
        if one.role == Role.LEAD:
            end = FOREVER if one.to_day is None or one.to_day == date.max else calendar.midnight(one.to_day + DAY)
            found.setdefault(one.member_id, []).append((calendar.midnight(one.from_day), end))
    return {member_id: spans.joined(some) for member_id, some in found.items()}


def _turns(rotation: Rotation, calendar: Calendar) -> Turns:
    handover = time.fromisoformat(rotation.handover)
    ids = tuple(rotation.member_ids)
    return Turns(ids, rotation.starts_on, rotation.days, handover, calendar, rotation.clock == ALWAYS)
