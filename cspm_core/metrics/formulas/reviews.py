"""Quality as reviewers see it. The score is that of contacts drawn at random alone: who is picked for a low rating or
an escalation is not like the others, and would pull the team's figure down for no worse work.
"""

from __future__ import annotations

import numpy as np

from ..frame import UNKNOWN, Floats, Mask, ReviewedTickets, Reviews, Window
from ..known import known
from ..parts import Part, ages, no_seconds, nothing

HUNDREDTHS = 100


def qa_score(found: Reviews, window: Window) -> Part:
    """The internal quality score (IQS): the mean score of random reviews sent in the window, in points 0 to 100.

    A review of which nothing was rated has no score and is set aside. Beside it: how many were prompted by something
    and are not in it (`prompted`).
    """
    inside = _random(found, window) & (found.score != UNKNOWN)
    return _part(
        found,
        window,
        inside,
        found.is_passed == 1,
        amounts=np.where(inside, found.score / HUNDREDTHS, np.nan),
        prompted=int((window.holds(found.reviewed) & (found.is_random == 0)).sum()),
    )


def qa_pass_rate(found: Reviews, window: Window) -> Part:
    """Random reviews that were passed over those with a verdict, sent in the window."""
    inside = _random(found, window) & (found.is_passed != UNKNOWN)
    return _part(found, window, inside, found.is_passed == 1)


def critical_errors(found: Reviews, window: Window) -> Part:
    """Random reviews in which at least one critical criterion failed, over those sent in the window and rated."""
    inside = _random(found, window) & (found.score != UNKNOWN)
    return _part(found, window, inside, found.failures > 0, failures=int(found.failures[inside].sum()))


def qa_coverage(tickets: ReviewedTickets, window: Window) -> Part:
    """Of the tickets whose last solve lies in the window, those that have been reviewed, however they were picked.

    It can only rise: a ticket solved yesterday may be reviewed tomorrow. Calls are not among them.
    """
    solves = known(tickets, window.as_of).last_solve
    return Part(
        inside=window.holds(solves),
        hits=tickets.reviewed <= window.as_of,
        seconds=no_seconds(tickets),
        waiting=nothing(tickets),
        ages=ages(tickets, window.as_of),
        placed=solves,
    )


def _random(found: Reviews, window: Window) -> Mask:
    random: Mask = window.holds(found.reviewed) & (found.is_random == 1)
    return random


def _part(
    found: Reviews, window: Window, inside: Mask, hits: Mask, *, amounts: Floats | None = None, **extras: int
) -> Part:
    return Part(
        inside=inside,
        hits=hits,
        seconds=no_seconds(found),
        waiting=nothing(found),
        ages=no_seconds(found),
        placed=found.reviewed,
        amounts=amounts,
        set_aside=int((_random(found, window) & ~inside).sum()),
        extras={key: n for key, n in extras.items() if n},
    )
