"""Who is on duty at Fernhill: two shifts a day in Returns, turns of a week in Bezorging, one roster in 帳務."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlmodel import Session

from cspm_core import duty
from cspm_core.duty import Plan, Whose
from cspm_core.people import Member, Team

from . import world
from .living import calendar_of
from .plan import ABSENT
from .world import BEZORGING, BILLING, RETURNS, Centre, Colleague

BEFORE, AFTER = 14, 21
"""Days around the first day that rosters are known for."""
SOURCE = "csv"
DAY = timedelta(days=1)
Members = Mapping[Colleague, Member]


@dataclass(frozen=True)
class Shift:
    """A part of a working day. On every day the next of `seniors` is on duty, the first of them on the first day."""

    begins: time
    ends: time
    rest: tuple[time, time]
    seniors: tuple[Colleague, ...]
    crew: tuple[Colleague, ...]
    """Everybody who may work in it."""


@dataclass(frozen=True)
class Roster:
    """How a team's days are divided, and what its activities are called: on duty, at work, away from it."""

    centre: Centre
    shifts: tuple[Shift, ...]
    duty: str
    work: tuple[str, ...]
    rest: str


def _crew(centre: Centre, *called: str) -> tuple[Colleague, ...]:
    return tuple(world.agent(centre, one) for one in called)


EARLY = Shift(
    time(8, 30),
    time(13, 0),
    (time(10, 30), time(10, 45)),
    _crew(RETURNS, "Jonah", "Aaliyah", "Natalie"),
    _crew(RETURNS, "Jonah", "Aaliyah", "Natalie", "Theo", "Marcus", "Sofia"),
)
LATE = Shift(
    time(12, 30),
    time(17, 30),
    (time(15, 0), time(15, 15)),
    _crew(RETURNS, "혜진", "Grace", "Liam"),
    _crew(RETURNS, "혜진", "Grace", "Liam", "Ethan", "Diego", "Rachel"),
)
WHOLE = Shift(
    time(9, 0),
    time(18, 0),
    (time(12, 30), time(13, 30)),
    _crew(BILLING, "陳柏宇", "王怡君", "吳承翰"),
    BILLING.agents,
)
ROSTERS = (
    Roster(RETURNS, (EARLY, LATE), "duty", ("phone", "mail", "mail"), "break"),
    Roster(BILLING, (WHOLE,), "值班", ("電話", "信件", "信件"), "午休"),
)
TURNS = _crew(BEZORGING, "Lotte", "Daan", "Fatima", "Thijs")


def plan(session: Session, teams: Mapping[str, Team], members: Members, opening: date, *, now: datetime) -> None:
    """Everybody's shifts around the first day, whose week it is, and who is absent."""
    for roster in ROSTERS:
        _roster(session, teams[roster.centre.name], roster, members, opening, now)
    calendar = calendar_of(BEZORGING)
    monday = calendar.local_day(now) - calendar.local_day(now).weekday() * DAY
    turns = [members[one] for one in TURNS]
    duty.set_rotation(session, teams[BEZORGING.name], turns, starts_on=monday - 2 * len(turns) * 7 * DAY, now=now)
    calendar = calendar_of(ABSENT.centre)
    begin, end = (calendar.midnight(opening + n * DAY) for n in (0, 1))
    duty.be_away(session, members[ABSENT.agent], begin, end, by=None, note=ABSENT.note, now=now)


def _roster(session: Session, team: Team, roster: Roster, members: Members, opening: date, now: datetime) -> None:
    told: dict[Colleague, list[Plan]] = {}
    for one, planned in _planned(roster, opening):
        told.setdefault(one, []).append(planned)
    for one, plans in told.items():
        whose = Whose(team.workspace_id, team.id, members[one].id, SOURCE)
        duty.apply(session, duty.compare(session, whose, plans, None, frozenset()), now=now)


def _planned(roster: Roster, opening: date) -> Iterator[tuple[Colleague, Plan]]:
    calendar = calendar_of(roster.centre)
    days = [opening + n * DAY for n in range(-BEFORE, AFTER + 1)]
    working = [day for day in days if calendar.is_working_day(day)]
    first = next((n for n, day in enumerate(working) if day >= opening), 0)
    for n, day in enumerate(working):
        for shift in roster.shifts:
            senior = shift.seniors[(n - first) % len(shift.seniors)]
            for k, one in enumerate(shift.crew):
                if str(day.weekday()) not in one.weekdays or (opening - day).days > one.joined_days_ago:
                    continue
                activity = roster.duty if one is senior else roster.work[(n + k) % len(roster.work)]
                yield one, Plan(calendar.at_local(day, shift.begins), calendar.at_local(day, shift.ends), activity)
                if one is not senior or len(roster.shifts) == 1:
                    begins, ends = (calendar.at_local(day, at) for at in shift.rest)
                    yield one, Plan(begins, ends, roster.rest)


def on_first_day(centre: Centre) -> Sequence[Colleague]:
    """Who is on duty on the first day, in the order of the shifts."""
    return [shift.seniors[0] for roster in ROSTERS if roster.centre is centre for shift in roster.shifts]
