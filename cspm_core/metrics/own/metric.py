"""From a definition to a metric that behaves like any other."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np

from ..catalogue import Better, Clock, Cohort, Metric, Subject, Unit
from ..formulas.calls import handled
from ..frame import NEVER, SECOND, Calls, Floats, Ints, Mask, Tickets, Window
from ..known import known
from ..parts import Part, no_seconds
from .conditions import all_of, lasted
from .definition import Definition
from .facts import Fact

SUBJECTS: Mapping[str, Subject] = {"tickets": Subject.TICKETS, "calls": Subject.CALLS}
COLUMNS: Mapping[str, str] = {
    "created": "created",
    "rated": "csat_at",
    "sent": "csat_sent",
    "queued": "queued",
}


def metric(definition: Definition) -> Metric:
    """What is read, compared and drawn as the catalogue's own are."""
    is_share = definition.unit == "share"
    return Metric(
        definition.key,
        Unit.SHARE if is_share else Unit.SECONDS,
        Better(definition.better),
        Cohort(definition.cohort),
        Clock(definition.clock),
        partial(_share if is_share else _duration, definition),
        "",
        guards=definition.guards,
        of=SUBJECTS[definition.of],
        own=definition,
    )


def _share(definition: Definition, facts: Tickets | Calls, window: Window) -> Part:
    """Of what `over` lets in: those that meet `count` over those of whom that can be told.

    What may still come out either way (`at_risk`) is left out, what the source never says is set aside.
    """
    placed = _placing(definition, facts, window)
    over, count = (all_of(some, facts, window) for some in (definition.over, definition.count))
    cohort = window.holds(placed) & ~over.no
    inside = cohort & over.yes & (count.yes | count.no)
    waits = cohort & over.yes & ~inside & _is_open(facts, window)
    aside = int((cohort & ~inside & ~waits).sum())
    return Part(
        inside, count.yes, no_seconds(facts), waits, _ages(facts, window), placed, set_aside=aside,
        note="never_said" if aside else "", extras={"at_risk": int(waits.sum())},
    )  # fmt: skip


def _duration(definition: Definition, facts: Tickets | Calls, window: Window) -> Part:
    """From one instant to another; where the second has not come the time is censored, at the solve or now."""
    assert definition.starts
    assert definition.ends
    placed, over = _placing(definition, facts, window), all_of(definition.over, facts, window)
    passed, is_done, is_known = lasted(definition.ends, definition.starts, facts, window)
    cohort = window.holds(placed) & ~over.no
    inside = cohort & over.yes & is_known & (passed >= 0)
    aside = int((cohort & ~inside).sum())
    return Part(
        inside,
        is_done,
        _worked(definition.starts, facts, window, inside, passed) if definition.clock == "business" else passed,
        inside & ~is_done & _is_open(facts, window),
        _ages(facts, window),
        placed,
        set_aside=aside,
        note="never_said" if aside else "",
    )


def _placing(definition: Definition, facts: Tickets | Calls, window: Window) -> Ints:
    if definition.cohort == "solved":
        assert isinstance(facts, Tickets)
        return known(facts, window.as_of).last_solve
    if definition.cohort == "handled":
        assert isinstance(facts, Calls)
        return handled(facts)
    at: Ints = getattr(facts, COLUMNS[definition.cohort])
    return at


def _worked(starts: Fact, facts: Tickets | Calls, window: Window, inside: Mask, passed: Floats) -> Floats:
    worked = np.full(len(facts), np.nan)
    begins = starts.column(facts, window)[inside]
    ends = begins + np.rint(passed[inside] * SECOND).astype(np.int64)
    worked[inside] = window.calendar.business_seconds_many(begins // SECOND, ends // SECOND)
    return worked


def _is_open(facts: Tickets | Calls, window: Window) -> Mask:
    if isinstance(facts, Calls):
        return facts.ended > window.as_of
    return known(facts, window.as_of).is_open


def _ages(facts: Tickets | Calls, window: Window) -> Floats:
    begins = facts.queued if isinstance(facts, Calls) else facts.created
    aged: Floats = np.where(begins == NEVER, np.nan, (window.as_of - begins) / SECOND)
    return aged
