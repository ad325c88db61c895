"""A team is begun once, its steps are never lost, and who leaves it keeps their past."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from bot.setup import lengths
from cspm_core import errors, people, setup
from cspm_core.people import Member, Role, Team
from cspm_core.setup import STEPS, Setup, rules
from cspm_core.store import Store

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
YESTERDAY = date(2026, 11, 22)


class Stage:
    def __init__(self, store: Store, workspace_id: int) -> None:
        self.store, self.workspace_id = store, workspace_id
        with store.transaction() as session:
            self.mina = people.add_member(session, workspace_id, "Mina", role="admin", slack_user_id="U1", now=NOW)
            self.ada = people.add_member(session, workspace_id, "Ada", slack_user_id="U2", now=NOW)
            self.team = setup.begin(session, workspace_id, "Returns", by=self.mina.id, now=NOW, timezone="UTC")

    def row(self) -> Setup:
        with self.store.reading() as session:
            found = setup.of(session, self.team)
        assert found
        return found

    def shifts(self, joining: list[Member], leaving: list[Member], now: datetime = NOW) -> None:
        with self.store.transaction() as session:
            setup.shift_crew(session, self.team, Role.AGENT, joining, leaving, now=now)

    def agents(self, day: date) -> list[str]:
        with self.store.reading() as session:
            return [one.name for one in setup.crew(session, self.team, day)[Role.AGENT]]


@pytest.fixture
def stage(store: Store, workspace_id: int) -> Stage:
    return Stage(store, workspace_id)


def test_a_setup_goes_on_where_it_was_left_until_it_is_done(stage: Stage):
    assert rules.next_step(stage.row().steps_done) == "team"
    with stage.store.transaction() as session:
        assert [team.name for _, team in setup.unfinished(session, stage.workspace_id)] == ["Returns"]
        for step in ("team", "hours", "team", "people"):
            setup.reach(session, stage.team, step)
    assert stage.row().steps_done == "team,hours,people"
    assert rules.next_step(stage.row().steps_done) == "channel"
    with stage.store.transaction() as session:
        assert not setup.is_done(session, stage.team)
        assert setup.finish(session, stage.team, now=NOW)
        assert not setup.finish(session, stage.team, now=NOW + timedelta(days=1))
        assert setup.is_done(session, stage.team)
        assert setup.unfinished(session, stage.workspace_id) == []
    assert stage.row().done_at == NOW


def test_what_was_left_waits_for_the_admins_and_for_whoever_began_and_may_go_on(stage: Stage):
    with stage.store.transaction() as session:
        eva = people.add_member(session, stage.workspace_id, "Eva", role="admin", slack_user_id="U3", now=NOW)
        setup.reach(session, stage.team, "team")

    def waits(*several: Member) -> list[list[dict[str, object]]]:
        with stage.store.reading() as session:
            users = [one.slack_user_id or "" for one in several]
            askers = [people.asker(session, stage.workspace_id, user, NOW.date()) for user in users]
            every = [setup.awaiting(session, stage.workspace_id, asker, now=NOW) for asker in askers]
        return [[dict(one.facts) for one in found] for found in every]

    left = [{"team": "Returns", "done": 1, "of": 8}]
    assert waits(stage.mina, eva, stage.ada) == [left, left, []]
    with stage.store.transaction() as session:
        people.member(session, stage.workspace_id, stage.mina.id).role = "member"
    assert waits(stage.mina) == [[]], "no button that would refuse"
    with stage.store.transaction() as session:
        setup.shift_crew(session, stage.team, Role.LEAD, [stage.mina, stage.ada], [], now=NOW)
    assert waits(stage.mina, stage.ada) == [left, []]
    with stage.store.transaction() as session:
        setup.finish(session, stage.team, now=NOW)
    assert waits(stage.mina, eva) == [[], []]


def test_a_name_is_taken_once_and_an_operators_team_is_ready_at_once(stage: Stage):
    with stage.store.transaction() as session, pytest.raises(errors.Taken):
        setup.begin(session, stage.workspace_id, " RETURNS ", by=None, now=NOW, timezone="UTC")
    with stage.store.transaction() as session:
        other = setup.begin(session, stage.workspace_id, "Delivery", by=None, now=NOW, timezone="UTC")
        assert setup.is_done(session, other)
        with pytest.raises(errors.Taken):
            setup.rename(session, other, "returns")
        setup.rename(session, other, "Deliveries")
    with stage.store.reading() as session:
        assert [one.name for one in people.teams(session, stage.workspace_id)] == ["Deliveries", "Returns"]


def test_two_people_on_two_steps_take_nothing_from_each_other(stage: Stage):
    """Both have the team's form open, and send it in the same moment."""
    ready, wrong = threading.Barrier(2), []

    def does(step: str, **columns: str) -> None:
        try:
            ready.wait(timeout=10)
            with stage.store.transaction() as session:
                team = setup.held(session, stage.workspace_id, stage.team.id)
                people.change_team(session, team, **columns)
                setup.reach(session, team, step)
        except Exception as error:
            wrong.append(error)

    both = [
        threading.Thread(target=does, args=("hours",), kwargs={"hours": "mon-fri 08:00-16:00"}),
        threading.Thread(target=does, args=("channel",), kwargs={"timezone": "Asia/Seoul", "channel": "C0RETURNS"}),
    ]
    for one in both:
        one.start()
    for one in both:
        one.join(timeout=20)
    assert wrong == []
    assert set(stage.row().steps_done.split(",")) == {"hours", "channel"}
    with stage.store.reading() as session:
        team = session.exec(select(Team).where(Team.id == stage.team.id)).one()
    assert (team.hours, team.timezone, team.channel) == ("mon-fri 08:00-16:00", "Asia/Seoul", "C0RETURNS")
    assert team.calendar_version == 3, "each of the two changes is counted again"


