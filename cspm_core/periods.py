"""Stretches of a team's days: today, last week, 7d, 2026-10 … in the team's zone, half-open, and the one before."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from cspm_core.calendars.zones import as_utc, at_local, local_day, midnight, zone

__all__ = ["KEYWORDS", "BadPeriod", "Period", "days", "local_day", "parse_period", "previous"]

DAY = timedelta(days=1)
LONGEST_ROLLING = 3660
EARLIEST = 1900
UNITS = ("week", "month", "quarter", "year")
KEYWORDS = ("today", "yesterday", *(f"{which}-{unit}" for unit in UNITS for which in ("this", "last")), "7d", "28d")

Span = tuple[str, date, date]  # kind, first and last day


class BadPeriod(ValueError):
    """A period that cannot be had: `text` as given, `reason` unknown, no_such_day, reversed, future or too_long,
    `nearest` the closest keyword or None."""

    def __init__(self, text: str, reason: str) -> None:
        found = difflib.get_close_matches(_plain(text), (*KEYWORDS, *UNITS), n=1) if reason == "unknown" else []
        self.text, self.reason, self.nearest = text, reason, found[0] if found else None
        super().__init__(text, reason)


@dataclass(frozen=True)
class Period:
    """From `start` up to, not including, `end` (UTC). `first_day` and `last_day` are the local days of the whole
    period, both included; `key` is its canonical text, which parses to it again at the same `now`."""

    start: datetime
    end: datetime
    timezone: str
    kind: str
    first_day: date
    last_day: date
    key: str

    def until(self, instant: datetime) -> Period:
        """The period cut at the instant where that comes before its end; its name and days stay."""
        return replace(self, end=max(self.start, min(self.end, as_utc(instant))))


def parse_period(text: str, *, timezone: str, now: datetime) -> Period:
    """The period that a text names in a zone. Rolling ones (`7d`) are the last N local days, today included.

    Weeks are ISO weeks. Ends may lie ahead of `now` (this week): cut them with `until`. Raises BadPeriod, BadTimezone.
    """
    plain, today = _plain(text), local_day(now, timezone)
    named = _named(plain, today)
    span = named or _written(plain, today, text)
    if span is None:
        raise BadPeriod(text, "unknown")
    kind, first, last = span
    if first > last:
        raise BadPeriod(text, "reversed")
    if first.year < EARLIEST:
        raise BadPeriod(text, "no_such_day")
    if first > today:
        raise BadPeriod(text, "future")
    key = plain if named or kind == "rolling" else _key(kind, first, last)
    try:
        return _period(kind, first, last, timezone, key)
    except OverflowError as err:
        raise BadPeriod(text, "no_such_day") from err


def previous(period: Period, as_of: datetime) -> Period:
    """The equal period before: of a calendar period the one before it, else as many local days directly before.

    Where the period is not over at `as_of`, it is cut at the same elapsed wall time since the first local midnight.
    """
    if period.kind in {"range", "rolling"}:
        last = period.first_day - DAY
        kind, first = "range", last - (period.last_day - period.first_day)
    else:
        kind, first, last = _around(period.kind, period.first_day - DAY)
    before = _period(kind, first, last, period.timezone, _key(kind, first, last))
    if as_utc(as_of) >= midnight(period.last_day + DAY, period.timezone):
        return before
    wall = as_utc(as_of).astimezone(zone(period.timezone))
    same_day = first + (wall.date() - period.first_day)
    return before.until(at_local(same_day, wall.time(), period.timezone))


def days(period: Period) -> list[date]:
    """The local days that the period touches up to its end, so of a cut one only those that have begun."""
    if period.end <= period.start:
        return []
    last = local_day(period.end - timedelta(microseconds=1), period.timezone)
    return [period.first_day + n * DAY for n in range((last - period.first_day).days + 1)]


def _period(kind: str, first: date, last: date, timezone: str, key: str) -> Period:
    return Period(midnight(first, timezone), midnight(last + DAY, timezone), timezone, kind, first, last, key)


def _plain(text: str) -> str:
    """Lower case, one spelling: `This week`, `this_week` and `week` are `this-week`; `7 days` is `7d`."""
    plain = re.sub(r"\s*\.\.\s*", "..", text.strip().lower())
    plain = re.sub(r"[\s_]+", "-", plain)
    plain = re.sub(r"^(\d+)-?d(ays?)?$", lambda m: f"{m[1].lstrip('0') or '0'}d", plain)
    plain = re.sub(r"^(\d{4})-?([qw])(?=\d)", lambda m: f"{m[1]}-{m[2].upper()}", plain)
    return f"this-{plain}" if plain in UNITS else plain


def _named(key: str, today: date) -> Span | None:
    if key in {"today", "yesterday"}:
        day = today if key == "today" else today - DAY
        return "day", day, day
    which, _, unit = key.partition("-")
    if which not in {"this", "last"} or unit not in UNITS:
        return None
    this = _around(unit, today)
    return this if which == "this" else _around(unit, this[1] - DAY)


def _around(kind: str, day: date) -> Span:
    """The calendar period of that kind which holds the day."""
    if kind == "day":
        return kind, day, day
    if kind == "week":
        monday = day - day.weekday() * DAY
        return kind, monday, monday + 6 * DAY
    months = {"month": 1, "quarter": 3, "year": 12}[kind]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    after = first + (31 * months) * DAY
    return kind, first, date(after.year, after.month, 1) - DAY


def _written(key: str, today: date, text: str) -> Span | None:
    for pattern, read in _WRITTEN:
        match = re.fullmatch(pattern, key)
        if match:
            try:
                return read(match, today)
            except (ValueError, OverflowError) as err:
                raise BadPeriod(text, "too_long" if read is _rolling else "no_such_day") from err
    return None


def _rolling(match: re.Match[str], today: date) -> Span:
    count = int(match[1])
    if not 1 <= count <= LONGEST_ROLLING:
        raise ValueError(count)
    return "rolling", today - (count - 1) * DAY, today


def _range(match: re.Match[str], _today: date) -> Span:
    return "range", date.fromisoformat(match[1]), date.fromisoformat(match[2])


def _year(match: re.Match[str], _today: date) -> Span:
    return _around("year", date(int(match[1]), 1, 1))


def _quarter(match: re.Match[str], _today: date) -> Span:
    return _around("quarter", date(int(match[1]), 3 * int(match[2]) - 2, 1))


def _month(match: re.Match[str], _today: date) -> Span:
    return _around("month", date(int(match[1]), int(match[2]), 1))


def _week(match: re.Match[str], _today: date) -> Span:
    return _around("week", date.fromisocalendar(int(match[1]), int(match[2]), 1))


def _day(match: re.Match[str], _today: date) -> Span:
    return _around("day", date.fromisoformat(match[0]))


_WRITTEN: tuple[tuple[str, Callable[[re.Match[str], date], Span]], ...] = (
    (r"(\d{1,9})d", _rolling),
    (r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)", _range),
    (r"(\d{4})", _year),
    (r"(\d{4})-Q([1-4])", _quarter),
    (r"(\d{4})-(\d\d)", _month),
    (r"(\d{4})-W(\d\d?)", _week),
    (r"\d{4}-\d\d-\d\d", _day),
)


def _key(kind: str, first: date, last: date) -> str:
    year, week, _ = first.isocalendar()
    texts = {
        "day": f"{first}",
        "week": f"{year}-W{week:02d}",
        "month": f"{first:%Y-%m}",
        "quarter": f"{first.year}-Q{(first.month + 2) // 3}",
        "year": f"{first.year}",
    }
    return texts.get(kind, f"{first}..{last}")
