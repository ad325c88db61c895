"""What is hidden in the seeded data, as data: one true problem, and one agent who only looks bad."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from .world import RETURNS, Centre, Colleague


@dataclass(frozen=True)
class Problem:
    """From a Monday on, one kind of ticket of a team waits far longer for its first reply, and customers say so."""

    centre: Centre
    category: str
    channel: str
    queue: str
    """Where these tickets land since then."""
    days_ago: int
    """It began on the Monday on or before so many days before the demo's first day."""
    wait_s: float
    """Working seconds until half of them have a reply."""
    mood: float
    """How much worse they are rated than other tickets that wait as long, in log odds."""

    def began(self, opening: date) -> date:
        day = opening - timedelta(days=self.days_ago)
        return day - timedelta(days=day.weekday())


@dataclass(frozen=True)
class Unlucky:
    """An agent as good as the others whose few ratings so far happen to be bad."""

    centre: Centre
    agent: Colleague
    ratings: range
    """How many they have on the demo's first day."""
    good: tuple[float, float]
    """The share of good ones among them then; drawn from the same chances as everybody's until it falls in here."""


PROBLEM = Problem(
    centre=RETURNS,
    category="Refund",
    channel="email",
    queue="Refunds (shared inbox)",
    days_ago=18,
    wait_s=11.5 * 3600,
    mood=-0.85,
)

UNLUCKY = Unlucky(
    centre=RETURNS,
    agent=next(one for one in RETURNS.agents if one.name == "Theo Lindqvist"),
    ratings=range(7, 11),
    good=(0.57, 0.63),
)
