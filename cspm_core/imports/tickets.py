"""Carrying a tickets import out: chunk by chunk, each in a transaction of its own, and a report at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from itertools import islice

import numpy as np
from sqlmodel import Session, col, or_, select

from .. import people, tickets
from ..metrics.frame import Ints
from ..people import Identity, fold
from ..store import EPOCH, Store
from ..tickets.told import Told
from . import files, runs
from .refused import RefusedRows
from .report import TicketReport
from .tables import ImportRun
from .tally import Tally
from .ticket_columns import Whose
from .ticket_plan import Plan, Survey, hashes_of, seldom_tidied
from .understood import Understood, read_ahead, size_of

PART = 5_000
"""The most tickets of one transaction."""


class _Writing:
    """One import under way. Batches are written in parts: by team, and no more than `PART` rows at once."""

    def __init__(
        self,
        store: Store,
        workspace_id: int,
        survey: Survey,
        refused: RefusedRows,
        now: datetime,
        run: ImportRun | None,
    ) -> None:
        self.store, self.workspace_id, self.survey, self.refused, self.now = store, workspace_id, survey, refused, now
        self.run = run
        self.dry_run = survey.plan.wish.dry_run
        self.said = survey.plan.reader().said()
        self.left = dict(survey.repeated)
        self.tally = Tally()
        self.rows = self.parts = 0
        if run is not None and run.counted != "{}":
            self._go_on(run)
        self.until = survey.complete_until if self.tally.until is None else self.tally.until
        self.tally.until = self.until

    def _go_on(self, run: ImportRun) -> None:
        """From where another import of this file stopped."""
        self.tally = Tally.parse(run.counted)
        self.rows, self.parts = run.rows, run.parts
        self.refused.go_on(*self.tally.refused_file)
        if not self.left:
            return
        reader, size = self.survey.plan.reader(), size_of(self.survey.plan)
        for batch in islice(self.survey.plan.export.batches(size), self.rows // size):
            taken = reader.take(batch)
            self._is_last(hashes_of(reader.owners, taken.whose, taken.keys))

    def _is_last(self, hashes: Iterator[int]) -> list[bool]:
        """Whether no later row speaks of the same ticket."""
        last = []
        for key in hashes:
            if key in self.left:
                self.left[key] -= 1
            last.append(not self.left.get(key))
        return last

    def write(self, batch: Understood, advance: Callable[[int], None]) -> None:
        """Write a batch down, but for the parts of it that were written before the import stopped."""
        before, told = self.tally, batch.facts.told
        after = before.copy()
        for line, reason in batch.refused:
            after.refused[reason.value] += 1
            self.refused.add(line, reason.value)
        chosen: Ints = np.arange(len(told))
        if self.left:
            is_last = np.array(self._is_last(hashes_of(batch.owners, batch.whose, told.keys)), dtype=bool)
            chosen = np.flatnonzero(is_last)
            after.duplicates += len(told) - len(chosen)
        after.see(batch, chosen)
        after.refused_file = self.refused.mark()
        parts = list(_parts(batch, chosen))
        written = self.parts
        for n, (owner, places) in enumerate(parts):
            if n >= written:
                some = told if len(places) == len(told) else told.at(places)
                self._write_part(owner, some, before, after, is_whole=n == len(parts) - 1, rows=batch.rows)
            advance(len(places))
        self.tally, self.rows, self.parts = after, self.rows + batch.rows, 0
        advance(batch.rows - len(chosen))

    def _write_part(self, owner: Whose, told: Told, before: Tally, after: Tally, *, is_whole: bool, rows: int) -> None:
        team_id, scope = owner
        with self.store.reading() if self.dry_run else self.store.transaction() as session:
            done = tickets.record_columns(
                session,
                people.team(session, self.workspace_id, team_id),
                told,
                scope=scope,
                known_at=self.until or self.now,
                now=self.now,
                said=self.said,
                dry_run=self.dry_run,
            )
            before.done = after.done = before.done + done
            self.parts += 1
            if self.run is not None:
                counted = (after if is_whole else before).as_json()
                self._keep(session, self.run, rows if is_whole else 0, 0 if is_whole else self.parts, counted)

    def _keep(self, session: Session, run: ImportRun, rows: int, parts: int, counted: dict[str, object]) -> None:
        runs.keep(session, run, rows=self.rows + rows, parts=parts, counted=counted)

    def finish(self) -> None:
        """How far the data reaches; at the very end, so that a broken import claims nothing."""
        if self.dry_run:
            return
        with self.store.transaction() as session:
            for team_id, first_at in self.tally.first_at.items() if self.until else ():
                team = people.team(session, self.workspace_id, team_id)
                first = EPOCH + timedelta(microseconds=first_at)
                assert self.until
                tickets.note_source(session, team, complete_until=self.until, first_at=first, now=self.now)
            if self.run is not None:
                runs.finish(session, self.run, now=self.now)


def _parts(batch: Understood, chosen: Ints) -> Iterator[tuple[Whose, Ints]]:
    """The rows of each team, no more than `PART` at once, in one order."""
    whose = batch.whose[chosen]
    for owner, n in sorted((owner, n) for n, owner in enumerate(batch.owners)):
        its = chosen[whose == n]
        for begin in range(0, len(its), PART):
            yield owner, its[begin : begin + PART]


def carry_out(
    store: Store,
    workspace_id: int,
    survey: Survey,
    refused: RefusedRows,
    *,
    now: datetime,
    advance: Callable[[int], None],
    goes_on: Callable[[int], None] = lambda _: None,
) -> TicketReport:
    """Write a surveyed file down (a dry run: only count) and report. `advance` hears of rows as they are done.

    The same file and wish again, after an import that was cut off, goes on behind what was committed last; `goes_on`
    hears of the rows before that, and the report is about the whole.
    """
    with ExitStack() as parts:
        run, store = None, parts.enter_context(store.apart())
        parts.enter_context(seldom_tidied())
        if not survey.plan.wish.dry_run:
            resumes = parts.enter_context(runs.alone_with(survey.plan.wish.path))
            digest, file = runs.digest_of(survey.plan), survey.plan.wish.path.name
            with store.transaction() as session:
                run = runs.begin(session, workspace_id, file=file, digest=digest, resumes=resumes, now=now)
        writing = _Writing(store, workspace_id, survey, refused, now, run)
        resumed_at = writing.rows
        if resumed_at:
            goes_on(resumed_at)
            advance(resumed_at)
        batches = parts.enter_context(read_ahead(survey.plan, survey.rows, resumed_at // size_of(survey.plan)))
        for batch in batches:
            writing.write(batch, advance)
        writing.finish()
        return _summed_up(_report(survey.plan), writing, resumed_at)


def _report(plan: Plan) -> TicketReport:
    used = set(plan.places.values())
    return TicketReport(
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


def _summed_up(report: TicketReport, writing: _Writing, resumed_at: int) -> TicketReport:
    tally, done = writing.tally, writing.tally.done
    report.rows, report.resumed_at = writing.rows, resumed_at
    report.new, report.changed, report.unchanged, report.older = done.new, done.changed, done.unchanged, done.older
    report.duplicates, report.refused, report.set_aside = tally.duplicates, tally.refused, done.set_aside
    report.unknown_statuses = tally.unknown_words
    report.timezone_of_team = report.timezone_of_team and tally.times.naive > 0
    report.skipped_times, report.double_times = tally.times.skipped, tally.times.twice
    report.complete_until, report.refused_file = writing.until, writing.refused.path
    report.is_ahead = report.complete_until is not None and report.complete_until > writing.now
    report.teams = tuple(writing.survey.plan.names[team_id] for team_id in tally.first_at)
    with writing.store.reading() as session:
        report.unmatched = nobodys(session, writing.workspace_id, tally.agents)
    return report


def nobodys(session: Session, workspace_id: int, agents: Counter[str]) -> Counter[str]:
    """Those of these names that are no person yet, and that nobody has said to be none of ours."""
    is_known = or_(col(Identity.member_id).is_not(None), col(Identity.is_nobody))
    query = select(Identity.key).where(Identity.workspace_id == workspace_id, is_known)
    known = set(session.exec(query))
    unmatched: Counter[str] = Counter()
    for name, n in agents.items():
        if fold(name) not in known:
            unmatched[name] += n
    return unmatched
