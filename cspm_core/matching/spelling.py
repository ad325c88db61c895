"""How a name can be written, as marks: two ways of writing one name have a mark in common. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, combinations

from ..people.rules import fold
from .taking import EAST_ASIAN, MOST_PARTS, Parts, compact, is_address, is_whole, login_of, parts_of, plain

SHORTEST_LOGIN, SHORTEST_ABBREVIATED = 3, 4
"""Shorter ones are too many people's."""
REMEMBERED = 20_000
"""People whose marks are kept: a page is drawn anew after each tap."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What is to be found in a name. Two names are alike where certain sets of theirs meet (`rules.ALIKE`)."""

    addresses: frozenset[str] = field(default_factory=frozenset)
    names: frozenset[str] = field(default_factory=frozenset)
    """The whole name, in whatever order its parts stand."""
    shorter: frozenset[str] = field(default_factory=frozenset)
    """The same with parts left out, at least two kept."""
    abbreviated: frozenset[str] = field(default_factory=frozenset)
    """The same with some parts, not all, as initials."""
    logins: frozenset[str] = field(default_factory=frozenset)
    """What somebody signs in with: a word, or what stands before the @."""
    joined: frozenset[str] = field(default_factory=frozenset)
    """Logins that the whole name makes: minapark, parkmina."""
    joined_short: frozenset[str] = field(default_factory=frozenset)
    """Those that it makes with an initial: mpark, parkm."""
    alone: frozenset[str] = field(default_factory=frozenset)
    """The one part there is."""
    parts: frozenset[str] = field(default_factory=frozenset)
    """Each part of several."""

    def __or__(self, other: Marks) -> Marks:
        return Marks(*(getattr(self, name) | getattr(other, name) for name in MARKS))


MARKS = (
    "addresses", "names", "shorter", "abbreviated", "logins", "joined", "joined_short", "alone", "parts",
)  # fmt: skip


def marks(text: str) -> Marks:
    """Of a name as somebody wrote it: `Park, Mina`, `m.park@x.com`, `mpark`, `M. Park`, `박미나`, `Mina Park (她)`."""
    found = Marks()
    told = fold(text)
    login = login_of(told)
    if is_address(told):
        found = Marks(addresses=frozenset((told,)))
    return _merged([found, _of_login(login), *map(_of_parts, parts_of(told))])


@lru_cache(maxsize=REMEMBERED)
def marks_of_person(called: tuple[str, ...]) -> Marks:
    """Of everything that one person is called. Where a whole name of theirs is known, a short form of it says nothing
    more: who is `Mark Park` and has m.park@x.com is not `Mina Park`."""
    told = {fold(one) for one in called}
    whole = [parts for one in told if not is_address(one) for parts in parts_of(one) if is_whole(parts)]
    named = {part for parts in whole for part in parts}
    found = _merged(map(_of_parts, whole))
    for one in told:
        login = login_of(one)
        if is_address(one):
            found |= Marks(addresses=frozenset((one,))) | _of_login(login)
        elif login not in named:
            found |= _of_login(login)
        found |= _merged(_of_parts(parts) for parts in parts_of(one) if not whole or is_whole(parts))
    return found


def _merged(every: Iterable[Marks]) -> Marks:
    found = Marks()
    for one in every:
        found |= one
    return found


def _of_login(login: str) -> Marks:
    bare = compact(plain(login))
    return Marks(logins=frozenset((bare,))) if len(bare) >= SHORTEST_LOGIN and not bare.isdigit() else Marks()


def _of_parts(parts: Parts) -> Marks:
    if EAST_ASIAN.search("".join(parts)):
        return _eastern(parts)
    if len(parts) == 1:
        [one] = parts
        is_long = len(one) >= SHORTEST_LOGIN and one.isalpha()
        return Marks(alone=frozenset((one,)) if is_long else frozenset())
    whole = _mark(parts)
    if len(parts) > MOST_PARTS:
        return Marks(names=frozenset((whole,)))
    given = frozenset((whole,)) if any(len(part) == 1 for part in parts) else frozenset[str]()
    full = tuple(part for part in parts if len(part) > 1)
    return Marks(
        names=frozenset((whole,)),
        shorter=frozenset(_mark(some) for some in _some(full) if len(some) < len(parts)),
        abbreviated=given | frozenset(_abbreviated(full)),
        joined=frozenset((_joined(parts), _joined(parts[1:] + parts[:1]), _joined(parts[-1:] + parts[:-1]))),
        joined_short=frozenset(one for one in _joined_short(parts) if len(one) >= SHORTEST_ABBREVIATED),
        parts=frozenset(part for part in full if len(part) >= SHORTEST_LOGIN),
    )


def _mark(parts: Iterable[str]) -> str:
    return " ".join(sorted(parts))


def _joined(parts: Parts) -> str:
    return "".join(parts)


def _some(parts: Parts) -> Iterator[Parts]:
    """Two or more of the parts, all of them too."""
    yield from chain.from_iterable(combinations(parts, n) for n in range(2, len(parts) + 1))


def _abbreviated(full: Parts) -> Iterator[str]:
    for some in _some(full):
        for n in range(1, len(some)):
            for short in combinations(range(len(some)), n):
                yield _mark(part[0] if place in short else part for place, part in enumerate(some))


def _joined_short(parts: Parts) -> Iterator[str]:
    first, last, rest, lead = parts[0], parts[-1], _joined(parts[1:]), _joined(parts[:-1])
    yield from (first[0] + rest, rest + first[0], last[0] + lead, lead + last[0])
    yield from (first[0] + last, last + first[0], last[0] + first, first + last[0])


def _eastern(parts: Parts) -> Marks:
    """Chinese, Japanese and Korean names stand with or without a space, the family name first or last."""
    turns = {_joined(parts[n:] + parts[:n]) for n in range(len(parts))}
    given = frozenset(one[1:] for one in turns if len(parts) == 1 and 3 <= len(one) <= 4)
    if len(parts) == 2:
        given = frozenset(part for part in parts if len(part) >= 2)
    is_alone = len(parts) == 1 and 2 <= len(parts[0]) <= 3
    return Marks(names=frozenset(turns), alone=frozenset(parts) if is_alone else frozenset(), parts=given)
