"""Fernhill's telephone rings as one does: in working hours, with waits, and callers who give up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.demo import world
from bot.demo.lives import Lives
from bot.demo.living import calendar_of
from bot.demo.phone import Phone, ring
from cspm_core import calls, kpi, people
from cspm_core.calls import Call
from cspm_core.periods import parse_period
from cspm_core.tickets import source

from .conftest import OPENS_AT, Town

OWN = {"id", "known_at"}


@pytest.fixture(scope="module")
def phone(everything: dict[str, Lives]) -> Phone:
    found = ring(everything["Returns"])
    assert found is not None
    return found


def test_one_team_has_a_telephone_and_it_rings_the_same_at_every_start(everything: dict[str, Lives], phone: Phone):
    assert [ring(everything[centre.name]) is not None for centre in world.CENTRES] == [True, False, False]
    assert ring(everything["Returns"]) == phone
    keys = [one.key for one in phone.calls]
    assert len(set(keys)) == len(keys)


def test_callers_wait_give_up_and_are_helped_as_in_life(phone: Phone):
    past = [one for one in phone.calls if one.queued_at < OPENS_AT and one.direction == "inbound"]
    taken = [one for one in past if one.answered_at]
    in_time = sum(one.answered_at - one.queued_at <= timedelta(seconds=20) for one in taken)
    assert 300 < len(past) < 900
    assert 0.6 < in_time / len(past) < 0.9
    assert 0.02 < 1 - len(taken) / len(past) < 0.12
    assert 0.7 < sum(bool(one.resolved) for one in taken) / len(taken) < 0.95
    assert sum(one.rating != "" for one in taken) > 100
    calendar = calendar_of(world.RETURNS)
    assert all(calendar.is_open(one.queued_at) for one in phone.calls)
    assert {one.agent for one in taken} <= {one.name for one in world.RETURNS.agents}


def standing(town: Town) -> dict[str, dict[str, object]]:
    with town.store.reading() as session:
        return {row.key: row.model_dump(exclude=OWN) for row in session.exec(select(Call))}


def test_calls_are_told_as_they_happen_step_by_step_as_at_once(town: Town):
    steps = [OPENS_AT + timedelta(minutes=minutes) for minutes in range(-60, 300, 5)]
    for at in steps:
        town.feed.tell(at)
        for row in standing(town).values():
            assert all(row[name] is None or row[name] <= at for name in ("queued_at", "answered_at", "ended_at"))
    stepped = standing(town)
    with town.store.transaction() as session:
        for row in session.exec(select(Call)):
            session.delete(row)
        returns = people.team_named(session, town.workspace_id, "Returns")
        session.delete(source(session, returns, calls.CALLS))
    town.feed.tell(steps[-1])
    assert standing(town) == stepped
    assert {row["set_aside"] for row in stepped.values()} == {""}


def test_a_week_has_figures_of_calls(told_town: Town):
    with told_town.store.reading() as session:
        returns = people.team_named(session, told_town.workspace_id, "Returns")
        period = parse_period("this-week", timezone=returns.timezone, now=OPENS_AT)
        card = kpi.scorecard(session, returns, period, as_of=OPENS_AT)
    assert card.reading("calls").measure.value > 5
    assert 0 < card.reading("asa").measure.value < 120
    assert card.reading("aht").measure.extras == {"no_hold": 0, "no_wrap": 0}
