"""What had happened by an instant, and nothing after it: the same columns, told as of then."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .frame import NEVER, Ints, Mask, Tickets, Window
from .memory import remembered


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """Facts as of an instant; instants are NEVER where they had not come yet."""

    response: Ints
    """The first reply."""
    is_answered: Mask
    """Also where a reply is known and its instant is not."""
    first_solve: Ints
    last_solve: Ints
    """Of those that had happened."""
    is_open: Mask
    """Created and unsolved, reopened ones included."""
    is_undated: Mask
    """Solved, nobody knows when last: neither open nor placed in any period."""
    is_final: Mask
    """The last solve the source knows had happened, so its counts of replies and reopens belong to it."""
    is_back_later: Mask
    """It was to be reopened after that: the source counts a reopening that had not come yet."""


def known(tickets: Tickets, at: int) -> Known:
    """Facts as of `at` (microseconds). Worked out once for some columns and an instant.

    Where the last reopening is known, a ticket is open from then on until it is solved again. Of others only first and
    last solve are told: they count as solved from the first until the last, and what is unsolved today after its last
    solve is open at every instant since that solve.
    """
    return remembered(tickets, ("known", at), lambda: _known(tickets, at))


def _known(tickets: Tickets, at: int) -> Known:
    response = np.where(tickets.first_response <= at, tickets.first_response, NEVER)
    earliest = np.minimum(tickets.first_solved, tickets.solved)
    first = np.where(earliest <= at, earliest, NEVER)
    is_solved_now = tickets.is_solved == 1
    is_undated = is_solved_now & (tickets.solved == NEVER) & ((earliest == NEVER) | (first != NEVER))
    last = np.where(tickets.solved <= at, tickets.solved, np.where(is_undated, NEVER, first))
    is_final = (last != NEVER) & ((tickets.solved <= at) | (tickets.solved == NEVER))
    is_back = (tickets.reopened <= at) & (tickets.reopened >= earliest)
    is_back_later = is_final & ~is_solved_now & (tickets.reopened > at) & (tickets.reopened != NEVER)
    is_unsolved = np.where(is_final, ~is_solved_now & ~is_back_later, (last == NEVER) | is_back)
    return Known(
        response=response,
        is_answered=(response != NEVER) | ((tickets.is_answered == 1) & (tickets.first_response == NEVER)),
        first_solve=first,
        last_solve=last,
        is_open=(tickets.created <= at) & is_unsolved & ~is_undated,
        is_undated=is_undated,
        is_final=is_final,
        is_back_later=is_back_later,
    )


def waited_until(facts: Known, window: Window) -> Ints:
    """How far a customer's first wait reaches: the reply, else the solve of what was closed without one, else now."""
    closed = ~facts.is_open & (facts.last_solve != NEVER)
    return np.where(facts.response != NEVER, facts.response, np.where(closed, facts.last_solve, window.as_of))
