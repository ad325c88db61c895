"""Working time: hours as people write them, holidays, and the seconds that pass while a team is open."""

from .calendar import ALWAYS_OPEN, Calendar, NeverOpen
from .days_off import BadHolidays
from .hours import BadHours, Hours, Shift, format_hours, format_shifts, parse_hours, parse_shifts
from .zones import BadTimezone, as_utc, at_local, local_day, midnight, zone

__all__ = [
    "ALWAYS_OPEN",
    "BadHolidays",
    "BadHours",
    "BadTimezone",
    "Calendar",
    "Hours",
    "NeverOpen",
    "Shift",
    "as_utc",
    "at_local",
    "format_hours",
    "format_shifts",
    "local_day",
    "midnight",
    "parse_hours",
    "parse_shifts",
    "zone",
]
