"""Who is on duty in the demo: two shifts a day, turns of a week, and who is away."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from itertools import pairwise

import pytest

from bot.demo import rosters, world
from bot.demo.living import calendar_of
from cspm_core import duty, people
from cspm_core.people import Role

from .conftest import FRIDAY, OPENS_AT, Town


def on_duty(town: Town, centre: world.Centre, at: datetime) -> list[str]:
    with town.store.reading() as session:
        team = people.team_named(session, town.workspace_id, centre.name)
        found = duty.on_duty(session, team, at)
        return [people.member(session, town.workspace_id, one).name for one in found.member_ids]


def local(centre: world.Centre, hour: int, minute: int = 0, days: int = 0) -> datetime:
    return calendar_of(centre).at_local(FRIDAY + timedelta(days=days), time(hour, minute))


def test_two_shifts_of_the_first_day_overlap_for_half_an_hour(told_town: Town) -> None:
    early, late = [one.name for one in rosters.on_first_day(world.RETURNS)]
    assert on_duty(told_town, world.RETURNS, local(world.RETURNS, 9)) == [early]
    assert set(on_duty(told_town, world.RETURNS, local(world.RETURNS, 12, 45))) == {early, late}
    assert on_duty(told_town, world.RETURNS, local(world.RETURNS, 15)) == [late]
    assert on_duty(told_town, world.RETURNS, local(world.RETURNS, 19)) == []


@pytest.mark.parametrize("days", [-14, -1, 3, 20])
def test_somebody_is_on_duty_on_every_working_day_around_it(told_town: Town, days: int) -> None:
    for centre, hours in ((world.RETURNS, (9, 11, 14, 17)), (world.BEZORGING, (10, 16)), (world.BILLING, (10, 17))):
        day = FRIDAY + timedelta(days=days)
        if calendar_of(centre).is_working_day(day):
            for hour in hours:
                assert len(on_duty(told_town, centre, local(centre, hour, 10, days))) == 1, (centre.name, hour)


def test_the_seniors_change_from_day_to_day(told_town: Town) -> None:
    names = [on_duty(told_town, world.RETURNS, local(world.RETURNS, 9, 0, days))[0] for days in (-4, -3, -2, -1, 0)]
    assert len(set(names)) == 3
    assert all(one != other for one, other in pairwise(names))


def test_in_bezorging_a_turn_lasts_a_week(told_town: Town) -> None:
    weeks = [on_duty(told_town, world.BEZORGING, local(world.BEZORGING, 12, 0, days)) for days in (-4, -1, 3, 6)]
    assert weeks[0] == weeks[1] != weeks[2]


def test_somebody_is_away_and_somebody_manages(told_town: Town) -> None:
    with told_town.store.reading() as session:
        team = people.team_named(session, told_town.workspace_id, "Returns")
        shown = duty.overview(session, team, OPENS_AT)
        assert [one.name for one in shown.away] == ["Marcus Webb"]
        managers = people.members_of(session, team, FRIDAY, Role.MANAGER)
    assert [one.name for one in managers] == [world.MANAGER.name]
