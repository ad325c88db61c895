"""The list behind a figure: filtered by a value of a dimension, sorted, and with calls where a figure is of calls."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from cspm_core import calls, kpi
from cspm_core.calls import CallFacts
from cspm_core.drivers import Dimension
from cspm_core.drivers.values import values, within
from cspm_core.kpi import TicketList
from cspm_core.metrics import code_of
from cspm_core.periods import Period, parse_period
from cspm_core.store import Store

from .kpi_stage import Stage, facts, hours, set_stage

END = hours(24 * 7)


@pytest.fixture
def stage(store: Store, workspace_id: int) -> Stage:
    """Six tickets of a Monday: two by e-mail in the night, four by chat; half of them on refunds."""
    given = [
        facts(
            "T-1",
            1,
            channel="email",
            category="Refunds",
            first_response_at=9,
            solved_at=20,
            csat="1",
            csat_at=30,
            transfers=0,
        ),
        facts("T-2", 2, channel="E-Mail", category="Refunds", first_response_at=3, solved_at=21, csat="5", csat_at=31),
        facts("T-3", 10, channel="chat", category="Refunds", first_response_at=11, solved_at=22, csat="2", csat_at=32),
        facts("T-4", 11, channel="chat", category="Label", first_response_at=12, solved_at=23, csat="4", csat_at=33),
        facts("T-5", 13, channel="chat", category="Label", first_response_at=18),
        facts("T-6", 14, channel="chat", category=""),
    ]
    return set_stage(store, workspace_id, given, complete_until=END, now=END)


def week() -> Period:
    return parse_period("2026-11-02..2026-11-08", timezone="UTC", now=END)


def listed(stage: Stage, key: str, **more: object) -> TicketList:
    with stage.store.reading() as session:
        return kpi.behind(session, stage.team, key, week(), as_of=END, **more)  # type: ignore[arg-type]


def keys(found: TicketList) -> list[str]:
    return [row.key for row in found.rows]


def test_the_values_of_a_list_are_counted_and_called_as_a_ticket_says_them(stage: Stage):
    with stage.store.reading() as session:
        found = values(session, stage.team, "volume", week(), as_of=END)
    told = {(one.dimension, one.word): one.n for one in found}
    assert told == {
        (Dimension.CHANNEL, "chat"): 4, (Dimension.CHANNEL, "email"): 1, (Dimension.CHANNEL, "E-Mail"): 1,
        (Dimension.CATEGORY, "Refunds"): 3, (Dimension.CATEGORY, "Label"): 2, (Dimension.CATEGORY, ""): 1,
    }  # fmt: skip


def test_each_value_filters_to_as_many_tickets_as_it_was_told_to_have(stage: Stage):
    with stage.store.reading() as session:
        found = values(session, stage.team, "csat", week(), as_of=END)
    assert found
    for one in found:
        assert listed(stage, "csat", within=within(one.dimension, one.code, "UTC")).total == one.n


def test_a_filter_and_what_counts_against_a_figure_hold_together(stage: Stage):
    refunds = within(Dimension.CATEGORY, code_of("refunds"), "UTC")
    found = listed(stage, "csat", only="counted_against", within=refunds)
    assert (sorted(keys(found)), found.total) == (["T-1", "T-3"], 2)
    assert {row.category for row in found.rows} == {"Refunds"}


def test_tickets_of_a_time_of_day_are_those_created_in_it_in_the_teams_zone(stage: Stage):
    night = within(Dimension.HOUR, 1, "UTC")
    assert sorted(keys(listed(stage, "volume", within=night))) == ["T-1", "T-2"]
    further_east = within(Dimension.HOUR, 2, "Asia/Dhaka")  # six hours ahead: their night is its morning
    assert sorted(keys(listed(stage, "volume", within=further_east))) == ["T-1", "T-2"]


def test_what_no_ticket_has_filters_to_nothing(stage: Stage):
    assert keys(listed(stage, "volume", within=within(Dimension.QUEUE, code_of("none"), "UTC"))) == []
    assert keys(listed(stage, "volume", within=within(Dimension.AGENT, 7, "UTC"))) == []


@pytest.mark.parametrize(
    ("sort", "first"),
    [("newest", ["T-6", "T-5"]), ("oldest", ["T-1", "T-2"]), ("longest", ["T-6", "T-1"]), ("worst", ["T-6", "T-1"])],
)
def test_a_list_is_sorted_as_it_is_asked_for(stage: Stage, sort: str, first: list[str]):
    assert keys(listed(stage, "first_response", sort=sort))[:2] == first
    assert keys(listed(stage, "first_response", sort=sort, limit=2)) == first


def test_another_choice_is_refused(stage: Stage):
    with pytest.raises(ValueError, match="dearest"):
        listed(stage, "volume", sort="dearest")


def _calls(stage: Stage, now: datetime) -> None:
    one = CallFacts(
        "C-1", hours(3), agent="Ada", queue="Billing", topic="Refunds", language="nl", customer="Boone",
        answered_at=hours(3) + timedelta(seconds=40), ended_at=hours(3.2), talk_s=500, hold_s=20, wrap_s=60,
        transfers=1, recording_url="https://calls.example/1",
    )  # fmt: skip
    two = CallFacts("C-2", hours(4), queue="Sales", abandoned=True, ended_at=hours(4.1))
    with stage.store.transaction() as session:
        calls.record(session, stage.team, [one, two], scope=stage.team.id, known_at=now, now=now)
        calls.note_source(session, stage.team, complete_until=now, first_at=hours(3), now=now)


def test_behind_a_figure_of_calls_stand_calls(stage: Stage):
    _calls(stage, END)
    found = listed(stage, "calls", sort="oldest")
    assert [(row.key, row.status, row.is_call) for row in found.rows] == [
        ("C-1", "answered", True), ("C-2", "abandoned", True),
    ]  # fmt: skip
    answered = found.rows[0]
    assert (answered.agent, answered.category, answered.queue) == ("Ada", "Refunds", "Billing")
    assert (answered.channel, answered.url) == ("phone", "https://calls.example/1")
    assert [row.value_s for row in listed(stage, "aht").rows] == [580.0]
    billing = within(Dimension.QUEUE, code_of("Billing"), "UTC")
    assert keys(listed(stage, "calls", within=billing)) == ["C-1"]


def test_behind_a_figure_of_contacts_stand_tickets_and_calls(stage: Stage):
    _calls(stage, END)
    found = listed(stage, "transfer_rate", limit=None)
    assert {(row.key, row.is_call, row.ok) for row in found.rows} == {("T-1", False, True), ("C-1", True, False)}
