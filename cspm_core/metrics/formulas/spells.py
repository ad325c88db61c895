"""Waits after the first answer: how long whoever wrote again waited. Who still waits is censored, never dropped."""

from __future__ import annotations

import numpy as np

from ..frame import SECOND, UNKNOWN, Floats, Ints, Mask, Spells, Window
from ..parts import Part


def next_reply(spells: Spells, window: Window) -> Part:
    """The customer's oldest unanswered message to the next public human reply, of waits that began in the window.

    One value for each wait, however many messages it holds. Those that go on are censored now, those of tickets solved
    without another word at the solve. The wait for the first answer is the first response, and not among them.
    """
    return _waits(spells, window, (_ends(spells, window) - spells.started) / SECOND)


def next_reply_business(spells: Spells, window: Window) -> Part:
    """The same instants, counting only seconds inside the team's hours."""
    counted = np.where(_is_over(spells, window), spells.business_s, UNKNOWN)
    todo = window.holds(spells.started) & (counted == UNKNOWN)
    starts, ends = spells.started[todo] // SECOND, _ends(spells, window)[todo] // SECOND
    counted[todo] = window.calendar.business_seconds_many(starts, ends)
    return _waits(spells, window, counted.astype(np.float64))


def _is_over(spells: Spells, window: Window) -> Mask:
    over: Mask = spells.ended <= window.as_of
    return over


def _ends(spells: Spells, window: Window) -> Ints:
    """How far each wait reaches: to the reply, else to the solve, else to now."""
    waited = np.where(spells.closed <= window.as_of, spells.closed, window.as_of)
    return np.where(_is_over(spells, window), spells.ended, waited)


def _waits(spells: Spells, window: Window, seconds: Floats) -> Part:
    inside, is_over = window.holds(spells.started), _is_over(spells, window)
    goes_on = inside & ~is_over & (spells.closed > window.as_of)
    passed: Floats = (window.as_of - spells.started) / SECOND
    return Part(
        inside=inside,
        hits=is_over,
        seconds=seconds,
        waiting=goes_on,
        ages=passed,
        placed=spells.started,
        extras={"solved_unanswered": int((inside & ~is_over & ~goes_on).sum())},
    )
