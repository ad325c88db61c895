"""Tickets reach the store as time passes: never more than has happened, and the same in one step or in many."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import col, select

from cspm_core import people, tickets
from cspm_core.tickets import Ticket

from .conftest import OPENS_AT, Town

HOUR = timedelta(hours=1)
OWN = {"id", "known_at"}


def standing(town: Town) -> list[dict[str, object]]:
    """Every ticket by key, without what the store makes up."""
    with town.store.reading() as session:
        rows = session.exec(select(Ticket).order_by(col(Ticket.key))).all()
    return [row.model_dump(exclude=OWN) for row in rows]


def test_nothing_in_the_store_is_later_than_its_data_reaches(town: Town) -> None:
    town.feed.tell(OPENS_AT)
    rows = standing(town)
    assert len(rows) > 1_000
    for name in ("created_at", "first_response_at", "first_solved_at", "solved_at", "csat_sent_at", "csat_at"):
        assert all(row[name] is None or row[name] <= OPENS_AT for row in rows), name
    assert {row["set_aside"] for row in rows} == {""}


def test_step_by_step_it_ends_as_at_once(town: Town) -> None:
    for hours in (0, 1, 3, 20, 21, 40):
        town.feed.tell(OPENS_AT + hours * HOUR)
    stepped = standing(town)
    with town.store.transaction() as session:
        for row in session.exec(select(Ticket)):
            session.delete(row)
        for source in session.exec(select(tickets.Source)):
            session.delete(source)
    town.feed.tell(OPENS_AT + 40 * HOUR)
    assert standing(town) == stepped


def test_told_twice_nothing_changes(town: Town) -> None:
    assert town.feed.tell(OPENS_AT) > 1_000
    before = standing(town)
    assert town.feed.due(OPENS_AT) == 0
    assert town.feed.tell(OPENS_AT + timedelta(seconds=100)) == 0
    assert standing(town) == before


def test_the_data_reaches_the_last_five_minutes_and_not_past_its_end(town: Town) -> None:
    town.feed.tell(OPENS_AT + timedelta(minutes=7, seconds=9))
    assert reach(town) == {OPENS_AT + timedelta(minutes=5)}
    town.feed.tell(OPENS_AT + timedelta(days=9))
    assert reach(town) == {OPENS_AT + timedelta(days=2)}


def reach(town: Town) -> set[object]:
    with town.store.reading() as session:
        return {tickets.complete_until(session, team) for team in people.teams(session, town.workspace_id)}


def test_everybody_is_known_by_their_slack_user_and_their_name_in_the_data(town: Town) -> None:
    town.feed.tell(OPENS_AT)
    with town.store.reading() as session:
        assert people.unmatched(session, town.workspace_id) == []
        mina = people.member_named(session, town.workspace_id, "mina.park@fernhill.example")
        assert mina is not None
        asker = people.asker(session, town.workspace_id, str(mina.slack_user_id), OPENS_AT.date())
        returns = people.team_named(session, town.workspace_id, "Returns")
        assert asker.leads(returns.id)
        assert [one.level for one in people.agreements(session, returns)] == ["lead"]


def test_every_ticket_links_to_its_page(town: Town) -> None:
    town.feed.tell(OPENS_AT)
    assert all(row["url"] == f"http://here/tickets/{row['key']}" for row in standing(town))
