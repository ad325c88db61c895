"""Counts: what came, what was solved, what stands open, and how much of it fell to each agent."""

from __future__ import annotations

import numpy as np

from ..frame import UNKNOWN, Ints, Mask, Tickets, Window
from ..known import known
from ..parts import Part, ages, nothing


def volume(tickets: Tickets, window: Window) -> Part:
    """Tickets created in the window."""
    came = window.holds(tickets.created)
    return _count(tickets, window.as_of, came, waiting=nothing(tickets), placed=tickets.created)


def solved(tickets: Tickets, window: Window) -> Part:
    """Tickets whose last solve lies in the window. Those reopened since and still open stay in it, and are counted
    apart as `open_again`: they were solved, the reopen rate says what it was worth."""
    facts = known(tickets, window.as_of)
    inside = window.holds(facts.last_solve)
    again = inside & facts.is_open
    return _count(
        tickets, window.as_of, inside, waiting=again, placed=facts.last_solve, extras={"open_again": int(again.sum())}
    )


def backlog(tickets: Tickets, window: Window) -> Part:
    """Tickets unsolved at the end of the window, or at the instant of the reading where that comes first. A level,
    not a flow: b1 = b0 + created + reopened - solved."""
    is_open = known(tickets, window.closing).is_open
    return _count(tickets, window.until, is_open, waiting=is_open)


def backlog_age(tickets: Tickets, window: Window) -> Part:
    """How long the tickets of the backlog have existed at that instant. An age is known, so none is censored."""
    is_open = known(tickets, window.closing).is_open
    aged = ages(tickets, window.until)
    return Part(is_open, is_open, aged, is_open, aged)


def unanswered(tickets: Tickets, window: Window) -> Part:
    """Of the backlog, those to whom no human had replied in public."""
    facts = known(tickets, window.closing)
    waiting = facts.is_open & ~facts.is_answered
    return _count(tickets, window.until, waiting, waiting=waiting)


def tickets_per_agent(tickets: Tickets, window: Window) -> Part:
    """Tickets whose last solve lies in the window, for each agent who solved one. Solves of nobody are set aside."""
    solves = known(tickets, window.as_of).last_solve
    done = window.holds(solves)
    inside = done & (tickets.agent != UNKNOWN)
    left = int((done & ~inside).sum())
    return _count(
        tickets,
        window.as_of,
        inside,
        waiting=nothing(tickets),
        placed=solves,
        who=tickets.agent,
        set_aside=left,
        note="never_said" if left else "",
    )


def _count(
    tickets: Tickets,
    at: int,
    inside: Mask,
    *,
    waiting: Mask,
    placed: Ints | None = None,
    who: Ints | None = None,
    set_aside: int = 0,
    note: str = "",
    extras: dict[str, int] | None = None,
) -> Part:
    aged = ages(tickets, at)
    seconds = np.where(waiting, aged, np.nan)
    return Part(
        inside, inside, seconds, waiting, aged, placed, who=who, set_aside=set_aside, note=note, extras=extras or {}
    )
