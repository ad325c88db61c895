"""Tickets are written once, newer over older, with what follows from their facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from cspm_core import people, tickets
from cspm_core.people import Identity, Team
from cspm_core.store import Store
from cspm_core.tickets import Ticket, TicketFacts

HOUR = timedelta(hours=1)
MADE = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)  # a Friday, 11:00 in Amsterdam


@pytest.fixture
def team(store: Store, workspace_id: int, now: datetime) -> Team:
    with store.transaction() as session:
        return people.add_team(session, workspace_id, "Returns", timezone="Europe/Amsterdam", now=now)


def told(**facts: object) -> TicketFacts:
    return replace(TicketFacts("1", MADE, agent="Mina Lee", first_response_at=MADE + HOUR), **facts)  # type: ignore[arg-type]


def write(store: Store, team: Team, *facts: TicketFacts, at: datetime = MADE + 100 * HOUR, **more: object):
    with store.transaction() as session:
        return tickets.record(session, team, facts, scope=team.id, known_at=at, now=at, **more)  # type: ignore[arg-type]


def only(store: Store) -> Ticket:
    with store.reading() as session:
        return session.exec(select(Ticket)).one()


def test_the_same_facts_twice_change_nothing(store: Store, team: Team):
    facts = told(csat="4", solved_at=MADE + 2 * HOUR, subject="반품 ✉", reopens=0)
    first = write(store, team, facts)
    row = only(store)
    assert (first.new, first.changed, first.unchanged) == (1, 0, 0)
    again = write(store, team, facts)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 1)
    assert only(store) == row
    assert row.solved_at == MADE + 2 * HOUR
    assert row.first_response_business_s == 3600
    assert row.csat_good is True
    assert row.csat_at == row.solved_at
    assert row.csat_scale == "5"
    assert row.status == "solved"


def test_newer_data_updates_and_older_does_not(store: Store, team: Team):
    write(store, team, told(), at=MADE + 10 * HOUR)
    assert write(store, team, told(status="pending"), at=MADE + 20 * HOUR).changed == 1
    assert write(store, team, told(status="closed"), at=MADE + 15 * HOUR).older == 1
    assert only(store).status == "pending"


def test_saying_the_same_later_keeps_what_lies_between_out(store: Store, team: Team):
    write(store, team, told(), at=MADE + 10 * HOUR)
    assert write(store, team, told(), at=MADE + 30 * HOUR).unchanged == 1
    assert write(store, team, told(status="closed"), at=MADE + 20 * HOUR).older == 1
    assert only(store).status == "open"


def test_an_impossible_reply_is_set_aside_and_the_ticket_counts_as_answered(store: Store, team: Team):
    done = write(store, team, told(first_response_at=MADE - HOUR))
    row = only(store)
    assert done.set_aside == {"first_response_at": 1}
    assert (row.first_response_at, row.is_answered, row.set_aside) == (None, True, "first_response_at")


def test_agents_are_identities_by_folded_name(store: Store, team: Team):
    write(
        store,
        team,
        told(),
        told(key="2", agent="ｍｉｎａ  LEE"),
        told(key="3", agent="김민지"),
        told(key="4", agent=""),
    )
    with store.reading() as session:
        assert sorted(session.exec(select(Identity.key))) == ["mina lee", "김민지"]
        assert len(set(session.exec(select(Ticket.agent_id)))) == 3
