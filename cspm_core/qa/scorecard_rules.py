"""What a scorecard must be so that people can work with it, and what changed between two versions. No database."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, fields

from .. import errors
from ..people.rules import fold
from .rules import FEWEST_POINTS, HUNDRED, MOST_POINTS, Criterion, Definition

LONGEST_NAME = 75
"""So much fits into one entry of a menu: names, points and root causes."""
LONGEST_GUIDANCE = 1_000
LONGEST_KEY = 40
MOST_SECTIONS, MOST_CRITERIA, MOST_CAUSES = 20, 100, 20
HEAVIEST = 100.0
NOT_PLAIN = re.compile(r"[^a-z0-9]+")


def key_for(name: str, taken: Collection[str] = ()) -> str:
    """A key for a criterion of that name, unlike those taken: small Latin letters, digits and _."""
    plain = NOT_PLAIN.sub("_", fold(name)).strip("_")[:LONGEST_KEY]
    key = plain or "c_" + hashlib.blake2s(fold(name).encode(), digest_size=4).hexdigest()
    n, found = 2, key
    while found in taken:
        end = f"_{n}"
        found, n = key[: LONGEST_KEY - len(end)] + end, n + 1
    return found


def check(definition: Definition) -> None:
    """Raises BadScorecard with the first thing that is wrong, and where."""
    for wrong in _wrongs(definition):
        raise wrong


def _wrongs(definition: Definition) -> Iterator[errors.BadScorecard]:
    if not definition.criteria:
        yield errors.BadScorecard("empty")
    if len(definition.sections) > MOST_SECTIONS:
        yield errors.BadScorecard("too_many_sections", number=MOST_SECTIONS)
    if len(definition.criteria) > MOST_CRITERIA:
        yield errors.BadScorecard("too_many_criteria", number=MOST_CRITERIA)
    if not (math.isfinite(definition.passed_from) and 0 <= definition.passed_from <= HUNDRED):
        yield errors.BadScorecard("passed_from", f"{definition.passed_from:g}", part="passed_from")
    for section in definition.sections:
        yield from _name(section.name, (section.name,))
        if not section.criteria:
            yield errors.BadScorecard("empty_section", section.name, (section.name,))
        for one in section.criteria:
            yield from _criterion(one, (section.name, one.name))
    for twice in _twice([one.key for one in definition.criteria]):
        yield errors.BadScorecard("key_twice", twice, part="key")
    for twice in _twice([fold(section.name) for section in definition.sections]):
        yield errors.BadScorecard("section_twice", twice, part="name")
    if definition.criteria and all(one.weight == 0 for one in definition.criteria):
        yield errors.BadScorecard("no_weight", part="weight")


def check_criterion(one: Criterion, section: str = "") -> None:
    """The same of one criterion. Raises BadScorecard."""
    for wrong in _criterion(one, (section, one.name) if section else (one.name,)):
        raise wrong


def _criterion(one: Criterion, where: tuple[str, ...]) -> Iterator[errors.BadScorecard]:
    yield from _name(one.name, where)
    if not one.key or len(one.key) > LONGEST_KEY or one.key != one.key.strip():
        yield errors.BadScorecard("key", one.key, where, part="key", number=LONGEST_KEY)
    if not FEWEST_POINTS <= len(one.scale) <= MOST_POINTS:
        yield errors.BadScorecard("scale", str(len(one.scale)), where, part="scale")
    yield from _list(one.scale, where, "scale")
    if not (math.isfinite(one.weight) and 0 <= one.weight <= HEAVIEST):
        yield errors.BadScorecard("weight", f"{one.weight:g}", where, part="weight")
    if len(one.guidance) > LONGEST_GUIDANCE:
        yield errors.BadScorecard("too_long", one.guidance, where, part="guidance", number=LONGEST_GUIDANCE)
    if len(one.causes) > MOST_CAUSES:
        yield errors.BadScorecard("too_many_causes", where=where, part="causes", number=MOST_CAUSES)
    yield from _list(one.causes, where, "causes")


def _name(name: str, where: tuple[str, ...]) -> Iterator[errors.BadScorecard]:
    if not name.strip():
        yield errors.BadScorecard("no_name", where=where[:-1], part="name")
    if len(name) > LONGEST_NAME:
        yield errors.BadScorecard("too_long", name, where, part="name", number=LONGEST_NAME)


def _list(words: Sequence[str], where: tuple[str, ...], part: str) -> Iterator[errors.BadScorecard]:
    for word in words:
        if not word.strip():
            yield errors.BadScorecard("no_word", where=where, part=part)
        if len(word) > LONGEST_NAME:
            yield errors.BadScorecard("too_long", word, where, part=part, number=LONGEST_NAME)
    for twice in _twice([fold(word) for word in words]):
        yield errors.BadScorecard("twice", twice, where, part=part)


def _twice(words: Sequence[str]) -> list[str]:
    return [word for n, word in enumerate(words) if word in words[:n]]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs. `kind`: added, removed, changed, moved (of a criterion), section, settings.

    `name`: of the criterion as it is now, or of the section. `parts`: what of a criterion differs."""

    kind: str
    name: str = ""
    parts: tuple[str, ...] = ()


def changes(before: Definition, after: Definition) -> tuple[Change, ...]:
    """What differs from one to the other, in the order of the later one."""
    olds = {one.key: one for one in before.criteria}
    news = {one.key: one for one in after.criteria}
    found = [_change(olds.get(key), one) for key, one in news.items()]
    told = [one for one in found if one]
    told += [Change("removed", one.name) for key, one in olds.items() if key not in news]
    if [key for key in olds if key in news] != [key for key in news if key in olds]:
        told.append(Change("moved"))
    elif _places(before) != _places(after):
        told.append(Change("section"))
    if any(getattr(before, name) != getattr(after, name) for name in ("on_critical", "on_na", "passed_from")):
        told.append(Change("settings"))
    return tuple(told)


def _change(old: Criterion | None, new: Criterion) -> Change | None:
    if old is None:
        return Change("added", new.name)
    parts = tuple(one.name for one in fields(Criterion) if getattr(old, one.name) != getattr(new, one.name))
    return Change("changed", new.name, parts) if parts else None


def _places(definition: Definition) -> list[tuple[str, tuple[str, ...]]]:
    """Of the criteria that stay, in which section each stands."""
    return [(section.name, tuple(one.key for one in section.criteria)) for section in definition.sections]
