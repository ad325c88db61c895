"""Figures of a team that has calls alone, tickets alone, or both; and the calls behind them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from cspm_core import calls, errors, kpi, people
from cspm_core.calls import CallFacts, frames
from cspm_core.kpi import Scorecard
from cspm_core.metrics import NEVER, UNKNOWN, code_of
from cspm_core.periods import parse_period
from cspm_core.store import Store, microseconds

from .kpi_stage import MONDAY, Stage, facts, hours, set_stage

NOW = hours(177)


def call(
    key: str, queued_s: float, *, waits: float | None = None, lasts: float | None = None, **more: Any
) -> CallFacts:
    """A call queued so many seconds after Monday 09:00; `waits` until the answer, `lasts` from the queue to the end."""
    queued = hours(9) + timedelta(seconds=queued_s)

    def after(seconds: float | None) -> datetime | None:
        return None if seconds is None else queued + timedelta(seconds=seconds)

    return CallFacts(key, queued, answered_at=after(waits), ended_at=after(lasts), **more)


RING = [
    call("1", 0, waits=10, lasts=130, agent="Mina", talk_s=120, hold_s=0, wrap_s=30, resolved=True, rating="5",
         rating_scale="5", customer="ana", topic="Refund", queue="Main", recording_url="https://calls.example/1"),
    call("2", 60, waits=30, lasts=90, agent="Joe", talk_s=60, hold_s=0, wrap_s=0, resolved=False, rating="2",
         rating_scale="5", customer="ben", topic="Refund", queue="Main"),
    call("3", 120, lasts=45, customer="cho", queue="Main"),
    call("4", 120, lasts=3),
    call("5", 180, waits=5, lasts=65, agent="Mina", direction="outbound", talk_s=60, hold_s=0, wrap_s=0),
]  # fmt: skip
"""Offered: 1, 2, 3. Answered in time: 1."""


def put(stage: Stage, told: list[CallFacts], until: datetime = NOW) -> Stage:
    with stage.store.transaction() as session:
        calls.record(session, stage.team, told, scope=stage.team.id, known_at=until, now=stage.now)
        first = min(one.queued_at for one in told)
        calls.note_source(session, stage.team, complete_until=until, first_at=first, now=stage.now)
    return stage


def card_of(stage: Stage, **more: Any) -> Scorecard:
    with stage.store.reading() as session:
        period = parse_period("2026-W45", timezone="UTC", now=stage.now)
        return kpi.scorecard(session, stage.team, period, as_of=kpi.reach(session, stage.team, stage.now), **more)


@pytest.fixture
def phone(store: Store, workspace_id: int) -> Stage:
    return put(set_stage(store, workspace_id, [], complete_until=None, now=NOW), RING)


def test_a_team_with_calls_alone_has_a_scorecard(phone: Stage):
    card = card_of(phone)
    found = {
        key: card.reading(key).measure.value for key in ("calls", "calls_resolved", "service_level", "abandonment")
    }
    assert found == {"calls": 3, "calls_resolved": 1 / 2, "service_level": 1 / 3, "abandonment": 1 / 3}
    assert (card.reading("asa").measure.value, card.reading("aht").measure.value) == (20, 90)
    assert (card.reading("csat").measure.value, card.reading("csat").measure.n) == (1 / 2, 2)
    assert card.complete_until == NOW


def test_a_team_with_tickets_alone_has_no_figures_of_calls(store: Store, workspace_id: int):
    stage = set_stage(store, workspace_id, [facts("a", 1, customer="ana", solved_at=5)], complete_until=NOW, now=NOW)
    shown = {reading.metric.key for reading in card_of(stage).shown}
    assert "volume" in shown
    assert not shown & {"calls", "calls_resolved", "service_level", "asa", "abandonment", "aht", "nps", "ces"}


def test_a_team_with_neither_has_no_data(store: Store, workspace_id: int):
    with pytest.raises(errors.NoData):
        card_of(set_stage(store, workspace_id, [], complete_until=None, now=NOW))


def test_tickets_and_calls_are_contacts_together(store: Store, workspace_id: int):
    later = hours(9 + 24 * 12)
    tickets = [
        facts("a", 1, customer="Ana", category="refund", solved_at=3, transfers=1, csat="4", csat_at=5),
        facts("b", 1, customer="dee", category="refund", solved_at=3, transfers=0),
    ]
    stage = put(set_stage(store, workspace_id, tickets, complete_until=later, now=later), RING, later)
    card = card_of(stage)
    assert (card.reading("csat").measure.numerator, card.reading("csat").measure.n) == (2, 3)
    once = card.reading("fcr").measure  # ana called after her ticket; her call, and dee's ticket, were enough
    assert (once.numerator, once.denominator, once.extras["came_again"]) == (2, 3, 1)
    moved = card.reading("transfer_rate").measure
    assert (moved.numerator, moved.denominator, moved.set_aside) == (1, 2, 3)


def test_figures_of_calls_reach_as_far_as_the_calls(store: Store, workspace_id: int):
    stage = set_stage(store, workspace_id, [facts("a", 1)], complete_until=NOW, now=NOW)
    put(stage, RING, hours(12))
    with stage.store.reading() as session:
        period = parse_period("2026-11-03..2026-11-04", timezone="UTC", now=NOW)
        card = kpi.scorecard(session, stage.team, period, as_of=NOW)
    assert card.reading("calls").measure.note == "not_reached"
    assert card.reading("volume").measure.value == 0


def test_behind_a_figure_of_calls_stand_the_calls(phone: Stage):
    with phone.store.reading() as session:
        period = parse_period("2026-W45", timezone="UTC", now=NOW)
        behind = kpi.behind(session, phone.team, "service_level", period, as_of=NOW)
    assert [(row.key, row.ok, row.value_s) for row in behind.rows] == [
        ("3", False, 45),
        ("2", False, 30),
        ("1", True, 10),
    ]
    assert behind.total == 3


def test_the_calls_of_some_ids_by_name(phone: Stage):
    with phone.store.reading() as session:
        found = frames.calls(session, phone.team, MONDAY, NOW)
        listed = {one.key: one for one in calls.listed(session, phone.team, [*found.id.tolist(), 42])}
    first = listed["1"]
    assert (first.agent, first.customer, first.queue, first.topic) == ("Mina", "ana", "Main", "Refund")
    assert (first.wait_s, first.handle_s, first.recording_url) == (10, 150, "https://calls.example/1")
    assert (listed["3"].wait_s, listed["3"].handle_s, listed["3"].is_abandoned) == (45, None, True)
    assert (listed["5"].direction, listed["5"].is_resolved) == ("outbound", None)


def test_the_columns_of_calls(phone: Stage):
    with phone.store.reading() as session:
        found = frames.calls(session, phone.team, hours(9), NOW)
        by_key = {one.key: n for n, one in enumerate(calls.listed(session, phone.team, found.id.tolist()))}
        mina = [one.id for one in people_named(session, phone, "Mina")]
        theirs = frames.calls(session, phone.team, hours(9), NOW, agents=mina)
        none = frames.calls(session, phone.team, hours(40), NOW)
    first, third = by_key["1"], by_key["3"]
    assert found.queued[first] == microseconds(hours(9))
    assert (found.answered[third], found.is_answered[third], found.is_abandoned[third]) == (NEVER, 0, 1)
    assert (found.talk_s[third], found.is_resolved[third], found.csat_good[third]) == (UNKNOWN, UNKNOWN, UNKNOWN)
    assert (found.score[first], found.customer[first], found.category[first]) == (
        500,
        code_of("ANA"),
        code_of("refund"),
    )
    assert (found.is_outbound.sum(), len(theirs), len(none)) == (1, 2, 0)


def people_named(session: Session, stage: Stage, name: str) -> list[people.Identity]:
    query = select(people.Identity).where(people.Identity.workspace_id == stage.team.workspace_id)
    return [one for one in session.exec(query) if one.name == name]


def test_a_call_finds_the_ticket_that_it_names(store: Store, workspace_id: int):
    stage = set_stage(store, workspace_id, [facts("T-1", 9, customer="ana")], complete_until=NOW, now=NOW)
    put(stage, [call("1", 0, lasts=60, waits=5, ticket="T-1"), call("2", 0, ticket="T-9"), call("3", 0)])
    with stage.store.reading() as session:
        found = frames.calls(session, stage.team, MONDAY, NOW)
        keys = [one.key for one in calls.listed(session, stage.team, found.id.tolist())]
    known = {key: int(ticket) != UNKNOWN for key, ticket in zip(keys, found.ticket, strict=True)}
    assert known == {"1": True, "2": False, "3": False}
