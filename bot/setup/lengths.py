"""Lengths of time and shares as somebody types them (4h, 1h30m, 2d, 90%), and as they are told."""

from __future__ import annotations

import re

from cspm_core import errors
from cspm_core.calendars import parse_hours
from cspm_core.metrics import Clock, Metric, Unit
from cspm_core.tickets import SlaClock

from ..words import Words

_LENGTH = re.compile(r"(?:(\d+)w)?(?:(\d+)d)?(?:(\d+(?:\.\d+)?)h)?(?:(\d+)m(?:in)?)?(?:(\d+)s)?")
DAY = 86_400
LONGEST = 10 * 366 * DAY
NONE = "none"


def length(text: str, day_s: int = DAY, week_days: int = 7) -> int:
    """Whole seconds above 0; `day_s` are those of a day, `week_days` the days of a week. Raises Invalid."""
    found = _LENGTH.fullmatch(text.replace(" ", "").casefold())
    weeks, days, hours, minutes, seconds = (float(part or 0) for part in found.groups()) if found else (0,) * 5
    total = (weeks * week_days + days) * day_s + hours * 3600 + minutes * 60 + seconds
    if not 0 < total <= LONGEST:
        bare = text.strip()
        nearest = f"{bare}h" if bare.isdecimal() and 0 < float(bare) < 1000 else None
        raise errors.Invalid("length", text, "duration", nearest)
    return round(total)


def working_length(text: str, hours: str) -> int:
    """The same on the business clock, where a day is the team's mean working day. Raises Invalid."""
    open_days = [sum(s.ends - s.begins for s in day) * 60 for day in parse_hours(hours).week if day]
    if not open_days:
        raise errors.Invalid("length", text, "no_working_day")
    return length(text, round(sum(open_days) / len(open_days)), len(open_days))


def value(text: str, metric: Metric, hours: str) -> float:
    """A metric's target in its unit: seconds, a share between 0 and 1, or a count. Raises Invalid."""
    if metric.unit is Unit.SECONDS:
        return working_length(text, hours) if metric.clock is Clock.BUSINESS else length(text)
    plain = text.strip().replace(",", ".")
    try:
        number = float(plain.removesuffix("%"))
    except ValueError:
        raise errors.Invalid("target", text, "share" if metric.unit is Unit.SHARE else "count") from None
    if metric.unit is not Unit.SHARE:
        return number
    if plain.endswith("%"):
        return number / 100
    if number > 1:
        raise errors.Invalid("target", text, "share", f"{plain}%")
    return number


def spelled(seconds: int, clock: str) -> str:
    """The same length as it is typed: 2d, 4h, 1h30m; on the business clock never in days, whose length may change."""
    if clock == SlaClock.CALENDAR and seconds % DAY == 0:
        return f"{seconds // DAY}d"
    if seconds % 60:
        return f"{seconds}s"
    hours, minutes = divmod(seconds // 60, 60)
    return (f"{hours}h" if hours else "") + (f"{minutes}m" if minutes or not hours else "")


def told(seconds: int, clock: str, t: Words) -> str:
    """The same length in words. Working time never in days: nobody could tell how long those are."""
    if clock == SlaClock.CALENDAR:
        return t.duration(seconds)
    if seconds % 3600 == 0:
        return t.n("{n} hour", "{n} hours", seconds // 3600)
    minutes = seconds // 60
    if minutes <= 60:
        return t.duration(seconds)
    return t("{hours} h {minutes} min", hours=minutes // 60, minutes=minutes % 60)
