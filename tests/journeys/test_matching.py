"""An export brings names that match nobody; a lead says whose they are, by a tap each."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot import ids
from bot.local_slack import Person, Seat, SeenMessage, Server
from bot.matching import colleagues
from cspm_core import matching, people
from cspm_core.people import Role, Team
from cspm_core.store import Store
from cspm_core.tickets import TicketFacts

from . import house as houses
from .house import House

MORE = (
    Person("Minji", "김민지", locale="ko-KR", tz="Asia/Seoul"),
    Person("Jon", "John Smith"),
    Person("Johnny", "John Smith"),
    Person("Lou", "Lou Lang"),
    Person("Robo", "Quick Answers", is_bot=True),
    Person("Gone", "Zoe Zwart", deleted=True),
)
TICKETS = 2330
NAMES = {
    "ada@example.com": 700,
    "mina@example.com": 30,
    "de Vries, Teo": 600,
    "김 민지": 500,
    "b.berg": 250,
    "J. Smith": 150,
    "Quick Answers": 60,
    "Zoe Zwart": 40,
}
"""Eight names, of which two are addresses that we know."""


@pytest.fixture
def house(sqlite_store: Store, slack_server: Server, now: datetime) -> House:
    return houses.build(sqlite_store, slack_server, now, more=MORE)


@pytest.fixture
def team(house: House) -> Team:
    team = house.team("Returns", timezone="Europe/Amsterdam")
    joins(house, team, "Mina", Role.LEAD)
    joins(house, team, "Ada", Role.AGENT)
    return team


def joins(house: House, team: Team, name: str, role: Role) -> None:
    """By their whole name and their address, as a list of people has them."""
    seat = house.person(name)
    with house.store.transaction() as session:
        house.known[name] = people.add_member(
            session, house.workspace_id, seat.who.real_name, slack_user_id=seat.id, email=seat.who.email, language="en",
            now=house.now,
        )  # fmt: skip
    house.joins(team, name, role)


def export(house: House, team: Team, names: dict[str, int], key: str = "R") -> None:
    every = [name for name, n in names.items() for _ in range(n)]
    began = house.now - timedelta(days=20)
    facts = []
    for n, name in enumerate(every):
        at = began + timedelta(minutes=12 * n)
        facts.append(
            TicketFacts(
                f"{key}-{n}", at, agent=name, first_response_at=at + timedelta(minutes=20),
                solved_at=at + timedelta(hours=3), status="solved",
            )
        )  # fmt: skip
    house.imports(team, facts, house.now)


def opens(house: House, who: str = "Mina", words: str = "/cspm names") -> tuple[Seat, SeenMessage]:
    seat = house.person(who)
    assert seat.types(words, "#returns") == "ok"
    return seat, seat.latest("#returns")


def again(seat: Seat, page: SeenMessage) -> SeenMessage:
    """The same message as it stands now."""
    return seat.message(page.channel, page.ts)


def row(house: House, name: str) -> str:
    """The block in which a name's buttons stand."""
    with house.store.reading() as session:
        found = matching.identity_named(session, house.workspace_id, people.fold(name))
    assert found is not None
    return f"name:{found.id}"


def test_eight_names_of_which_two_match_are_settled_by_a_tap_each(house: House, team: Team):
    assert sum(NAMES.values()) == TICKETS
    export(house, team, NAMES)
    mina, page = opens(house)
    said = page.says()
    assert "6 names match nobody" in said
    assert "de Vries, Teo · 600 tickets" in said.replace("*", "")
    assert "Probably 김민지: the same name · minji@example.com" in said
    assert "Probably Bo Berg: the initials fit" in said
    assert "Several people could be meant" in said
    assert said.count("I know nobody who is called like that.") == 2  # a bot, and somebody whose account is closed
    assert "ada@example.com" not in said

    for button in ("Yes, Teo de Vries", "Yes, 김민지", "Yes, Bo Berg"):
        assert mina.presses(again(mina, page), button) == "ok"
        assert "is an agent of Returns now" in again(mina, page).says()
    assert "3 names match nobody" in again(mina, page).says()

    mina.presses(again(mina, page), "Choose who…", block_id=row(house, "J. Smith"))
    assert mina.submits(who=house.person("Robo").id).errors["who"].startswith("That is a bot")
    assert mina.submits(who=house.person("Johnny").id).result == "closed"
    assert "“J. Smith” is John Smith." in again(mina, page).says()
    mina.presses(again(mina, page), "Not ours", block_id=row(house, "Quick Answers"))
    left = again(mina, page).says()
    assert "1 name matches nobody" in left
    assert "Zoe Zwart" in left

    teo = house.person("Teo")
    teo.types("/kpi me 28d", "#returns")
    assert "600" in teo.latest("#returns").says()
    minji = house.person("Minji")
    minji.types("/kpi me 28d", minji.dm())
    assert "500" in minji.says_last

    house.sleeps_until(house.now + timedelta(days=1))
    export(house, team, {"King, Ada": 3}, key="S")
    mina, page = opens(house)
    assert "Probably Ada King: the same name" in page.says()
    assert "Zoe Zwart" in page.says()
    assert house.slack.complaints == []


