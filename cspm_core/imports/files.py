"""An export as rows: CSV or zipped CSV, whatever its encoding and delimiter, read as a stream."""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import IO

from .problems import Fault, Unreadable

DELIMITERS = (",", ";", "\t", "|")
SAMPLE = 65_536
CHUNK = 32_768
"""So much is read at once: the memory of larger pieces, given back, would be taken for small ones and never be free."""
LONGEST_FIELD = 8 * 1024 * 1024
FALLBACK = "cp1252"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_BINARY = re.compile(rb"[\x01-\x08\x0e-\x19]")
"""Bytes that text holds by accident at most."""
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True, slots=True)
class Line:
    """One record. `number` is the line of the file on which it begins, the header being on the first."""

    number: int
    fields: list[str]


@dataclass(frozen=True, slots=True)
class Batch:
    """Some records that follow each other, as in `Line`."""

    numbers: list[int]
    rows: list[list[str]]


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
        """Every record after the header that holds anything. Raises Unreadable (unclosed_quote), UnicodeError."""
        records = _filled(self.path, self.member, self.encoding, self.delimiter)
        next(records, None)
        return records

    def batches(self, size: int) -> Iterator[Batch]:
        """The same, so many at once. Raises as `lines`."""
        numbers: list[int] = []
        rows: list[list[str]] = []
        is_header = True
        for number, fields in _numbered(self.path, self.member, self.encoding, self.delimiter):
            if not any(fields):
                continue
            if is_header:
                is_header = False
                continue
            numbers.append(number)
            rows.append(fields)
            if len(rows) == size:
                yield Batch(numbers, rows)
                numbers, rows = [], []
        if rows:
            yield Batch(numbers, rows)


def look_at(path: Path, encoding: str | None = None) -> Export:
    """Find out how a file is written: as told, as marked, as UTF-8, or as old Windows wrote. Raises Unreadable."""
    member = _member(path)
    with _bytes(path, member) as source:
        head = source.read(SAMPLE)
    if not head.strip(b"\x00\r\n\t \xef\xbb\xbf\xff\xfe"):
        raise Unreadable(Fault.EMPTY, path.name)
    guess = _checked(encoding) if encoding else _encoding(head)
    if head.startswith(OLD_EXCEL) or (guess == "utf-8" and len(_BINARY.findall(head)) * 50 > len(head)):
        raise Unreadable(Fault.NOT_CSV, path.name)
    try:
        return _opened(path, member, guess)
    except UnicodeError:
        if encoding:
            raise Unreadable(Fault.BAD_ENCODING, encoding) from None
        return _opened(path, member, FALLBACK)


def _opened(path: Path, member: str | None, encoding: str) -> Export:
    delimiter = _delimiter(path, member, encoding)
    first = next(_filled(path, member, encoding, delimiter), None)
    if first is None:
        raise Unreadable(Fault.EMPTY, path.name)
    return Export(path, member, encoding, delimiter, tuple(name.strip() for name in first.fields))


def _checked(encoding: str) -> str:
    """An encoding of text that there is. Raises Unreadable."""
    try:
        "".encode(encoding)
    except LookupError:  # none of that name, or none of text, as `hex`
        raise Unreadable(Fault.UNKNOWN_ENCODING, encoding) from None
    return encoding


def _member(path: Path) -> str | None:
    if path.is_dir():
        raise Unreadable(Fault.FOLDER, str(path))
    if not path.is_file():
        raise Unreadable(Fault.NO_FILE, str(path))
    with path.open("rb") as source:
        if source.read(4) not in (b"PK\x03\x04", b"PK\x05\x06"):
            return None
    try:
        with zipfile.ZipFile(path) as archive:
            inside = [n for n in archive.namelist() if not n.endswith("/") and not n.startswith("__MACOSX")]
    except zipfile.BadZipFile:
        raise Unreadable(Fault.BAD_ZIP, path.name) from None
    if "[Content_Types].xml" in inside or "mimetype" in inside:  # a spreadsheet is a zip file of such parts
        raise Unreadable(Fault.NOT_CSV, path.name)
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
    begin = head[:200]
    if begin[1::2].count(0) > len(begin) / 4:
        return "utf-16-le"
    return "utf-16-be" if begin[::2].count(0) > len(begin) / 4 else "utf-8"


def _delimiter(path: Path, member: str | None, encoding: str) -> str:
    """What parts the header into the most fields."""
    widths = {}
    for delimiter in DELIMITERS:
        first = next(_filled(path, member, encoding, delimiter), None)
        widths[delimiter] = len(first.fields) if first else 0
    return max(DELIMITERS, key=lambda delimiter: widths[delimiter])


def _filled(path: Path, member: str | None, encoding: str, delimiter: str) -> Iterator[Line]:
    records = _numbered(path, member, encoding, delimiter)
    return (Line(number, fields) for number, fields in records if any(fields))


def _numbered(path: Path, member: str | None, encoding: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Every record with the line on which it begins, without NUL, which PostgreSQL refuses, and Excel's `sep=;`."""
    csv.field_size_limit(LONGEST_FIELD)
    errors = "replace" if encoding == FALLBACK else "strict"
    has_wide_signs = len("\x00\x00".encode(encoding)) - len("\x00".encode(encoding)) > 1
    with _bytes(path, member) as found:
        source = found if has_wide_signs else _WithoutNul(found)
        with io.TextIOWrapper(source, encoding, errors, newline="") as text:  # type: ignore[type-var]
            text._CHUNK_SIZE = CHUNK  # type: ignore[attr-defined]
            lines = (line.replace("\x00", "") for line in text) if has_wide_signs else iter(text)
            yield from _parsed(lines, delimiter)


def _parsed(lines: Iterator[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Lines without a quotation mark are parted as they come, which takes half the time; others as CSV has it."""
    quoted = _Quoted(lines, delimiter)
    number = 0
    for line in chain(("\n" if first.startswith("sep=") else first for first in islice(lines, 1)), lines):
        if '"' in line:
            fields, more = quoted.record(line, number + 1)
            yield number + 1, fields
            number += more
        else:
            yield number + 1, line.rstrip("\r\n").split(delimiter)
        number += 1


class _Quoted:
    """Records that begin on a line with a quotation mark, and may reach over more."""

    def __init__(self, lines: Iterator[str], delimiter: str) -> None:
        self.lines, self.line, self.taken, self.is_over = lines, "", 0, False
        self.reader = csv.reader(self._asked(), delimiter=delimiter)

    def record(self, line: str, number: int) -> tuple[list[str], int]:
        """Its fields, and how many lines more it took. Raises Unreadable (unclosed_quote)."""
        self.line, self.taken = line, 0
        try:
            fields = next(self.reader)
        except csv.Error:
            raise Unreadable(Fault.UNCLOSED_QUOTE, str(number)) from None
        if self.is_over:  # it still asked for more
            raise Unreadable(Fault.UNCLOSED_QUOTE, str(number))
        return fields, self.taken - 1

    def _asked(self) -> Iterator[str]:
        while True:
            self.taken += 1
            yield self.line
            while self.taken:
                line = next(self.lines, None)
                if line is None:
                    self.is_over = True
                    return
                self.taken += 1
                yield line


class _WithoutNul(io.BufferedIOBase):
    """A file without its NUL bytes, for encodings in which nothing else has one."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source = source

    def readable(self) -> bool:
        return True

    def read1(self, size: int | None = -1) -> bytes:
        while piece := self.source.read(-1 if size is None else size):
            if cleaned := piece.replace(b"\x00", b""):
                return cleaned
        return b""

    read = read1
