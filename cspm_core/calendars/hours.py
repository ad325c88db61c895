"""Weekly working hours as people write them: `mon-fri 09:00-12:00,13:00-17:00; sat 10:00-14:00`, `24x7`, nights."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WHOLE_DAY = 24 * 60
ROUND_THE_CLOCK = "24x7"
CLOSED = "closed"

_ENTRY = re.compile(r"([a-z][a-z,\-]*) (\d.*)")
_SHIFT = re.compile(r"(\d{1,2})(?::(\d\d))?-(\d{1,2})(?::(\d\d))?")


class BadHours(ValueError):
    """Hours that cannot be read: `text` as given, `part` that offends, `reason` empty, days, times or overlap."""

    def __init__(self, text: str, part: str, reason: str) -> None:
        self.text, self.part, self.reason = text, part, reason
        super().__init__(text, part, reason)


@dataclass(frozen=True, order=True)
class Shift:
    """One stretch of work, in minutes after the local midnight of the day it belongs to; a night ends past 1440."""

    begins: int
    ends: int

    def __post_init__(self) -> None:
        if not (0 <= self.begins < WHOLE_DAY and _fits(self.begins, self.ends)):
            raise ValueError("a shift begins on its day and ends before the same time of the next")


@dataclass(frozen=True)
class Hours:
    """A week of shifts, Monday first; a night shift belongs to the day it begins on."""

    week: tuple[tuple[Shift, ...], ...]

    def __post_init__(self) -> None:
        if len(self.week) != len(DAYS):
            raise ValueError("a week has seven days")

    def on(self, weekday: int) -> tuple[Shift, ...]:
        """The shifts of a day of the week, Monday being 0."""
        return self.week[weekday]

    def __str__(self) -> str:
        return format_hours(self)


def parse_hours(text: str) -> Hours:
    """Weekly hours from text; days missing from it are closed. Raises BadHours."""
    week: list[list[Shift]] = [[] for _ in DAYS]
    for part, entry in _entries(text):
        match = _ENTRY.fullmatch(entry)
        if not match:
            raise BadHours(text, part, "times" if entry[0].isalpha() else "days")
        shifts = _shifts(match[2], text, part)
        for day in _days(match[1], text, part):
            week[day] = _joined([*week[day], *shifts], text, part)
    return Hours(tuple(tuple(shifts) for shifts in week))


def format_hours(hours: Hours) -> str:
    """The canonical text, which `parse_hours` reads back to the same hours."""
    if all(shifts == (Shift(0, WHOLE_DAY),) for shifts in hours.week):
        return ROUND_THE_CLOCK
    entries = []
    for shifts, run in groupby(range(len(DAYS)), key=hours.on):
        days = list(run)
        if shifts:
            names = DAYS[days[0]] if len(days) == 1 else f"{DAYS[days[0]]}-{DAYS[days[-1]]}"
            entries.append(f"{names} {format_shifts(shifts)}")
    return "; ".join(entries) or CLOSED


def parse_shifts(text: str) -> tuple[Shift, ...]:
    """The hours of one date, `10:00-14:00,15:00-16:00`, or `closed`. Raises BadHours."""
    plain = _plain(text)
    if plain == CLOSED:
        return ()
    if not plain:
        raise BadHours(text, text, "empty")
    return tuple(_joined(_shifts(plain, text, text), text, text))


def format_shifts(shifts: Iterable[Shift]) -> str:
    """The canonical text of one date's hours, `closed` for none."""
    return ",".join(f"{_clock(shift.begins)}-{_clock(shift.ends)}" for shift in shifts) or CLOSED


def _entries(text: str) -> Iterator[tuple[str, str]]:
    """Each part as it was written, and with its spaces, dashes and case made plain."""
    parts = [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]
    if not parts:
        raise BadHours(text, text, "empty")
    for part in parts:
        plain = _plain(part)
        yield part, "mon-sun 00:00-24:00" if plain in {ROUND_THE_CLOCK, "24/7"} else plain


def _plain(text: str) -> str:
    joined = re.sub(r"\s*([,\-–—])\s*", r"\1", text.strip().lower())
    return re.sub(r"\s+", " ", joined).replace("–", "-").replace("—", "-")


def _days(names: str, text: str, part: str) -> list[int]:
    days: list[int] = []
    for name in names.split(","):
        first, _, last = ("mon-sun" if name == "daily" else name).partition("-")
        begin, end = _weekday(first), _weekday(last or first)
        if begin is None or end is None:
            raise BadHours(text, part, "days")
        days += [day % 7 for day in range(begin, end + 1 if end >= begin else end + 8)]
    return list(dict.fromkeys(days))


def _weekday(name: str) -> int | None:
    """`mon`, `tues`, `monday`: any beginning of a day's name of three letters or more."""
    return next((i for i, full in enumerate(DAY_NAMES) if len(name) >= 3 and full.startswith(name)), None)


def _shifts(times: str, text: str, part: str) -> list[Shift]:
    shifts = []
    for item in times.split(","):
        match = _SHIFT.fullmatch(item.strip())
        if not match:
            raise BadHours(text, part, "times")
        begins, ends = _minutes(match[1], match[2]), _minutes(match[3], match[4])
        if begins is None or ends is None or begins in {ends, WHOLE_DAY}:
            raise BadHours(text, part, "times")
        shifts.append(Shift(begins, ends if ends > begins else ends + WHOLE_DAY))
    return shifts


def _minutes(hour: str, minute: str | None) -> int | None:
    total = int(hour) * 60 + int(minute or 0)
    return total if int(minute or 0) < 60 and total <= WHOLE_DAY else None


def _joined(shifts: list[Shift], text: str, part: str) -> list[Shift]:
    """In order, shifts that touch made one; overlapping ones are a slip of the pen and refused."""
    joined: list[Shift] = []
    for shift in sorted(shifts):
        if joined and shift.begins < joined[-1].ends:
            raise BadHours(text, part, "overlap")
        if joined and shift.begins == joined[-1].ends and _fits(joined[-1].begins, shift.ends):
            joined[-1] = Shift(joined[-1].begins, shift.ends)
        else:
            joined.append(shift)
    return joined


def _fits(begins: int, ends: int) -> bool:
    """Whether a clock can say it: `12:00-12:00` would be nothing or a day, only `00:00-24:00` is plain."""
    return 0 < ends - begins <= (WHOLE_DAY if begins == 0 else WHOLE_DAY - 1)


def _clock(minutes: int) -> str:
    past = minutes - WHOLE_DAY if minutes > WHOLE_DAY else minutes
    return f"{past // 60:02d}:{past % 60:02d}"
