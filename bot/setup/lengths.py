"""Lengths of time and shares as an operator types them: 4h, 1h30m, 2d, 90%."""

from __future__ import annotations

import re

from cspm_core import errors
from cspm_core.calendars import parse_hours
from cspm_core.metrics import Clock, Metric, Unit

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
        bare = text.strip().isdigit()
        raise errors.Invalid("length", text, "duration", f"{text.strip()}h" if bare and 0 < int(text) < 1000 else None)
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
