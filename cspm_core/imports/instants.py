"""Times as exports write them: ISO, day or month first, named months, seconds since 1970; naive ones in one zone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from typing import Literal

from ..calendars import zone

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS = {name: n for n, name in enumerate(_NAMES, start=1)}
EPOCH_FORMATS = {"epoch": 1, "epoch_ms": 1000}

_TIME = (
    r"(?:[ T,]+(?:at )?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,6})\d*)?)?\s*([ap]\.?m\.?)?)?"
    r"\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?"
)
_NUMBERS = re.compile(r"(\d{1,4})([/.-])\s?(\d{1,2})\2\s?(\d{1,4})\.?" + _TIME, re.IGNORECASE)
_DAY_MONTH = re.compile(r"(\d{1,2})[ .-]+([a-z]{3})[a-z]*[ .,-]+(\d{2,4})" + _TIME, re.IGNORECASE)
_MONTH_DAY = re.compile(r"([a-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})" + _TIME, re.IGNORECASE)
_CJK = str.maketrans({"年": "/", "月": "/", "日": " "})


class Order(StrEnum):
    """Which comes first in 03/04/2026."""

    DAY = "day"
    MONTH = "month"


class Instants:
    """Reads times; counts the wall times that a change of clocks skipped (`skipped`) or had twice (`twice`)."""

    def __init__(self, timezone: str, order: Order | None = None, form: str | None = None) -> None:
        self.zone, self.order, self.form = zone(timezone), order, form
        self.naive = self.skipped = self.twice = 0
        self._origins: dict[int, datetime | Literal[False]] = {}

    def read(self, text: str) -> datetime:
        """The instant in UTC. Raises ValueError where nobody can tell."""
        if self.form in EPOCH_FORMATS:
            return EPOCH + timedelta(seconds=float(text) / EPOCH_FORMATS[self.form])
        return self._utc(self._written(text))

    def _written(self, text: str) -> datetime:
        if self.form:
            try:
                return datetime.strptime(text, self.form)  # noqa: DTZ007 - the zone follows in _utc
            except ValueError:
                return datetime.fromisoformat(text)
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            return _in_words(text, self.order)

    def _utc(self, at: datetime) -> datetime:
        if at.tzinfo is not None:
            return at.astimezone(UTC)
        self.naive += 1
        origin = self.origin(at)
        return EPOCH + (at - origin) if origin else self._on_a_day_of_change(at)

    def origin(self, at: datetime) -> datetime | Literal[False]:
        """1970 on the wall as the zone stands all that day; False where its clocks change."""
        day = at.toordinal()
        origin = self._origins.get(day)
        if origin is None:
            origin = self._origins[day] = self._origin(at)
        return origin

    def _origin(self, at: datetime) -> datetime | Literal[False]:
        begin, end = at.replace(hour=0, minute=0, second=0, microsecond=0), at.replace(hour=23, minute=59, second=59)
        offsets = {self._offset(wall, fold) for wall in (begin, end) for fold in (0, 1)}
        return datetime(1970, 1, 1) + offsets.pop() if len(offsets) == 1 else False  # noqa: DTZ001 - a wall time

    def _on_a_day_of_change(self, at: datetime) -> datetime:
        first, second = self._offset(at, 0), self._offset(at, 1)
        self.skipped += first < second
        self.twice += first > second
        return (at - first).replace(tzinfo=UTC)

    def _offset(self, wall: datetime, fold: int) -> timedelta:
        return wall.replace(tzinfo=self.zone, fold=fold).utcoffset() or timedelta()


def _in_words(text: str, order: Order | None) -> datetime:
    text = text.translate(_CJK).strip()
    if found := _NUMBERS.fullmatch(text):
        a, mark, b, c, *rest = found.groups()
        return _made(*_ordered(int(a), int(b), int(c), mark, len(a), order), *rest)
    if found := _DAY_MONTH.fullmatch(text):
        day, month, year, *rest = found.groups()
        return _made(int(year), MONTHS.get(month.lower(), 0), int(day), *rest)
    if found := _MONTH_DAY.fullmatch(text):
        month, day, year, *rest = found.groups()
        return _made(int(year), MONTHS.get(month.lower(), 0), int(day), *rest)
    raise ValueError("unreadable")


def _ordered(a: int, b: int, c: int, mark: str, digits: int, order: Order | None) -> tuple[int, int, int]:
    """Year, month, day."""
    if digits == 4:
        return a, b, c
    if order is Order.MONTH:
        return c, a, b
    if order is Order.DAY or mark == ".":
        return c, b, a
    raise ValueError("day or month first?")


def _made(
    year: int,
    month: int,
    day: int,
    hour: str | None,
    minute: str | None,
    second: str | None,
    fraction: str | None,
    half: str | None,
    offset: str | None,
) -> datetime:
    hours = int(hour or 0)
    if half:
        if not 1 <= hours <= 12:
            raise ValueError("unreadable")
        hours = hours % 12 + (12 if half[0] in "pP" else 0)
    at = datetime(  # noqa: DTZ001 - the zone follows
        year + 2000 if year < 100 else year,
        month,
        day,
        hours,
        int(minute or 0),
        int(second or 0),
        int((fraction or "").ljust(6, "0")),
    )
    return at.replace(tzinfo=_offset(offset)) if offset else at


def _offset(text: str) -> timezone:
    sign = {"+": 1, "-": -1}.get(text[0])
    if sign is None:
        return UTC
    digits = text[1:].replace(":", "")
    return timezone(sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:])))


def sniff_order(texts: Iterable[str]) -> Order | None:
    """Which comes first, from the dates themselves; None where no date leaves it open. Raises ValueError where the
    dates do not tell, or contradict each other."""
    seen, found = False, set()
    for text in texts:
        match = _NUMBERS.fullmatch(text.translate(_CJK).strip())
        if match and len(match[1]) < 3 and match[2] != ".":
            seen = True
            found |= {Order.DAY} if int(match[1]) > 12 else {Order.MONTH} if int(match[3]) > 12 else set()
    if seen and len(found) != 1:
        raise ValueError("day or month first?")
    return found.pop() if found else None
