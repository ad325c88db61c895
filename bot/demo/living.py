"""How tickets live: who takes them, how long they wait, how they end, what their customers think. All from one seed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np

from cspm_core.calendars import Calendar, parse_hours

from .answering import reply, solve
from .arrivals import arrivals
from .handing import hand_out, sort, stand_in
from .hours import WorkingTime
from .lives import Lives
from .rating import rate
from .surge import with_surge
from .work import Work
from .world import CENTRES, Centre

SEED = 20_261
HISTORY = 120
HORIZON = 21
"""Days before and after the demo's first day, that one counted after."""


def calendar_of(centre: Centre) -> Calendar:
    return Calendar(centre.timezone, parse_hours(centre.hours), centre.holidays)


def live(
    centre: Centre,
    opening: date,
    opens_at: datetime,
    *,
    history: int = HISTORY,
    horizon: int = HORIZON,
    seed: int = SEED,
) -> Lives:
    """Every ticket of a team from `history` days before the demo's first day to `horizon` days from it.

    The same arguments give the same tickets. `opens_at` is the instant the demo opens at.
    """
    rng = np.random.default_rng([seed, CENTRES.index(centre), opening.toordinal()])
    days = [opening + timedelta(days=k) for k in range(-history - 7, horizon + 60)]
    calendar = calendar_of(centre)
    usual = centre.tickets * history / HISTORY
    created = arrivals(centre, calendar, days[7 : 7 + history + horizon], history, usual, rng)
    time = WorkingTime(calendar, days)
    work = Work(centre, opening, int(opens_at.timestamp()), calendar, time, days, created, rng)
    for step in (sort, hand_out, reply, solve, rate, stand_in):
        step(work)
    return with_surge(work)
