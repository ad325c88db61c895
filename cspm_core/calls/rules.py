"""What one call's facts mean: which are impossible, and what follows from the rest. No database."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any

from ..tickets import ratings

INBOUND, OUTBOUND = "inbound", "outbound"
DIRECTIONS = (INBOUND, OUTBOUND)
LENGTHS = ("talk_s", "hold_s", "wrap_s")
LONGEST = timedelta(hours=24)
"""From the queue to the end; longer is a slip of an export."""
MANY = 1_000_000


@dataclass(frozen=True, slots=True)
class CallFacts:
    """One call as a source tells it. Instants are aware; "" and None mean that nothing was said."""

    key: str
    queued_at: datetime
    """When it entered the queue; of a call that the team made, when it was made."""
    agent: str = ""
    queue: str = ""
    direction: str = INBOUND
    customer: str = ""
    ticket: str = ""
    """The key of the ticket it belongs to."""
    topic: str = ""
    language: str = ""
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    answered: bool | None = None
    """Whether anybody took it, where the source says only that."""
    abandoned: bool | None = None
    talk_s: int | None = None
    hold_s: int | None = None
    wrap_s: int | None = None
    """After-call work."""
    transfers: int | None = None
    resolved: bool | None = None
    rating: str = ""
    """The raw answer."""
    rating_scale: str = ""
    recording_url: str = ""
    unreadable: tuple[str, ...] = ()
    """Columns in which the source said something nobody can read; set aside like the impossible."""


@dataclass(frozen=True, slots=True)
class Settled:
    """Facts without the impossible ones, the names of those, and what follows from the rest."""

    facts: CallFacts
    set_aside: tuple[str, ...]
    is_answered: bool
    is_abandoned: bool
    rating_scale: str
    rating_good: bool | None
    rating_score: float | None


def settle(facts: CallFacts, until: datetime, known_aside: tuple[str, ...] = ()) -> Settled:
    """What to keep of a call from data that reaches `until`; `known_aside` was set aside before."""
    wrong = {*impossible(facts, until), *facts.unreadable, *known_aside}
    is_answered = _is_answered(facts, wrong)
    if is_answered and facts.abandoned:
        wrong.add("abandoned")  # whoever was answered has not hung up before
    if not is_answered and facts.answered_at is not None:
        wrong.add("answered_at")
    if wrong:
        facts = _without(facts, wrong)
    return Settled(
        facts,
        tuple(sorted(wrong)),
        is_answered,
        is_abandoned=not is_answered and _is_abandoned(facts),
        rating_scale=ratings.scale_of(facts.rating, facts.rating_scale) if facts.rating else "",
        rating_good=ratings.is_good(facts.rating, facts.rating_scale) if facts.rating else None,
        rating_score=ratings.score(facts.rating, facts.rating_scale) if facts.rating else None,
    )


def impossible(facts: CallFacts, until: datetime) -> list[str]:
    """The columns whose value cannot be: before the queue, after the end of the data, negative, off the scale."""
    last = facts.queued_at + LONGEST
    last = min(last, until) if facts.queued_at <= until else last  # a call from after the end has not begun yet
    wrong = []
    begun = facts.queued_at
    for name in ("answered_at", "ended_at"):
        at = getattr(facts, name)
        if at is not None and not begun <= at <= last:
            wrong.append(name)
        elif at is not None:
            begun = at  # it ends after it was answered
    longest = LONGEST.total_seconds()
    wrong += [name for name in LENGTHS if not 0 <= (getattr(facts, name) or 0) <= longest]
    if not 0 <= (facts.transfers or 0) < MANY:
        wrong.append("transfers")
    if facts.rating and not ratings.is_answer(facts.rating, facts.rating_scale):
        wrong.append("rating")
    return wrong


def _is_answered(facts: CallFacts, wrong: set[str]) -> bool:
    """Whether somebody took the call: as the source says, else as it shows.

    A call that is over, was not abandoned and of which no more is told was answered; talk shows it too.
    """
    if facts.answered is not None:
        return facts.answered
    if facts.answered_at is not None or "answered_at" in wrong:
        return True
    if facts.talk_s is not None and "talk_s" not in wrong:
        return facts.talk_s > 0
    return facts.abandoned is False and facts.ended_at is not None


def _is_abandoned(facts: CallFacts) -> bool:
    """Whether the caller hung up before anybody answered; a call that the team makes is never abandoned."""
    if facts.direction == OUTBOUND:
        return False
    if facts.abandoned is not None:
        return facts.abandoned
    return facts.answered is False or facts.ended_at is not None


_NOTHING: dict[str, Any] = {one.name: one.default for one in fields(CallFacts) if one.default is not MISSING}


def _without(facts: CallFacts, wrong: set[str]) -> CallFacts:
    return replace(facts, **{name: _NOTHING[name] for name in wrong if name in _NOTHING})
