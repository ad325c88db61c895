"""Times: how long customers waited. Unfinished work is not fast: who still waits is censored, never dropped."""

from __future__ import annotations

import numpy as np

from ..frame import NEVER, SECOND, UNKNOWN, Floats, Mask, Tickets, Window
from ..known import Known, known, waited_until
from ..parts import Part, ages


def first_response(tickets: Tickets, window: Window) -> Part:
    """Creation to first public human reply, of tickets created in the window.

    Unanswered ones are censored now, or at their solve when they were solved without a reply. A reply without a
    possible instant counts as one and is left out of the duration.
    """
    facts = known(tickets, window.as_of)
    passed: Floats = (waited_until(facts, window) - tickets.created) / SECOND
    return _response(tickets, window, facts, passed)


def first_response_business(tickets: Tickets, window: Window) -> Part:
    """The same instants, counting only seconds inside the team's hours; arrived and answered outside them is 0."""
    facts = known(tickets, window.as_of)
    counted = np.where(facts.response != NEVER, tickets.first_response_business_s, UNKNOWN)
    todo = window.holds(tickets.created) & (counted == UNKNOWN)
    starts, ends = tickets.created[todo] // SECOND, waited_until(facts, window)[todo] // SECOND
    counted[todo] = window.calendar.business_seconds_many(starts, ends)
    return _response(tickets, window, facts, counted.astype(np.float64))


def full_resolution(tickets: Tickets, window: Window) -> Part:
    """Creation to last solve, of tickets whose last solve lies in the window.

    A ticket solved in the window that is open again is not resolved yet: it stays in the cohort, censored now, so that
    a hasty solve does not improve the figure. Tickets never solved have no place in a cohort of solves; all that is
    open at the end of the window stands beside it as waiting.
    """
    facts = known(tickets, window.as_of)
    inside = window.holds(facts.last_solve)
    again = inside & facts.is_open
    ends = np.where(facts.is_open, window.as_of, facts.last_solve)
    return Part(
        inside=inside,
        hits=~facts.is_open,
        seconds=(ends - tickets.created) / SECOND,
        waiting=known(tickets, window.closing).is_open,
        ages=ages(tickets, window.until),
        extras={"open_again": int(again.sum())},
    )


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
        set_aside=int(unusable.sum()),
        extras={"solved_unanswered": int(silent.sum())},
    )
