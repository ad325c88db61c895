"""What the first day brings to one team: a surge of customers who all have the same trouble, and an important one."""

from __future__ import annotations

from datetime import time
from typing import Any

import numpy as np

from .handing import present
from .lives import CHAT, EMAIL, HIGH, NEVER, NORMAL, PICKS, SILENT, URGENT, WEB, Flags, Lives
from .plan import IMPORTANT, SURGE, Important, Surge
from .work import Work

SEED = 911
ORGANISATIONS = 11
"""A customer whose number leaves 0 or 1 when divided by this writes for an organisation."""


def with_surge(work: Work) -> Lives:
    """A team's tickets with those of its first day among them; all others are as they were."""
    lives = work.lives()
    if work.centre is not SURGE.centre:
        return lives
    rng = np.random.default_rng([SEED, work.opening.toordinal()])
    more = _columns(rng, work, SURGE, IMPORTANT)
    columns = {name: np.concatenate([getattr(lives, name), told]) for name, told in more.items()}
    order = np.argsort(columns["created"], kind="stable")
    return Lives(lives.centre, lives.opening, **{name: told[order] for name, told in columns.items()})


MARK = 2**31
"""No other ticket has so high a number to pick its words by."""


def important(lives: Lives) -> str:
    """The key of the important customer's ticket; empty where there is none."""
    found = np.flatnonzero(lives.picks[:, 0] == MARK)
    return lives.key(int(found[0])) if len(found) else ""


def _columns(rng: np.random.Generator, work: Work, many: Surge, one: Important) -> dict[str, Any]:
    """The surge's tickets, most of them early on, and the important one behind them."""
    n = many.tickets + 1
    last: Flags = np.arange(n) == n - 1
    minutes = many.minutes * (np.arange(many.tickets) / many.tickets) ** 1.7
    seconds = (minutes * 60).astype(np.int64) + rng.integers(0, 30, many.tickets)
    created = np.append(_at(work, many.begins) + seconds, _at(work, one.comes))
    waits = rng.integers(0, 90 * 60, n)
    replied = np.where(last, _at(work, one.answered), _at(work, many.over) + waits)
    solved = replied + rng.integers(5 * 60, 50 * 60, n)
    picks = rng.integers(0, 2**31, (n, PICKS))
    subjects = len(work.texts.categories[_category(work, many.category)].subjects)
    usual = rng.random(n) < 0.85
    picks[:, 0] = np.where(usual, picks[:, 0] // subjects * subjects + many.subject, picks[:, 0])
    picks[-1, 0], picks[:, -1] = MARK, picks[:, -1] | 1
    customer = rng.integers(0, work.centre.tickets // 3, n)
    customer[-1] = customer[-1] // ORGANISATIONS * ORGANISATIONS
    who = present(work.centre, work.opening)
    asked = solved + 4 * 3600
    category = np.where(last, _category(work, one.category), _category(work, many.category))
    channel = np.where(last, EMAIL, rng.choice([WEB, CHAT, EMAIL], size=n, p=[0.5, 0.3, 0.2]))
    priority = np.where(last, URGENT, np.where(rng.random(n) < 0.3, HIGH, NORMAL))
    nothing = np.zeros(n, dtype=np.int64)
    return {
        "created": created,
        "category": category,
        "channel": channel,
        "priority": priority,
        "customer": customer,
        "agent": who[rng.integers(0, len(who), n)],
        "dropped_as": nothing,
        "opened_by": nothing,
        "picks": picks,
        "is_planted": nothing.astype(np.bool_),
        "is_lapsed": nothing.astype(np.bool_),
        "replied": replied,
        "first_solved": solved,
        "reopened": nothing + NEVER,
        "solved": solved,
        "dropped": nothing + NEVER,
        "surveyed": asked,
        "rated": nothing + NEVER,
        "replies": nothing + 1,
        "rating": nothing,
        "comment": nothing + SILENT,
    }


def _at(work: Work, at: time) -> int:
    return int(work.calendar.at_local(work.opening, at).timestamp())


def _category(work: Work, name: str) -> int:
    return [one.name for one in work.texts.categories].index(name)
