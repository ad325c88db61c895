"""A figure as a team defined it: checked, and as it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .conditions import Condition
from .facts import Fact

ANY = ""
"""The language of a name that is the same in all."""


@dataclass(frozen=True, slots=True)
class Definition:
    """What is counted: of what `over` lets in, the share that meets `count`; or the time from `starts` to `ends`."""

    key: str
    names: Mapping[str, str]
    """By language, or under `ANY`."""
    of: str
    unit: str
    better: str
    cohort: str
    clock: str
    over: tuple[Condition, ...] = ()
    count: tuple[Condition, ...] = ()
    starts: Fact | None = None
    ends: Fact | None = None
    guards: tuple[str, ...] = ()
    told: Mapping[str, Any] = field(default_factory=dict)
    """As it was written, canonical: what is kept, and shown."""

    def name(self, language: str) -> str:
        """What it is called in a language; else in English, else in any."""
        found = self.names.get(language) or self.names.get(ANY) or self.names.get("en")
        return found or next(iter(self.names.values()))

    def lines(self, part: str) -> tuple[str, ...]:
        """The filters of `over` or `count` as they were written."""
        return tuple(self.told.get(part) or ())
