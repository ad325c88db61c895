"""Where the demo opens, where it halts, and when somebody's next morning is."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.demo import chatter, days, world
from bot.demo.clock import DemoClock
from bot.demo.living import calendar_of

from .conftest import OPENS_AT, Town


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "opens_at"),
    [
        ("2026-11-22T05:00", "2026-11-20T13:40"),  # a Sunday: Friday's
        ("2026-11-20T13:40", "2026-11-20T13:40"),
        ("2026-11-20T13:39", "2026-11-19T13:40"),  # not yet: yesterday's
        ("2026-11-27T02:00", "2026-11-25T13:40"),  # Thanksgiving
        ("2026-07-08T20:00", "2026-07-08T12:40"),  # summer time
    ],
)
def test_the_demo_opens_on_the_last_working_morning_in_new_york(now: str, opens_at: str) -> None:
    assert days.opening(at(now)) == at(opens_at)


def test_the_eve_of_a_monday_is_friday() -> None:
    assert days.eve(at("2026-11-23T13:45")) == at("2026-11-20T13:40")
    assert days.eve(at("2026-11-20T13:40")) == at("2026-11-19T13:40")


def test_on_the_way_it_halts_after_every_digest(told_town: Town) -> None:
    with told_town.store.reading() as session:
        halts = days.stops(session, told_town.workspace_id, at("2026-11-19T13:40"), OPENS_AT)
    assert halts == [at("2026-11-19T14:01"), at("2026-11-20T01:31"), at("2026-11-20T07:31"), OPENS_AT]


def test_a_long_way_halts_only_in_its_last_days(told_town: Town) -> None:
    to = OPENS_AT + timedelta(days=60)
    with told_town.store.reading() as session:
        halts = days.stops(session, told_town.workspace_id, OPENS_AT, to)
    assert to - halts[0] < timedelta(days=9)
    assert len(halts) < 25


@pytest.mark.parametrize(
    ("who", "now", "morning"),
    [
        (world.RETURNS.lead, "2026-11-20T13:40", "2026-11-20T14:01"),  # this morning's is still to come
        (world.RETURNS.lead, "2026-11-20T14:10", "2026-11-23T14:01"),  # then Monday's
        (world.BEZORGING.lead, "2026-11-20T14:10", "2026-11-21T07:31"),  # they work on Saturdays
        (world.BILLING.lead, "2026-11-20T14:10", "2026-11-23T01:31"),
        (world.EXECUTIVE, "2026-11-20T14:10", "2026-11-23T14:01"),  # in no team: as the visitor's
    ],
)
def test_the_next_morning_is_after_the_digest_of_ones_own_team(
    told_town: Town, who: world.Colleague, now: str, morning: str
) -> None:
    with told_town.store.reading() as session:
        assert days.next_morning(session, told_town.workspace_id, world.slack_id(who), at(now)) == at(morning)


def test_the_clock_runs_with_real_time_and_turns_only_forward() -> None:
    real = [at("2026-11-22T05:00")]
    clock = DemoClock(real=lambda: real[0])
    clock.show(OPENS_AT)
    real[0] += timedelta(minutes=2)
    assert clock.now() == OPENS_AT + timedelta(minutes=2)
    clock.turn(OPENS_AT + timedelta(days=1))
    assert clock.now() == OPENS_AT + timedelta(days=1)
    with pytest.raises(ValueError, match="forward"):
        clock.turn(OPENS_AT)
    clock.reach(OPENS_AT)
    assert clock.now() == OPENS_AT + timedelta(days=1)
    clock.reach(OPENS_AT + timedelta(days=2))
    assert clock.now() == OPENS_AT + timedelta(days=2)


@pytest.mark.parametrize("opens_at", [OPENS_AT, at("2026-11-23T13:40"), at("2026-11-25T13:40")])
def test_colleagues_talk_in_their_own_working_hours_before_the_visitor_comes(opens_at: datetime) -> None:
    said = chatter.lines(days.eve(opens_at), opens_at)
    assert len(said) == len(chatter.LINES)
    for instant, line in said:
        calendar = calendar_of(line.centre)
        local = instant.astimezone(ZoneInfo(line.centre.timezone))
        assert calendar.is_working_day(local.date())
        assert time(8) <= local.time() < time(18)
    channels = {channel.name: channel.members for channel in world.slack_channels()}
    assert all(world.slack_id(line.who) in channels[line.channel] for _, line in said)
