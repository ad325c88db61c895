"""The kinds of detectors, their settings and bounds, and the small sums they rest on. No database."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from ..errors import Invalid
from ..people.rules import fold

HOUR = 3600
STEPS = (75, 90)
"""Per cent of a target used at which a ticket is at risk, and more so."""
SHOWN = 12
"""Tickets on the card."""
SHOWN_IN_TIME = 8
"""Of those, so many places are kept for what can still be answered in time."""
MOST_AT_ONCE = 25
"""Alarms that one run raises; the rest follows in the next."""
WEEKS = 8
"""A burst is held against the same hours of so many weeks before; of at least `FEWEST_WEEKS`."""
FEWEST_WEEKS = 4
SURE = 0.999
"""How sure it must be that a burst is none of the usual ups and downs. It is asked of every category all day long: at
99 % a team with ten categories would hear of a false one every second or third day."""
DATA_AGE = (5, 7 * 24 * 60)
"""Bounds of `data_age_minutes`."""


class Kind(StrEnum):
    URGENT = "urgent_at_risk"
    BREACH = "breach_untaken"
    UNANSWERED = "unanswered_long"
    AWAY = "owner_away"
    BURST = "burst"
    RATING = "low_rating"
    FIGURE = "figure_signals"


KINDS = tuple(Kind)
ON_AT_FIRST = frozenset({Kind.URGENT, Kind.BURST})
"""What a new team hears of before it has chosen: urgent or VIP tickets and crises, rare by themselves. On a year of a
real team with 6.5 tickets a day those came to one alarm a day, missed targets that nobody took to three, low ratings to
two: these follow a team's volume and its habits, so a lead rehearses them first. Low ratings are about people's work,
which a team agrees on before."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A whole number within bounds, or words (`low` and `high` bound how many)."""

    default: int | tuple[str, ...]
    low: int
    high: int


SETTINGS: Mapping[Kind, Mapping[str, Setting]] = {
    Kind.URGENT: {
        "share": Setting(75, 10, 100),
        "priorities": Setting(("urgent", "critical", "p1"), 0, 20),
        "tiers": Setting(("vip",), 0, 20),
    },
    Kind.BREACH: {"minutes": Setting(30, 0, 2880)},
    Kind.UNANSWERED: {"hours": Setting(8, 1, 400)},
    Kind.AWAY: {"share": Setting(75, 10, 100)},
    Kind.BURST: {"count": Setting(8, 3, 10_000), "hours": Setting(2, 1, 24)},
    Kind.RATING: {"call_back_days": Setting(2, 1, 30)},
    Kind.FIGURE: {
        "figures": Setting(("csat", "first_response_business", "reopen_rate", "sla_first_response"), 1, 20),
    },
}
"""`share`: per cent of a target; `minutes` and `hours` of working time (a burst's hours: on the clock)."""
ALTERNATIVES: Mapping[Kind, tuple[str, tuple[int, ...]]] = {
    Kind.URGENT: ("share", (50, 75, 90)),
    Kind.BREACH: ("minutes", (0, 30, 120)),
    Kind.UNANSWERED: ("hours", (4, 8, 16)),
    Kind.AWAY: ("share", (50, 75, 90)),
    Kind.BURST: ("count", (5, 8, 15)),
}
"""What a rehearsal tries beside the settings asked for."""
SEVERITY: Mapping[Kind, int] = {
    Kind.URGENT: 2,
    Kind.BREACH: 3,
    Kind.UNANSWERED: 3,
    Kind.AWAY: 3,
    Kind.BURST: 2,
    Kind.RATING: 3,
    Kind.FIGURE: 3,
}
OF_ESCALATION: Mapping[Kind, str] = {Kind.BURST: "crisis", Kind.RATING: "complaint", Kind.FIGURE: "other"}
"""The kind of escalation; else `sla`."""

Settings = Mapping[str, Any]


def kind_named(text: str) -> Kind:
    """A kind by its key. Raises Invalid."""
    try:
        return Kind(text)
    except ValueError:
        raise Invalid("detector", text, "detector") from None


def defaults(kind: Kind) -> dict[str, Any]:
    """What a kind is set to until somebody says otherwise; words as lists."""
    return {name: _plain(one.default) for name, one in SETTINGS[kind].items()}


def checked(kind: Kind, wanted: Settings) -> dict[str, Any]:
    """Every setting of a kind, those that were not said as they are at first. Raises Invalid."""
    known = SETTINGS[kind]
    for name in wanted:
        if name not in known:
            raise Invalid(name, str(wanted[name]), "setting")
    return {name: _checked(name, one, wanted.get(name, one.default)) for name, one in known.items()}


def _checked(name: str, one: Setting, said: Any) -> int | list[str]:
    if isinstance(one.default, tuple):
        words = said.split(",") if isinstance(said, str) else said
        folded = list(dict.fromkeys(word for word in map(fold, words) if word))
        if not one.low <= len(folded) <= one.high:
            raise Invalid(name, ", ".join(folded), "words")
        return folded
    try:
        number = int(str(said).strip())
    except ValueError:
        raise Invalid(name, str(said), "number") from None
    if not one.low <= number <= one.high:
        raise Invalid(name, str(said), "bounds")
    return number


def _plain(value: int | tuple[str, ...]) -> int | list[str]:
    return list(value) if isinstance(value, tuple) else value


def told(settings: Settings) -> str:
    """Settings as one JSON text, the same for the same settings."""
    return json.dumps(settings, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def left_shown(seconds: int) -> int:
    """Time left as it is said: whole quarters of an hour up to two hours, then whole hours; so a card is edited a few
    times, not every minute."""
    step = HOUR // 4 if seconds < 2 * HOUR else HOUR
    return max(0, seconds) // step * step


def usual_limit(counts: Sequence[int]) -> int | None:
    """The most that is still usual, after as many in the same hours of some weeks; None where too few are known.

    The highest of those weeks, or what a Poisson count exceeds with probability 1 - `SURE`, whichever is more. The rate
    is not known but estimated, so it is spread as a gamma distribution (Jeffreys' prior): a negative binomial count.
    """
    return limit_of(sum(counts), max(counts, default=0), len(counts))


def limit_of(total: int, most: int, weeks: int) -> int | None:
    """The same, of their sum, the highest, and how many weeks they are."""
    return max(most, _predicted(total, weeks)) if weeks >= FEWEST_WEEKS else None


@lru_cache(maxsize=4096)
def _predicted(total: int, weeks: int) -> int:
    shape, failing = total + 0.5, 1 / (weeks + 1)
    logarithm = shape * math.log(1 - failing)  # of the probability of none
    reached, n = math.exp(logarithm), 0
    while reached < SURE and n < 1_000_000:
        n += 1
        logarithm += math.log((shape + n - 1) / n * failing)
        reached += math.exp(logarithm)
    return n
