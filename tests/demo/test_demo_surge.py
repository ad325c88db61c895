"""What the first day brings: a surge in one category, an important customer, somebody absent; all else as it was."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import pytest

from bot.demo import surge, world
from bot.demo.arrivals import arrivals
from bot.demo.lives import Lives
from bot.demo.living import HISTORY, HORIZON, SEED, calendar_of, live
from bot.demo.plan import ABSENT, IMPORTANT, SURGE
from bot.demo.telling import facts
from bot.demo.texts import texts
from cspm_core.detectors import Kind, defaults

from .conftest import FRIDAY, OPENS_AT

CALENDAR = calendar_of(SURGE.centre)


def at(hour: int, minute: int) -> int:
    return int(CALENDAR.at_local(FRIDAY, time(hour, minute)).timestamp())


def of_category(lives: Lives) -> np.ndarray:
    return lives.category == [one.name for one in texts("en").categories].index(SURGE.category)


@pytest.mark.parametrize("day", [FRIDAY, date(2027, 1, 13), date(2027, 4, 12), date(2027, 8, 26)])
def test_the_surge_is_far_more_than_usual_within_minutes_on_any_first_day(day: date) -> None:
    lives = live(world.RETURNS, day, OPENS_AT + (day - FRIDAY), history=49, horizon=1)
    ends = [CALENDAR.at_local(day - timedelta(days=7 * week), time(9, 20)) for week in range(7)]
    alike = of_category(lives) & (lives.dropped_as == 0)
    counts = [
        int((alike & (lives.created <= e.timestamp()) & (lives.created > e.timestamp() - 7200)).sum()) for e in ends
    ]
    assert counts[0] > max(counts[1:])
    assert counts[0] >= defaults(Kind.BURST)["count"]
    assert counts[0] > 1.4 * max(counts[1:])


def test_nobody_in_the_surge_is_answered_before_it_is_over(everything: dict[str, Lives]) -> None:
    lives = everything["Returns"]
    begins, over = at(9, 8), at(SURGE.over.hour, SURGE.over.minute)
    theirs = of_category(lives) & (lives.created >= begins) & (lives.created <= begins + SURGE.minutes * 60 + 60)
    waiting = lives.replied[theirs] >= over
    assert SURGE.tickets <= int(waiting.sum())


def test_an_important_customer_waits_past_the_target_of_an_urgent_ticket(everything: dict[str, Lives]) -> None:
    lives = everything["Returns"]
    key = surge.important(lives)
    ten = datetime.fromtimestamp(at(10, 0), UTC)
    n = next(n for n in lives.between(OPENS_AT, ten) if lives.key(n) == key)
    ticket = facts(lives, n, ten, "")
    assert (ticket.priority, ticket.tier, ticket.tags) == ("urgent", "business", "vip")
    assert ticket.category == IMPORTANT.category
    assert ticket.first_response_at is None
    assert surge.important(everything["Bezorging"]) == ""


def test_the_absent_do_nothing_on_the_first_day(everything: dict[str, Lives]) -> None:
    lives = everything[ABSENT.centre.name]
    theirs = lives.agent == lives.centre.agents.index(ABSENT.agent)
    begin, end = at(0, 0), at(23, 59)
    for happened in (lives.replied, lives.first_solved):
        assert not (theirs & (happened >= begin) & (happened < end)).any()
        assert (theirs & (happened >= begin - 7 * 86_400) & (happened < begin)).any()


def test_all_other_tickets_came_when_they_would_have_come(everything: dict[str, Lives]) -> None:
    lives = everything["Returns"]
    days = [FRIDAY + timedelta(days=k) for k in range(-HISTORY, HORIZON)]
    rng = np.random.default_rng([SEED, 0, FRIDAY.toordinal()])
    usual = arrivals(world.RETURNS, CALENDAR, days, HISTORY, world.RETURNS.tickets, rng)
    more = Counter(lives.created.tolist()) - Counter(usual.tolist())
    assert sum(more.values()) == len(lives) - len(usual) == SURGE.tickets + 1
    assert all(at(9, 8) <= one <= at(9, 31) for one in more)
