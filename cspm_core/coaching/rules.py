"""Rhythms, kinds of promises, and the small decisions about talks. No database."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from itertools import count

DAY = timedelta(days=1)
MINUTES = 30
LONGEST_NOTE = 3_000
LONGEST_WORDS = 300
LONGEST_LINE = 300
"""Characters of a note, of what is promised, and of what is said when it is closed."""
FARTHEST = timedelta(days=366)
"""Neither a talk nor a promise lies farther ahead."""


class Every(StrEnum):
    """How often two people mean to talk."""

    WEEKLY = "weekly"
    BIWEEKLY = "biweekly"
    MONTHLY = "monthly"
    NEVER = "never"
    """Only when one is planned."""


class TalkStatus(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class PromiseStatus(StrEnum):
    OPEN = "open"
    KEPT = "kept"
    MISSED = "missed"
    DROPPED = "dropped"
    """It does not matter any more."""


CLOSED = (PromiseStatus.KEPT, PromiseStatus.MISSED, PromiseStatus.DROPPED)


class PromiseKind(StrEnum):
    """By which effects are pooled."""

    KNOWLEDGE = "knowledge"
    TONE = "tone"
    PROCESS = "process"
    SPEED = "speed"
    TOOL = "tool"
    OTHER = "other"


HALF = {Every.WEEKLY: 3 * DAY, Every.BIWEEKLY: 7 * DAY, Every.MONTHLY: 14 * DAY}
"""A talk sooner than this after the last would be none of the rhythm."""

FOR_A_PERSON = (
    "csat", "reopen_rate", "one_touch", "fcr", "sla_first_response", "sla_resolution", "first_response_business",
    "first_response", "next_reply_business", "full_resolution", "transfer_rate", "calls_resolved", "aht", "qa_score",
    "ces", "nps",
)  # fmt: skip
"""The figures that say something about one person, so that a promise may be meant to move them. What counts how much
there was is none of them."""


def days_after(every: Every, day: date) -> Iterator[date]:
    """The days of a rhythm that follow one, each counted from the first: the 31st is the last day of shorter months."""
    for n in count(1):
        match every:
            case Every.WEEKLY:
                yield day + n * 7 * DAY
            case Every.BIWEEKLY:
                yield day + n * 14 * DAY
            case Every.MONTHLY:
                yield months_later(day, n)
            case Every.NEVER:
                return


def months_later(day: date, n: int) -> date:
    """The same day of a later month, or that month's last where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def next_day(every: Every, planned: date, held: date) -> date | None:
    """The day of the next talk: one of the rhythm from the day that was planned, so that a late talk does not shift
    all that follow, but never so soon after the talk that it makes no sense; None: without a rhythm."""
    for day in days_after(every, planned):
        if day - held > HALF[every]:
            return day
    return None


def pair(lead_id: int, agent_id: int) -> str:
    """What is unique while a talk of two is planned."""
    return f"{lead_id}:{agent_id}"
