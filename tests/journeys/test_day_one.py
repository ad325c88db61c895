"""Whole companies on their first day: from an empty database to a team that trusts the bot."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import yaml
from sqlmodel import select

from bot import ids, manifest
from bot.local_slack import Channel, Person, Seat, Server
from bot.slash import NAMES
from bot.threads import Threads
from cspm_core import people
from cspm_core.store import Store
from cspm_core.tickets import Ticket

from . import house as houses
from .house import House, Inline
from .returns import at
from .test_uploads import Beside, Lead

WITHOUT_DATA = {
    "/acme-cspm names": "No names yet", "/acme-cspm doctor": "Returns has no tickets yet",
    "/acme-cspm settings": "Settings of Returns", "/acme-coach": "None is planned",
    "/acme-qa scores": "Nobody reviewed anything",
}  # fmt: skip
"""What each says where there is nothing to show."""
CHANNELS = ("#returns", "#billing", "#bezorging")
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
HEADER = "Ticket ID,Team,Assignee,Status,Created time,First reply,Solved time,Rating,Subject"
EIGHT = {
    "ada@example.com": 700, "teo@example.com": 600, "김 민지": 400, "b.berg": 250, "Quick Answers": 200,
    "J. Nobody": 100, "Zoe Zwart": 50, "Old Crew": 30,
}  # fmt: skip
"""Eight names of the data, of which two are known, by address."""
MORE = (
    Person("Minji", "김민지", locale="ko-KR", tz="Asia/Seoul"),
    Person("Lin", "林小美", locale="zh-TW", tz="Asia/Taipei"),
)

MORE_CHANNELS = [Channel(name, ["Mina", "Teo", "Ada", "Bo", "Lin"], with_app=True) for name in ("billing", "bezorging")]


@pytest.fixture
def beside() -> Iterator[Beside]:
    made = Beside()
    yield made
    made.pool.shutdown(wait=True)


@pytest.fixture
def company(sqlite_store: Store, slack_server: Server, beside: Beside) -> Iterator[House]:
    """Monday at ten in New York. Nobody is anything yet; the names of the commands are taken by another app."""
    acme = yaml.safe_load(manifest.written("acme-"))
    house = houses.build(
        sqlite_store,
        slack_server,
        at(MONDAY, 10),
        Threads(Inline(), beside),
        more=MORE,
        manifest=acme,
        channels=MORE_CHANNELS,
    )
    yield house
    assert house.slack.complaints == []


class Colleague(Lead):
    """Somebody at their desk: whatever they do, they wait until the bot is done."""

    def types(self, words: str, channel: str = "#returns") -> str:
        """A command; what is answered, or stands on top."""
        self.seat.types(words, channel)
        self.waits()
        return self.seat.modal.says() if self.seat.modal else self.seat.latest(channel).says()

    def taps(self, where: Any, button: str) -> None:
        self.seat.presses(where, button)
        self.waits()

    def fills(self, **fields: Any) -> None:
        """One page of a form, without a mistake."""
        assert self.seat.submits(**fields).errors == {}
        self.waits()


def reads_english(house: House, seat: Seat) -> None:
    with house.store.transaction() as session:
        person = people.member_by_slack(session, house.workspace_id, seat.id)
        assert person is not None
        people.choose_language(session, person, "en")


def code(house: House) -> str:
    """What `cspm run` prints."""
    with house.store.transaction() as session:
        return people.new_admin_code(session, house.workspace_id, now=house.now)


def everything_said(house: House, seat: Seat) -> str:
    places = [None, "#returns", "#quiet"]
    told = [one.says() for place in places for one in seat.reads(place)]
    home = seat.opens_home()
    return "\n".join([*told, home.says() if home else ""])


def export(until: datetime, names: dict[str, int], teams: Sequence[str] = ("Returns",), days: int = 84) -> bytes:
    """An export of so many tickets per name, spread over some weeks, team by team in turn."""
    every = [name for name, n in names.items() for _ in range(n)]
    step = timedelta(days=days) / max(len(every), 1)
    rows = [HEADER]
    for n in range(len(every)):
        created = until - timedelta(days=days) + n * step
        name = every[n * 997 % len(every)]
        reply, solved = created + timedelta(minutes=25 + n % 40), created + timedelta(hours=4 + n % 5)
        rating = ("5", "4", "2")[n % 3] if n % 4 == 0 and solved < until else ""
        facts = [f"R-{n}", teams[n % len(teams)], name, "solved" if solved < until else "open", created.isoformat()]
        facts += [reply.isoformat() if reply < until else "", solved.isoformat() if solved < until else "", rating]
        rows.append(",".join([*facts, f"Where is parcel {n}?"]))
    return "\n".join(rows).encode()


def sets_up(who: Colleague, name: str, channel: str, **said: Any) -> None:
    """Through all eight pages; what is not said stays as it is proposed."""
    seat = who.seat
    who.types("/acme-cspm setup")
    assert seat.modal is not None
    if "setup.new" in seat.modal.action_ids():
        who.taps(seat.modal, "setup.new")
    who.fills(name=name, language=said.get("language", "en"))
    zone = seat.options(seat.modal, "setup.zone", said.get("zone", "new york"))[0]
    who.fills(timezone=zone, hours=said.get("hours", "mon-fri 09:00-17:00"))
    who.fills(channel=channel)
    if "Step 3" in seat.modal.says():
        who.fills(channel=channel)  # the bot is not in it; it may be invited later
    who.fills(leads=said["leads"], agents=said["agents"])
    who.fills(person_figures=said.get("figures", "self"), agreed_by=said.get("agreed", ""))
    who.fills(first_response="4h", resolution="2d", clock="business")
    who.fills(digest_at="09:00")
    assert "Step 8 of 8" in seat.modal.says()
    assert seat.submits().result == "closed"
    who.waits()


def loads(house: House, lead: Colleague, content: bytes) -> str:
    """Somebody drops an export and imports it; what the report says."""
    dropped = lead.drops("export.csv", content)
    lead.presses(dropped, "Look at it")
    assert lead.submits() == {}
    assert lead.submits() == {}
    house.beat()
    lead.waits()
    return lead.card(dropped).says()


def test_a_company_with_one_team_whose_command_names_are_taken_and_whose_export_has_eight_names(
    company: House, beside: Beside
):
    mina, ada, minji = (Colleague(company, beside, name) for name in ("Mina", "Ada", "Minji"))
    assert "first admin" in ada.types("/acme-cspm")
    reads_english(company, ada.seat)
    mina.types("/acme-cspm")
    reads_english(company, mina.seat)
    ada.types("/acme-cspm admin 2222-2222")
    assert ids.SETUP_OPEN not in ada.seat.latest("#returns").action_ids()
    given = code(company)
    mina.types(f"/acme-cspm admin {given}")
    assert ids.SETUP_OPEN in mina.seat.latest("#returns").action_ids()
    ada.types(f"/acme-cspm admin {given}")
    assert ids.SETUP_OPEN not in ada.seat.latest("#returns").action_ids(), "a code works once"

    sets_up(mina, "Returns", "#quiet", leads=["Mina"], agents=["Ada", "Teo", "Minji"])
    assert "2,330" in loads(company, mina, export(company.now, EIGHT))
    with company.store.reading() as session:
        assert len(session.exec(select(Ticket.id)).all()) == 2_330

    company.beat()
    assert company.reads("#quiet") == [], "the bot is not in the channel"
    undelivered = mina.seat.latest().says()
    assert "could not be delivered" in undelivered
    assert "/invite @support-desk-kpis" in undelivered
    mina.seat.invites("support-desk-kpis", "#quiet")
    company.turn(minutes=25)
    [first] = company.reads("#quiet")
    said = first.says().replace("*", "")
    assert "2,330 tickets are loaded" in said
    assert "6 of 8 names in it match nobody yet" in said
    assert "On or off target is said once there is a target" in said

    mina.taps(first, ids.MATCHING_SHOW)
    page = mina.seat.latest("#quiet")
    assert "6 names match nobody" in page.says()
    for button in ("Yes, 김민지", "Yes, Bo Berg"):
        mina.taps(mina.seat.message(page.channel, page.ts), button)
    assert "4 names match nobody" in mina.seat.message(page.channel, page.ts).says()

    mina.taps(first, ids.FIRST_DAY_TARGETS)
    mina.fills(targets=["first_response", "csat"])
    company.beat()
    assert "taken by Mina" in company.reads("#quiet")[0].says()

    company.sleeps_until(at(TUESDAY, 8, 30))
    company.beat()
    company.turn_to(at(TUESDAY, 9, 2))
    welcomes = [[one for one in who.seat.reads() if ids.TOUR_OPEN in one.action_ids()] for who in (ada, minji)]
    assert [len(one) for one in welcomes] == [1, 1]
    assert "반가워요" in welcomes[1][0].says(), "in her language"
    _, digest = company.reads("#quiet", "Teo")
    assert ids.DIGEST_DETAILS in digest.action_ids()
    assert "tickets" in ada.types("/acme-kpi me")
    assert ada.types("/acme-cspm kpi team") == ada.types("/acme-kpi team")
    for who in (mina, ada, minji):
        for name in NAMES:
            assert not re.search(rf"(?<![\w-])/{name}\b", everything_said(company, who.seat))


def test_a_company_with_three_teams_two_languages_and_an_agent_in_two_teams(company: House, beside: Beside):
    mina, teo, ada = (Colleague(company, beside, name) for name in ("Mina", "Teo", "Ada"))
    mina.types("/acme-cspm")
    reads_english(company, mina.seat)
    mina.types(f"/acme-cspm admin {code(company)}")
    sets_up(mina, "Returns", "#returns", leads=["Mina"], agents=["Ada", "Bo"])
    sets_up(mina, "Billing", "#billing", leads=["Mina"], agents=["Ada", "Lin"], figures="lead", agreed="All of Billing")
    sets_up(mina, "Bezorging", "#bezorging", leads=["Teo"], agents=["Lin"], language="nl", zone="amster")

    names = {"Ada King": 300, "Bo Berg": 200, "林小美": 250, "Iemand": 60}
    loads(company, mina, export(company.now, names, ("Returns", "Billing", "Bezorging")))
    company.turn(minutes=2)
    [returns], [billing], [bezorging] = (company.reads(channel, "Bo") for channel in CHANNELS)
    assert "270 tickets are loaded" in returns.says().replace("*", "")
    assert "270 tickets are loaded" in billing.says().replace("*", "")
    assert "270 tickets" in bezorging.says().replace("*", "")
    assert "are loaded" not in bezorging.says(), "the Dutch team's channel reads Dutch"

    company.sleeps_until(at(TUESDAY, 9, 1))
    company.turn(minutes=61)
    [welcome] = [one for one in ada.seat.reads() if ids.TOUR_OPEN in one.action_ids()]
    assert "Returns" in welcome.says()
    assert "Agreed with All of Billing" in welcome.says()
    assert [len(company.reads(channel, "Bo")) for channel in CHANNELS] == [2, 2, 2]
    assert "Bezorging" in teo.types("/acme-cspm settings")
    assert "All of Billing" not in teo.types("/acme-cspm settings Billing"), "another team's settings are its leads'"


def test_a_company_without_any_data_hears_what_is_missing_and_what_to_do(company: House, beside: Beside):
    mina, ada = Colleague(company, beside, "Mina"), Colleague(company, beside, "Ada")
    mina.types("/acme-cspm")
    reads_english(company, mina.seat)
    mina.types(f"/acme-cspm admin {code(company)}")
    sets_up(mina, "Returns", "#returns", leads=["Mina"], agents=["Ada", "Bo"])
    for words in ("/acme-kpi team", "/acme-kpi csat"):
        assert "drop" in mina.types(words).casefold(), words
    for words in WITHOUT_DATA:
        said = mina.types(words)
        assert "Something broke" not in said, words
        assert WITHOUT_DATA[words] in said, said
    for who in (mina, ada):
        who.seat.opens_home()
        who.waits()
        home = who.seat.home
        assert home is not None
        assert "drop" in home.says().casefold()
    company.sleeps_until(at(TUESDAY, 9))
    company.turn(minutes=2)
    company.sleeps_until(at(date(2026, 11, 25), 9))
    company.turn(minutes=2)
    [only] = company.reads("#returns", "Bo")
    assert "drop" in only.says().casefold()
