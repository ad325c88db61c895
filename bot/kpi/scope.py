"""What a shown figure is about, small enough to travel in a button and come back years later."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Self


class Place(StrEnum):
    """Where an answer stands, which decides what can be done with it there."""

    CHANNEL = "channel"
    """For the asker alone, in a channel: it can be kept and shared."""
    DIRECT = "direct"
    """In the asker's direct messages: there is no channel to share it in."""
    KEPT = "kept"
    """There to stay: there is nothing to keep either."""


@dataclass(frozen=True, slots=True)
class Scope:
    """One team (or one member of it), a period by its key as it was asked for at `asked_at`, the instant its figures
    stand at, and maybe one metric."""

    team_id: int
    period: str
    asked_at: datetime
    as_of: datetime
    member_id: int | None = None
    metric: str = ""

    def __str__(self) -> str:
        instants = (int(self.asked_at.timestamp()), int(self.as_of.timestamp()))
        return "~".join(str(part) for part in (self.team_id, self.period, *instants, self.member_id or "", self.metric))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read it back from a button. Raises ValueError."""
        team, period, asked_at, as_of, member, metric = text.split("~")
        asked, stood = (datetime.fromtimestamp(int(at), UTC) for at in (asked_at, as_of))
        return cls(int(team), period, asked, stood, int(member) if member else None, metric)

    def of(self, metric: str) -> Scope:
        """The same about one metric."""
        return replace(self, metric=metric)

    def over(self, period: str) -> Scope:
        """The same over another period."""
        return replace(self, period=period)
