"""What an import has counted so far, as it is kept beside the tickets."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from ..metrics.frame import Ints
from ..tickets import Recorded
from .ticket_columns import Times
from .understood import Understood

UNKNOWN_WORDS = 20
"""So many different unknown words are told of."""


@dataclass
class Tally:
    """`first_at`: the earliest creation of each team, in microseconds; `refused_file`: where it is and how long."""

    done: Recorded = field(default_factory=Recorded)
    duplicates: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    unknown_words: Counter[str] = field(default_factory=Counter)
    agents: Counter[str] = field(default_factory=Counter)
    times: Times = field(default_factory=Times)
    first_at: dict[int, int] = field(default_factory=dict)
    refused_file: tuple[Path | None, int] = (None, 0)
    until: datetime | None = None

    def copy(self) -> Tally:
        """The same, to count on from here."""
        return replace(
            self,
            refused=self.refused.copy(),
            unknown_words=self.unknown_words.copy(),
            agents=self.agents.copy(),
            first_at=dict(self.first_at),
        )

    def see(self, batch: Understood, chosen: Ints) -> None:
        """Count what the chosen rows of a batch say."""
        facts = batch.facts
        names = facts.told.texts.get("agent", ())
        is_whole = len(chosen) == len(facts.told)
        self.agents.update(names if is_whole else [names[n] for n in chosen.tolist()] if names else ())
        self.agents.pop("", None)
        self.times += batch.times + Times(**{name: int(column[chosen].sum()) for name, column in facts.times.items()})
        stays = set(chosen.tolist()) if facts.unknown and not is_whole else None
        for place, word in facts.unknown:
            if (stays is None or place in stays) and self._is_told(word):
                self.unknown_words[word] += 1
        self._begin(batch, chosen)

    def _is_told(self, word: str) -> bool:
        return word in self.unknown_words or len(self.unknown_words) < UNKNOWN_WORDS

    def _begin(self, batch: Understood, chosen: Ints) -> None:
        created, whose = batch.facts.told.numbers["created_at"][chosen], batch.whose[chosen]
        for n, (team_id, _) in enumerate(batch.owners):
            its = created[whose == n]
            if its.size:
                self.first_at[team_id] = min(int(its.min()), self.first_at.get(team_id, int(its.min())))

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        path, size = self.refused_file
        return {
            "done": {one.name: getattr(self.done, one.name) for one in fields(self.done)},
            "duplicates": self.duplicates,
            "refused": self.refused,
            "unknown_words": self.unknown_words,
            "agents": self.agents,
            "times": asdict(self.times),
            "first_at": self.first_at,
            "refused_file": [str(path) if path else None, size],
            "until": self.until.isoformat() if self.until else None,
        }

    @classmethod
    def parse(cls, text: str) -> Tally:
        """As it was kept."""
        said = json.loads(text)
        path, size = said["refused_file"]
        return cls(
            Recorded(**{**said["done"], "set_aside": Counter(said["done"]["set_aside"])}),
            said["duplicates"],
            Counter(said["refused"]),
            Counter(said["unknown_words"]),
            Counter(said["agents"]),
            Times(**said["times"]),
            {int(team_id): at for team_id, at in said["first_at"].items()},
            (Path(path) if path else None, size),
            datetime.fromisoformat(said["until"]) if said["until"] else None,
        )