def test_who_leaves_is_gone_today_and_was_there_yesterday(stage: Stage):
    stage.shifts([stage.ada, stage.mina], [])
    stage.shifts([], [stage.ada])
    assert stage.agents(NOW.date()) == ["Mina"]
    assert stage.agents(YESTERDAY) == ["Ada", "Mina"]
    stage.shifts([stage.ada], [])
    assert stage.agents(NOW.date()) == ["Ada", "Mina"]
    with stage.store.reading() as session:
        assert len(people.memberships(session, stage.workspace_id, stage.ada.id)) == 1, "taken out by mistake"


def test_who_comes_back_later_was_away_meanwhile(stage: Stage):
    stage.shifts([stage.ada], [])
    stage.shifts([], [stage.ada])
    back = NOW + timedelta(days=30)
    stage.shifts([stage.ada], [], back)
    assert stage.agents(back.date()) == ["Ada"]
    assert stage.agents(YESTERDAY + timedelta(days=20)) == []
    assert stage.agents(YESTERDAY) == ["Ada"]


def test_who_joined_today_and_was_taken_out_today_can_come_back(stage: Stage):
    stage.shifts([stage.ada], [])
    stage.shifts([], [stage.ada])
    later = NOW + timedelta(days=30)
    for joining, leaving in (([stage.ada], []), ([], [stage.ada]), ([stage.ada], [])):
        stage.shifts(joining, leaving, later)
    assert stage.agents(later.date()) == ["Ada"]


@given(st.lists(st.sampled_from(STEPS)))
def test_the_next_step_is_the_first_that_is_missing(done: list[str]):
    step = rules.next_step(",".join(done))
    assert step == rules.LAST or step not in done
    assert set(STEPS[: rules.number(step) - 1]) <= set(done)


@given(st.integers(1, 10**7), st.sampled_from(["business", "calendar"]))
def test_a_length_is_read_as_it_is_written(seconds: int, clock: str):
    text = lengths.spelled(seconds, clock)
    read = lengths.working_length(text, "mon-fri 09:00-17:00") if clock == "business" else lengths.length(text)
    assert read == seconds
