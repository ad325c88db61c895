"""From what was typed after `/qa` to what is meant. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cspm_core.people import fold

from .vocabulary import SUBCOMMANDS, TEAM


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants: a subcommand's key, and the words that follow it."""

    about: str
    words: str = ""


def understand(text: str) -> Wish:
    """The subcommand it begins with. Nothing: help; anything else is a contact or a person to review."""
    said = " ".join(text.split())
    if not said:
        return Wish("help")
    found = [
        (len(spelling), about, rest)
        for about, spellings in SUBCOMMANDS.items()
        for spelling in spellings
        if (rest := _after(said, (spelling,))) is not None
    ]
    if not found:
        return Wish("review", said)
    _, about, rest = max(found)
    return Wish(about, rest)


def team_in(words: str) -> str:
    """The name of a team, without the word before it."""
    said = " ".join(words.split())
    rest = _after(said, TEAM)
    return rest or said


def _after(said: str, spellings: Sequence[str]) -> str | None:
    """What follows one of some words; None where it begins with none of them."""
    folded = fold(said)
    for spelling in spellings:
        if folded == spelling:
            return ""
        if folded.startswith(spelling + " "):
            return said[len(spelling) :].strip() if len(folded) == len(said) else folded[len(spelling) :].strip()
    return None
