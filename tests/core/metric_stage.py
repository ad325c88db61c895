"""Tickets for the formulas, told in hours after one Monday midnight, and the windows to look at them through."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import numpy as np

from cspm_core.calendars import ALWAYS_OPEN, Calendar
from cspm_core.metrics import CATALOGUE, DIMENSIONS, NEVER, UNKNOWN, Measure, Tickets, Ways, Window
from cspm_core.metrics.frame import COLUMNS
from cspm_core.store import microseconds

START = datetime(2026, 11, 2, tzinfo=UTC)
HOUR = 3_600 * 1_000_000
WEEK_H = 168


def at(hours: float) -> int:
    return microseconds(START) + round(hours * HOUR)


def ticket(
    created: float = 0,
    *,
    reply: float | None = None,
    solved: float | None = None,
    first_solved: float | None = None,
    is_open: bool | None = None,
    due: float | None = None,
    solve_due: float | None = None,
    sent: float | None = None,
    rated: float | None = None,
    handed_off: float | None = None,
    reopened: float | None = None,
    **more: Any,
) -> dict[str, int]:
    """One row: instants in hours after `START`; everything else as `Tickets` has it."""

    def instant(hours: float | None) -> int:
        return NEVER if hours is None else at(hours)

    row = {
        "id": 0,
        "agent": UNKNOWN,
        "created": at(created),
        "first_response": instant(reply),
        "first_response_target": instant(due),
        "first_response_business_s": UNKNOWN,
        "first_solved": instant(first_solved),
        "solved": instant(solved),
        "resolution_target": instant(solve_due),
        "reopens": UNKNOWN,
        "public_replies": UNKNOWN,
        "csat_good": UNKNOWN,
        "csat_sent": instant(sent),
        "csat_at": instant(rated),
        "is_answered": int(reply is not None),
        "is_solved": int(solved is not None if is_open is None else not is_open),
        "responder": UNKNOWN,
        "handed_off": instant(handed_off),
        "reopened": instant(reopened),
        **dict.fromkeys(("early_reopens", "transfers", "group_transfers"), UNKNOWN),
        **dict.fromkeys(("requester_wait_s", "agent_work_s", "score"), UNKNOWN),
        **dict.fromkeys(("survey", *DIMENSIONS, "customer"), 0),
    }
    return {**row, **more}


def table(rows: list[dict[str, int]]) -> Tickets:
    numbered = [{**row, "id": row["id"] or n + 1} for n, row in enumerate(rows)]
    return Tickets(*(np.array([row[name] for row in numbered], dtype=np.int64) for name in COLUMNS))


def week(
    as_of: float = 10_000, *, calendar: Calendar = ALWAYS_OPEN, since: int = -NEVER, ways: Ways | None = None
) -> Window:
    return Window(at(0), at(WEEK_H), at(as_of), since, calendar, ways or Ways())


def measure(key: str, *rows: dict[str, int], window: Window | None = None) -> Measure:
    return CATALOGUE[key].measure(table(list(rows)), window or week())
