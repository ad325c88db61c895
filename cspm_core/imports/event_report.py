"""What an import of a log tells the one who ran it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from ..events import Followed

FEW = 10


@dataclass
class EventReport:
    """Counts of rows and events, then of the tickets that follow from them."""

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
    events: int = 0
    """That the rows told of; a row may tell of several, or of nothing new."""
    new: int = 0
    known: int = 0
    new_tickets: int = 0
    changed_tickets: int = 0
    unchanged_tickets: int = 0
    """Of which something new was told that changes none of their facts."""
    set_aside: Counter[str] = field(default_factory=Counter)
    """Facts that cannot be, by column."""
    waiting: int = 0
    """Tickets whose creation nobody told of."""
    waiting_keys: tuple[str, ...] = ()
    """Some of them."""
    refused: Counter[str] = field(default_factory=Counter)
    unknown_kinds: Counter[str] = field(default_factory=Counter)
    unknown_statuses: Counter[str] = field(default_factory=Counter)
    unmatched: Counter[str] = field(default_factory=Counter)
    """People that are nobody yet, with how often they did something."""
    skipped_times: int = 0
    """Wall times that a change of clocks skipped: moved forward."""
    double_times: int = 0
    """Wall times that came twice: the first was taken."""
    complete_until: datetime | None = None
    is_ahead: bool = False
    """That is later than now."""
    refused_file: Path | None = None

    @property
    def taken(self) -> int:
        """Rows that were understood."""
        return self.rows - self.refused.total()

    def follow(self, followed: Followed) -> None:
        """Count what became of some tickets."""
        recorded = followed.recorded
        self.new_tickets += recorded.new
        self.changed_tickets += recorded.changed
        self.unchanged_tickets += recorded.unchanged
        self.set_aside += recorded.set_aside
        self.waiting += len(followed.waiting)
        self.waiting_keys = (*self.waiting_keys, *followed.waiting)[:FEW]
