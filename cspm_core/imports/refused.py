"""The rows nobody could take, in a file of their own: line, reason, and the row as it was."""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Callable
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any

from .columns import REFUSED
from .files import Export, Line


class RefusedRows:
    """Writes beside the export, else here, else where there is room for a while; never over a file that is there.

    `explain` puts a reason's key into words. No file is made where nothing was refused, nor in a dry run.
    """

    def __init__(self, export: Export, explain: Callable[[str], str], *, dry_run: bool = False) -> None:
        self.export, self.explain, self.dry_run = export, explain, dry_run
        self.path: Path | None = None
        self._writer: Any = None
        self._file: Any = None

    def __enter__(self) -> RefusedRows:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if self._file:
            self._file.close()

    def add(self, line: Line, reason: str) -> None:
        """Write one row down."""
        if self.dry_run:
            return
        if self._writer is None:
            self._open()
        self._writer.writerow([line.number, self.explain(reason), *line.fields])

    def mark(self) -> tuple[Path | None, int]:
        """The file so far, written out, and how long it is."""
        if self._file is None:
            return None, 0
        self._file.flush()
        assert self.path
        return self.path, self.path.stat().st_size

    def go_on(self, path: Path | None, size: int) -> None:
        """Go on with the file of an import that was cut off, behind what it had marked; anew where that is gone."""
        if self.dry_run or path is None or not path.is_file() or path.stat().st_size < size:
            return
        self.path = path
        self._file = path.open("r+", encoding="utf-8", newline="")
        self._file.seek(size)
        self._file.truncate()
        self._writer = csv.writer(self._file)

    def _open(self) -> None:
        places = (self.export.path.parent, Path.cwd(), Path(tempfile.gettempdir()))
        folder = next((place for place in places if os.access(place, os.W_OK)), places[-1])
        stem = self.export.path.name.removesuffix(".zip").removesuffix(".csv")
        for n in count(1):
            self.path = folder / (f"{stem}.refused.csv" if n == 1 else f"{stem}.refused-{n}.csv")
            try:
                self._file = self.path.open("x", encoding="utf-8-sig", newline="")
                break
            except FileExistsError:
                continue
        self._writer = csv.writer(self._file)
        self._writer.writerow([*REFUSED, *self.export.header])
