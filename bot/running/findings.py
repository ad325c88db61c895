"""What the doctor finds: a sentence on how it stands, and one on what to do where it does not stand well."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class State(StrEnum):
    GOOD = "good"
    DOUBTFUL = "doubtful"
    BROKEN = "broken"


@dataclass(frozen=True)
class Finding:
    """`check` is a key that never changes; `found` and `advice` are sentences."""

    check: str
    state: State
    found: str
    advice: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)


def good(check: str, found: str) -> Finding:
    """All is well."""
    return Finding(check, State.GOOD, found)


def doubtful(check: str, found: str, advice: str) -> Finding:
    """It works, or may; somebody should know."""
    return Finding(check, State.DOUBTFUL, found, advice)


def broken(check: str, found: str, advice: str) -> Finding:
    """It cannot work like this."""
    return Finding(check, State.BROKEN, found, advice)
