"""Calls for the formulas, told in seconds after one Monday midnight, and tickets beside them."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np

from cspm_core.metrics import CATALOGUE, NEVER, UNKNOWN, Calls, Contacts, Measure, Tickets, Ways, Window
from cspm_core.metrics.contacts import contacts

from .metric_stage import WEEK_H, at, table

HOUR_S = 3600


def call(
    queued: float = 0,
    *,
    answered: float | None = None,
    ended: float | None = None,
    is_answered: bool | None = None,
    abandoned: bool | None = None,
    outbound: bool = False,
    **more: Any,
) -> dict[str, int]:
    """One row: instants in seconds after `START`. Answered where an answer is told; abandoned where it only ended."""

    def instant(seconds: float | None) -> int:
        return NEVER if seconds is None else at(seconds / HOUR_S)

    taken = answered is not None if is_answered is None else is_answered
    gave_up = ended is not None and not taken and not outbound if abandoned is None else abandoned
    row = {
        "id": 0,
        **dict.fromkeys(("agent", "ticket"), UNKNOWN),
        "is_outbound": int(outbound),
        "queued": at(queued / HOUR_S),
        "answered": instant(answered),
        "ended": instant(ended),
        "is_answered": int(taken),
        "is_abandoned": int(gave_up),
        **dict.fromkeys(("talk_s", "hold_s", "wrap_s", "transfers", "is_resolved", "csat_good", "score"), UNKNOWN),
        **dict.fromkeys(("survey", "queue", "category", "language", "customer"), 0),
    }
    assert not more.keys() - row.keys()
    return {**row, **more}


def calls(*rows: dict[str, int]) -> Calls:
    numbered = [{**row, "id": row["id"] or 1_000 + n} for n, row in enumerate(rows)]
    return Calls(*(np.array([row[one.name] for row in numbered], dtype=np.int64) for one in fields(Calls)))


def week(as_of_s: float = 10_000 * HOUR_S, **ways: Any) -> Window:
    """The first week, told as of so many seconds after its beginning."""
    return Window(at(0), at(WEEK_H), at(as_of_s / HOUR_S), ways=Ways(**ways))


def of_calls(key: str, *rows: dict[str, int], window: Window | None = None) -> Measure:
    return CATALOGUE[key].measure(calls(*rows), window or week())


def together(tickets: list[dict[str, int]], *rows: dict[str, int]) -> Contacts:
    found: Tickets = table(tickets) if tickets else Tickets(*(np.zeros(0, dtype=np.int64) for _ in fields(Tickets)))
    return contacts(found, calls(*rows))


def of_contacts(
    key: str, tickets: list[dict[str, int]], *rows: dict[str, int], window: Window | None = None
) -> Measure:
    return CATALOGUE[key].measure(together(tickets, *rows), window or week())
