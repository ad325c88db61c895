"""Carrying an import of reviews out: rows put together review by review, each whole or not at all, and a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from ..people import fold
from ..qa.rules import Stratum
from ..store import Store
from . import files
from .files import Line
from .refused import RefusedRows
from .review_cards import Cards, known_as
from .review_plan import ReviewPlan, ReviewSurvey, hash_of
from .review_rows import STRATA, Key, RefusedReview, ReviewReason, ReviewRow, Scored
from .review_writing import CHUNK, Recorded, ToldReview, record
from .tickets import nobodys


@dataclass
class ReviewReport:
    """What became of a file of reviews: rows as they were sorted out, then reviews."""

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
    duplicates: int = 0
    """Rows that say just what another row of their review says."""
    refused: Counter[str] = field(default_factory=Counter)
    reviews: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    random: int = 0
    """Reviews of random samples: only these make the IQS."""
    without_stratum: int = 0
    """Reviews that do not say how their contact was picked: they count as chosen."""
    unknown_strata: Counter[str] = field(default_factory=Counter)
    unknown_contacts: int = 0
    """Reviews of tickets and calls that we do not know."""
    scorecards: tuple[str, ...] = ()
    """Made because nobody had them."""
    versions: int = 0
    """Sets of criteria that no scorecard had."""
    unmatched: Counter[str] = field(default_factory=Counter)
    """Agents that are no person yet, with their reviews."""
    unknown_reviewers: Counter[str] = field(default_factory=Counter)
    skipped_times: int = 0
    double_times: int = 0
    refused_file: Path | None = None

    @property
    def taken(self) -> int:
        """Rows that were understood."""
        return self.rows - self.refused.total()


Read = ReviewRow | ReviewReason


class _Writing:
    """One import under way: rows wait until their review is whole, reviews until there are enough for a transaction."""

    def __init__(
        self, store: Store, workspace_id: int, survey: ReviewSurvey, refused: RefusedRows, report: ReviewReport,
        now: datetime,
    ) -> None:  # fmt: skip
        self.store, self.survey, self.refused, self.report = store, survey, refused, report
        self.reader = survey.plan.reader()
        self.cards = Cards(workspace_id, survey.plan.wish.dry_run, now)
        self.done = Recorded()
        self.left = dict(survey.of)
        self.rows: dict[Key, list[tuple[Line, Read]]] = {}
        self.waiting: list[ToldReview] = []
        self.agents: Counter[str] = Counter()
        self.teams: dict[int, None] = {}

    def take(self, line: Line) -> None:
        """Read a row; with the last one of a review, the review."""
        try:
            key = self.reader.key(line)
        except RefusedReview as row:
            self._refuse(line, row.reason)
            return
        read: Read
        try:
            read = self.reader.row(line)
        except RefusedReview as row:
            read = row.reason
        self.rows.setdefault(key, []).append((line, read))
        if self._is_last(key):
            self._put_together(key, self.rows.pop(key))

    def _is_last(self, key: Key) -> bool:
        hashed = hash_of(key)
        if hashed not in self.left:
            return True
        self.left[hashed] -= 1
        return not self.left[hashed]

    def _refuse(self, line: Line, reason: ReviewReason) -> None:
        self.report.refused[reason.value] += 1
        self.refused.add(line, reason.value)

    def _put_together(self, key: Key, read: Sequence[tuple[Line, Read]]) -> None:
        rows = [row for _, row in read if isinstance(row, ReviewRow)]
        fault = ReviewReason.INCOMPLETE if len(rows) < len(read) else _fault(rows)
        if fault is not None:
            for line, row in read:
                self._refuse(line, row if isinstance(row, ReviewReason) else fault)
            return
        scored = tuple(dict.fromkeys(row.scored for row in rows))
        self.report.duplicates += len(rows) - len(scored)
        self.report.reviews += 1
        about = rows[0].about
        self.agents[about.agent] += 1
        self.teams.setdefault(key.team_id)
        self.waiting.append(ToldReview(key, about, self._stratum(rows), scored, _comment(scored)))
        if sum(len(one.rows) for one in self.waiting) >= CHUNK:
            self.write()

    def _stratum(self, rows: Sequence[ReviewRow]) -> Stratum:
        """How the contact was picked; chosen where nobody says, or not in words we know."""
        said = next((row.stratum for row in rows if row.stratum), "")
        found = STRATA.get(fold(said))
        if not said:
            self.report.without_stratum += 1
        elif found is None:
            self.report.unknown_strata[said] += 1
        return found or Stratum.CHOSEN

    def write(self) -> None:
        """Write what waits."""
        told, self.waiting = self.waiting, []
        if told:
            with self.store.reading() if self.cards.dry_run else self.store.transaction() as session:
                record(session, told, self.cards, self.done)


def _fault(rows: Sequence[ReviewRow]) -> ReviewReason | None:
    """What makes rows no review: they contradict each other, or one criterion has two scores."""
    strata = {fold(row.stratum) for row in rows if row.stratum}
    if len({row.about for row in rows}) > 1 or len(strata) > 1:
        return ReviewReason.CONTRADICTS
    scored = {row.scored for row in rows}
    return ReviewReason.CRITERION_TWICE if len({known_as(one.criterion) for one in scored}) < len(scored) else None


def _comment(rows: Sequence[Scored]) -> str:
    """A comment that every criterion carries is one about the whole."""
    said = {row.comment for row in rows}
    return said.pop() if len(rows) > 1 and len(said) == 1 else ""


def take_reviews(
    store: Store,
    workspace_id: int,
    survey: ReviewSurvey,
    refused: RefusedRows,
    *,
    now: datetime,
    advance: Callable[[int], None],
) -> ReviewReport:
    """Write a surveyed file down (a dry run: only count) and report. `advance` hears of every thousand rows."""
    report = _report(survey.plan)
    writing = _Writing(store, workspace_id, survey, refused, report, now)
    for report.rows, line in enumerate(survey.plan.export.lines(), start=1):
        if report.rows % 1000 == 0:
            advance(1000)
        writing.take(line)
    writing.write()
    return _summed_up(report, writing)


def _report(plan: ReviewPlan) -> ReviewReport:
    used = set(plan.places.values())
    return ReviewReport(
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


def _summed_up(report: ReviewReport, writing: _Writing) -> ReviewReport:
    done, instants = writing.done, writing.reader.instants
    report.new, report.changed, report.unchanged, report.random = done.new, done.changed, done.unchanged, done.random
    report.unknown_contacts, report.unknown_reviewers = done.unknown_contacts, done.unknown_reviewers
    report.scorecards, report.versions = tuple(writing.cards.made), writing.cards.versions
    report.timezone_of_team = report.timezone_of_team and instants.naive > 0
    report.skipped_times, report.double_times = instants.skipped, instants.twice
    report.refused_file = writing.refused.path
    report.teams = tuple(writing.survey.plan.names[team_id] for team_id in writing.teams)
    with writing.store.reading() as session:
        report.unmatched = nobodys(session, writing.cards.workspace_id, writing.agents)
    return report
