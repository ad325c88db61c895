"""The tickets behind a figure, one mask each, and the figure that they make. A list and its figure cannot disagree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from .. import stats
from ..stats import censored_quantiles, product_limit, wilson
from .frame import SECOND, UNKNOWN, Columns, Floats, Ints, Mask, Tickets, Window
from .measures import Measure
from .memory import remembered

ENOUGH_FOR_P90 = 20
HIGHEST_SCORE = 100.0
NEAR = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """What a formula says of each ticket, and of what it had to leave aside."""

    inside: Mask
    """Counted in `n`."""
    hits: Mask
    """Shares: counted in the numerator. Durations: over, so that the others are censored. Counts: as `inside`."""
    seconds: Floats
    """How long it took, or has lasted until it was censored; nan where the figure knows no duration."""
    waiting: Mask
    """Open, beside the value."""
    ages: Floats
    """Seconds from creation to the instant at which the waiting were seen to wait."""
    placed: Ints | None = None
    """The instant that places each in the period; None for what stands open at an instant."""
    amounts: Floats | None = None
    """What is summed or averaged where that is neither a count nor a length of time; nan outside."""
    who: Ints | None = None
    """Whose each is (identity ids or UNKNOWN), where a figure counts people."""
    set_aside: int = 0
    provisional: bool = False
    note: str = ""
    extras: Mapping[str, int] = field(default_factory=dict)


def outside(window: Window) -> str:
    """Why a window can have no figures at all: it has not begun by the end of the data, or ends before it begins."""
    if window.as_of < window.start:
        return "not_reached"
    return "before_data" if window.since >= window.end or window.since > window.as_of else ""


def ages(tickets: Tickets, at: int) -> Floats:
    """Seconds from each creation to an instant: that of the reading, or the window's end where it was looked at."""
    return remembered(tickets, ("ages", at), lambda: (at - tickets.created) / SECOND)


def no_seconds(facts: Columns) -> Floats:
    """For what knows no duration. Shared: not to be written to."""
    return remembered(facts, "no seconds", lambda: np.full(len(facts), np.nan))


def nothing(facts: Columns) -> Mask:
    """None of them. Shared: not to be written to."""
    return remembered(facts, "nothing", lambda: np.zeros(len(facts), dtype=bool))


def count(part: Part) -> Measure:
    """How many; a count has no interval."""
    n = int(part.inside.sum())
    return _measure(part, n, value=float(n), numerator=float(n))


def share(part: Part) -> Measure:
    """Hits over all that are inside, with Wilson's interval; no data where nothing is."""
    n, hits = int(part.inside.sum()), int((part.inside & part.hits).sum())
    if n == 0:
        return _measure(part, 0, note=part.note or "no_cohort")
    return _measure(part, n, value=hits / n, numerator=float(hits), denominator=float(n), interval=wilson(hits, n))


def each(part: Part) -> Measure:
    """How many for each of the people whose they are; no data where it is nobody's. A count has no interval."""
    n = int(part.inside.sum())
    people = 0 if part.who is None else int((np.unique(part.who[part.inside]) != UNKNOWN).sum())
    if people == 0:
        return _measure(part, n, note=part.note or "no_cohort")
    return _measure(part, n, value=n / people, numerator=float(n), denominator=float(people))


def mean(part: Part) -> Measure:
    """The mean of the amounts, with Student's interval from two on; no data where nothing is inside."""
    amounts = _amounts(part)
    if not len(amounts):
        return _measure(part, 0, note=part.note or "no_cohort")
    return _measure(
        part,
        len(amounts),
        value=float(amounts.mean()),
        numerator=float(amounts.sum()),
        denominator=float(len(amounts)),
        interval=stats.mean_interval(amounts),
    )


def score(part: Part) -> Measure:
    """The mean of points from 0 to 100, with Student's interval cut to that scale."""
    found = mean(part)
    if found.interval is None:
        return found
    low, high = max(found.interval.low, 0.0), min(found.interval.high, HIGHEST_SCORE)
    return replace(found, interval=stats.Interval(low, high))


def net_promoter(part: Part) -> Measure:
    """Promoters less detractors in points from -100 to 100; their amounts are 1, -1, and 0 for those between."""
    answers = _amounts(part)
    found = stats.net_promoter(int((answers > 0).sum()), int((answers == 0).sum()), int((answers < 0).sum()))
    if found is None:
        return _measure(part, 0, note=part.note or "no_cohort")
    return _measure(
        part,
        len(answers),
        value=found[0],
        numerator=float(answers.sum()),
        denominator=float(len(answers)),
        interval=found[1],
    )


def _amounts(part: Part) -> Floats:
    return np.zeros(0) if part.amounts is None else part.amounts[part.inside]


def duration(part: Part) -> Measure:
    """The median in seconds, those that are not over censored (product-limit estimate); p90 from 20 on."""
    ended, going_on = part.seconds[part.inside & part.hits], part.seconds[part.inside & ~part.hits]
    curve = censored_quantiles(ended, going_on)
    if curve.n == 0:
        return _measure(part, 0, note=part.note or "no_cohort")
    median = curve.median
    if median is not None and curve.longer_than is not None and _ends_at_half(ended, going_on):
        median = (median + curve.longer_than) / 2
    p90 = curve.p90 if curve.n >= ENOUGH_FOR_P90 else None
    is_cut = median is None or (p90 is None and curve.n >= ENOUGH_FOR_P90)
    return _measure(
        part,
        curve.n,
        value=median,
        interval=curve.interval,
        p90=p90,
        longer_than=curve.longer_than if is_cut else None,
        note="still_waiting" if median is None else "",
    )


def _ends_at_half(ended: Floats, going_on: Floats) -> bool:
    """Whether the curve stays at one half to its end, where half of the tickets still wait.

    Then the stretch at one half reaches at least to the end, and so its middle is the median. The usual choice, the
    time at which the curve got there, would make a team that answers 1 h and never faster than one with 1 h and 2 h.
    """
    return abs(float(product_limit(ended, going_on).survival[-1]) - 0.5) < NEAR


def _measure(part: Part, n: int, **found: object) -> Measure:
    waiting = int(part.waiting.sum())
    beside = {
        "waiting": waiting,
        "oldest_s": float(np.max(part.ages[part.waiting])) if waiting else None,
        "set_aside": part.set_aside,
        "provisional": part.provisional,
        "extras": dict(part.extras),
    }
    return Measure(**{"value": None, "n": n, **beside, **found})  # type: ignore[arg-type]
