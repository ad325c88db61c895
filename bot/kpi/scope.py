"""What a shown figure is about, small enough to travel in a button and come back years later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Self


class Place(StrEnum):
    """Where an answer stands, which decides what can be done with it there."""

    CHANNEL = "channel"
    """For the asker alone, in a channel: it can be kept and shared."""
    DIRECT = "direct"
    """In the asker's direct messages: there is no channel to share it in."""
    KEPT = "kept"
    """There to stay: there is nothing to keep either."""


ONLY = {"": "all", "c": "counted_against", "w": "waiting"}
SORTS = {"": "worst", "n": "newest", "o": "oldest", "l": "longest"}
"""How a choice travels: messages keep them for years, and an option carries at most 150 characters."""


@dataclass(frozen=True, slots=True)
class Part:
    """What of a list is shown: which tickets, of which value of a dimension, and in which order."""

    only: str = "all"
    sort: str = "worst"
    dimension: str = ""
    """Empty: of every value."""
    code: int = 0

    def __str__(self) -> str:
        return "~".join((_short(ONLY, self.only), _short(SORTS, self.sort), self.dimension, str(self.code or "")))

    @classmethod
    def parse(cls, only: str, sort: str, dimension: str, code: str) -> Self:
        """Read it back. Raises KeyError, ValueError."""
        return cls(ONLY[only], SORTS[sort], dimension, int(code or 0))


EVERYTHING = Part()


@dataclass(frozen=True, slots=True)
class Scope:
    """One team (or one member of it), a period by its key as it was asked for at `asked_at`, the instant its figures
    stand at, and maybe one metric, and what of the list behind it."""

    team_id: int
    period: str
    asked_at: datetime
    as_of: datetime
    member_id: int | None = None
    metric: str = ""
    part: Part = EVERYTHING

    def __str__(self) -> str:
        instants = (int(self.asked_at.timestamp()), int(self.as_of.timestamp()))
        parts = (self.team_id, self.period, *instants, self.member_id or "", self.metric)
        told = "~".join(str(part) for part in parts)
        return told if self.part == EVERYTHING else f"{told}~{self.part}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read it back from a button. Raises ValueError."""
        team, period, asked_at, as_of, member, metric, *part = text.split("~")
        asked, stood = (datetime.fromtimestamp(int(at), UTC) for at in (asked_at, as_of))
        chosen = Part.parse(*part) if part else EVERYTHING
        return cls(int(team), period, asked, stood, int(member) if member else None, metric, chosen)

    def of(self, metric: str) -> Scope:
        """The same about one metric."""
        return replace(self, metric=metric)

    def over(self, period: str) -> Scope:
        """The same over another period."""
        return replace(self, period=period)

    def only(self, **changes: Any) -> Scope:
        """The same with another choice of what its list shows."""
        return replace(self, part=replace(self.part, **changes))


def _short(table: Mapping[str, str], word: str) -> str:
    return next(short for short, long in table.items() if long == word)
