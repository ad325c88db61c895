"""Series of days for the charts: twelve weeks of a team that works from Monday to Friday, unless a test says more."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cspm_core.calendars import at_local, midnight
from cspm_core.kpi.daily import Daily
from cspm_core.metrics import CATALOGUE
from cspm_core.signals import Signal, judge
from cspm_core.store import Store
from cspm_core.tickets import TicketFacts

from . import kpi_stage

FIRST = date(2026, 8, 31)
"""A Monday."""
DAYS = tuple(FIRST + timedelta(days=n) for n in range(84))
NEWEST = DAYS[-1]
WEEKENDS = frozenset(day for day in DAYS if day.weekday() > 4)
WORKED = [n for n, day in enumerate(DAYS) if day not in WEEKENDS]
Values = Sequence[float] | NDArray[np.float64]


def of_share(hits: Values, n: Values, key: str = "csat", days: tuple[date, ...] = DAYS) -> Daily:
    """Hits of n each day; n 0 is no data."""
    counts, found = np.asarray(n, dtype=np.float64), np.asarray(hits, dtype=np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        value = np.where(counts > 0, found / counts, np.nan)
    known = np.where(counts > 0, found, np.nan)
    return Daily(CATALOGUE[key], days, value, known, np.where(counts > 0, counts, np.nan), counts.astype(np.int64))


def of_count(counts: Values, key: str = "volume", days: tuple[date, ...] = DAYS) -> Daily:
    """So many each day; nan before the data."""
    value = np.asarray(counts, dtype=np.float64)
    n = np.nan_to_num(value).astype(np.int64)
    return Daily(CATALOGUE[key], days, value, value, np.full(len(days), np.nan), n)


def of_median(seconds: Values, n: Values, key: str = "first_response", days: tuple[date, ...] = DAYS) -> Daily:
    value = np.asarray(seconds, dtype=np.float64)
    none = np.full(len(days), np.nan)
    return Daily(CATALOGUE[key], days, value, none, none, np.asarray(n, dtype=np.int64))


def judged(daily: Daily, closed: frozenset[date] = WEEKENDS, newest: date = NEWEST) -> Signal:
    return judge(daily, newest=newest, closed=closed)


def medians(rng: np.random.Generator, n: NDArray[np.int64], usual: Values) -> NDArray[np.float64]:
    """The median of n waiting times a day, as skewed as waiting times are, around a usual one."""
    waits = (rng.lognormal(np.log(level), 1.2, count) for level, count in zip(usual, n, strict=True))
    return np.array([np.median(one) for one in waits])


ZONE = "Europe/Amsterdam"
"""Its clocks change on 25 October, within the twelve weeks."""
AGENTS = tuple(f"Agent {letter}" for letter in "ABCDEFGHIJ")
CHANNELS = ("email", "chat")
Told = Mapping[str, Any]
Telling = Callable[[int, int], Told]
"""The facts of a day's n-th ticket: `reply_h`, `good` (None: not rated) and columns of `TicketFacts`."""


def told(day: int, number: int) -> Told:
    """An ordinary ticket: one in ten is not satisfied, and none of them depends on anything else."""
    return {
        "agent": AGENTS[number % 10],
        "channel": CHANNELS[number % 2],
        "category": ("billing", "shipping", "returns")[(number // 2) % 3],
        "language": "en",
        "reply_h": 0.5 + (number * 7 + day * 3) % 11 / 4,
        "good": (number * 3 + day * 7) % 10 != 0,
    }


def at_work(day: int, minutes: float) -> datetime:
    """So many minutes after nine o'clock of a day."""
    return at_local(DAYS[day], time(9), ZONE) + timedelta(minutes=minutes)


def one_ticket(day: int, number: int, facts: Told, prefix: str = "T") -> TicketFacts:
    more = dict(facts)
    created = at_work(day, number * 4 % 420)
    reply_h, good = more.pop("reply_h"), more.pop("good")
    rated = {} if good is None else {"csat": "5" if good else "1", "csat_at": created + timedelta(hours=4)}
    answered = created + timedelta(hours=reply_h)
    solved = {"first_response_at": answered, "solved_at": answered + timedelta(hours=1), "reopens": 0}
    return TicketFacts(f"{prefix}-{day}-{number}", created, **{**solved, **rated, **more})


def centre(
    store: Store, workspace_id: int, telling: Telling = told, *, a_day: int = 30, name: str = "Returns"
) -> kpi_stage.Stage:
    """A team with twelve weeks of tickets, told at the end of the last Sunday."""
    facts = [one_ticket(day, n, telling(day, n), name) for day in WORKED for n in range(a_day)]
    end = midnight(NEWEST + timedelta(days=1), ZONE)
    return kpi_stage.set_stage(
        store, workspace_id, facts, complete_until=end, now=end + timedelta(hours=9), name=name, timezone=ZONE
    )
