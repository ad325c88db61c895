"""What became of a roster."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class ShiftReport:
    """Counts of rows, and of the shifts that they changed; keys where words belong."""

    file: str
    source: str
    """csv or ics."""
    encoding: str
    guessed_encoding: bool
    timezone: str
    timezone_of_team: bool
    """Nobody named a zone: the team's was taken for times without one."""
    columns: Mapping[str, str]
    unused: tuple[str, ...]
    dry_run: bool
    teams: tuple[str, ...] = ()
    rows: int = 0
    new: int = 0
    changed: int = 0
    removed: int = 0
    """Known before, in the days that the file covers, and not in it any more."""
    unchanged: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    """Names that are no person yet, with their rows."""
    skipped_times: int = 0
    double_times: int = 0
    refused_file: Path | None = None

    @property
    def taken(self) -> int:
        """Rows that were understood."""
        return self.rows - self.refused.total()
