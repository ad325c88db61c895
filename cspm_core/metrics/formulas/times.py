"""Times to the first reply. Unfinished work is not fast: who still waits is censored, never dropped."""

from __future__ import annotations

import numpy as np

from ..frame import NEVER, SECOND, UNKNOWN, Floats, Ints, Mask, Tickets, Window
from ..known import Known, known, waited_until
from ..parts import Part, ages

HANDED_OFF = "handed_off"


def first_response(tickets: Tickets, window: Window) -> Part:
    """Creation to first public human reply, of tickets created in the window.

    Unanswered ones are censored now, or at their solve when they were solved without a reply. A reply without a
    possible instant counts as one and is left out of the duration. Where the team chose so, the clock of a ticket that
    a bot handed over starts there; it belongs to the day of its creation all the same.
    """
    facts = known(tickets, window.as_of)
    ends = waited_until(facts, window)
    passed: Floats = (ends - _starts(tickets, ends, window)) / SECOND
    return _response(tickets, window, facts, passed)


def first_response_business(tickets: Tickets, window: Window) -> Part:
    """The same instants, counting only seconds inside the team's hours; arrived and answered outside them is 0."""
    facts = known(tickets, window.as_of)
    ends = waited_until(facts, window)
    starts = _starts(tickets, ends, window)
    is_counted = (facts.response != NEVER) & (starts == tickets.created)
    counted = np.where(is_counted, tickets.first_response_business_s, UNKNOWN)
    todo = window.holds(tickets.created) & (counted == UNKNOWN)
    counted[todo] = window.calendar.business_seconds_many(starts[todo] // SECOND, ends[todo] // SECOND)
    return _response(tickets, window, facts, counted.astype(np.float64))


def _starts(tickets: Tickets, ends: Ints, window: Window) -> Ints:
    """Where the clock starts: the creation, or the hand-off that had happened. A reply before it took no time."""
    if window.ways.response_start != HANDED_OFF:
        return tickets.created
    is_handed = tickets.handed_off <= window.as_of
    return np.where(is_handed, np.clip(tickets.handed_off, tickets.created, ends), tickets.created)


def _response(tickets: Tickets, window: Window, facts: Known, seconds: Floats) -> Part:
    created = window.holds(tickets.created)
    replied: Mask = facts.response != NEVER
    unusable = created & ~replied & (facts.is_answered | facts.is_undated)
    inside = created & ~unusable
    silent = inside & ~replied & ~facts.is_open
    return Part(
        inside=inside,
        hits=replied,
        seconds=seconds,
        waiting=inside & ~replied & facts.is_open,
        ages=ages(tickets, window.as_of),
        placed=tickets.created,
        set_aside=int(unusable.sum()),
        extras={"solved_unanswered": int(silent.sum())},
    )
