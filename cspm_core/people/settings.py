"""A team's settings as somebody types them: checked, made canonical, with the nearest valid value where wrong."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from typing import Any

import holidays as holidays_package

from .. import calendars, errors
from ..calendars import BadHolidays, BadHours, BadTimezone, Calendar
from .naming import is_slack_channel, language_named
from .rules import LANGUAGES

WORKING = "working"
_CHANNEL = re.compile(r"[\w-]{1,80}", re.UNICODE)
_CLOCK = re.compile(r"(\d{1,2})[:.]?(\d{2})")


def team_settings(said: Mapping[str, str]) -> dict[str, Any]:
    """Columns of `Team` from texts by the same names (timezone, hours, holidays, language, channel, digest_at,
    digest_days, and how figures are counted). Raises Invalid with the setting's name, the reason and the nearest valid
    value."""
    return {name: _CHECKS[name](text.strip()) for name, text in said.items()}


def _timezone(text: str) -> str:
    try:
        return calendars.zone(text).key
    except BadTimezone as bad:
        raise errors.Invalid("timezone", text, "timezone", bad.nearest) from None


def _hours(text: str) -> str:
    try:
        return calendars.format_hours(calendars.parse_hours(text))
    except BadHours as bad:
        raise errors.Invalid("hours", bad.part or text, f"hours_{bad.reason}") from None


def day_hours(text: str) -> str:
    """The hours of one day as they are kept: empty where it is closed. Raises Invalid."""
    try:
        shifts = calendars.parse_shifts(text.strip())
    except BadHours as bad:
        raise errors.Invalid("hours", bad.part or text, f"hours_{bad.reason}") from None
    return calendars.format_shifts(shifts) if shifts else ""


def _holidays(text: str) -> str:
    if text.casefold() in ("", "none"):
        return ""
    code = text.upper() if "-" not in text else text.partition("-")[0].upper() + "-" + text.partition("-")[2]
    try:
        Calendar("UTC", calendars.parse_hours("24x7"), code)
    except BadHolidays as bad:
        raise errors.Invalid("holidays", text, f"holidays_{bad.reason}", _nearest_country(text, bad)) from None
    return code


def _nearest_country(text: str, bad: BadHolidays) -> str | None:
    """The code of a country written out (`Netherlands`), or the closest code or part of a country."""
    places: dict[str, list[str]] = holidays_package.list_supported_countries()
    if bad.reason == "subdivision":
        country, _, part = text.partition("-")
        near = difflib.get_close_matches(part.upper(), places.get(country.upper(), []), n=1, cutoff=0)
        return f"{country.upper()}-{near[0]}" if near else None
    named = {re.sub(r"\B([A-Z])", r" \1", one).casefold(): code for one, code in _country_names(places).items()}
    near = difflib.get_close_matches(text.casefold(), named, n=1, cutoff=0.75)
    if near:
        return named[near[0]]
    close = difflib.get_close_matches(text.upper(), places, n=1, cutoff=0.4) if len(text) < 4 else []
    return close[0] if close else None


def _country_names(places: Mapping[str, Any]) -> dict[str, str]:
    return {name: code for code in places if len(code) == 2 for name in _class_names(code)}


def _class_names(code: str) -> list[str]:
    found = getattr(holidays_package, code, None)
    return [one.__name__ for one in getattr(found, "__mro__", ())[:2]]


def _language(text: str) -> str:
    language = language_named(text)
    if language is None:
        near = difflib.get_close_matches(text, LANGUAGES, n=1, cutoff=0.4)
        raise errors.Invalid("language", text, "language", near[0] if near else None)
    return language


def _channel(text: str) -> str | None:
    """A Slack id (C…) or a name without its `#`; empty: no channel."""
    name = text.removeprefix("#")
    if not name:
        return None
    if is_slack_channel(name):
        return name
    if not _CHANNEL.fullmatch(name) or name != name.lower():
        nearest = re.sub(r"[^\w-]+", "-", name.casefold()).strip("-")
        raise errors.Invalid("channel", text, "channel", f"#{nearest}" if nearest else None)
    return name


def _digest_at(text: str) -> str:
    found = _CLOCK.fullmatch(text) or re.fullmatch(r"(\d{1,2})()", text)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
    if hour > 23 or minute > 59:
        raise errors.Invalid("digest_at", text, "clock")
    return f"{hour:02d}:{minute:02d}"


def _digest_days(text: str) -> str:
    word = " ".join(text.casefold().split())
    if word in ("", WORKING):
        return WORKING
    try:
        hours = calendars.format_hours(calendars.parse_hours(f"{word} 00:00-24:00"))
    except BadHours:
        raise errors.Invalid("digest_days", text, "days") from None
    return "mon-sun" if hours == "24x7" else ",".join(part.split()[0] for part in hours.split("; "))


def _one_of(name: str, *known: str) -> Callable[[str], str]:
    """A word among some; dashes and spaces may stand for the underscore."""

    def check(text: str) -> str:
        word = "_".join(text.casefold().replace("-", " ").replace("_", " ").split())
        if word not in known:
            near = difflib.get_close_matches(word, known, n=1, cutoff=0.3)
            raise errors.Invalid(name, text, name, near[0] if near else None)
        return word

    return check


def _seconds(name: str, highest: int) -> Callable[[str], int]:
    """A whole number of seconds from 0 up to a highest."""

    def check(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < 7 and int(text) <= highest):
            raise errors.Invalid(name, text, name)
        return int(text)

    return check


_CHECKS: Mapping[str, Callable[[str], Any]] = {
    "timezone": _timezone,
    "hours": _hours,
    "holidays": _holidays,
    "language": _language,
    "channel": _channel,
    "digest_at": _digest_at,
    "digest_days": _digest_days,
    "response_start": _one_of("response_start", "created", "handed_off"),
    "transfers_counted": _one_of("transfers_counted", "any", "group"),
    "abandoned_in_time": _one_of("abandoned_in_time", "against", "for", "ignored"),
    "service_level_s": _seconds("service_level_s", 3_600),
    "short_abandon_s": _seconds("short_abandon_s", 600),
}
