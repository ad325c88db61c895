"""Escalations: how many, how soon somebody had them, how soon they were over, and whether they stayed away.

Those that nobody has taken, or that are not over, are censored, so ignoring one never improves a time.
"""

from __future__ import annotations

import numpy as np

from ..frame import NEVER, SECOND, CheckBacks, Columns, EscalatedTickets, Escalations, Floats, Ints, Mask, Window
from ..known import known
from ..parts import Part, no_seconds, nothing


def opened(found: Escalations, window: Window) -> Part:
    """Escalations opened in the window; those still open stand beside it as waiting."""
    inside = window.holds(found.opened)
    waiting = inside & ~_is_over(found, window)
    passed = _passed(found, np.full(len(found), window.as_of))
    return Part(inside, inside, np.where(waiting, passed, np.nan), waiting, passed, found.opened)


def time_to_acknowledge(found: Escalations, window: Window) -> Part:
    """Opening to the first "mine", of escalations opened in the window.

    Untaken ones are censored now, or at their end where they were over before anybody took them.
    """
    ends = _taken_or_waited(found, window)
    return _time(found, window, _passed(found, ends), _is_taken(found, window))


def time_to_acknowledge_business(found: Escalations, window: Window) -> Part:
    """The same instants, counting only seconds inside the team's hours."""
    ends = _taken_or_waited(found, window)
    return _time(found, window, _worked(found, ends, window), _is_taken(found, window))


def time_to_resolve(found: Escalations, window: Window) -> Part:
    """Opening to the last resolution, of escalations opened in the window; one that is open (again) is censored now."""
    is_over = _is_over(found, window)
    ends = np.where(is_over, found.resolved, window.as_of)
    return _time(found, window, _passed(found, ends), is_over)


def time_to_resolve_business(found: Escalations, window: Window) -> Part:
    """The same instants, counting only seconds inside the team's hours."""
    is_over = _is_over(found, window)
    ends = np.where(is_over, found.resolved, window.as_of)
    return _time(found, window, _worked(found, ends, window), is_over)


def acknowledged_in_time(found: Escalations, window: Window) -> Part:
    """Taken within the first step's time over all that were due, of escalations opened in the window.

    Exactly at that instant is in time. Untaken and past due is late now; not yet due is left out, `at_risk`. Over
    without anybody: late if that came after the instant, else there was nothing to take (`resolved_untaken`).
    """
    placed = window.holds(found.opened)
    due, is_taken, is_over = found.acknowledge_due, _is_taken(found, window), _is_over(found, window)
    untaken = placed & ~is_taken & (due != NEVER)
    waiting, ended = untaken & ~is_over, untaken & is_over
    past_due, ended_late = waiting & (due < window.as_of), ended & (found.resolved > due)
    return Part(
        inside=(placed & is_taken & (due != NEVER)) | past_due | ended_late,
        hits=is_taken & (found.acknowledged <= due),
        seconds=_passed(found, _taken_or_waited(found, window)),
        waiting=waiting,
        ages=_passed(found, np.full(len(found), window.as_of)),
        placed=found.opened,
        set_aside=int((placed & (due == NEVER)).sum()),
        extras={
            "at_risk": int((waiting & ~past_due).sum()),
            "past_due": int(past_due.sum()),
            "resolved_untaken": int((ended & ~ended_late).sum()),
        },
    )


def escalation_rate(tickets: EscalatedTickets, window: Window) -> Part:
    """Of the tickets whose last solve lies in the window, those that had been escalated. Calls are not among them."""
    solves = known(tickets, window.as_of).last_solve
    return _share(tickets, window.holds(solves), tickets.escalated <= window.as_of, placed=solves)


def repeats(found: Escalations, window: Window) -> Part:
    """Of those resolved in the window, the ones whose customer or category had another within 90 days before.

    One that is open again is not resolved; it is counted apart as `open_again`.
    """
    placed = window.holds(found.resolved)
    is_over = _is_over(found, window)
    again = int((placed & ~is_over).sum())
    return _share(found, placed & is_over, found.is_repeat == 1, placed=found.resolved, open_again=again)


def satisfied(answers: CheckBacks, window: Window) -> Part:
    """Satisfied answers over answers, by the date of the answer. Each counts: one that was not satisfied reopens its
    escalation, so that the last answer alone would say yes in the end, always."""
    return _share(answers, window.holds(answers.answered), answers.satisfied == 1, placed=answers.answered)


def _is_taken(found: Escalations, window: Window) -> Mask:
    taken: Mask = found.acknowledged <= window.as_of
    return taken


def _is_over(found: Escalations, window: Window) -> Mask:
    over: Mask = (found.is_resolved == 1) & (found.resolved <= window.as_of)
    return over


def _taken_or_waited(found: Escalations, window: Window) -> Ints:
    """How far the wait for somebody reaches: to the first "mine", else to the end, else to now."""
    waited = np.where(_is_over(found, window), found.resolved, window.as_of)
    return np.where(_is_taken(found, window), found.acknowledged, waited)


def _passed(found: Escalations, ends: Ints) -> Floats:
    passed: Floats = (ends - found.opened) / SECOND
    return passed


def _worked(found: Escalations, ends: Ints, window: Window) -> Floats:
    placed = window.holds(found.opened)
    worked = np.full(len(found), np.nan)
    starts = found.opened[placed] // SECOND
    worked[placed] = window.calendar.business_seconds_many(starts, ends[placed] // SECOND)
    return worked


def _time(found: Escalations, window: Window, seconds: Floats, is_done: Mask) -> Part:
    inside = window.holds(found.opened)
    return Part(
        inside=inside,
        hits=is_done,
        seconds=seconds,
        waiting=inside & ~is_done & ~_is_over(found, window),
        ages=_passed(found, np.full(len(found), window.as_of)),
        placed=found.opened,
    )


def _share(found: Columns, inside: Mask, hits: Mask, *, placed: Ints, **extras: int) -> Part:
    unknown = no_seconds(found)
    return Part(inside, hits, unknown, nothing(found), unknown, placed, extras=extras)
