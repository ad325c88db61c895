"""How long tickets took until they were solved, and how much of that was waiting and how much was work."""

from __future__ import annotations

import numpy as np

from ..frame import SECOND, UNKNOWN, Ints, Tickets, Window
from ..known import known
from ..parts import Part, ages


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
        placed=facts.last_solve,
        extras={"open_again": int(again.sum())},
    )


def first_resolution(tickets: Tickets, window: Window) -> Part:
    """Creation to first solve, of tickets whose first solve lies in the window, whatever came after it.

    Where only the last solve of a reopened ticket is known, its first is not: it is set aside. One whose last solve has
    no possible instant is placed in no period. What is open at the end of the window stands beside it as waiting.
    """
    facts = known(tickets, window.as_of)
    placed = window.holds(facts.first_solve) & ~facts.is_undated
    solves_before = tickets.reopens - (tickets.is_solved == 0)
    is_unsure = (tickets.first_solved > tickets.solved) & (solves_before > 0)
    return Part(
        inside=placed & ~is_unsure,
        hits=placed,
        seconds=(facts.first_solve - tickets.created) / SECOND,
        waiting=known(tickets, window.closing).is_open,
        ages=ages(tickets, window.until),
        placed=facts.first_solve,
        set_aside=int((placed & is_unsure).sum()),
        note="never_said" if bool(placed.any()) else "",
        extras={"open_again": int((placed & ~is_unsure & facts.is_open).sum())},
    )


def requester_wait(tickets: Tickets, window: Window) -> Part:
    """Time in new, open and on hold, of tickets whose last solve lies in the window; pending is the customer's time.

    Open again: censored at what it has been so far. Zendesk writes the same as requester wait time.
    """
    return _spent(tickets, window, tickets.requester_wait_s)


def agent_work(tickets: Tickets, window: Window) -> Part:
    """Time in new and open, of the same tickets: what the team could work on. It is elapsed time and no effort."""
    return _spent(tickets, window, tickets.agent_work_s)


def _spent(tickets: Tickets, window: Window, seconds: Ints) -> Part:
    facts = known(tickets, window.as_of)
    solved = window.holds(facts.last_solve)
    inside = solved & facts.is_final & ~facts.is_back_later & (seconds != UNKNOWN)
    return Part(
        inside=inside,
        hits=~facts.is_open,
        seconds=seconds.astype(np.float64),
        waiting=known(tickets, window.closing).is_open,
        ages=ages(tickets, window.until),
        placed=facts.last_solve,
        set_aside=int((solved & ~inside).sum()),
        note="never_said" if bool(solved.any()) else "",
        extras={"open_again": int((inside & facts.is_open).sum())},
    )
