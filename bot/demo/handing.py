"""What a ticket is about, how it comes in, and who takes it."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from .lives import CHAT, DROPPED, EMAIL, PHONE, PICKS, WEB, Numbers
from .plan import ABSENT, UNLUCKY
from .work import Work
from .world import Centre, Colleague


def sort(work: Work) -> None:
    """What it is about, how it came in, how urgent it is, from whom."""
    rng, n, put = work.rng, work.n, work.columns
    shares = np.array([one.share for one in work.texts.categories])
    put["category"] = rng.choice(len(shares), size=n, p=shares / shares.sum())
    other = rng.choice([WEB, CHAT, PHONE], size=n, p=[0.42, 0.34, 0.24])
    other = np.where(work.time.is_open(work.created), other, WEB)
    put["channel"] = np.where(work.chance(work.of("mail")), EMAIL, other)
    put["customer"] = (work.centre.tickets / 3 * rng.random(n) ** 1.6).astype(np.int64)
    put["priority"] = rng.choice(4, size=n, p=[0.18, 0.62, 0.15, 0.05])
    put["dropped_as"] = rng.choice(len(DROPPED), size=n, p=[0.9835, 0.008, 0.008, 0.0005])
    put["opened_by"] = rng.choice(3, size=n, p=[0.965, 0.02, 0.015])
    put["picks"] = rng.integers(0, 2**31, (n, PICKS))
    spam_comes_by_mail = put["dropped_as"] == DROPPED.index("spam")
    put["channel"][spam_comes_by_mail] = EMAIL


def hand_out(work: Work) -> None:
    """Whose it is: somebody who works on the day it is taken up."""
    midnights = np.array([work.calendar.midnight(day).timestamp() for day in work.days], dtype=np.int64)
    taken_up = work.time.later(work.created, np.ones(work.n))
    day_of = np.searchsorted(midnights, taken_up, "right") - 1
    agent = np.zeros(work.n, dtype=np.int64)
    away = work.rng.integers(10, 110, len(work.centre.agents))
    for k in np.unique(day_of):
        which = np.flatnonzero(day_of == k)
        share = np.array([_works(work, one, work.days[k], int(away[i])) for i, one in enumerate(work.centre.agents)])
        share = share if share.any() else np.ones(len(share))
        agent[which] = work.rng.choice(len(share), size=len(which), p=share / share.sum())
    work.columns["agent"] = agent


def stand_in(work: Work) -> None:
    """What somebody who is absent on the first day would have done then, colleagues do."""
    if work.centre is not ABSENT.centre:
        return
    put, agents = work.columns, work.centre.agents
    begin, end = (work.calendar.midnight(work.opening + timedelta(days=k)).timestamp() for k in (0, 1))
    done = np.stack([work.created, put["replied"], put["first_solved"]])
    theirs = put["agent"] == agents.index(ABSENT.agent)
    theirs &= ((done >= begin) & (done < end)).any(axis=0)
    others = present(work.centre, work.opening)
    put["agent"] = np.where(theirs, others[put["picks"][:, 4] % len(others)], put["agent"])


def present(centre: Centre, day: date) -> Numbers:
    """The agents who work on the first day, by number; nobody who is new."""
    is_off = [one in (ABSENT.agent, UNLUCKY.agent) or str(day.weekday()) not in one.weekdays for one in centre.agents]
    return np.flatnonzero(~np.array(is_off))


def _works(work: Work, one: Colleague, day: date, away: int) -> float:
    """Their share of a day's tickets; everybody takes a week off once."""
    days_ago = (work.opening - day).days
    on_leave = away - 7 < days_ago <= away
    is_off = on_leave or days_ago > one.joined_days_ago or str(day.weekday()) not in one.weekdays
    return 0.0 if is_off else one.share
