"""Carrying an import of events out: written chunk by chunk, each in a transaction, then the tickets that follow.

A broken import goes on where it was when it is run again: events that stand are known, and tickets that the log has run
ahead of are written down as such.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from .. import events, people, tickets
from ..events import Event, Kind
from ..store import Store
from .event_plan import EventPlan
from .event_report import EventReport
from .event_values import EventReason, EventRefused
from .files import Line
from .refused import RefusedRows
from .tickets import nobodys

Advance = Callable[[int], None]


class _Writing:
    """One import under way: events wait by team and scope until there are enough for a transaction."""

    def __init__(
        self, store: Store, workspace_id: int, plan: EventPlan, refused: RefusedRows, report: EventReport, now: datetime
    ) -> None:
        self.store, self.workspace_id, self.plan, self.now = store, workspace_id, plan, now
        self.refused, self.report = refused, report
        self.waiting: dict[tuple[int, int], list[tuple[Line, Event]]] = {}
        self.first_at: dict[int, datetime] = {}
        self.people: Counter[str] = Counter()
        self.reach: datetime | None = None

    def add(self, line: Line, team_id: int, scope: int, told: list[Event]) -> None:
        """Take what a row tells; write when enough wait."""
        chunk = self.waiting.setdefault((team_id, scope), [])
        if len(chunk) + len(told) > tickets.CHUNK:
            self.write(team_id, scope)
            chunk = self.waiting.setdefault((team_id, scope), [])
        for one in told:
            chunk.append((line, one))
            self._see(team_id, one)

    def _see(self, team_id: int, event: Event) -> None:
        if self.reach is None or event.at > self.reach:
            self.reach = event.at
        if event.kind == Kind.CREATED or team_id not in self.first_at:
            self.first_at[team_id] = min(self.first_at.get(team_id, event.at), event.at)
        if event.kind == Kind.ASSIGNMENT and event.said["agent"]:
            self.people[event.said["agent"]] += 1
        elif event.kind == Kind.PUBLIC_REPLY and event.actor_kind == "agent" and event.actor:
            self.people[event.actor] += 1

    def write(self, team_id: int, scope: int) -> None:
        """Write what waits for one team, and refuse what contradicts what stands."""
        chunk, dry_run = self.waiting.pop((team_id, scope)), self.plan.wish.dry_run
        with self.store.reading() if dry_run else self.store.transaction() as session:
            team = people.team(session, self.workspace_id, team_id)
            written = events.take(session, team, [one for _, one in chunk], scope=scope, now=self.now, dry_run=dry_run)
        self.report.new += written.new
        self.report.known += written.known
        for line in {chunk[n][0].number: chunk[n][0] for n in written.contradicting}.values():
            self.refuse(line, EventReason.ID_TAKEN)

    def refuse(self, line: Line, reason: EventReason) -> None:
        """Count a row that cannot be taken, and keep it for mending."""
        self.report.refused[reason.value] += 1
        self.refused.add(line, reason.value)

    def finish(self) -> None:
        """Write the rest."""
        for team_id, scope in list(self.waiting):
            self.write(team_id, scope)


@dataclass(frozen=True)
class TakenEvents:
    """A log that is written down. `first_at`: its first creation, by team; `people`: who did how much in it."""

    plan: EventPlan
    report: EventReport
    first_at: Mapping[int, datetime]
    people: Counter[str]
    behind: int
    """Tickets that are to be worked out."""


def take_events(
    store: Store, workspace_id: int, plan: EventPlan, refused: RefusedRows, *, now: datetime, advance: Advance
) -> TakenEvents:
    """Write a log down (a dry run: only look); `follow_events` goes on. `advance` hears of every thousand rows."""
    report = plan.report()
    writing, reader = _Writing(store, workspace_id, plan, refused, report, now), plan.reader()
    for report.rows, line in enumerate(plan.export.lines(), start=1):
        if report.rows % 1000 == 0:
            advance(1000)
        try:
            told = reader.read(line)
        except EventRefused as row:
            writing.refuse(line, row.reason)
            continue
        report.events += len(told.events)
        writing.add(line, *told)
    writing.finish()
    report.complete_until = plan.exported_at or writing.reach
    report.is_ahead = report.complete_until is not None and report.complete_until > now
    report.unknown_kinds, report.unknown_statuses = reader.unknown_kinds, reader.unknown_statuses
    report.timezone_of_team = report.timezone_of_team and reader.instants.naive > 0
    report.skipped_times, report.double_times = reader.instants.skipped, reader.instants.twice
    report.refused_file = refused.path
    report.teams = tuple(plan.names[team_id] for team_id in writing.first_at)
    with store.reading() as session:
        behind = sum(events.behind(session, workspace_id, team_id) for team_id in writing.first_at)
    return TakenEvents(plan, report, writing.first_at, writing.people, behind)


def follow_events(
    store: Store, workspace_id: int, taken: TakenEvents, *, now: datetime, advance: Advance
) -> EventReport:
    """Work out the tickets that a log has run ahead of, and report. `advance` hears of tickets."""
    report, until = taken.report, taken.report.complete_until
    for team_id, first_at in {} if taken.plan.wish.dry_run else taken.first_at.items():
        done = 1
        while done:
            with store.transaction() as session:
                team = people.team(session, workspace_id, team_id)
                done, followed = events.catch_up(session, team, now=now, reach=until)
            report.follow(followed)
            advance(done)
        if until is not None:  # last, so that a broken import claims nothing
            with store.transaction() as session:
                team = people.team(session, workspace_id, team_id)
                tickets.note_source(session, team, complete_until=until, first_at=first_at, now=now)
    with store.reading() as session:
        report.unmatched = nobodys(session, workspace_id, taken.people)
    return report
