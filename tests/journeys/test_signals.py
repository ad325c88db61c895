"""Signal told from noise, in Slack: marks, control charts, two teams, a team's people, and what moved a figure."""

from __future__ import annotations

import csv
import io
import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from slack_sdk.errors import SlackApiError

from bot import charts, ids
from bot.kpi import sheets
from bot.kpi.scope import EVERYTHING, Scope
from bot.local_slack import SeenMessage, Server
from bot.threads import Threads
from cspm_core import people
from cspm_core.people import Role, Team
from cspm_core.store import Store

from . import house as houses
from . import turning
from .house import House
from .returns import at

THURSDAY = date(2026, 11, 19)
PNG = b"\x89PNG"


@pytest.fixture(scope="module", autouse=True)
def drawing_is_warm() -> None:
    """The first picture of a process loads a font for a second: no answer should seem late for it."""
    charts.font()


@pytest.fixture
def house(house_at: Callable[[datetime], House]) -> House:
    return house_at(at(THURSDAY, 8, 30))


@pytest.fixture
def team(house: House) -> Team:
    """Returns, whose ratings by e-mail have turned bad of late: Mina leads, Teo and Ada work."""
    team = house.team("Returns")
    house.joins(team, "Mina", Role.LEAD, language="en")
    house.joins(team, "Teo", language="nl")
    house.joins(team, "Ada")
    with house.store.transaction() as session:
        people.be_known_as(session, house.known["Teo"], "Teo de Vries", now=house.now)
    house.imports(team, turning.weeks(house.now), house.now)
    return team


def answers(house: House, line: str, who: str = "Mina", channel: str = "#returns") -> list[SeenMessage]:
    """Every message that a line is answered with."""
    seat = house.person(who)
    before = len(seat.reads(channel))
    assert seat.types(line, channel=channel) == "ok"
    return seat.reads(channel)[before:]


def follows(house: House, press: Callable[[], object], channel: str = "#returns") -> SeenMessage:
    """The one message that a press is answered with."""
    seat = house.person("Mina")
    before = len(seat.reads(channel))
    press()
    [found] = seat.reads(channel)[before:]
    return found


def offered(message: SeenMessage, action_id: str) -> list[str]:
    """The labels of a menu."""
    elements = [one for block in message.blocks if block["type"] == "actions" for one in block["elements"]]
    [menu] = [one for one in elements if one["action_id"] == action_id]
    return [option["text"]["text"] for option in menu["options"]]


def agree(house: House, team: Team, level: str) -> None:
    with house.store.transaction() as session:
        found = people.team(session, team.workspace_id, team.id)
        people.agree_on_person_figures(session, found, level, "the works council", now=house.now)


def test_a_scorecard_marks_what_signals_in_words_and_says_since_when(house: House, team: Team):
    [card] = answers(house, "/kpi team Returns 14d")
    cells = {row[0]: row[1] for row in card.tables()[0][1:]}
    assert "▼ signal, worse" in cells["Customer satisfaction (CSAT)"]
    assert "signal" not in cells["New tickets"]
    assert "▲▼ signal: more than chance explains. Customer satisfaction (CSAT) since " in card.says()
    mina = house.person("Mina")
    every = follows(house, lambda: mina.presses(card, "All figures"))
    assert any("▼ signal, worse" in row[1] for row in every.tables()[0])
    assert house.slack.complaints == []


def test_a_figure_is_answered_with_its_flagged_days_and_then_the_control_chart(house: House, team: Team):
    answer, chart = answers(house, "/kpi csat 14d")
    _, flags = answer.tables()
    assert len(answer.charts()) == 1
    assert flags[0] == ["Day", "Value", "Usual range", "What is unusual", "For better or worse"]
    assert {row[4] for row in flags[1:]} == {"worse"}
    assert any(row[3].startswith(("below the limits", "in a row below the usual, since")) for row in flags[1:])
    [image] = chart.images()
    assert image["alt_text"].startswith("Control chart: Customer satisfaction (CSAT) of Returns. ")
    assert flags[1][0] in image["alt_text"]
    assert house.slack.files[image["slack_file"]["id"]].data.startswith(PNG)
    assert house.slack.complaints == []


