"""An export as rows: CSV or zipped CSV, whatever its encoding and delimiter, read as a stream."""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from .problems import Fault, Unreadable

DELIMITERS = (",", ";", "\t", "|")
SAMPLE = 65_536
LONGEST_FIELD = 8 * 1024 * 1024
FALLBACK = "cp1252"
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True, slots=True)
class Line:
    """One record. `number` is the line of the file on which it begins, the header being on the first."""

    number: int
    fields: list[str]


@dataclass(frozen=True, slots=True)
class Export:
    """A file whose encoding, delimiter and header are known."""

    path: Path
    member: str | None
    """The file within a zip."""
    encoding: str
    delimiter: str
    header: tuple[str, ...]

    def lines(self) -> Iterator[Line]:
        """Every record after the header that holds anything. Raises Unreadable (unclosed_quote, bad_encoding)."""
        records = _records(self.path, self.member, self.encoding, self.delimiter)
        next(records, None)
        return (line for line in records if any(line.fields))


def look_at(path: Path, encoding: str | None = None) -> Export:
    """Find out how a file is written: as told, as marked, as UTF-8, or as old Windows wrote. Raises Unreadable."""
    member = _member(path)
    with _bytes(path, member) as source:
        head = source.read(SAMPLE)
    if not head.strip(b"\x00\r\n\t \xef\xbb\xbf\xff\xfe"):
        raise Unreadable(Fault.EMPTY, path.name)
    guess = encoding or _encoding(head)
    try:
        return _opened(path, member, guess)
    except UnicodeDecodeError:
        if encoding:
            raise Unreadable(Fault.BAD_ENCODING, encoding) from None
        return _opened(path, member, FALLBACK)
    except LookupError:
        raise Unreadable(Fault.BAD_ENCODING, guess) from None


def in_fallback(export: Export) -> Export:
    """The same file, read as old Windows wrote it."""
    return _opened(export.path, export.member, FALLBACK)


def _opened(path: Path, member: str | None, encoding: str) -> Export:
    delimiter = _delimiter(path, member, encoding)
    first = next(_records(path, member, encoding, delimiter), None)
    if first is None:
        raise Unreadable(Fault.EMPTY, path.name)
    return Export(path, member, encoding, delimiter, tuple(name.strip() for name in first.fields))


def _member(path: Path) -> str | None:
    if not path.is_file():
        raise Unreadable(Fault.NO_FILE, str(path))
    with path.open("rb") as source:
        if source.read(4) != b"PK\x03\x04":
            return None
    try:
        with zipfile.ZipFile(path) as archive:
            inside = [n for n in archive.namelist() if not n.endswith("/") and not n.startswith("__MACOSX")]
    except zipfile.BadZipFile:
        raise Unreadable(Fault.BAD_ZIP, path.name) from None
    tables = [name for name in inside if name.lower().endswith((".csv", ".tsv", ".txt"))]
    if not tables:
        raise Unreadable(Fault.NO_CSV_IN_ZIP, path.name, inside[:10])
    if len(tables) > 1:
        raise Unreadable(Fault.SEVERAL_IN_ZIP, path.name, tables[:10])
    return tables[0]


@contextmanager
def _bytes(path: Path, member: str | None) -> Iterator[IO[bytes]]:
    if member is None:
        with path.open("rb") as source:
            yield source
        return
    try:
        with zipfile.ZipFile(path) as archive, archive.open(member) as source:
            yield source
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError):  # broken, or locked with a password
        raise Unreadable(Fault.BAD_ZIP, path.name) from None


def _encoding(head: bytes) -> str:
    for bom, name in _BOMS:
        if head.startswith(bom):
            return name
    if head[1:200:2].count(0) > 50:
        return "utf-16-le"
    return "utf-16-be" if head[0:200:2].count(0) > 50 else "utf-8"


def _delimiter(path: Path, member: str | None, encoding: str) -> str:
    """What parts the header into the most fields."""
    widths = {}
    for delimiter in DELIMITERS:
        first = next(_records(path, member, encoding, delimiter), None)
        widths[delimiter] = len(first.fields) if first else 0
    return max(DELIMITERS, key=lambda delimiter: widths[delimiter])


def _records(path: Path, member: str | None, encoding: str, delimiter: str) -> Iterator[Line]:
    csv.field_size_limit(LONGEST_FIELD)
    errors = "replace" if encoding == FALLBACK else "strict"
    with _bytes(path, member) as source, io.TextIOWrapper(source, encoding, errors, newline="") as text:
        reader = csv.reader(_clean(text), delimiter=delimiter)
        begins = 1
        try:
            for fields in reader:
                yield Line(begins, fields)
                begins = reader.line_num + 1
        except csv.Error:
            raise Unreadable(Fault.UNCLOSED_QUOTE, str(begins)) from None


def _clean(text: IO[str]) -> Iterator[str]:
    """Without NUL bytes, which PostgreSQL refuses, and without Excel's `sep=;` line."""
    for n, line in enumerate(text):
        if n == 0 and line.startswith("sep="):
            yield "\n"
            continue
        yield line.replace("\x00", "") if "\x00" in line else line
