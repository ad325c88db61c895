"""The seeded tickets look like a support centre's: their numbers, their weeks, their hours, their words."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.demo import world
from bot.demo.hours import Seconds
from bot.demo.lives import NEVER, SILENT, Lives
from bot.demo.living import calendar_of, live
from bot.demo.plan import UNLUCKY
from bot.demo.telling import facts
from bot.demo.texts import texts
from cspm_core.tickets import TicketFacts
from cspm_core.tickets.rules import HAPPENED, impossible

from .conftest import FRIDAY, OPENS_AT

NOW = int(OPENS_AT.timestamp())
TEAMS = [centre.name for centre in world.CENTRES]


def by_weekday(lives: Lives) -> list[float]:
    """Tickets a day in the past, Monday first."""
    zone = ZoneInfo(lives.centre.timezone)
    every = [datetime.fromtimestamp(int(at), zone).date() for at in lives.created if at <= NOW]
    days = {day: every.count(day) for day in set(every)}
    return [float(np.mean([n for day, n in days.items() if day.weekday() == k])) for k in range(7)]


def test_about_40_000_tickets_were_written_in_120_days(everything: dict[str, Lives]) -> None:
    past = [int((lives.created <= NOW).sum()) for lives in everything.values()]
    assert sum(past) == pytest.approx(40_000, rel=0.03)
    assert min(past) > 8_000
    first = min(int(lives.created[0]) for lives in everything.values())
    assert timedelta(days=119) < OPENS_AT - datetime.fromtimestamp(first, UTC) < timedelta(days=122)


def test_about_thirty_agents_share_the_work(everything: dict[str, Lives]) -> None:
    shares = [np.bincount(lives.agent, minlength=len(lives.centre.agents)) for lives in everything.values()]
    assert sum(len(one) for one in shares) == 30
    assert all(count > 50 for one in shares for count in one)


@pytest.mark.parametrize("team", TEAMS)
def test_mondays_are_busiest_and_weekends_quietest(everything: dict[str, Lives], team: str) -> None:
    a_day = by_weekday(everything[team])
    assert max(a_day) == a_day[0]
    assert max(a_day[5:]) < min(a_day[:5])


@pytest.mark.parametrize("team", TEAMS)
def test_customers_sleep_at_night_in_their_own_zone(everything: dict[str, Lives], team: str) -> None:
    lives = everything[team]
    zone = ZoneInfo(lives.centre.timezone)
    hours = np.bincount([datetime.fromtimestamp(int(at), zone).hour for at in lives.created[:4000]], minlength=24)
    assert hours[2:5].sum() * 10 < hours[9:12].sum()


def test_a_holiday_is_quiet_and_nobody_answers_on_it() -> None:
    after_thanksgiving = FRIDAY + timedelta(days=14)
    lives = live(world.RETURNS, after_thanksgiving, OPENS_AT + timedelta(days=14), history=20, horizon=1)
    zone = ZoneInfo(world.RETURNS.timezone)
    holiday, week_before = (datetime(2026, 11, day, tzinfo=zone).timestamp() for day in (26, 19))

    def on(happened: Seconds, day: float) -> int:
        return int(((happened >= day) & (happened < day + 86_400)).sum())

    assert on(lives.created, holiday) < 0.7 * on(lives.created, week_before)
    assert on(lives.replied, holiday) == 0 < on(lives.replied, week_before)


@pytest.mark.parametrize("team", TEAMS)
def test_replies_fall_into_working_hours(everything: dict[str, Lives], team: str) -> None:
    lives = everything[team]
    calendar = calendar_of(lives.centre)
    some = [int(at) - 1 for at in lives.replied[::97] if at < NEVER]
    assert all(calendar.is_open(datetime.fromtimestamp(at, UTC)) for at in some)


@pytest.mark.parametrize("team", TEAMS)
def test_things_happen_in_their_order(everything: dict[str, Lives], team: str) -> None:
    lives = everything[team]
    assert (np.diff(lives.created) >= 0).all()
    assert (lives.replied > lives.created).all()
    assert (lives.first_solved >= np.where(lives.replied < NEVER, lives.replied, lives.created)).all()
    back = lives.reopened < NEVER
    assert (lives.reopened > lives.first_solved)[back].all()
    assert (lives.solved > lives.reopened)[back].all()
    assert (lives.solved == lives.first_solved)[~back].all()
    asked = lives.surveyed < NEVER
    assert (lives.surveyed > lives.solved)[asked].all()
    assert (lives.rated > lives.surveyed)[lives.rated < NEVER].all()
    assert not (lives.rating[lives.rated < NEVER] == 0).any()


@pytest.mark.parametrize("team", TEAMS)
def test_between_a_seventh_and_a_quarter_of_the_surveys_are_answered(everything: dict[str, Lives], team: str) -> None:
    lives = everything[team]
    asked, said = (lives.surveyed <= NOW).sum(), (lives.rated <= NOW).sum()
    assert 0.15 < said / asked < 0.25


def test_what_is_open_is_weeks_old_at_most_and_little_of_it(everything: dict[str, Lives]) -> None:
    for lives in everything.values():
        is_open = (lives.created <= NOW) & (lives.solved > NOW) & (lives.dropped > NOW)
        assert 0.002 < is_open.mean() < 0.02
        assert NOW - lives.created[is_open].min() < 50 * 86_400


def test_nobody_has_tickets_before_they_joined(everything: dict[str, Lives]) -> None:
    lives = everything["Returns"]
    theirs = lives.created[lives.agent == lives.centre.agents.index(UNLUCKY.agent)]
    joined = OPENS_AT - timedelta(days=UNLUCKY.agent.joined_days_ago + 4)
    assert theirs.min() > joined.timestamp()


def test_the_same_seed_gives_the_same_tickets_and_another_one_others() -> None:
    one, same = (live(world.BILLING, FRIDAY, OPENS_AT, history=5, horizon=2) for _ in range(2))
    assert told(one) == told(same)
    assert told(one) != told(live(world.BILLING, FRIDAY, OPENS_AT, history=5, horizon=2, seed=1))


def told(lives: Lives) -> list[TicketFacts]:
    return [facts(lives, n, OPENS_AT, "") for n in range(0, len(lives), 10)]


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_a_help_desk_never_tells_the_future(everything: dict[str, Lives], data: st.DataObject) -> None:
    lives = everything[data.draw(st.sampled_from(TEAMS))]
    n = data.draw(st.integers(0, len(lives) - 1))
    at = datetime.fromtimestamp(int(lives.created[n]) + data.draw(st.integers(0, 40 * 86_400)), UTC)
    ticket = facts(lives, n, at, "http://here/")
    assert all(getattr(ticket, name) is None or getattr(ticket, name) <= at for name in HAPPENED)
    assert impossible(ticket, at) == []
    assert bool(ticket.csat) == (ticket.csat_at is not None)
    assert (ticket.public_replies == 0) == (ticket.first_response_at is None)
    later = facts(lives, n, at + timedelta(days=60), "http://here/")
    for name in ("first_response_at", "first_solved_at", "csat_at"):
        assert getattr(ticket, name) in (None, getattr(later, name))


def test_a_reopened_ticket_is_open_until_its_second_solve(everything: dict[str, Lives]) -> None:
    lives = everything["Bezorging"]
    n = int(np.flatnonzero((lives.reopened < NEVER) & (lives.solved - lives.reopened > 10))[0])
    moments = [int(lives.first_solved[n]), int(lives.reopened[n]), int(lives.solved[n])]
    seen = [facts(lives, n, datetime.fromtimestamp(at, UTC), "") for at in moments]
    assert [one.status for one in seen] == ["solved", "open", "solved"]
    assert [one.reopens for one in seen] == [0, 1, 1]
    assert seen[1].solved_at == seen[1].first_solved_at < seen[2].solved_at


@pytest.mark.parametrize(("team", "letters"), [("Returns", "[a-z]"), ("Bezorging", "[a-z]"), ("帳務", "[一-鿿]")])
def test_customers_write_in_the_language_of_their_team(everything: dict[str, Lives], team: str, letters: str) -> None:
    lives = everything[team]
    rated = np.flatnonzero((lives.rated <= NOW) & (lives.comment != SILENT))
    some = [facts(lives, int(n), OPENS_AT, "") for n in rated]
    assert len({one.csat_comment for one in some}) > 60
    assert len({one.subject for one in some}) > 100
    assert all(re.search(letters, one.subject) and re.search(letters, one.csat_comment) for one in some)
    assert not any(mark in one.subject + one.csat_comment for one in some for mark in "{}")


def test_comments_fit_their_ratings(everything: dict[str, Lives]) -> None:
    for lives in everything.values():
        for n in np.flatnonzero((lives.rated <= NOW) & (lives.comment != SILENT))[:200]:
            ticket = facts(lives, int(n), OPENS_AT, "")
            phrases = texts(ticket.language.replace("-", "_")).phrases
            kinds = [phrases.pleased] if lives.rating[n] >= 4 else [phrases.waited, phrases.let_down]
            openings = [said.rstrip(".。").casefold() for one in kinds for said in one]
            assert any(ticket.csat_comment.casefold().startswith(opening) for opening in openings)


def test_some_customers_abroad_write_in_english_to_the_team_that_speaks_dutch(everything: dict[str, Lives]) -> None:
    lives = everything["Bezorging"]
    some = [facts(lives, n, OPENS_AT, "") for n in range(0, len(lives), 7)]
    english = [one for one in some if one.language == "en"]
    assert 0.12 < len(english) / len(some) < 0.25
    theirs, ours = ({one.category for one in some if one.language == language} - {""} for language in ("en", "nl"))
    assert theirs < {one.name for one in texts("en").categories}
    assert not theirs & ours


def test_one_team_also_asks_who_would_recommend_it(everything: dict[str, Lives]) -> None:
    told = {}
    for name, lives in everything.items():
        rated = [facts(lives, int(n), OPENS_AT, "") for n in np.flatnonzero(lives.rated <= NOW)]
        asked = [int(one.csat) for one in rated if one.csat_scale == "nps"]
        assert all(0 <= answer <= 10 for answer in asked)
        told[name] = len(asked) / len(rated)
    assert told["Returns"] == told["Bezorging"] == 0
    assert told["帳務"] == pytest.approx(0.35, abs=0.05)
