"""The telephone of a team: who called, how long they waited or when they gave up, what it took. All from one seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import numpy as np

from cspm_core.calendars import Calendar
from cspm_core.calls import CallFacts

from .lives import Lives
from .living import HISTORY, SEED, calendar_of
from .telling import customer_named
from .texts import Texts, texts
from .world import CENTRES, Centre, Colleague

CURVE = np.array([3.0, 4.6, 5.0, 4.2, 2.6, 3.4, 4.4, 4.0, 3.0, 1.8])
"""How many call in each tenth of a working day."""
WAIT_S, PATIENCE_S, TALK_S, HOLD_S, WRAP_S = (8.5, 0.95), (110.0, 0.8), (205.0, 0.55), (38.0, 0.6), (48.0, 0.5)
"""Medians and spreads of logarithmic normals. Whoever has waited as long as their patience lasts hangs up."""
BUSY = 1.9
"""How much longer callers wait on Mondays."""
AT_ONCE, ON_HOLD, HANDED_ON, RESOLVED, RATED, OURS = 0.02, 0.3, 0.08, 0.84, 0.32, 0.07
"""Shares: who hangs up at once, is put on hold, handed on, helped, asked and answers; calls that the team makes."""


@dataclass(frozen=True)
class Phone:
    """The calls of one team by when they were queued, also those still to come."""

    centre: Centre
    calls: tuple[CallFacts, ...]

    def between(self, after: datetime | None, until: datetime) -> list[CallFacts]:
        """The calls to which something happened after one instant (None: ever) and up to another, as told by then."""
        return [_by(one, until) for one in self.calls if one.queued_at <= until and _goes_on(one, after)]


def _goes_on(call: CallFacts, after: datetime | None) -> bool:
    return after is None or (call.ended_at or call.queued_at) > after


def _by(call: CallFacts, at: datetime) -> CallFacts:
    """A call as the telephone system tells it at an instant: nothing that happens later."""
    if call.ended_at is None or call.ended_at <= at:
        return call
    waits = call.answered_at is None or call.answered_at > at
    return CallFacts(
        call.key,
        call.queued_at,
        agent="" if waits else call.agent,
        queue=call.queue,
        direction=call.direction,
        customer=call.customer,
        topic=call.topic,
        language=call.language,
        answered_at=None if waits else call.answered_at,
    )


def ring(lives: Lives) -> Phone | None:
    """The calls of a team with a telephone, over the days its tickets come in; None where it has none.

    The same for the same first day and the same tickets.
    """
    centre = lives.centre
    if not centre.calls or not len(lives):
        return None
    rng = np.random.default_rng([SEED, 9, CENTRES.index(centre), lives.opening.toordinal()])
    calendar = calendar_of(centre)
    first, last = (calendar.local_day(datetime.fromtimestamp(int(lives.created[n]), UTC)) for n in (0, -1))
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    days = [day for day in days if calendar.is_working_day(day)]
    a_day = centre.calls / (HISTORY * 5 / 7)
    made = [
        _call(lives, calendar, day, rng) for day in days for _ in range(rng.poisson(a_day * centre.week[day.weekday()]))
    ]
    made.sort(key=lambda one: one.queued_at)
    return Phone(centre, tuple(replace(one, key=f"{centre.prefix}-C{n:05d}") for n, one in enumerate(made, start=1)))


def _call(lives: Lives, calendar: Calendar, day: date, rng: np.random.Generator) -> CallFacts:
    centre, said = lives.centre, texts(lives.centre.language)
    queued_at, agent = _during(calendar, day, rng), _on_duty(centre, day, lives.opening, rng)
    bare = CallFacts(
        "",
        queued_at,
        queue=centre.line,
        customer=customer_named(said, int(centre.tickets / 3 * rng.random() ** 1.6)),
        topic=_topic(said, rng),
        language=said.language,
    )
    if rng.random() < OURS:
        return _taken(replace(bare, direction="outbound"), 8 + 20 * rng.random(), agent, rng)
    waits = _about(*WAIT_S, rng) * (BUSY if day.weekday() == 0 else 1.0)
    patience = 2 + 6 * rng.random() if rng.random() < AT_ONCE else _about(*PATIENCE_S, rng)
    if patience < waits:
        return replace(bare, ended_at=_after(queued_at, patience), abandoned=True)
    return _taken(bare, waits, agent, rng)


def _taken(call: CallFacts, waits: float, agent: Colleague, rng: np.random.Generator) -> CallFacts:
    """A call that somebody took, with what it took and what the caller thought of it."""
    talk, hold = int(_about(*TALK_S, rng) * agent.pace), int(_about(*HOLD_S, rng)) if rng.random() < ON_HOLD else 0
    helped, answered_at = bool(rng.random() < RESOLVED), _after(call.queued_at, waits)
    rated = rng.random() < RATED
    mood = (1.6 if helped else -0.9) - waits / 90 + agent.care
    stars = 1 + int(rng.binomial(4, 1 / (1 + np.exp(-mood))))
    return replace(
        call,
        agent=agent.name,
        answered_at=answered_at,
        ended_at=_after(answered_at, talk + hold),
        abandoned=False,
        talk_s=talk,
        hold_s=hold,
        wrap_s=int(_about(*WRAP_S, rng)),
        transfers=int(rng.random() < HANDED_ON),
        resolved=helped,
        rating=str(stars) if rated else "",
        rating_scale="5" if rated else "",
    )


def _during(calendar: Calendar, day: date, rng: np.random.Generator) -> datetime:
    """An instant of a working day, more often where the day is busy."""
    windows: Sequence[tuple[datetime, datetime]] = calendar.windows(day)
    opens, closes = windows[0][0], windows[-1][1]
    tenth = (closes - opens) / len(CURVE)
    at = opens + tenth * (int(rng.choice(len(CURVE), p=CURVE / CURVE.sum())) + float(rng.random()))
    return _after(at, 0)


def _on_duty(centre: Centre, day: date, opening: date, rng: np.random.Generator) -> Colleague:
    """Somebody of the team who works on that day."""
    there = [
        one
        for one in centre.agents
        if str(day.weekday()) in one.weekdays and day >= opening - timedelta(days=min(one.joined_days_ago, 9_000))
    ]
    return there[int(rng.integers(0, len(there)))] if there else centre.lead


def _topic(said: Texts, rng: np.random.Generator) -> str:
    shares = np.array([one.share for one in said.categories])
    return said.categories[int(rng.choice(len(shares), p=shares / shares.sum()))].name


def _about(median: float, spread: float, rng: np.random.Generator) -> float:
    return float(rng.lognormal(np.log(median), spread))


def _after(at: datetime, seconds: float) -> datetime:
    """So many seconds later, on a whole second."""
    return (at + timedelta(seconds=seconds)).astimezone(UTC).replace(microsecond=0)
