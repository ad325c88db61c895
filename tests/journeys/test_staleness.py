"""Data that stands still: the digest says only that, detectors pause, and whoever exports is reminded once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlmodel import col, delete

from bot.local_slack import Server
from bot.staleness import jobs
from bot.threads import Threads
from cspm_core.people import Membership, Role, Team
from cspm_core.store import Store
from cspm_core.tickets import TicketFacts

from . import house as houses
from .house import House, Inline
from .test_uploads import Beside, Lead

HEADER = "Ticket ID,Assignee,Status,Created time,First reply,Brand"


@pytest.fixture
def beside() -> Iterator[Beside]:
    made = Beside()
    yield made
    made.pool.shutdown(wait=True)


@pytest.fixture
def house(sqlite_store: Store, slack_server: Server, now: datetime, beside: Beside) -> House:
    return houses.build(sqlite_store, slack_server, now, Threads(Inline(), beside))


def export(until: datetime) -> bytes:
    rows = [f"R-{n},Ada King,open,{(until - timedelta(hours=n)).isoformat()},,Blue" for n in range(1, 30)]
    return "\n".join([HEADER, *rows]).encode()


@pytest.fixture
def team(house: House) -> Team:
    team = house.team("Returns", timezone="Europe/Amsterdam")
    house.joins(team, "Mina", Role.LEAD, language="en")
    house.joins(team, "Teo", Role.LEAD, language="nl")
    return team


@pytest.fixture
def mina(house: House, team: Team, beside: Beside) -> Lead:
    return Lead(house, beside)


def loads(mina: Lead, until: datetime) -> None:
    """She loads an export through the bot's direct messages."""
    dropped = mina.drops("export.csv", export(until))
    mina.presses(dropped, "Look at it")
    assert mina.submits() == {}
    assert mina.submits() == {}
    mina.house.beat()
    mina.waits()


def reminders(house: House, who: str) -> list[str]:
    return [one.text for one in house.person(who).reads() if "ends on" in one.text or "eindigen" in one.text]


def imported(house: House, team: Team, until: datetime) -> None:
    facts = [TicketFacts(key=f"R-{n}", created_at=until - timedelta(hours=n + 1)) for n in range(30)]
    house.imports(team, facts, until)


def test_whoever_loaded_the_last_file_is_reminded_once_within_working_hours_and_thanked_for_newer(
    house: House, team: Team, mina: Lead
) -> None:
    loads(mina, house.now)
    house.sleeps_until(house.now + timedelta(days=3, hours=10))
    house.turn(minutes=20)
    assert reminders(house, "Mina") == []  # it is night in Amsterdam
    house.sleeps_until(house.now + timedelta(hours=14))
    house.turn(minutes=20)
    house.turn(minutes=40)
    (said,) = reminders(house, "Mina")
    assert said.startswith("The data of Returns ends on")
    assert reminders(house, "Teo") == []
    house.sleeps_until(house.now + timedelta(days=2))
    house.turn(minutes=20)
    assert len(reminders(house, "Mina")) == 1
    imported(house, team, house.now)
    house.turn(minutes=20)
    assert reminders(house, "Mina") == []
    assert any("newer data again" in one.text for one in house.person("Mina").reads())


def test_a_second_stand_still_is_a_second_reminder(house: House, team: Team, mina: Lead) -> None:
    loads(mina, house.now)
    for _ in range(2):
        house.sleeps_until((house.now + timedelta(days=4)).replace(hour=10))
        house.turn(minutes=20)
        assert len(reminders(house, "Mina")) == 1
        imported(house, team, house.now)
        house.turn(minutes=20)
        assert reminders(house, "Mina") == []


def test_data_loaded_in_a_terminal_reminds_nobody_by_direct_message(house: House, team: Team) -> None:
    imported(house, team, house.now)
    house.sleeps_until((house.now + timedelta(days=4)).replace(hour=10))
    house.turn(minutes=20)
    assert reminders(house, "Mina") == reminders(house, "Teo") == []


def test_an_exporter_who_leads_no_more_is_not_written_to(
    house: House, team: Team, mina: Lead, sqlite_store: Store
) -> None:
    loads(mina, house.now)
    with sqlite_store.transaction() as session:
        session.exec(delete(Membership).where(col(Membership.member_id) == house.known["Mina"].id))
    house.sleeps_until((house.now + timedelta(days=4)).replace(hour=10))
    house.turn(minutes=20)
    assert reminders(house, "Mina") == []


def test_the_digest_says_only_that_and_that_the_detectors_pause(house: House, team: Team) -> None:
    imported(house, team, house.now)
    house.sleeps_until((house.now + timedelta(days=3)).replace(hour=6))
    house.turn(hours=3)
    said = house.reads()[-1]
    assert "there are no figures this morning, and the detectors pause" in said.says()


def test_the_job_writes_nothing_while_nothing_is_old(house: House, team: Team) -> None:
    imported(house, team, house.now)
    jobs.remind(house.runtime)
    assert house.person("Mina").reads() == []
