"""A short run of the chaos on either database, and proof that what judges a run sees what is broken."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cspm_core.calendars import Calendar, parse_hours
from cspm_core.escalations import default_policy

from .databases import KINDS
from .model import Event, Hours, State, replay

NEW_YORK = ZoneInfo("America/New_York")
MONDAY = datetime(2026, 3, 9, 14, 0, tzinfo=UTC)
RETURNS = Hours.parse("mon-fri 09:00-17:00", NEW_YORK.key)


@pytest.mark.postgres
def test_a_short_run_loses_nothing_and_says_nothing_twice():
    """On both databases at once, since most of it is waiting for claims to run out."""
    words = [sys.executable, "-m", "tests.chaos", "--kills", "2", "--factor", "20", "--verbose", "--database"]
    runs = [
        subprocess.Popen([*words, one], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) for one in KINDS
    ]
    for run in runs:
        told, _ = run.communicate(timeout=180)
        assert run.returncode == 0, told
        assert "Nothing was lost, and nothing was said twice." in told


def story(*lines: tuple[str, int, dict[str, Any]], severity: int = 1) -> State:
    """What becomes of an escalation after (kind, minutes since Monday 10:00, key and facts)."""
    events = [
        Event(n, facts.get("key", str(n)), kind, MONDAY + timedelta(minutes=minutes), 7, "button", facts)
        for n, (kind, minutes, facts) in enumerate(lines)
    ]
    return replay(json.dumps(asdict(default_policy(severity))), RETURNS, severity, events)


def told(step: str, minutes: int, who: str) -> tuple[str, int, dict[str, Any]]:
    return ("told", minutes, {"key": f"step:{step}", "who": who, "members": [] if who == "channel" else ["7"]})


OPENED = ("opened", 0, dict[str, Any]())
LEAD = told("0.0", 0, "lead")


def test_what_climbs_in_its_time_is_whole():
    state = story(OPENED, LEAD, told("0.1", 5, "channel"), ("acknowledged", 6, {}), ("released", 20, {}),
                  told("1.0", 20, "lead"))  # fmt: skip
    assert state.broken == []
    assert (state.status, state.owner, state.round, state.step) == ("open", None, 1, 1)
    assert state.next_step_at == MONDAY + timedelta(minutes=25)


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([OPENED, LEAD, told("0.1", 4, "channel")], "came early"),
        ([OPENED, told("0.1", 5, "channel")], "is not the next step"),
        ([OPENED, LEAD, LEAD], "is not the next step"),
        ([OPENED, LEAD, told("0.1", 5, "lead")], "told somebody else"),
        ([OPENED, LEAD, ("acknowledged", 1, {}), told("0.1", 5, "channel")], "while nothing climbs"),
        ([OPENED, ("acknowledged", 1, {}), ("acknowledged", 2, {})], "although somebody has it"),
        ([OPENED, ("released", 1, {})], "although nobody has it"),
        ([OPENED, ("resolved", 1, {}), ("resolved", 2, {})], "although it was over"),
        ([OPENED, ("acknowledged", 0, {}), ("asked", 119, {"until": "2026-03-09T16:29:00+00:00"})], "came before"),
        ([OPENED, ("reopened", 1, {})], "although it was not over"),
    ],
)
def test_what_does_not_follow_is_a_broken_promise(lines: list[tuple[str, int, dict[str, Any]]], why: str):
    state = story(*lines)
    assert any(why in said for said in state.broken), state.broken


def test_a_step_that_was_forgotten_is_a_gap():
    state = story(OPENED, LEAD)

    class Row:
        status, owner_id, step, round, count, reopened = "open", None, 1, 0, 1, 0
        next_step_at = MONDAY + timedelta(minutes=5)
        acknowledged_until = asked_until = snoozed_until = None

    assert state.ends_as(Row, MONDAY + timedelta(minutes=4)) == []
    (gap,) = state.ends_as(Row, MONDAY + timedelta(minutes=6))
    assert "nothing happened" in gap


@pytest.mark.parametrize("words", ["mon-fri 09:00-17:00", "mon-sun 20:00-04:00"])
@pytest.mark.parametrize("day", [datetime(2026, 3, 6, tzinfo=UTC), datetime(2026, 10, 30, tzinfo=UTC)])
def test_the_judge_and_the_product_count_working_time_alike_over_either_change_of_the_clocks(words: str, day: datetime):
    judge, product = Hours.parse(words, NEW_YORK.key), Calendar(NEW_YORK.key, parse_hours(words), "", {})
    for hour in range(96):
        at = day + timedelta(hours=hour)
        assert judge.is_open(at) == product.is_open(at)
        assert judge.opening(at) == product.next_open(at)
        for seconds in (300, 7200, 28_800, 100_000):
            assert judge.later(at, seconds) == product.add_business(at, seconds), (at, seconds)
