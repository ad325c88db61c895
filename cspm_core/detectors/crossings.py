"""When each kind of detector comes true for which tickets: the same for a run and for a rehearsal. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from . import rules
from .clock import NEVER, Seconds, WorkClock
from .rules import HOUR, Kind, Settings
from .work import Truths, Work, marked

REPLY, SOLVE = "first_response", "resolution"
Absences = Mapping[int, Sequence[tuple[int, int]]]
"""Identity id -> stretches of its person's absence, in epoch seconds."""


@dataclass(frozen=True)
class Crossings:
    """`rows` of the tickets, `at` which instant it comes true for each, what is due, and when it is over.

    Where `at` lies at or after `over`, it never came true.
    """

    metric: str
    rows: Seconds
    at: Seconds
    due: Seconds
    over: Seconds

    def real(self) -> Truths:
        """Which of them came true while somebody still waited."""
        real: Truths = (self.at < NEVER) & (self.at < self.over)
        return real

    def of(self, which: Truths) -> Crossings:
        """Some of them."""
        return Crossings(self.metric, self.rows[which], self.at[which], self.due[which], self.over[which])


def crossings(
    kind: Kind, work: Work, settings: Settings, clock: WorkClock, absences: Absences | None = None
) -> list[Crossings]:
    """Every instant at which a detector that looks at single tickets comes true."""
    match kind:
        case Kind.URGENT:
            wanted = frozenset(settings["priorities"]), frozenset(settings["tiers"])
            urgent = marked(work.priorities, work.tiers, work.tags, wanted)
            return [one.of(urgent[one.rows]) for one in _shares(work, clock, settings["share"])]
        case Kind.BREACH:
            return [_later(one, clock, settings["minutes"] * 60) for one in dues(work)]
        case Kind.UNANSWERED:
            at = clock.after(work.created, settings["hours"] * HOUR)
            return [Crossings("", _every(work), at, work.reply_due, work.over_by_reply)]
        case Kind.AWAY:
            return _while_away(work, clock, settings["share"], absences or {})
    return []


def dues(work: Work) -> list[Crossings]:
    """Every target, come true when it is due: exactly on the deadline is met."""
    found = []
    for metric, due, over in ((REPLY, work.reply_due, work.over_by_reply), (SOLVE, work.solve_due, work.solved)):
        rows = np.flatnonzero(due < NEVER)
        found.append(Crossings(metric, rows, due[rows], due[rows], over[rows]))
    return found


def _every(work: Work) -> Seconds:
    return np.arange(len(work.ids), dtype=np.int64)


def _shares(work: Work, clock: WorkClock, share: int) -> list[Crossings]:
    return [
        Crossings(one.metric, one.rows, clock.used(work.created[one.rows], one.due, share), one.due, one.over)
        for one in dues(work)
    ]


def _later(one: Crossings, clock: WorkClock, seconds: int) -> Crossings:
    return Crossings(one.metric, one.rows, clock.after(one.due, seconds), one.due, one.over)


def _while_away(work: Work, clock: WorkClock, share: int, absences: Absences) -> list[Crossings]:
    """Waiting for a first answer, or at risk, and at the same time its owner is absent."""
    waits = Crossings("", _every(work), work.created, work.reply_due, work.over_by_reply)
    risky = [one for one in _shares(work, clock, share) if one.metric == SOLVE]
    return [part for one in (waits, *risky) for part in _within(one, work.agents, absences)]


def _within(one: Crossings, agents: Seconds, absences: Absences) -> Iterator[Crossings]:
    for agent, stretches in absences.items():
        mine = one.of(agents[one.rows] == agent)
        for start, end in stretches:
            at = np.maximum(mine.at, start)
            yield Crossings(one.metric, mine.rows, np.where(at < end, at, NEVER), mine.due, mine.over)


def next_change(work: Work, clock: WorkClock, after: int) -> int:
    """The next instant after one at which a ticket passes a step of the card; NEVER where none does."""
    at = [_first(one.at[one.over >= NEVER], after) for one in dues(work)]
    for share in rules.STEPS:
        at += [_first(one.at[one.over >= NEVER], after) for one in _shares(work, clock, share)]
    return min(at)


def _first(at: Seconds, after: int) -> int:
    coming = at[at > after]
    return int(coming.min()) if coming.size else NEVER
