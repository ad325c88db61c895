"""From what a team wrote to a definition. Whatever does not fit is refused with what would."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ... import errors
from .conditions import COMPARED, Between, Condition, Has, Number, OneOf
from .definition import ANY, Definition
from .facts import Fact, Kind, facts_of

FIELDS = (
    "key",
    "name",
    "of",
    "unit",
    "better",
    "cohort",
    "over",
    "count",
    "from",
    "to",
    "clock",
    "guards",
)
COHORTS: Mapping[str, tuple[str, ...]] = {
    "tickets": ("created", "solved", "rated", "sent"),
    "calls": ("queued", "handled"),
}
KEY = re.compile(r"[a-z][a-z0-9_]{1,39}")
LENGTH = re.compile(
    r"(?:(\d+)\s*w)?\s*(?:(\d+)\s*d)?\s*(?:(\d+(?:\.\d+)?)\s*h)?\s*(?:(\d+)\s*m(?:in)?)?\s*(?:(\d+)\s*s)?"
)
SHAPE = re.compile(
    r"(?P<fact>\w+)\s*(?:-\s*(?P<less>\w+)\s*)?(?P<how><=|>=|!=|<|>|=|not\s+in\b|in\b)\s*(?P<value>.+)", re.DOTALL
)
MOST_FILTERS, LONGEST = 12, 200
SIGNS: Mapping[Kind, tuple[str, ...]] = {
    Kind.INSTANT: ("<=", "<", ">=", ">"),
    Kind.NUMBER: tuple(COMPARED),
    Kind.LENGTH: ("<=", "<", ">=", ">"),
    Kind.WORD: ("=", "!=", "in", "not in"),
    Kind.CHOICE: ("=", "!=", "in", "not in"),
}


def read(told: Any, *, guards: Iterable[str], usual_guards: Iterable[str]) -> Definition:
    """A definition from what YAML or JSON gave. `guards`: the figures of quality there are. Raises BadDefinition."""
    if not isinstance(told, Mapping):
        raise errors.BadDefinition("file", "", "no_mapping", known=FIELDS)
    for name in told:
        _one_of("file", str(name), FIELDS, "no_field")
    of = _choice(told, "of", ("tickets", "calls"), "tickets")
    unit = _choice(told, "unit", ("share", "seconds"))
    facts = facts_of(of)
    starts, ends = (_instant(told, name, facts) if unit == "seconds" else None for name in ("from", "to"))
    count = _filters(told, "count", facts)
    _check_parts(told, unit, starts, ends)
    given = tuple(_guard(str(one), tuple(guards)) for one in _listed(told.get("guards")))
    is_speed = unit == "seconds" or any(isinstance(one, Between) for one in count)
    return Definition(
        key=_key(told),
        names=_names(told),
        of=of,
        unit=unit,
        better=_choice(told, "better", ("higher", "lower", "neither"), "lower" if unit == "seconds" else "higher"),
        cohort=_choice(told, "cohort", COHORTS[of], COHORTS[of][0]),
        clock=_choice(told, "clock", ("calendar", "business"), "calendar") if unit == "seconds" else "none",
        over=_filters(told, "over", facts),
        count=count,
        starts=starts,
        ends=ends,
        guards=given or (tuple(usual_guards) if is_speed else ()),
        told=_kept(told),
    )


def condition(text: str, facts: Mapping[str, Fact], part: str = "over") -> Condition:
    """One filter. Raises BadDefinition with the facts or the signs there are, and the nearest."""
    words = " ".join(text.split())
    if found := re.fullmatch(r"has (no )?(\w+)", words):
        return Has(_fact(part, found[2], facts), found[1] is None)
    shaped = SHAPE.fullmatch(words)
    if not shaped:
        raise errors.BadDefinition(part, words, "no_filter", known=(*COMPARED, "in", "not in", "has"))
    fact, how, value = _fact(part, shaped["fact"], facts), " ".join(shaped["how"].split()), shaped["value"].strip()
    if how not in SIGNS[fact.kind]:
        raise errors.BadDefinition(part, words, "no_sign", known=SIGNS[fact.kind])
    if shaped["less"]:
        return Between(fact, _instants(part, shaped["less"], fact, facts), how, _length(part, value))
    if fact.kind is Kind.INSTANT:
        return Between(fact, _instants(part, value, fact, facts), how, 0.0)
    return _PLAIN[fact.kind](part, fact, how, value)


def _word(part: str, fact: Fact, how: str, value: str) -> Condition:
    words = tuple(word.strip().strip("'\"") for word in value.strip("[]").split(",") if word.strip())
    if not words or (how in ("=", "!=") and len(words) > 1):
        raise errors.BadDefinition(part, value, "no_word")
    if fact.choices is not None:
        words = tuple(_one_of(part, word.casefold(), tuple(fact.choices), "no_choice") for word in words)
    return OneOf(fact, words, how in ("=", "in"))


def _number(part: str, fact: Fact, how: str, value: str) -> Condition:
    try:
        return Number(fact, how, float(value.replace(",", ".")))
    except ValueError:
        raise errors.BadDefinition(part, value, "no_number") from None


def _timed(part: str, fact: Fact, how: str, value: str) -> Condition:
    return Number(fact, how, _length(part, value))


_PLAIN: Mapping[Kind, Callable[[str, Fact, str, str], Condition]] = {
    Kind.WORD: _word,
    Kind.CHOICE: _word,
    Kind.NUMBER: _number,
    Kind.LENGTH: _timed,
}


def _instants(part: str, name: str, fact: Fact, facts: Mapping[str, Fact]) -> Fact:
    found = _fact(part, name, facts, Kind.INSTANT)
    if fact.kind is not Kind.INSTANT or found is fact:
        raise errors.BadDefinition(part, name, "no_two_instants")
    return found


def _fact(part: str, name: str, facts: Mapping[str, Fact], kind: Kind | None = None) -> Fact:
    known = tuple(one.name for one in facts.values() if kind is None or one.kind is kind)
    return facts[_one_of(part, name, known, "no_fact")]


def _length(part: str, text: str) -> float:
    found = LENGTH.fullmatch("".join(text.split()).casefold())
    weeks, days, hours, minutes, seconds = (float(one or 0) for one in found.groups()) if found else (0.0,) * 5
    total = ((weeks * 7 + days) * 24 + hours) * 3600 + minutes * 60 + seconds
    if total <= 0:
        raise errors.BadDefinition(part, text, "no_length", f"{text}h" if text.isdigit() else None)
    return total


def _instant(told: Mapping[str, Any], name: str, facts: Mapping[str, Fact]) -> Fact | None:
    return _fact(name, str(told[name]), facts, Kind.INSTANT) if told.get(name) else None


def _check_parts(told: Mapping[str, Any], unit: str, *ends: Fact | None) -> None:
    """A share needs what it counts, a duration where it begins and ends; neither takes the other's."""
    wanted, other = (("count",), ("from", "to", "clock")) if unit == "share" else (("from", "to"), ("count",))
    for name in wanted:
        if not told.get(name):
            raise errors.BadDefinition(name, "", "missing")
    for name in other:
        if told.get(name):
            raise errors.BadDefinition(name, str(told[name]), "not_for_unit", known=(unit,))
    if unit == "seconds" and ends[0] is ends[1]:
        raise errors.BadDefinition("to", str(told["to"]), "no_two_instants")


