"""Calls: how many came, how long callers waited, who gave up, how much work a call was.

Offered are the calls of customers that entered the queue, without short abandons: whoever hung up at once (under 10
seconds, a team's setting) gave nobody a chance. Calls that the team made are not offered: they are work (`aht`) alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..frame import DAY, NEVER, SECOND, UNKNOWN, Calls, Floats, Ints, Mask, Window
from ..parts import Part, nothing

AGAINST, IGNORED, FOR = "against", "ignored", "for"
"""What a call abandoned within the time of the service level counts."""


@dataclass(frozen=True, slots=True, eq=False)
class _Fate:
    """What had become of calls by an instant."""

    is_answered: Mask
    is_abandoned: Mask
    is_waiting: Mask
    """In the queue."""
    is_short: Mask
    """Abandoned at once."""
    ends: Ints
    """Where the wait ended: the answer, else the hang-up, else now; NEVER where nobody says."""

    def seconds(self, calls: Calls) -> Floats:
        """How long each waited; nan where nobody says."""
        passed = (np.where(self.ends == NEVER, calls.queued, self.ends) - calls.queued) / SECOND
        return np.where(self.ends == NEVER, np.nan, passed)


def calls(found: Calls, window: Window) -> Part:
    """Calls offered in the window; those still in the queue stand beside it as waiting.

    Shown apart: short abandons (`short_abandons`), and calls that the team made (`outbound`).
    """
    fate, queued = _fate(found, window), window.holds(found.queued)
    inside = _offered(found, fate, window)
    return _part(
        found,
        window,
        fate,
        inside,
        inside,
        extras={
            "short_abandons": int((queued & fate.is_short).sum()),
            "outbound": int((queued & (found.is_outbound == 1)).sum()),
        },
    )


def service_level(found: Calls, window: Window) -> Part:
    """Answered within Y seconds (Y included) over offered, of calls that entered the queue in the window.

    Abandoned within Y seconds counts against it, or for it, or is left out, as the team chose; abandoned later, and
    left unanswered otherwise, counts against it. In the queue for more than Y seconds is missed now (`past_due`), for
    less is left out (`at_risk`). An answer at an unknown instant is set aside.
    """
    fate = _fate(found, window)
    offered = _offered(found, fate, window)
    waited, ways = fate.seconds(found), window.ways
    in_time: Mask = waited <= ways.service_level_s
    undated = offered & fate.is_answered & np.isnan(waited)
    at_risk = offered & fate.is_waiting & in_time
    gave_up = offered & fate.is_abandoned & in_time
    inside = offered & ~undated & ~at_risk
    if ways.abandoned_in_time == IGNORED:
        inside = inside & ~gave_up
    hits = fate.is_answered & in_time
    return _part(
        found,
        window,
        fate,
        inside,
        hits | gave_up if ways.abandoned_in_time == FOR else hits,
        set_aside=int(undated.sum()),
        extras={
            "abandoned_in_time": int(gave_up.sum()),
            "at_risk": int(at_risk.sum()),
            "past_due": int((offered & fate.is_waiting & ~in_time).sum()),
        },
    )


def asa(found: Calls, window: Window) -> Part:
    """Average speed of answer: seconds from the queue to the answer, the mean over answered calls.

    Placed by the queue. Who gave up has no answer whose speed could be told: abandoned calls are counted apart.
    """
    fate = _fate(found, window)
    offered = _offered(found, fate, window)
    waited = fate.seconds(found)
    inside = offered & fate.is_answered & ~np.isnan(waited)
    undated = offered & fate.is_answered & np.isnan(waited)
    return _part(
        found,
        window,
        fate,
        inside,
        inside,
        amounts=np.where(inside, waited, np.nan),
        set_aside=int(undated.sum()),
        note="never_said" if undated.any() else "",
        extras={"abandoned": int((offered & fate.is_abandoned).sum())},
    )


def abandonment(found: Calls, window: Window) -> Part:
    """Abandoned over offered, of calls that entered the queue in the window; who is still in it is left out."""
    fate = _fate(found, window)
    return _part(found, window, fate, _offered(found, fate, window) & ~fate.is_waiting, fate.is_abandoned)


def calls_resolved(found: Calls, window: Window) -> Part:
    """Calls marked resolved over calls answered in the window; those of which nobody says are set aside."""
    fate = _fate(found, window)
    answered = window.holds(handled(found)) & fate.is_answered & (found.is_outbound == 0)
    inside = answered & (found.is_resolved != UNKNOWN)
    return _part(
        found,
        window,
        fate,
        inside,
        found.is_resolved == 1,
        placed=handled(found),
        waiting=nothing(found),
        set_aside=int((answered & ~inside).sum()),
        note="never_said" if answered.any() else "",
    )


def aht(found: Calls, window: Window) -> Part:
    """Average handle time: talk, hold and after-call work over calls answered in the window, the team's own included.

    A call that is not over is not handled yet. Without its talk a call is set aside, so that a source that tells of
    none gives no figure; hold or after-call work that nobody tells counts as none and is said (`no_hold`, `no_wrap`).
    """
    fate, taken = _fate(found, window), handled(found)
    talked = np.maximum(found.talk_s, 0) + np.maximum(found.hold_s, 0) + np.maximum(found.wrap_s, 0)
    over = np.where(found.ended != NEVER, found.ended, np.minimum(taken, window.as_of) + talked * SECOND)
    done = window.holds(taken) & (found.is_answered == 1) & (over <= window.as_of)
    inside = done & (found.talk_s != UNKNOWN)
    worked = np.where(inside, talked, np.nan)
    return _part(
        found,
        window,
        fate,
        inside,
        inside,
        seconds=worked,
        amounts=worked,
        placed=taken,
        waiting=nothing(found),
        set_aside=int((done & ~inside).sum()),
        note="never_said" if done.any() else "",
        extras={
            "no_hold": int((inside & (found.hold_s == UNKNOWN)).sum()),
            "no_wrap": int((inside & (found.wrap_s == UNKNOWN)).sum()),
        },
    )


def _fate(found: Calls, window: Window) -> _Fate:
    """As of the reading. A call without an end that nobody took is in the queue for a day at most."""
    at, is_inbound = window.as_of, found.is_outbound == 0
    answered = (found.is_answered == 1) & ((found.answered <= at) | (found.answered == NEVER))
    hung_up = (found.ended <= at) | ((found.ended == NEVER) & ((found.is_abandoned == 1) | (found.queued <= at - DAY)))
    is_over = (found.is_answered == 0) & hung_up
    abandoned = is_over & (found.is_abandoned == 1) & is_inbound
    waiting = is_inbound & ~answered & ~is_over & (found.queued <= at)
    gone = np.where(is_over, found.ended, at)
    waited = np.where(abandoned & (found.ended != NEVER), (found.ended - found.queued) / SECOND, np.inf)
    return _Fate(
        is_answered=answered,
        is_abandoned=abandoned,
        is_waiting=waiting,
        is_short=waited < window.ways.short_abandon_s,
        ends=np.where(answered, found.answered, gone),
    )


def _offered(found: Calls, fate: _Fate, window: Window) -> Mask:
    offered: Mask = window.holds(found.queued) & (found.is_outbound == 0) & ~fate.is_short
    return offered


def handled(found: Calls) -> Ints:
    """When somebody took it; where nobody says when, its place in the queue."""
    return np.where(found.is_answered == 1, np.where(found.answered != NEVER, found.answered, found.queued), NEVER)


def _part(
    found: Calls,
    window: Window,
    fate: _Fate,
    inside: Mask,
    hits: Mask,
    *,
    seconds: Floats | None = None,
    amounts: Floats | None = None,
    placed: Ints | None = None,
    waiting: Mask | None = None,
    set_aside: int = 0,
    note: str = "",
    extras: dict[str, int] | None = None,
) -> Part:
    in_queue = _offered(found, fate, window) & fate.is_waiting
    return Part(
        inside=inside,
        hits=hits,
        seconds=fate.seconds(found) if seconds is None else seconds,
        waiting=in_queue if waiting is None else waiting,
        ages=(window.as_of - found.queued) / SECOND,
        placed=found.queued if placed is None else placed,
        amounts=amounts,
        set_aside=set_aside,
        note=note,
        extras=extras or {},
    )
