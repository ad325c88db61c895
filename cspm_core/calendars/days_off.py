"""Public holidays with their substitute days, and the weekend days that a state turned into working days."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

import holidays as holidays_package


class BadHolidays(ValueError):
    """Holidays nobody knows: `text` as given, `reason` country or subdivision."""

    def __init__(self, text: str, reason: str) -> None:
        self.text, self.reason = text, reason
        super().__init__(text, reason)


def check_holidays(code: str) -> None:
    """Raises BadHolidays unless the code is empty, a country (`NL`) or one of its parts (`DE-BY`)."""
    _public(code, 2026)


def holiday_name(code: str, day: date) -> str | None:
    """The holiday's name in the package's first language for that country, or None on other days."""
    return _public(code, day.year)[0].get(day)


def is_holiday(code: str, day: date) -> bool:
    """Whether that day is a public holiday, observed and substitute days included."""
    return day in _public(code, day.year)[0]


def is_make_up_day(code: str, day: date) -> bool:
    """Whether that day, of a weekend, was made a working day in exchange for another."""
    return day in _public(code, day.year)[1]


@lru_cache(maxsize=1024)
def _public(code: str, year: int) -> tuple[dict[date, str], frozenset[date]]:
    if not code:
        return {}, frozenset()
    country, _, part = code.strip().partition("-")
    if country.upper() not in holidays_package.list_supported_countries(include_aliases=True):
        raise BadHolidays(code, "country")
    for name in (part, part.upper()):  # most parts are capital letters, a few are names
        try:
            found: Any = holidays_package.country_holidays(country.upper(), subdiv=name or None, years=year)
        except NotImplementedError:
            continue
        return dict(found), frozenset(getattr(found, "weekend_workdays", ()))
    raise BadHolidays(code, "subdivision")
