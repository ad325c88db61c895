"""From what was typed after `/coach` to what is meant. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from cspm_core.people import fold

from .vocabulary import SUBCOMMANDS

MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants. `about`: talk, or one of the subcommands; `who`: a Slack user's id, or a name as typed;
    `words`: what follows the subcommand, without the person."""

    about: str
    who: str = ""
    words: str = ""


def understand(text: str, subcommands: Mapping[str, tuple[str, ...]] = SUBCOMMANDS) -> Wish:
    """Nothing: mine. A subcommand: that. Else the person to talk with, mentioned or by name."""
    said = " ".join(text.split())
    if not said:
        return Wish("mine")
    for about, spellings in subcommands.items():
        for spelling in sorted(spellings, key=len, reverse=True):
            if (rest := _after(said, spelling)) is not None:
                return Wish(about, *_person(rest))
    who, words = _person(said)
    return Wish("talk", who, words) if who else Wish("talk", said)


def _after(said: str, spelling: str) -> str | None:
    if fold(said) == spelling:
        return ""
    begun = fold(said).startswith(spelling + " ") and fold(said[: len(spelling)]) == spelling
    return said[len(spelling) :].strip() if begun else None


def _person(said: str) -> tuple[str, str]:
    """The Slack user mentioned, and the words without them."""
    found = MENTION.search(said)
    if not found:
        return "", said
    return found[1], " ".join((said[: found.start()] + " " + said[found.end() :]).split())
