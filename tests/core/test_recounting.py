"""After a calendar or a target changed, tickets are counted again in the background, and until then that is said."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from bot.runtime import Runtime
from bot.setup import jobs
from cspm_core import people, tickets
from cspm_core.kpi.tables import FigureDay
from cspm_core.people import Team
from cspm_core.store import Store
from cspm_core.tickets import Recounting, Ticket, TicketFacts
from cspm_core.tickets.tables import TicketDay

FRIDAY = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
TICKETS = 5


@pytest.fixture
def team(store: Store, workspace_id: int, now: datetime) -> Team:
    """Five tickets of a Friday, answered over the week-end, one of them with a reply outside the hours."""
    with store.transaction() as session:
        team = people.add_team(session, workspace_id, "Returns", timezone="Europe/Amsterdam", now=now)
        facts = [TicketFacts(str(n), FRIDAY, first_response_at=FRIDAY + (40 - n) * HOUR) for n in range(TICKETS)]
        tickets.record(session, team, facts, scope=team.id, known_at=now, now=now)
    return team


def change(store: Store, team: Team, **settings: str) -> None:
    with store.transaction() as session:
        people.change_team(session, people.team(session, team.workspace_id, team.id), **settings)


def step(store: Store, team: Team, limit: int = 2) -> int:
    with store.transaction() as session:
        return len(tickets.recount(session, team.workspace_id, team.id, limit=limit))


def how_far(store: Store, team: Team) -> Recounting | None:
    with store.reading() as session:
        return tickets.recounting(people.team(session, team.workspace_id, team.id))


def counted(store: Store) -> list[int | None]:
    with store.reading() as session:
        return list(session.exec(select(Ticket.first_response_business_s).order_by(Ticket.key)))


def test_a_changed_calendar_is_counted_chunk_by_chunk_and_said_until_all_is_done(store: Store, team: Team):
    assert (how_far(store, team), step(store, team)) == (None, 0)
    change(store, team, hours="24x7")
    assert how_far(store, team) == Recounting(0, 0)
    assert [step(store, team), how_far(store, team)] == [2, Recounting(2, TICKETS)]
    assert [step(store, team), how_far(store, team)] == [2, Recounting(4, TICKETS)]
    assert [step(store, team), step(store, team), how_far(store, team)] == [1, 0, None]
    assert counted(store) == [(40 - n) * 3600 for n in range(TICKETS)]
    with store.reading() as session:
        assert tickets.to_recount(session) == []


def test_a_second_change_in_the_middle_begins_again(store: Store, team: Team):
    change(store, team, hours="24x7")
    step(store, team)
    change(store, team, hours="sat 09:00-10:00")
    assert how_far(store, team) == Recounting(0, TICKETS)
    assert [step(store, team, 3), how_far(store, team)] == [3, Recounting(3, TICKETS)]
    while step(store, team):
        pass
    assert counted(store) == [3600] * TICKETS
    assert how_far(store, team) is None


def test_the_days_of_what_changed_are_forgotten_and_others_stay(store: Store, team: Team, now: datetime):
    days = [date(2026, 11, day) for day in (17, 20, 22)]
    with store.transaction() as session:
        for n, day in enumerate(days):
            key = {"workspace_id": team.workspace_id, "id": n + 1, "team_id": team.id, "day": day}
            session.add(TicketDay(**key, tickets=0, packed=b""))
            session.add(FigureDay(**key, as_of=now, counted_for="", is_whole=True, figures="{}"))
    change(store, team, hours="24x7")
    step(store, team, 9)
    with store.reading() as session:
        assert list(session.exec(select(TicketDay.day))) == [days[0]]
        assert list(session.exec(select(FigureDay.day))) == [days[0]]


def test_tickets_that_come_in_meanwhile_are_counted_by_the_new_calendar(store: Store, team: Team, now: datetime):
    stale = team
    change(store, team, hours="24x7")
    late = TicketFacts("late", FRIDAY, first_response_at=FRIDAY + 40 * HOUR)
    with store.transaction() as session:
        fresh = people.team(session, team.workspace_id, team.id)
        tickets.record(session, fresh, [late], scope=team.id, known_at=now, now=now)
    assert stale.calendar_version < fresh.calendar_version
    assert counted(store)[-1] == 40 * 3600


def test_the_job_counts_every_team_that_changed(store: Store, team: Team, now: datetime):
    change(store, team, hours="24x7")
    jobs.recount(Runtime(store, slack=None, now=lambda: now))  # type: ignore[arg-type]
    assert how_far(store, team) is None
    assert counted(store) == [(40 - n) * 3600 for n in range(TICKETS)]


@pytest.mark.parametrize("name", ["customer", "organisation"])
@pytest.mark.parametrize("chosen", ["csat_at IS NOT NULL ORDER BY csat_at DESC LIMIT 3", "is_solved = 0"])
def test_what_a_card_shows_of_a_customer_is_found_by_index(sqlite_store: Store, name: str, chosen: str):
    sql = f"""EXPLAIN QUERY PLAN SELECT * FROM ticket
        WHERE workspace_id = 1 AND team_id = 2 AND {name} = 'Acme' AND ticket.{name} <> '' AND {chosen}"""
    with sqlite_store.engine.connect() as connection:
        [step] = [row[3] for row in connection.exec_driver_sql(sql)]
    kind = "open" if "solved" in chosen else "rated"
    assert f"USING INDEX ix_ticket_{kind}_{name} (workspace_id=? AND team_id=? AND {name}=?" in step
