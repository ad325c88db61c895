"""Whether two whole names are one but for a slip of the pen. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import permutations

from ..people.rules import fold
from .taking import EAST_ASIAN, MOST_PARTS, Parts, is_whole, parts_of

NEAR = 0.85
"""Two parts are nearly the same from this ratio on (`difflib`): Conor and Connor, not Anna and Anne."""
SHORTEST = 4
"""Of shorter parts a letter more is another name."""
ENDINGS = ("a", "e")
"""What makes Daniela of Daniel is no slip."""
REMEMBERED = 20_000
_SOUNDS = str.maketrans("kyzw", "cjsv")


def wholes(called: Iterable[str]) -> set[Parts]:
    """The whole names among all that somebody is called, in parts; none in Chinese, Japanese or Korean."""
    return {parts for one in called for parts in _wholes(one)}


@lru_cache(maxsize=REMEMBERED)
def _wholes(name: str) -> frozenset[Parts]:
    return frozenset(
        parts
        for parts in parts_of(fold(name))
        if len(parts) <= MOST_PARTS and is_whole(parts) and not EAST_ASIAN.search("".join(parts))
    )


def initials(parts: Parts) -> str:
    """What two names have in common where one is the other misspelled: nobody looks through everybody for it."""
    return "".join(sorted(part[0].translate(_SOUNDS) for part in parts))


def is_slip(one: Parts, other: Parts) -> bool:
    """Whether each part of one is nearly one of the other, in whatever order; the same name is no slip."""
    if len(one) != len(other) or initials(one) != initials(other) or sorted(one) == sorted(other):
        return False
    return any(all(map(_is_near, one, turned)) for turned in permutations(other))


def _is_near(one: str, other: str) -> bool:
    if one == other:
        return True
    short, long = sorted((one, other), key=lambda part: (len(part), part))
    if len(short) < SHORTEST or long in [short + ending for ending in ENDINGS]:
        return False
    return SequenceMatcher(None, short, long, autojunk=False).ratio() >= NEAR