def test_all_sure_ones_at_once_and_one_of_them_taken_back(house: House, team: Team):
    export(house, team, {"de Vries, Teo": 7, "Park, Mina": 5, "b.berg": 2})
    mina, page = opens(house)
    buttons = (one for block in page.blocks if block["type"] == "actions" for one in block["elements"])
    [button] = [one for one in buttons if one["action_id"] == ids.MATCHING_ALL]
    assert button["confirm"]["text"]["text"].splitlines() == ["de Vries, Teo: Teo de Vries", "Park, Mina: Mina Park"]
    mina.presses(page, ids.MATCHING_ALL)
    assert "2 names are somebody’s now." in again(mina, page).says()
    assert "b.berg" in again(mina, page).says()

    mina.presses(again(mina, page), "Known by now")
    shown = again(mina, page)
    assert "Mina Park said so" in shown.says()
    teos = next(block for block in shown.blocks if "de Vries, Teo" in str(block.get("text")))
    mina.presses(shown, "Not right", block_id=teos["block_id"])
    assert "is not Teo de Vries any more" in again(mina, page).says()
    teo = house.person("Teo")
    teo.types("/kpi me", "#returns")
    assert "zit vandaag niet in een team" in teo.latest("#returns").says()
    mina.presses(again(mina, page), "Names that match nobody")
    assert "Yes, Teo de Vries" in again(mina, page).buttons()


def test_a_name_that_is_misspelled_is_suggested_and_who_is_alone_reads_who_else_can_say(house: House, team: Team):
    export(house, team, {"Johnsson, Bernadette": 3, "mp_77": 2})
    with house.store.transaction() as session:
        people.add_member(session, house.workspace_id, "Bernadete Jonsson", email="bj@example.com", now=house.now)
    mina, page = opens(house)
    assert "Probably Bernadete Jonsson: spelled nearly the same · bj@example.com" in page.says()
    assert ids.MATCHING_ALL not in page.action_ids(), "it is not sure"
    mina.presses(page, "Yes, Bernadete Jonsson")
    mina.presses(again(mina, page), "Choose who…", block_id=row(house, "mp_77"))
    mina.submits(who=mina.id)
    assert "another lead, an admin, or an operator with `cspm people match`." in again(mina, page).says()


def test_two_taps_are_one_and_a_screen_that_somebody_else_was_faster_on_says_so(house: House, team: Team):
    joins(house, team, "Lou", Role.LEAD)
    export(house, team, {"de Vries, Teo": 7, "b.berg": 3})
    lou = house.person("Lou")
    lou.types("/cspm names", lou.dm())
    others = lou.latest()
    (mina, first), (_, second) = opens(house), opens(house)
    assert mina.presses(first, "Yes, Teo de Vries") == "ok"
    assert mina.presses(second, "Yes, Teo de Vries") == "ok"
    for page in (first, second):
        assert "“de Vries, Teo” is Teo de Vries." in again(mina, page).says()
    with house.store.reading() as session:
        assert len(matching.known(session, house.workspace_id)) == 1

    lou.presses(others, "Not ours", block_id=row(house, "de Vries, Teo"))
    told = again(lou, others).says()
    assert "Mina Park has said already that “de Vries, Teo” is Teo de Vries." in told
    assert "1 name matches nobody" in told


def test_a_lead_of_another_team_and_an_agent_are_refused_kindly(house: House, team: Team):
    joins(house, house.team("Billing", channel="quiet"), "Lou", Role.LEAD)
    export(house, team, {"de Vries, Teo": 7})
    lou = house.person("Lou")
    lou.types("/cspm names Returns", lou.dm())
    assert "That is for the lead of the team: Mina Park." in lou.says_last
    lou.types("/cspm names", lou.dm())
    assert "There is no data yet" in lou.says_last
    _, said = opens(house, "Ada")
    assert "That is for the lead of the team: Mina Park." in said.says()


def test_where_slack_does_not_tell_who_is_there_the_people_known_are_suggested_and_the_page_says_so(
    house: House, team: Team
):
    export(house, team, {"de Vries, Teo": 7, "King, Ada": 3})
    house.slack.faults.strike("429", times=1, method="users.list", seconds=30)
    _, page = opens(house)
    assert "Slack did not tell me who else works here" in page.says()
    assert "Yes, Ada King" in page.buttons()
    assert "Yes, Teo de Vries" not in page.buttons()
    house.sleeps_until(house.now + timedelta(minutes=2))
    _, page = opens(house)
    assert "Yes, Teo de Vries" in page.buttons()
    opens(house)
    assert len([call for call in house.slack.calls if call.method == "users.list"]) == 2


def test_slack_tells_who_is_there_page_by_page_and_is_asked_once(
    house: House, team: Team, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(colleagues, "PAGE", 4)
    export(house, team, {"de Vries, Teo": 7, "김 민지": 3})
    for _ in range(2):
        _, page = opens(house)
        assert {"Yes, Teo de Vries", "Yes, 김민지"} <= set(page.buttons())
    asked = [call for call in house.slack.calls if call.method == "users.list"]
    assert len(asked) == -(-len(house.slack.roster.all) // 4)


def test_many_busy_names_wait_in_a_leads_list_of_the_day(house: House, team: Team):
    export(house, team, {"de Vries, Teo": 25, "b.berg": 3})
    mina = house.person("Mina")
    mina.types("/cspm today", "#returns")
    waiting = mina.latest("#returns")
    assert "much of Returns’s work stands under names of nobody" in waiting.says()
    mina.presses(waiting, ids.MATCHING_SHOW)
    assert "2 names match nobody" in mina.says_last


def test_with_nothing_to_match_it_says_so_and_when_data_came(house: House, team: Team):
    _, page = opens(house)
    assert "Drop your help desk’s export" in page.says()
    export(house, team, {"ada@example.com": 3})
    _, page = opens(house)
    assert "There is nothing to match. Data came last" in page.says()
    assert not [call for call in house.slack.calls if call.method == "users.list"]
