"""What was escalated before the demo begins looks like a support centre's: about real tickets, in working hours."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from sqlmodel import col, select

from bot.demo import past, world
from bot.demo.lives import Lives
from bot.demo.living import HISTORY, calendar_of
from cspm_core import escalations, people
from cspm_core.escalations import Escalation, Happened
from cspm_core.escalations.tables import EscalationEvent
from cspm_core.notices import Notice

from .conftest import OPENS_AT, Town

TEAMS = [centre.name for centre in world.CENTRES]


@pytest.mark.parametrize("team", TEAMS)
def test_each_is_about_a_ticket_that_waited_then(everything: dict[str, Lives], team: str) -> None:
    lives = everything[team]
    numbers = {lives.key(n): n for n in range(len(lives))}
    found = list(past.cases(lives, HISTORY))
    assert len(found) >= past.MANY[team] * 2 // 3
    assert len({case.key for case in found}) == len(found)
    for case in found:
        n, at = numbers[case.key], int(case.at.timestamp())
        assert lives.created[n] < at < lives.solved[n]
        assert calendar_of(lives.centre).is_open(case.at)
        assert OPENS_AT - timedelta(days=HISTORY) < case.at < OPENS_AT - timedelta(days=6)
        assert case.raised_by is not case.taken_by


def test_kinds_severities_and_speeds_differ_and_some_come_again(everything: dict[str, Lives]) -> None:
    found = list(past.cases(everything["Returns"], HISTORY))
    assert len({case.trouble.kind for case in found}) >= 4
    assert {2, 3} <= {case.trouble.severity for case in found}
    assert len({case.taken_by.name for case in found}) >= 3
    assert max(Counter(case.trouble.category for case in found).values()) >= 3
    waits = sorted(case.taken_after_s for case in found)
    assert waits[0] < 5 * 60 < 30 * 60 < waits[-1]


@pytest.mark.parametrize("team", TEAMS)
def test_the_first_complaint_of_a_team_ended_badly_at_first(everything: dict[str, Lives], team: str) -> None:
    complaints = [case for case in past.cases(everything[team], HISTORY) if case.trouble.kind == "complaint"]
    assert [case.is_satisfied for case in complaints].index(False) == 0


def test_written_down_it_is_all_over_and_nobody_hears_of_it(town: Town, few: tuple[Lives, ...]) -> None:
    eve = OPENS_AT - timedelta(days=1)
    town.feed.tell(eve)
    lives = next(one for one in few if one.centre is world.BEZORGING)
    key = next(lives.key(n) for n in lives.between(None, eve) if lives.solved[n] > int(eve.timestamp()))
    trouble = past.TROUBLES["nl"][0]
    lead, agent = world.BEZORGING.lead, world.BEZORGING.agents[0]
    began = calendar_of(world.BEZORGING).next_open(eve - timedelta(days=21))
    case = past.Case(began, key, trouble, agent, lead, 30 * 60, 3600, is_satisfied=False)
    with town.store.transaction() as session:
        team = people.team_named(session, town.workspace_id, "Bezorging")
        ticket = escalations.ticket_named(session, team, key)
        assert ticket is not None
        teller = past.Teller(session, team, world.BEZORGING, calendar_of(world.BEZORGING), eve)
        teller.tell(case, ticket.id)
    with town.store.reading() as session:
        [row] = session.exec(select(Escalation)).all()
        events = session.exec(select(EscalationEvent).order_by(col(EscalationEvent.at), col(EscalationEvent.id))).all()
    assert row.status == "resolved"
    assert (row.satisfied, row.reopened, row.next_at) == (True, 1, None)
    kinds = [event.kind for event in events]
    assert kinds[0] == Happened.OPENED
    assert {Happened.TOLD, Happened.ACKNOWLEDGED, Happened.RESOLVED, Happened.CHECKED} <= set(kinds)
    assert kinds.count(Happened.RESOLVED) == kinds.count(Happened.CHECKED) == 2
    assert [event.at for event in events] == sorted(event.at for event in events)
    assert events[-1].at < eve


def test_nothing_of_the_past_is_said(town: Town, few: tuple[Lives, ...]) -> None:
    town.feed.tell(OPENS_AT)
    past.write(town.store, town.workspace_id, few, 30, OPENS_AT)
    with town.store.reading() as session:
        assert session.exec(select(Notice)).all() == []
        assert all(row.next_at is None for row in session.exec(select(Escalation)))
