"""Many tickets as columns, as an import reads them: what `TicketFacts` says of one, without an object for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..metrics.frame import NEVER, Ints, Mask
from ..store import microseconds
from . import rules
from .rules import TicketFacts

INSTANTS = ("created_at", *rules.HAPPENED, *rules.DUE)
COUNTS = tuple(rules.LIMITS)
# fmt: off
TEXTS = (
    "agent", "first_responder", "channel", "queue", "priority", "category", "language", "customer", "organisation",
    "tier", "opened_by", "status", "csat", "csat_scale", "csat_comment", "subject", "url", "tags",
)
# fmt: on


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """Tickets by column; a column that nobody speaks of is not there.

    Instants: microseconds since 1970; they and counts are NEVER where nothing was said. `wrong`: where a column held
    something that nobody can read.
    """

    keys: Sequence[str]
    numbers: Mapping[str, Ints]
    """`INSTANTS` and `COUNTS`."""
    texts: Mapping[str, Sequence[str]]
    wrong: Mapping[str, Mask]

    def __len__(self) -> int:
        return len(self.keys)

    def number(self, name: str) -> Ints:
        """A column of instants or counts, also one that is not there."""
        found = self.numbers.get(name)
        return np.full(len(self), NEVER, dtype=np.int64) if found is None else found

    def text(self, name: str) -> Sequence[str]:
        """A column of words, also one that is not there."""
        found = self.texts.get(name)
        return [nothing(name)] * len(self) if found is None else found

    def at(self, places: Sequence[int] | Ints) -> Told:
        """Only the tickets at these places."""
        chosen = np.asarray(places, dtype=np.int64)
        some = chosen.tolist()
        return Told(
            [self.keys[n] for n in some],
            {name: column[chosen] for name, column in self.numbers.items()},
            {name: [column[n] for n in some] for name, column in self.texts.items()},
            {name: column[chosen] for name, column in self.wrong.items()},
        )

    def last_of_each(self) -> Told:
        """Of tickets with one key the last alone."""
        places = {key: n for n, key in enumerate(self.keys)}
        return self if len(places) == len(self.keys) else self.at(sorted(places.values()))


def nothing(name: str) -> str:
    """What stands in a column of words where nothing was said."""
    return "customer" if name == "opened_by" else ""


def told(facts: Sequence[TicketFacts]) -> Told:
    """Facts by column."""
    return Told(
        [one.key for one in facts],
        {
            name: np.array([_number(getattr(one, name)) for one in facts], dtype=np.int64)
            for name in (*INSTANTS, *COUNTS)
        },
        {name: [getattr(one, name) for one in facts] for name in TEXTS},
        {
            name: np.array([name in one.unreadable for one in facts], dtype=bool)
            for name in {name for one in facts for name in one.unreadable}
        },
    )


def _number(value: Any) -> int:
    if value is None:
        return NEVER
    return value if isinstance(value, int) else microseconds(value)
