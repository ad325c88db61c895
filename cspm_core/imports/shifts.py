"""Taking a roster from a file: CSV rows or calendar events become the shifts of people; what it covers it replaces."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path

from .. import duty, errors, people
from ..calendars import local_day, midnight
from ..duty import Compared, Plan, Whose
from ..people import Team
from ..store import Store
from . import columns, files, shifts_calendar
from .files import Export, Line
from .instants import Order
from .refused import RefusedRows
from .shifts_calendar import Horizon
from .shifts_people import Cast
from .shifts_report import ShiftReport
from .shifts_rows import SHIFTS, Columns, RowRefused, ShiftFacts, columns_of
from .ticket_plan import checked_zone

DAY = timedelta(days=1)


@dataclass(frozen=True)
class ShiftWish:
    """What an operator asks for. `team`: for rows that name none; `timezone`: of times that name none."""

    path: Path
    team: str | None = None
    map: Path | None = None
    timezone: str | None = None
    order: Order | None = None
    encoding: str | None = None
    dry_run: bool = False


@dataclass(frozen=True)
class ShiftPlan:
    """A roster understood. `columns` None: a calendar."""

    wish: ShiftWish
    export: Export
    team: Team | None
    timezone: str
    columns: Columns | None
    rows: int

    @property
    def source(self) -> str:
        return "csv" if self.columns else "ics"

    @property
    def is_remainder(self) -> bool:
        """A file of refused rows, mended: it adds, and covers nothing."""
        return self.export.header[: len(columns.REFUSED)] == columns.REFUSED

    def report(self) -> ShiftReport:
        """An empty report of it."""
        places = self.columns.places if self.columns else {}
        used = set(places.values())
        return ShiftReport(
            file=self.wish.path.name,
            source=self.source,
            encoding=self.export.encoding,
            guessed_encoding=self.wish.encoding is None and self.export.encoding == files.FALLBACK,
            timezone=self.timezone,
            timezone_of_team=self.wish.timezone is None,
            columns={ours: self.export.header[n] for ours, n in places.items()},
            unused=tuple(n for i, n in enumerate(self.export.header) if self.columns and i not in used and n),
            dry_run=self.wish.dry_run,
        )


@dataclass
class _Read:
    """What a file said, by team and person; and of whom a row was refused."""

    plans: dict[tuple[int, int], list[Plan]] = field(default_factory=dict)
    doubtful: set[int] = field(default_factory=set)


def plan_shifts(store: Store, workspace_id: int, wish: ShiftWish) -> ShiftPlan:
    """Understand a roster. Raises Unreadable, BadCalendar, UnknownTeam, NoTeams, Invalid (timezone)."""
    with store.reading() as session:
        every = people.teams(session, workspace_id)
        team = people.team_named(session, workspace_id, wish.team) if wish.team else None
    if not every:
        raise errors.NoTeams
    zone = checked_zone(wish.timezone or (team or every[0]).timezone)
    if shifts_calendar.is_calendar(wish.path):
        export = Export(wish.path, None, "utf-8", ",", SHIFTS)
        return ShiftPlan(wish, export, team, zone, None, 0)
    found = columns_of(wish.path, wish.encoding, wish.map, wish.order)
    return ShiftPlan(wish, found.export, team, zone, found, found.rows)


def take_shifts(
    store: Store,
    workspace_id: int,
    plan: ShiftPlan,
    refused: RefusedRows,
    *,
    now: datetime,
    advance: Callable[[int], None],
) -> ShiftReport:
    """Compare every person's shifts with the file and write the difference, a transaction each; and report."""
    report = plan.report()
    with store.reading() as session:
        cast = Cast(session, workspace_id, plan.team, now)
    read = _read(plan, cast, refused, report, now, advance)
    covered = _covered(plan, cast, read, now)
    for (team_id, member_id), plans in sorted(read.plans.items()):
        whose = Whose(workspace_id, team_id, member_id, plan.source)
        stretch = None if member_id in read.doubtful else covered.get(team_id)
        covers = frozenset(one.is_duty for (team, _), some in read.plans.items() if team == team_id for one in some)
        with store.reading() if plan.wish.dry_run else store.transaction() as session:
            compared = duty.compare(session, whose, plans, stretch, covers)
            if not plan.wish.dry_run:
                duty.apply(session, compared, now=now)
        _count(report, compared)
    report.teams = tuple(sorted({cast.teams[team_id].name for team_id, _ in read.plans}))
    report.refused_file = refused.path
    return report


def _read(
    plan: ShiftPlan,
    cast: Cast,
    refused: RefusedRows,
    report: ShiftReport,
    now: datetime,
    advance: Callable[[int], None],
) -> _Read:
    """Every row or event, sorted out."""
    read = _Read()
    for line, facts in _said(plan, cast, report, now):
        report.rows += 1
        advance(1)
        try:
            if isinstance(facts, RowRefused):
                raise facts
            member_id = cast.member(facts.people)
            team = cast.team(facts.team, member_id)
        except RowRefused as row:
            report.refused[row.reason.value] += 1
            refused.add(line, row.reason.value)
            report.unknown.update([row.about] if row.about else [])
            read.doubtful |= {one for one in [cast.find(row.people)] if one}
            continue
        read.plans.setdefault((team.id, member_id), []).append(Plan(facts.starts_at, facts.ends_at, facts.activity))
    return read


def _said(
    plan: ShiftPlan, cast: Cast, report: ShiftReport, now: datetime
) -> Iterator[tuple[Line, ShiftFacts | RowRefused]]:
    if plan.columns is None:
        yield from shifts_calendar.events(plan.wish.path, plan.timezone, cast.knows, _horizon(now))
        return
    reader = plan.columns.reader(lambda team: _zone(plan, cast, team))
    for line in plan.export.lines():
        try:
            yield line, reader.facts(line)
        except RowRefused as row:
            yield line, row
    report.skipped_times, report.double_times = reader.skipped, reader.twice


def _zone(plan: ShiftPlan, cast: Cast, team: str) -> str:
    """The zone of a row's times: as the operator said, else that of the team it names."""
    found = cast.teams_by_name.get(people.fold(team)) if team else None
    return plan.timezone if plan.wish.timezone or found is None else found.timezone


def _horizon(now: datetime) -> Horizon:
    return Horizon(now - shifts_calendar.BACK, now + shifts_calendar.AHEAD)


def _covered(plan: ShiftPlan, cast: Cast, read: _Read, now: datetime) -> Mapping[int, tuple[datetime, datetime]]:
    """What a file speaks for, by team: the local days from its first shift to its last; a calendar all it was read
    for; a file of mended rows nothing."""
    if plan.is_remainder:
        return {}
    if plan.source == "ics":
        horizon = _horizon(now)
        return {team_id: (horizon.from_at, horizon.to_at) for team_id, _ in read.plans}
    found = {}
    for team_id, some in groupby(sorted(read.plans), key=lambda one: one[0]):
        starts = [one.starts_at for key in some for one in read.plans[key]]
        found[team_id] = _days(cast.teams[team_id], starts)
    return found


def _days(team: Team, starts: Sequence[datetime]) -> tuple[datetime, datetime]:

    first, last = local_day(min(starts), team.timezone), local_day(max(starts), team.timezone)
    return midnight(first, team.timezone), midnight(last + DAY, team.timezone)


def _count(report: ShiftReport, compared: Compared) -> None:
    report.new += len(compared.new)
    report.changed += len(compared.changed)
    report.removed += len(compared.removed)
    report.unchanged += compared.unchanged
