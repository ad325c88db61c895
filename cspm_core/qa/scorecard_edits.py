"""The single changes that somebody makes to a scorecard while editing it. Each takes a definition and gives the next.

What is not there any more is left alone: two presses of one button do no harm.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from .. import errors
from .rules import Criterion, Definition, Section
from .scorecard_rules import LONGEST_NAME, MOST_CRITERIA, MOST_SECTIONS, check_criterion, key_for

Edit = Callable[[Definition], Definition]
T = TypeVar("T")


def put_criterion(one: Criterion, section: int) -> Edit:
    """Change a criterion by its key, or add it to the end of a section; without a key it is given one.
    Raises BadScorecard."""

    def put(definition: Definition) -> Definition:
        fresh = one if one.key else replace(one, key=key_for(one.name, [known.key for known in definition.criteria]))
        check_criterion(fresh)
        to = min(max(section, 0), len(definition.sections) - 1)
        if to < 0:
            raise errors.BadScorecard("no_section", part="section")
        at = place_of(definition, fresh.key)
        if at is None and len(definition.criteria) >= MOST_CRITERIA:
            raise errors.BadScorecard("too_many_criteria", number=MOST_CRITERIA)
        if at is not None and at[0] == to:
            criteria = tuple(fresh if known.key == fresh.key else known for known in definition.sections[to].criteria)
            return _with(definition, to, criteria)
        without = drop_criterion(fresh.key)(definition)
        return _with(without, to, (*without.sections[to].criteria, fresh))

    return put


def drop_criterion(key: str) -> Edit:
    """Take a criterion out."""

    def drop(definition: Definition) -> Definition:
        return replace(
            definition,
            sections=tuple(
                replace(section, criteria=tuple(one for one in section.criteria if one.key != key))
                for section in definition.sections
            ),
        )

    return drop


def move_criterion(key: str, by: int) -> Edit:
    """Up (-1) or down (1): within its section, at its edge into the neighbouring one."""

    def move(definition: Definition) -> Definition:
        at = place_of(definition, key)
        if at is None:
            return definition
        section, n = at
        criteria = definition.sections[section].criteria
        if 0 <= n + by < len(criteria):
            return _with(definition, section, _swapped(criteria, n, n + by))
        to = section + by
        if not 0 <= to < len(definition.sections):
            return definition
        one, beyond = criteria[n], definition.sections[to].criteria
        left = _with(definition, section, tuple(known for known in criteria if known.key != key))
        return _with(left, to, (*beyond, one) if by < 0 else (one, *beyond))

    return move


def add_section(name: str) -> Edit:
    """At the end. Raises BadScorecard."""

    def add(definition: Definition) -> Definition:
        if len(definition.sections) >= MOST_SECTIONS:
            raise errors.BadScorecard("too_many_sections", number=MOST_SECTIONS)
        return replace(definition, sections=(*definition.sections, Section(_named(name), ())))

    return add


def rename_section(section: int, name: str) -> Edit:
    """Raises BadScorecard."""

    def rename(definition: Definition) -> Definition:
        return _sections(definition, section, lambda one: (replace(one, name=_named(name)),))

    return rename


def drop_section(section: int) -> Edit:
    """With all its criteria."""
    return lambda definition: _sections(definition, section, lambda _: ())


def move_section(section: int, by: int) -> Edit:
    """Up (-1) or down (1)."""

    def move(definition: Definition) -> Definition:
        to, n = section + by, len(definition.sections)
        if not (0 <= section < n and 0 <= to < n):
            return definition
        return replace(definition, sections=_swapped(definition.sections, section, to))

    return move


def place_of(definition: Definition, key: str) -> tuple[int, int] | None:
    """In which section a criterion stands, and at which place of it; None: nowhere."""
    for section, one in enumerate(definition.sections):
        for n, criterion in enumerate(one.criteria):
            if criterion.key == key:
                return section, n
    return None


def _named(name: str) -> str:
    said = " ".join(name.split())
    if not said or len(said) > LONGEST_NAME:
        raise errors.BadScorecard("too_long" if said else "no_name", said, part="name", number=LONGEST_NAME)
    return said


def _with(definition: Definition, section: int, criteria: tuple[Criterion, ...]) -> Definition:
    return _sections(definition, section, lambda one: (replace(one, criteria=criteria),))


def _sections(definition: Definition, n: int, how: Callable[[Section], tuple[Section, ...]]) -> Definition:
    every = definition.sections
    return replace(
        definition, sections=tuple(s for i, one in enumerate(every) for s in (how(one) if i == n else (one,)))
    )


def _swapped(every: tuple[T, ...], a: int, b: int) -> tuple[T, ...]:
    found = list(every)
    found[a], found[b] = found[b], found[a]
    return tuple(found)
