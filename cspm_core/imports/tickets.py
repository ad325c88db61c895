"""Carrying a tickets import out: chunk by chunk, each in a transaction of its own, and a report at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session, col, select

from .. import people, tickets
from ..people import Identity, fold
from ..store import Store
from ..tickets import TicketFacts
from . import files
from .refused import RefusedRows
from .report import TicketReport
from .ticket_plan import Plan, Survey
from .ticket_rows import Accepted, Refused, TicketRows


class _Writing:
    """One import under way: rows wait by team and scope until there are enough for a transaction."""

    def __init__(self, store: Store, workspace_id: int, survey: Survey, now: datetime) -> None:
        self.store, self.workspace_id, self.survey, self.now = store, workspace_id, survey, now
        self.dry_run = survey.plan.wish.dry_run
        self.reader: TicketRows = survey.plan.reader()
        self.said = self.reader.said()
        self.waiting: dict[tuple[int, int], list[TicketFacts]] = {}
        self.left = dict(survey.repeated)
        self.first_at: dict[int, datetime] = {}
        self.agents: Counter[str] = Counter()
        self.done = tickets.Recorded()

    def is_last(self, ticket: Accepted) -> bool:
        """Whether no later row speaks of the same ticket."""
        key = hash((ticket.scope, ticket.key))
        if key not in self.left:
            return True
        self.left[key] -= 1
        return not self.left[key]

    def add(self, ticket: Accepted, facts: TicketFacts) -> None:
        """Take a row; write when enough wait."""
        if facts.agent:
            self.agents[facts.agent] += 1
        first = self.first_at.get(ticket.team_id)
        if first is None or ticket.created_at < first:
            self.first_at[ticket.team_id] = ticket.created_at
        chunk = self.waiting.setdefault((ticket.team_id, ticket.scope), [])
        chunk.append(facts)
        if len(chunk) >= tickets.CHUNK:
            self.write(ticket.team_id, ticket.scope)

    def write(self, team_id: int, scope: int) -> None:
        """Write what waits for one team."""
        facts, until = self.waiting.pop((team_id, scope)), self.survey.complete_until
        with self.store.reading() if self.dry_run else self.store.transaction() as session:
            team = people.team(session, self.workspace_id, team_id)
            self.done += tickets.record(
                session,
                team,
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
                tickets.note_source(session, team, complete_until=until, first_at=first_at, now=self.now)


def carry_out(
    store: Store,
    workspace_id: int,
    survey: Survey,
    refused: RefusedRows,
    *,
    now: datetime,
    advance: Callable[[int], None],
) -> TicketReport:
    """Write a surveyed file down (a dry run: only count) and report. `advance` hears of every thousand rows."""
    writing, report = _Writing(store, workspace_id, survey, now), _report(survey.plan)
    for report.rows, line in enumerate(survey.plan.export.lines(), start=1):
        if report.rows % 1000 == 0:
            advance(1000)
        try:
            ticket = writing.reader.accept(line)
        except Refused as row:
            report.refused[row.reason.value] += 1
            refused.add(line, row.reason.value)
            continue
        if writing.is_last(ticket):
            writing.add(ticket, writing.reader.facts(line, ticket))
        else:
            report.duplicates += 1
    writing.finish()
    return _summed_up(report, writing, refused)


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


def _summed_up(report: TicketReport, writing: _Writing, refused: RefusedRows) -> TicketReport:
    done, reader = writing.done, writing.reader
    report.new, report.changed, report.unchanged, report.older = done.new, done.changed, done.unchanged, done.older
    report.set_aside, report.unknown_statuses = done.set_aside, reader.unknown_words
    report.timezone_of_team = report.timezone_of_team and reader.instants.naive > 0
    report.skipped_times, report.double_times = reader.instants.skipped, reader.instants.twice
    report.complete_until, report.refused_file = writing.survey.complete_until, refused.path
    report.is_ahead = report.complete_until is not None and report.complete_until > writing.now
    report.teams = tuple(writing.survey.plan.names[team_id] for team_id in writing.first_at)
    with writing.store.reading() as session:
        report.unmatched = nobodys(session, writing.workspace_id, writing.agents)
    return report


def nobodys(session: Session, workspace_id: int, agents: Counter[str]) -> Counter[str]:
    """Those of these names that are no person yet."""
    query = select(Identity.key).where(Identity.workspace_id == workspace_id, col(Identity.member_id).is_not(None))
    known = set(session.exec(query))
    unmatched: Counter[str] = Counter()
    for name, n in agents.items():
        if fold(name) not in known:
            unmatched[name] += n
    return unmatched