def test_a_picture_is_uploaded_once_and_shown_again(house: House, team: Team):
    first = answers(house, "/kpi csat 14d")[-1].images()[0]["slack_file"]
    again = answers(house, "/kpi csat 14d")[-1].images()[0]["slack_file"]
    assert first == again
    assert len(house.slack.files) == 1
    assert answers(house, "/kpi csat 14d", "Teo")[-1].images()[0]["slack_file"] != first


def test_an_answer_stands_without_the_picture_that_could_not_be_made(house: House, team: Team):
    house.line.fails("files.getUploadURLExternal", SlackApiError("no", {"ok": False, "error": "ratelimited"}))
    answer, instead = answers(house, "/kpi csat 14d")
    assert len(answer.tables()) == 2
    assert "The picture could not be made." in instead.says()
    assert answers(house, "/kpi csat 14d")[-1].images()


def test_the_answer_does_not_wait_for_its_picture(sqlite_store: Store, slack_server: Server):
    threads, uploading = Threads(), threading.Event()
    house = houses.build(sqlite_store, slack_server, at(THURSDAY, 8, 30), threads)
    team = house.team("Returns")
    house.joins(team, "Mina", Role.LEAD, language="en")
    house.imports(team, turning.weeks(house.now), house.now)
    house.line.before = lambda method: None if "getUpload" not in method else _wait(uploading)
    mina = house.person("Mina")

    def kinds() -> list[bool]:
        return [bool(message.images()) for message in mina.reads("#returns") if "Still counting" not in message.text]

    mina.types("/kpi csat 14d", channel="#returns")
    house.slack.wait_until(lambda: kinds() == [False], timeout=20)
    uploading.set()
    house.slack.wait_until(lambda: kinds() == [False, True], timeout=20)
    threads.close()


def _wait(for_it: threading.Event) -> None:
    assert for_it.wait(20)


def test_a_level_has_no_control_chart_and_says_why(house: House, team: Team):
    [answer] = answers(house, "/kpi backlog 14d")
    assert "No control chart: what stands open today was mostly open yesterday" in answer.says()


def test_what_is_kept_has_its_control_chart_within(house: House, team: Team):
    answer, _ = answers(house, "/kpi csat 14d")
    mina = house.person("Mina")
    mina.presses(answer, "Keep")
    kept = mina.latest()
    assert len(kept.images()) == 1
    assert len(kept.tables()) == 2
    assert house.slack.complaints == []


def test_two_teams_side_by_side(house: House, team: Team):
    other = house.team("Billing Desk", "quiet")
    house.joins(other, "Mina", Role.LEAD)
    house.imports(other, turning.weeks(house.now, bad_by="neither"), house.now)
    [answer] = answers(house, "/kpi compare Returns with Billing Desk 14d")
    [table] = answer.tables()
    assert table[0] == ["Figure", "Returns", "Billing Desk", "Difference", "As counted", "On the same mix"]
    rows = {row[0]: row for row in table[1:]}
    assert rows["Customer satisfaction (CSAT)"][4] == "Billing Desk better"
    assert rows["Customer satisfaction (CSAT)"][5] == "Billing Desk better (covers 100%)"
    assert rows["Customer satisfaction (CSAT)"][3].startswith("−")
    assert rows["First response time"][4] == "may be chance"
    assert rows["New tickets"][4:] == ["–", "–"]
    assert "On the same mix: both teams are held against what they do together" in answer.says()
    assert answers(house, "/kpi vergelijk Returns Billing Desk 14d")[0].tables()[0] == table


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("/kpi compare", "Name two teams"),
        ("/kpi compare Returns Bilings", "There is no team called “Bilings”. Did you mean “Billing”?"),
        ("/kpi compare Returns Billing", "The figures of Billing are for its own people"),
    ],
)
def test_who_may_not_see_both_teams_compares_nothing(house: House, team: Team, line: str, sentence: str):
    house.team("Billing", "quiet")
    [answer] = answers(house, line)
    assert answer.tables() == []
    assert sentence in answer.says()


