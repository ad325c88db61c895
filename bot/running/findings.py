"""What the doctor finds: a sentence on how it stands, and one on what to do where it does not stand well."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from cspm_core.people import Team


class State(StrEnum):
    GOOD = "good"
    DOUBTFUL = "doubtful"
    BROKEN = "broken"


@dataclass(frozen=True)
class Finding:
    """`check` is a key that never changes; `found` and `advice` are sentences. `team`: whom it concerns, where that is
    one team. `channel`: the Slack id and the name of a channel that the sentence names."""

    check: str
    state: State
    found: str
    advice: str = ""
    team: Team | None = None
    channel: tuple[str, str] | None = None

    def of(self, team: Team) -> Finding:
        """The same, as something of one team."""
        return replace(self, team=team)

    def as_json(self) -> dict[str, Any]:
        """Plain values, under keys that never change."""
        return {
            "check": self.check,
            "state": self.state.value,
            "found": self.found,
            "advice": self.advice,
            "team": self.team.name if self.team else None,
            "channel": self.channel[0] if self.channel else None,
        }


def good(check: str, found: str) -> Finding:
    """All is well."""
    return Finding(check, State.GOOD, found)


def doubtful(check: str, found: str, advice: str) -> Finding:
    """It works, or may; somebody should know."""
    return Finding(check, State.DOUBTFUL, found, advice)


def broken(check: str, found: str, advice: str) -> Finding:
    """It cannot work like this."""
    return Finding(check, State.BROKEN, found, advice)
