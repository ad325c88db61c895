"""Carrying an import of calls out: chunk by chunk, each in a transaction of its own, and a report at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from .. import calls, people
from ..calls import CallFacts
from ..store import Store
from . import files
from .call_plan import CallPlan, CallSurvey
from .call_rows import AcceptedCall, CallRows, RefusedCall
from .refused import RefusedRows
from .tickets import nobodys


@dataclass
class CallReport:
    """What became of a file of calls: counts of rows, in the order in which they were sorted out."""

    file: str
    encoding: str
    guessed_encoding: bool
    delimiter: str
    timezone: str
    timezone_of_team: bool
    """Nobody named a zone and naive times were there: the team's was taken."""
    columns: Mapping[str, str]
    """Ours -> the file's."""
    unused: tuple[str, ...]
    dry_run: bool
    teams: tuple[str, ...] = ()
    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    older: int = 0
    """Later data was known already, so they were left alone."""
    duplicates: int = 0
    """Rows before the last one of the same call."""
    refused: Counter[str] = field(default_factory=Counter)
    set_aside: Counter[str] = field(default_factory=Counter)
    unknown_words: Counter[str] = field(default_factory=Counter)
    """Directions and answers to yes-or-no questions that nobody knows."""
    unmatched: Counter[str] = field(default_factory=Counter)
    """Agents that are no person yet, with their calls."""
    skipped_times: int = 0
    double_times: int = 0
    complete_until: datetime | None = None
    is_ahead: bool = False
    """That is later than now."""
    refused_file: Path | None = None

    @property
    def taken(self) -> int:
        """Rows that were understood."""
        return self.rows - self.refused.total()


class _Writing:
    """One import under way: rows wait by team and scope until there are enough for a transaction."""

    def __init__(self, store: Store, workspace_id: int, survey: CallSurvey, now: datetime) -> None:
        self.store, self.workspace_id, self.survey, self.now = store, workspace_id, survey, now
        self.dry_run = survey.plan.wish.dry_run
        self.reader: CallRows = survey.plan.reader()
        self.said = self.reader.said()
        self.waiting: dict[tuple[int, int], list[CallFacts]] = {}
        self.left = dict(survey.repeated)
        self.first_at: dict[int, datetime] = {}
        self.agents: Counter[str] = Counter()
        self.done = calls.Recorded()

    def is_last(self, call: AcceptedCall) -> bool:
        """Whether no later row speaks of the same call."""
        key = hash((call.scope, call.key))
        if key not in self.left:
            return True
        self.left[key] -= 1
        return not self.left[key]

    def add(self, call: AcceptedCall, facts: CallFacts) -> None:
        """Take a row; write when enough wait."""
        if facts.agent:
            self.agents[facts.agent] += 1
        self.first_at[call.team_id] = min(self.first_at.get(call.team_id, call.queued_at), call.queued_at)
        chunk = self.waiting.setdefault((call.team_id, call.scope), [])
        chunk.append(facts)
        if len(chunk) >= calls.CHUNK:
            self.write(call.team_id, call.scope)

    def write(self, team_id: int, scope: int) -> None:
        """Write what waits for one team."""
        facts, until = self.waiting.pop((team_id, scope)), self.survey.complete_until
        with self.store.reading() if self.dry_run else self.store.transaction() as session:
            self.done += calls.record(
                session,
                people.team(session, self.workspace_id, team_id),
                facts,
                scope=scope,
                known_at=until or self.now,
                now=self.now,
                said=self.said,
                dry_run=self.dry_run,
            )

    def finish(self) -> None:
        """Write the rest, then how far the data reaches; in this order, so that a broken import claims nothing."""
        for team_id, scope in list(self.waiting):
            self.write(team_id, scope)
        until = self.survey.complete_until
        if self.dry_run or until is None:
            return
        with self.store.transaction() as session:
            for team_id, first_at in self.first_at.items():
                team = people.team(session, self.workspace_id, team_id)
                calls.note_source(session, team, complete_until=until, first_at=first_at, now=self.now)


def take_calls(
    store: Store,
    workspace_id: int,
    survey: CallSurvey,
    refused: RefusedRows,
    *,
    now: datetime,
    advance: Callable[[int], None],
) -> CallReport:
    """Write a surveyed file down (a dry run: only count) and report. `advance` hears of every thousand rows."""
    writing, report = _Writing(store, workspace_id, survey, now), _report(survey.plan)
    for report.rows, line in enumerate(survey.plan.export.lines(), start=1):
        if report.rows % 1000 == 0:
            advance(1000)
        try:
            call = writing.reader.accept(line)
        except RefusedCall as row:
            report.refused[row.reason.value] += 1
            refused.add(line, row.reason.value)
            continue
        if writing.is_last(call):
            writing.add(call, writing.reader.facts(line, call))
        else:
            report.duplicates += 1
    writing.finish()
    return _summed_up(report, writing, refused)


def _report(plan: CallPlan) -> CallReport:
    used = set(plan.places.values())
    return CallReport(
        file=plan.wish.path.name,
        encoding=plan.export.encoding,
        guessed_encoding=plan.wish.encoding is None and plan.export.encoding == files.FALLBACK,
        delimiter=plan.export.delimiter,
        timezone=plan.timezone,
        timezone_of_team=plan.timezone_of_team,
        columns={ours: plan.export.header[n] for ours, n in plan.places.items()},
        unused=tuple(name for n, name in enumerate(plan.export.header) if n not in used and name),
        dry_run=plan.wish.dry_run,
    )


def _summed_up(report: CallReport, writing: _Writing, refused: RefusedRows) -> CallReport:
    done, reader = writing.done, writing.reader
    report.new, report.changed, report.unchanged, report.older = done.new, done.changed, done.unchanged, done.older
    report.set_aside, report.unknown_words = done.set_aside, reader.unknown_words
    report.timezone_of_team = report.timezone_of_team and reader.instants.naive > 0
    report.skipped_times, report.double_times = reader.instants.skipped, reader.instants.twice
    report.complete_until, report.refused_file = writing.survey.complete_until, refused.path
    report.is_ahead = report.complete_until is not None and report.complete_until > writing.now
    report.teams = tuple(writing.survey.plan.names[team_id] for team_id in writing.first_at)
    with writing.store.reading() as session:
        report.unmatched = nobodys(session, writing.workspace_id, writing.agents)
    return report
