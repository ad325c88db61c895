"""Time zones: the team-local day of an instant, and the instant of a wall time, over every change of the clocks."""

from __future__ import annotations

import difflib
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)


class BadTimezone(ValueError):
    """Not an IANA time zone. `text` is what was given, `nearest` the closest real name or None."""

    def __init__(self, text: str) -> None:
        found = difflib.get_close_matches(text, available_timezones(), n=1)
        self.text, self.nearest = text, found[0] if found else None
        super().__init__(text)


@lru_cache(maxsize=1024)
def zone(name: str) -> ZoneInfo:
    """The IANA zone of that name (`Europe/Amsterdam`). Raises BadTimezone."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as err:
        raise BadTimezone(name) from err


def as_utc(at: datetime) -> datetime:
    """The same instant in UTC. Raises ValueError for a naive datetime, which is no instant."""
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return at.astimezone(UTC)


def epoch_seconds(at: datetime) -> int:
    """Whole seconds since 1970 UTC, floored, so that an instant within a second counts as the start of it."""
    return (as_utc(at) - EPOCH) // SECOND


def at_epoch(seconds: int) -> datetime:
    """The UTC instant of a count of seconds since 1970."""
    return EPOCH + timedelta(seconds=seconds)


def local_day(at: datetime, timezone: str) -> date:
    """The calendar date of an instant on the wall of that zone."""
    return as_utc(at).astimezone(zone(timezone)).date()


def at_local(day: date, time: time, timezone: str) -> datetime:
    """The UTC instant of a wall time: moved forward by the gap where it does not exist, the first where it is twice."""
    return datetime.combine(day, time.replace(tzinfo=None, fold=0), zone(timezone)).astimezone(UTC)


def midnight(day: date, timezone: str) -> datetime:
    """The UTC instant at which the local day begins, also where its clocks jump over 00:00."""
    return at_local(day, time(), timezone)
