"""What is planted in the seeded data, as data: an old problem and a fresh one, who is better and worse than the others
and who only looks it, and what the first day brings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta

from .world import RETURNS, Centre, Colleague, agent


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
class Lapse:
    """For a week, whatever comes to a team by one channel waits far longer for its first reply."""

    centre: Centre
    channel: str
    days_ago: int
    """It began so many days before the demo's first day: as many as a digest's figures stand over."""
    wait_s: float
    """Working seconds until half of these tickets have a reply."""
    mood: float
    """As of the problem."""

    def began(self, opening: date) -> date:
        return opening - timedelta(days=self.days_ago)


@dataclass(frozen=True)
class Apart:
    """Two agents of a team whose customers really are more and less satisfied than those of the others."""

    centre: Centre
    above: Colleague
    below: Colleague


@dataclass(frozen=True)
class Unlucky:
    """An agent as good as the others whose few ratings so far happen to be bad."""

    centre: Centre
    agent: Colleague
    ratings: range
    """How many they have on the demo's first day."""
    good: tuple[float, float]
    """The share of good ones among them then; drawn from the same chances as everybody's until it falls in here."""


@dataclass(frozen=True)
class Surge:
    """On the first day many customers of a team write about one thing within minutes, and wait until it is over."""

    centre: Centre
    category: str
    begins: time
    minutes: int
    tickets: int
    subject: int
    """Which of the category's subjects nearly all of them have."""
    over: time
    """When replies go out again."""


@dataclass(frozen=True)
class Important:
    """On the first day somebody important writes, urgently, and nobody answers for hours."""

    centre: Centre
    category: str
    comes: time
    answered: time


@dataclass(frozen=True)
class Absent:
    """Somebody is not there on the first day; colleagues do their work."""

    centre: Centre
    agent: Colleague
    note: str


PROBLEM = Problem(
    centre=RETURNS,
    category="Refund",
    channel="email",
    queue="Refunds (shared inbox)",
    days_ago=18,
    wait_s=11.5 * 3600,
    mood=-0.85,
)

LAPSE = Lapse(centre=RETURNS, channel="web", days_ago=7, wait_s=5 * 3600, mood=-0.3)

APART = Apart(centre=RETURNS, above=agent(RETURNS, "Aaliyah"), below=agent(RETURNS, "Ethan"))

UNLUCKY = Unlucky(
    centre=RETURNS,
    agent=agent(RETURNS, "Theo"),
    ratings=range(7, 11),
    good=(0.57, 0.63),
)

SURGE = Surge(
    centre=RETURNS,
    category="Return label",
    begins=time(9, 8),
    minutes=22,
    tickets=28,
    subject=0,
    over=time(11, 10),
)

IMPORTANT = Important(centre=RETURNS, category="Damaged item", comes=time(9, 12), answered=time(14, 5))

ABSENT = Absent(centre=RETURNS, agent=agent(RETURNS, "Marcus"), note="Back tomorrow")