def _filters(told: Mapping[str, Any], part: str, facts: Mapping[str, Fact]) -> tuple[Condition, ...]:
    lines = _listed(told.get(part))
    if len(lines) > MOST_FILTERS or any(len(str(line)) > LONGEST for line in lines):
        raise errors.BadDefinition(part, "", "too_many")
    return tuple(condition(str(line), facts, part) for line in lines)


def _listed(found: Any) -> list[Any]:
    return [] if found is None else list(found) if isinstance(found, list | tuple) else [found]


def _choice(told: Mapping[str, Any], name: str, known: tuple[str, ...], usual: str | None = None) -> str:
    if told.get(name) is None:
        if usual is None:
            raise errors.BadDefinition(name, "", "missing", known=known)
        return usual
    return _one_of(name, str(told[name]).strip().casefold(), known, "no_choice")


def _guard(name: str, known: tuple[str, ...]) -> str:
    return _one_of("guards", name, known, "no_guard")


def _one_of(part: str, text: str, known: tuple[str, ...], reason: str) -> str:
    if text in known:
        return text
    near = difflib.get_close_matches(text, known, n=1)
    raise errors.BadDefinition(part, text, reason, near[0] if near else None, known)


def _key(told: Mapping[str, Any]) -> str:
    key = str(told.get("key") or "")
    if not KEY.fullmatch(key):
        near = re.sub(r"[^a-z0-9]+", "_", key.casefold()).strip("_")
        raise errors.BadDefinition("key", key, "no_key", near if KEY.fullmatch(near) else None)
    return key


def _names(told: Mapping[str, Any]) -> Mapping[str, str]:
    found = told.get("name")
    named = found if isinstance(found, Mapping) else {ANY: found}
    names = {str(language): " ".join(str(name or "").split()) for language, name in named.items()}
    if not names or not all(0 < len(name) <= 60 for name in names.values()):
        raise errors.BadDefinition("name", str(found or ""), "no_name")
    return names


def _kept(told: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: told[name] for name in FIELDS if told.get(name) is not None}
    for part in ("over", "count", "guards"):
        if part in kept:
            kept[part] = [" ".join(str(line).split()) for line in _listed(kept[part])]
    return kept
