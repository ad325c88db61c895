"""What an import tells the one who ran it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path


@dataclass
class TicketReport:
    """Counts of rows, in the order in which they were sorted out; keys where words belong."""

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
    resumed_at: int = 0
    """So many rows of them an earlier import had written before it was cut off."""
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    older: int = 0
    """Later data was known already, so they were left alone."""
    duplicates: int = 0
    """Rows before the last one of the same ticket."""
    refused: Counter[str] = field(default_factory=Counter)
    set_aside: Counter[str] = field(default_factory=Counter)
    unknown_statuses: Counter[str] = field(default_factory=Counter)
    unmatched: Counter[str] = field(default_factory=Counter)
    """Agents that are no person yet, with their tickets."""
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


@dataclass
class PeopleReport:
    """What became of a file of people."""

    file: str
    encoding: str
    guessed_encoding: bool
    columns: Mapping[str, str]
    unused: tuple[str, ...]
    dry_run: bool
    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    matched: int = 0
    """Names in the tickets that became somebody's."""
    unmatched: Counter[str] = field(default_factory=Counter)
    refused_file: Path | None = None

    @property
    def taken(self) -> int:
        return self.rows - self.refused.total()
