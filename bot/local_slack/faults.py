"""What this workspace does badly on purpose: strikes that were ordered, and strikes by chance.

A call of the Web API meets at most one strike. `429` and `500` come before it is carried out; `accept_then_500`,
`accept_then_hang` and `accept_then_close` (no answer at all) after it. `drop_socket` breaks the line of a payload.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .model import Json

CALL_KINDS = ("429", "500", "accept_then_500", "accept_then_hang", "accept_then_close")
KINDS = (*CALL_KINDS, "drop_socket")
SWITCHES = ("refuse_new_blocks", "deliver_twice", "rate_limits")
SECONDS = {"429": 1.0, "accept_then_hang": 15.0}


@dataclass
class Strike:
    """One of `KINDS`, for the next `times` calls (of `method`, or of any when it is empty).

    `seconds` are what Retry-After says, or how long an answer is held back; 0 is the usual (1 and 15).
    """

    kind: str
    times: int = 1
    method: str = ""
    seconds: float = 0.0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"there is no strike {self.kind!r}; there are {', '.join(KINDS)}")
        self.seconds = self.seconds or SECONDS.get(self.kind, 0.0)


@dataclass
class Faults:
    """The switches, the ordered strikes in their order, and the chances: {kind: probability from 0 to 1}.

    Chances are drawn from a generator that `by_chance` seeds, so that a run can be had again.
    """

    refuse_new_blocks: bool = False
    deliver_twice: bool = False
    rate_limits: bool = True
    strikes: list[Strike] = field(default_factory=list)
    chances: dict[str, float] = field(default_factory=dict)
    seed: int = 0
    _dice: random.Random = field(default_factory=lambda: random.Random(0), repr=False)

    def strike(self, kind: str, times: int = 1, method: str = "", seconds: float = 0.0) -> None:
        """Order a strike for the next calls. Raises ValueError for a kind that does not exist."""
        self.strikes.append(Strike(kind, times, method, seconds))

    def by_chance(self, chances: Mapping[str, float], seed: int = 0) -> None:
        """Let calls be struck at random from now on. Raises ValueError for unknown kinds and odd probabilities."""
        unknown = sorted(set(chances) - set(KINDS))
        if unknown:
            raise ValueError(f"there is no strike {unknown[0]!r}; there are {', '.join(KINDS)}")
        if any(not 0 <= one <= 1 for one in chances.values()) or sum(chances.values()) > 1:
            raise ValueError("chances are from 0 to 1, and together at most 1")
        self.chances, self.seed = dict(chances), seed
        self._dice = random.Random(seed)

    def meets(self, method: str) -> Strike | None:
        """The strike that the next call of this method meets, if any: an ordered one first, else one by chance."""
        return self._ordered(CALL_KINDS, method) or self._drawn(CALL_KINDS)

    def drops(self) -> bool:
        """Whether the line of the next payload breaks."""
        return (self._ordered(("drop_socket",), "") or self._drawn(("drop_socket",))) is not None

    def shown(self) -> Json:
        """JSON for the page and the control API."""
        return {
            **{name: getattr(self, name) for name in SWITCHES},
            "strikes": [vars(one).copy() for one in self.strikes],
            "chances": dict(self.chances),
            "seed": self.seed,
        }

    def _ordered(self, kinds: tuple[str, ...], method: str) -> Strike | None:
        for one in self.strikes:
            if one.kind in kinds and one.method in ("", method) and one.times > 0:
                one.times -= 1
                self.strikes = [left for left in self.strikes if left.times > 0]
                return one
        return None

    def _drawn(self, kinds: tuple[str, ...]) -> Strike | None:
        wanted = {kind: self.chances[kind] for kind in kinds if self.chances.get(kind)}
        if not wanted:
            return None
        drawn = self._dice.random()
        for kind, chance in wanted.items():
            if drawn < chance:
                return Strike(kind)
            drawn -= chance
        return None


def changed(faults: Faults, changes: Mapping[str, Any]) -> None:
    """Take in what a request says: switches, `strikes` (all that are to come), `chances` with `seed`.

    Raises ValueError, with nothing changed, when anything in it is not possible.
    """
    for name, value in changes.items():
        known = name in SWITCHES and isinstance(value, bool)
        if not known and name not in ("strikes", "chances", "seed"):
            raise ValueError(f"there is no fault “{name}”, or it is not true or false")
    strikes = [_strike(one) for one in _list(changes.get("strikes", []))]
    if "chances" in changes or "seed" in changes:
        faults.by_chance(*_chances(faults, changes))
    if "strikes" in changes:
        faults.strikes = strikes
    for name in SWITCHES:
        if name in changes:
            setattr(faults, name, changes[name])


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("“strikes” is a list")  # noqa: TRY004 - the control API answers with it
    return value


def _strike(value: Any) -> Strike:
    if not isinstance(value, dict) or set(value) - {"kind", "times", "method", "seconds"}:
        raise ValueError("a strike has a kind, and may have times, method and seconds")
    kind, method = value.get("kind"), value.get("method", "")
    times, seconds = value.get("times", 1), value.get("seconds", 0)
    whole = isinstance(times, int) and not isinstance(times, bool) and times > 0
    number = isinstance(seconds, int | float) and not isinstance(seconds, bool) and seconds >= 0
    if not isinstance(kind, str) or not isinstance(method, str) or not whole or not number:
        raise ValueError("a strike’s kind and method are words, its times at least 1, its seconds at least 0")
    return Strike(kind, times, method, float(seconds))


def _chances(faults: Faults, changes: Mapping[str, Any]) -> tuple[dict[str, float], int]:
    chances, seed = changes.get("chances", faults.chances), changes.get("seed", faults.seed)
    if not isinstance(chances, dict) or not isinstance(seed, int):
        raise ValueError("“chances” maps kinds to probabilities, “seed” is a whole number")  # noqa: TRY004 - the same
    if any(isinstance(one, bool) or not isinstance(one, int | float) for one in chances.values()):
        raise ValueError("chances are from 0 to 1, and together at most 1")
    return {str(kind): float(one) for kind, one in chances.items()}, seed
