"""How long customers wait for a reply, and how their tickets end."""

from __future__ import annotations

import numpy as np

from .lives import CHANNELS, CHAT, NEVER, PHONE, URGENT, WEB, Flags
from .plan import LAPSE, PROBLEM
from .work import Floats, Work

URGENCY = np.array([1.5, 1.0, 0.55, 0.2])
"""How much longer each priority waits, low first."""
EFFORT = np.array([1.0, 1.0, 1.0, 0.22])
"""And how much longer each then takes, where it is not solved at once."""
QUICK_S = {CHAT: 240.0, PHONE: 40.0}
"""Working seconds until half of the live contacts have an answer."""
STUCK_S = 10 * 9 * 3600
"""Some wait two weeks for a spare part or a carrier."""


def reply(work: Work) -> None:
    """How long until somebody answers."""
    put, channel = work.columns, work.columns["channel"]
    wait = work.around(work.centre.mail_median_s * np.where(channel == WEB, 0.8, 1.0), 0.9)
    wait *= np.where(work.time.is_open(work.created), 1.0, 1.2) * _pressure(work)
    for which, median in QUICK_S.items():
        wait = np.where(channel == which, work.around(median, 0.6), wait)
    forgotten = (channel <= WEB) & work.chance(0.006) & (put["priority"] < URGENT)
    wait = np.where(forgotten, work.around(16 * 3600, 0.5), wait)
    wait *= URGENCY[put["priority"]] * work.of_agent("pace")
    planted = _planted(work)
    wait = np.where(planted, work.around(PROBLEM.wait_s, 0.4), wait)
    lapsed = _lapsed(work)
    work.wait = np.where(lapsed, work.around(LAPSE.wait_s, 0.3), wait)
    put["is_planted"], put["is_lapsed"] = planted.astype(np.int64), lapsed.astype(np.int64)
    replied = work.time.later(work.created, work.wait)
    nobody = (put["dropped_as"] > 0) | work.chance(0.012)
    put["replied"] = np.where(nobody, NEVER, replied)


def _pressure(work: Work) -> Floats:
    """Mondays are slower."""
    weekday = (work.created // 86_400 + 3) % 7
    return np.where(weekday == 0, 1.25, 1.0)


def _planted(work: Work) -> Flags:
    if work.centre is not PROBLEM.centre:
        return np.zeros(work.n, dtype=np.bool_)
    began = work.calendar.midnight(PROBLEM.began(work.opening)).timestamp()
    category = [one.name for one in work.texts.categories].index(PROBLEM.category)
    put = work.columns
    alike = (put["category"] == category) & (put["channel"] == CHANNELS.index(PROBLEM.channel))
    return np.asarray(alike & (work.created >= began) & (put["dropped_as"] == 0))


def _lapsed(work: Work) -> Flags:
    if work.centre is not LAPSE.centre:
        return np.zeros(work.n, dtype=np.bool_)
    began = work.calendar.midnight(LAPSE.began(work.opening)).timestamp()
    put = work.columns
    alike = (put["channel"] == CHANNELS.index(LAPSE.channel)) & (put["dropped_as"] == 0)
    return np.asarray(alike & (work.created >= began))


def solve(work: Work) -> None:
    """How it ends: at once, after some mails, or once more after a reopening."""
    put, channel = work.columns, work.columns["channel"]
    quick = channel >= CHAT
    one_touch = work.chance(np.where(quick, 0.74, 0.55))
    replies = np.where(one_touch, 1, np.minimum(9, 1 + work.rng.geometric(0.5, work.n)))
    at_once = work.around(np.where(quick, 600.0, 300.0), 0.8)
    later = work.around(4 * 3600 * work.of("effort") * np.maximum(1, replies - 1) ** 0.6, 0.8)
    later *= EFFORT[put["priority"]]
    stuck = work.chance(0.004)
    later = np.where(stuck, work.around(STUCK_S, 0.5), later)
    answered = put["replied"] < NEVER
    begins = np.where(answered, put["replied"], work.created)
    first = work.time.later(begins, np.where(one_touch & answered & ~stuck, at_once, later))
    dropped = put["dropped_as"] > 0
    put["first_solved"] = np.where(dropped, NEVER, first)
    back = answered & ~dropped & work.chance(np.where(replies > 3, 0.12, 0.065))
    reopened = first + work.around(26 * 3600, 1.0).astype(np.int64)
    again = work.time.later(reopened, work.around(5 * 3600, 0.8))
    put["reopened"] = np.where(back, reopened, NEVER)
    put["solved"] = np.where(back, again, put["first_solved"])
    put["replies"] = np.where(answered, replies + back, 0)
    noticed = work.time.later(work.created, work.around(1500, 0.8))
    put["dropped"] = np.where(dropped, noticed, NEVER)