def test_people_are_not_set_beside_each_other_unless_the_team_has_agreed(house: House, team: Team):
    [answer] = answers(house, "/kpi agents csat 28d")
    assert "Returns has not agreed that its lead sees figures about one person" in answer.says()
    agree(house, team, "lead")
    [refused] = answers(house, "/kpi agents csat 28d", "Ada")
    assert "Mina" in refused.says()
    assert refused.tables() == []
    with house.store.reading() as session:
        assert people.looks_at(session, house.workspace_id, house.known["Teo"].id) == []


def test_a_lead_sees_words_about_people_and_each_look_is_written_down(house: House, team: Team):
    agree(house, team, "lead")
    answer, picture = answers(house, "/kpi agents csat 84d")
    assert answer.ephemeral
    assert picture.ephemeral
    [table] = answer.tables()
    names = [row[0] for row in table[1:]]
    assert names == sorted(names)
    words = {row[0]: row[1] for row in table[1:]}
    assert words["Quin Roe"] == "below, worse"
    assert words["Ada King"] == "not distinguishable"
    assert "Share in this channel" not in answer.buttons()
    assert "Quin Roe" in picture.images()[0]["alt_text"]
    with house.store.reading() as session:
        [look] = people.looks_at(session, house.workspace_id, house.known["Teo"].id)
    assert (look.what, look.viewer_id) == ("csat", house.known["Mina"].id)
    assert house.slack.complaints == []


def test_agents_without_a_figure_are_compared_by_satisfaction(house: House, team: Team):
    agree(house, team, "lead")
    answer, _ = answers(house, "/kpi medewerkers")
    assert answer.text.startswith("The people of Returns, Customer satisfaction (CSAT), the last 28 days")


def test_the_digest_says_what_moved_a_figure_and_the_numbers_are_a_tap_away(house: House, team: Team):
    house.turn_to(at(THURSDAY, 9))
    (digest,) = house.reads()
    said = digest.says()
    assert "▼ signal, worse" in said
    assert "Customer satisfaction (CSAT) fell from" in said
    assert "mostly e-mail (channel), where it went from" in said
    assert "worse of it −" in said
    mina = house.person("Mina")
    numbers = follows(house, lambda: mina.presses(digest, "What moved it?"))
    assert numbers.ephemeral
    assert numbers.tables()[0][0][:2] == ["Which", "Before → now"]
    assert {row[0] for row in numbers.tables()[0][1:]} == {"e-mail", "chat"}
    assert "(person)" not in numbers.says()
    [chosen] = [label for label in offered(numbers, ids.KPI_TICKETS) if "e-mail" in label]
    n = int(chosen.rpartition(": ")[2])
    tickets = follows(house, lambda: mina.chooses(numbers, ids.KPI_TICKETS, chosen))
    assert f"e-mail (channel) · {n} tickets" in tickets.says()
    meaning = follows(house, lambda: mina.presses(numbers, "What does it mean?"))
    assert "The share of ratings that were satisfied" in meaning.says()
    assert house.slack.complaints == []


def test_a_driver_names_people_only_to_a_lead_whose_team_has_agreed(house: House, team: Team):
    agree(house, team, "lead")
    answer, _ = answers(house, "/kpi csat 14d")
    mina = house.person("Mina")
    numbers = follows(house, lambda: mina.presses(answer, "What moved it?"))
    assert "(person)" in numbers.says()
    ada, before = house.person("Ada"), len(house.person("Ada").reads("#returns"))
    hers, _ = answers(house, "/kpi csat 14d", "Ada")
    ada.presses(hers, "What moved it?")
    assert "(person)" not in ada.latest("#returns").says()
    assert len(ada.reads("#returns")) == before + 3


