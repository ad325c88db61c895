"""From what was typed after `/escalate` to what is meant. Pure: the teams that exist are handed in."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cspm_core import escalations
from cspm_core.people import fold

from .vocabulary import LISTS, SHOW, SUBCOMMANDS


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants. `about`: raise, show, or one of the subcommands; `words`: what follows it."""

    about: str
    words: str = ""
    number: int = 0


def understand(text: str, teams: Callable[[], Sequence[str]]) -> Wish:
    """A number, a subcommand, or words to raise. What does not quite fit a subcommand is meant to be raised: no word
    is refused. `teams` is asked only where it matters."""
    said = " ".join(text.split())
    number = escalations.number_in(_after(said, SHOW) or said)
    if number is not None:
        return Wish("show", number=number)
    for about, spellings in SUBCOMMANDS.items():
        rest = _after(said, spellings)
        if rest is not None and _fits(about, rest, teams):
            return Wish(about, rest)
    return Wish("raise", text.strip())


def split_list(words: str) -> tuple[str, str]:
    """Which list, and the team's name: open where none is said."""
    said = " ".join(words.split())
    for which, spellings in LISTS.items():
        rest = _after(said, spellings)
        if rest is not None:
            return which, rest
    return "open", said


def _after(said: str, spellings: Sequence[str]) -> str | None:
    """What follows one of some words; None where it begins with none of them."""
    folded = fold(said)
    for spelling in sorted(spellings, key=len, reverse=True):
        if folded == spelling:
            return ""
        if folded.startswith(spelling + " "):
            return said[len(spelling) :].strip() if len(folded) == len(said) else folded[len(spelling) :].strip()
    return None


def _fits(about: str, rest: str, teams: Callable[[], Sequence[str]]) -> bool:
    """Whether what follows belongs to the subcommand: nothing, which list, a team or nearly its name."""
    if not rest or about == "help":
        return not rest
    name = split_list(rest)[1] if about == "list" else rest
    if not name:
        return True
    known = [fold(team) for team in teams()]
    return fold(name).removeprefix("team ") in known or bool(difflib.get_close_matches(fold(name), known, 1, 0.75))
