"""Time zones and countries as somebody finds them while typing: by their own names, and in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import holidays as holidays_package
from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_location

from cspm_core.people import fold

OLD = ("Etc/", "posix/", "right/", "SystemV/", "US/", "Brazil/", "Canada/", "Chile/", "Mexico/")
"""Beginnings of names that stand for zones which have a better one."""
NO_HOLIDAYS = "none"
Offer = tuple[str, str]
"""What a menu shows, and what it carries."""


def zones(typed: str, language: str, now: datetime, *, first: str | None = None) -> list[Offer]:
    """The zones whose name or city holds what was typed, those that begin with it first; `first` before all others."""
    wanted = fold(typed).replace("_", " ")
    found = [(not _begins(known, wanted), name) for name, known in _cities(language).items() if wanted in known]
    names = [name for _, name in sorted(found)]
    if first in names:
        names = [str(first), *(name for name in names if name != first)]
    return [(zone_label(name, now), name) for name in names]


def zone_label(name: str, now: datetime) -> str:
    """Europe/Amsterdam (UTC+01:00)."""
    offset = now.astimezone(ZoneInfo(name)).strftime("%z")
    return f"{name} (UTC{offset[:3]}:{offset[3:]})"


def _begins(known: str, wanted: str) -> bool:
    return any(part.startswith(wanted) for part in known.replace("/", "\n").splitlines())


@cache
def _cities(language: str) -> Mapping[str, str]:
    """Each zone with its name and its city in a language, folded."""
    names = [one for one in available_timezones() if one == "UTC" or ("/" in one and not one.startswith(OLD))]
    return {name: f"{fold(name).replace('_', ' ')}\n{fold(_city(name, language))}" for name in sorted(names)}


def _city(name: str, language: str) -> str:
    return str(get_timezone_location(name, locale=Locale.parse(language), return_city=True))


def country_of(zone: str) -> str:
    """The country in which a zone lies, where we know its holidays; else empty."""
    code = str(get_global("zone_territories").get(zone) or "")
    return code if code in _countries() else ""


def countries(typed: str, language: str) -> list[Offer]:
    """The countries whose name, here or in English, or code holds what was typed; the parts of a country too, once it
    is named."""
    wanted, named, english = fold(typed), _names(language), _names("en")
    found = [
        (not fold(name).startswith(wanted) and fold(code) != wanted, name, code)
        for code, name in named.items()
        if any(wanted in fold(one) for one in (name, english.get(code, name))) or wanted == fold(code)
    ]
    offers = [(name, code) for _, name, code in sorted(found)]
    if len(offers) <= FEW_COUNTRIES:
        offers += [(country_label(part, language), part) for _, code in offers for part in _parts(code)]
    return offers + [
        (country_label(part, language), part)
        for code in named
        for part in _parts(code)
        if "-" in wanted and fold(part).startswith(wanted)
    ]


FEW_COUNTRIES = 3
"""Of so many their parts are offered too."""


def country_label(code: str, language: str) -> str:
    """Netherlands; or Germany, BY; a code that Babel does not know as it stands."""
    country, _, part = code.partition("-")
    name = _names(language).get(country, country)
    return f"{name}, {part}" if part else name


def _parts(code: str) -> list[str]:
    return [f"{code}-{part}" for part in _countries().get(code, ())]


@cache
def _names(language: str) -> Mapping[str, str]:
    known = Locale.parse(language).territories
    return {code: str(known[code]) for code in _countries() if code in known}


@cache
def _countries() -> Mapping[str, list[str]]:
    """Countries by their two letters, with the codes of their parts."""
    places: dict[str, list[str]] = holidays_package.list_supported_countries()
    return {code: parts for code, parts in places.items() if len(code) == 2}
