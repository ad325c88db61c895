"""Counts: what came, what was solved, what stands open."""

from __future__ import annotations

import numpy as np

from ..frame import Mask, Tickets, Window
from ..known import known
from ..parts import Part, ages


def volume(tickets: Tickets, window: Window) -> Part:
    """Tickets created in the window."""
    return _count(tickets, window.as_of, window.holds(tickets.created), waiting=_nothing(tickets))


def solved(tickets: Tickets, window: Window) -> Part:
    """Tickets whose last solve lies in the window. Those reopened since and still open stay in it, and are counted
    apart as `open_again`: they were solved, the reopen rate says what it was worth."""
    facts = known(tickets, window.as_of)
    placed = window.holds(facts.last_solve)
    again = placed & facts.is_open
    return _count(tickets, window.as_of, placed, waiting=again, open_again=int(again.sum()))


def backlog(tickets: Tickets, window: Window) -> Part:
    """Tickets unsolved at the end of the window, or at the instant of the reading where that comes first. A level,
    not a flow: b1 = b0 + created + reopened - solved."""
    is_open = known(tickets, window.closing).is_open
    return _count(tickets, window.until, is_open, waiting=is_open)


def unanswered(tickets: Tickets, window: Window) -> Part:
    """Of the backlog, those to whom no human had replied in public."""
    facts = known(tickets, window.closing)
    waiting = facts.is_open & ~facts.is_answered
    return _count(tickets, window.until, waiting, waiting=waiting)


def _count(tickets: Tickets, at: int, inside: Mask, *, waiting: Mask, **extras: int) -> Part:
    aged = ages(tickets, at)
    return Part(inside, inside, np.where(waiting, aged, np.nan), waiting, aged, extras=extras)


def _nothing(tickets: Tickets) -> Mask:
    none: Mask = tickets.id != tickets.id
    return none