def test_a_list_is_narrowed_down_and_sorted_and_the_file_holds_the_same(house: House, team: Team):
    [card] = answers(house, "/kpi team Returns 14d")
    mina = house.person("Mina")
    every = follows(house, lambda: mina.chooses(card, ids.KPI_TICKETS, "Customer satisfaction (CSAT)"))
    against = follows(house, lambda: mina.chooses(every, ids.KPI_TICKETS_SHOW, "counted against it"))
    assert {row[2] for row in against.tables()[0][1:]} == {"against"}
    [by_mail] = mina.options(against, ids.KPI_TICKETS_OF, "e-mail")
    narrow = follows(house, lambda: mina.chooses(against, ids.KPI_TICKETS_OF, by_mail))
    oldest = follows(house, lambda: mina.chooses(narrow, ids.KPI_TICKETS_SORT, "the oldest first"))
    assert "counted against it · e-mail (channel) · the oldest first" in oldest.says()
    keys = [row[0] for row in oldest.tables()[0][1:]]
    assert [key[:4] for key in keys] == sorted(key[:4] for key in keys)
    mina.presses(oldest, "All as CSV")
    rows = list(csv.DictReader(io.StringIO(sheet(house).removeprefix("\ufeff"))))
    assert [row["Ticket"] for row in rows[: len(keys)]] == keys
    assert {row["Came by"] for row in rows} == {"e-mail"}
    assert {row["Counts"] for row in rows} == {"against"}
    back = follows(house, lambda: mina.presses(oldest, "Show all"))
    assert back.text == every.text
    assert house.slack.complaints == []


def sheet(house: House, who: str = "Mina") -> str:
    [file] = house.person(who).latest().files
    return house.slack.files[file.id].data.decode("utf-8")


@pytest.mark.parametrize(("who", "separator"), [("Mina", ","), ("Teo", ";")])
def test_a_file_opens_in_excel_and_runs_nothing(house: House, team: Team, who: str, separator: str):
    [card] = answers(house, "/kpi team Returns 14d", who)
    seat = house.person(who)
    seat.chooses(card, ids.KPI_TICKETS, offered(card, ids.KPI_TICKETS)[0])
    listed = seat.latest("#returns")
    seat.presses(listed, next(label for label in listed.buttons() if "CSV" in label))
    text = sheet(house, who)
    assert text.startswith("\ufeff")
    header, first, *_ = text.removeprefix("\ufeff").splitlines()
    assert header.count(separator) == first.count(separator) > 10
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=separator))
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert "'=HYPERLINK(1)" in cells
    assert datetime.strptime(rows[1][3], "%Y-%m-%d %H:%M:%S") < datetime.max - timedelta(days=1)


@pytest.mark.parametrize(
    ("written", "cell"),
    [
        ("00417", "'00417"),
        ("1234567890123456", "'1234567890123456"),
        ("12E5", "'12E5"),
        ("3-4", "'3-4"),
        ("2026-11", "'2026-11"),
        ("DEC-12", "'DEC-12"),
        ("=1+1", "'=1+1"),
        ("  @SUM(A1)", "'  @SUM(A1)"),
        ("＝1+1", "'＝1+1"),
        ("RET-20417", "RET-20417"),
        ("20417", "20417"),
        ("#48211", "#48211"),
    ],
)
def test_a_spreadsheet_leaves_a_tickets_name_as_it_is_written(written: str, cell: str):
    assert sheets.name(written) == cell


def test_an_older_button_without_a_choice_still_opens_its_list():
    old = "456099749823032042~this-week~1795102200~1795102200~~csat"
    scope = Scope.parse(old)
    assert scope.part == EVERYTHING
    assert str(scope) == old
    longest = Scope.parse("9007199254740993000~2026-10-01..2026-10-15~1795102200~1795102200~9007199254740993000~a")
    chosen = longest.of("x" * 24).only(only="counted_against", sort="longest", dimension="category", code=2**53 - 1)
    assert Scope.parse(str(chosen)) == chosen
    assert len(str(chosen)) <= 150
