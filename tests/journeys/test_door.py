"""`/cspm`: everything is behind it, for everybody what they may do, under whatever names the commands have."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest
import yaml
from sqlmodel import select

from bot import ids, manifest
from bot.coaching import vocabulary as coach_words
from bot.door import views, ways
from bot.door.vocabulary import EVERY, SUBCOMMANDS, understood
from bot.door.ways import ABOUT_SOMEBODY, GROUPS, Way
from bot.escalations import vocabulary as escalate_words
from bot.goals import names as goal_words
from bot.kpi import vocabulary as kpi_words
from bot.local_slack import Seat, SeenMessage, Server
from bot.qa import vocabulary as qa_words
from bot.recognition import vocabulary as kudos_words
from bot.slash import NAMES
from cspm_core import people
from cspm_core.people import Member, Role, Team
from cspm_core.store import Store

from . import house as houses
from .house import House
from .returns import at, weeks

NOW = at(date(2026, 11, 19), 15)
EVERY_WAY = [way for group in GROUPS for way in group.ways] + list(ABOUT_SOMEBODY)
MEANT = {
    "escalate": "escalate raise", "handover": "handover begin", "kudos": "kudos give", "coach {}": "coach talk",
    "goal {}": "goal person", "choose metric": "kpi metric", "choose explain": "kpi explain",
    "choose compare": "kpi compare",
}  # fmt: skip
"""Ways whose words do not name what they mean."""
SHORT_CUTS = {
    "kpi": {*kpi_words.SUBJECTS, "metric"},
    "escalate": {*escalate_words.SUBCOMMANDS, "raise"},
    "handover": {"begin"},
    "qa": set(qa_words.SUBCOMMANDS),
    "coach": {*coach_words.SUBCOMMANDS, "talk"},
    "goal": {*goal_words.SUBCOMMANDS, "person"},
    "kudos": {*kudos_words.SUBCOMMANDS, "give"},
}


@pytest.fixture
def house(house_at: Callable[[datetime], House]) -> House:
    return house_at(NOW)


def staffed(house: House) -> Team:
    """Two teams; Mina leads one and is an admin, Teo and Ada work in it."""
    team = house.team("Returns")
    house.team("Billing", channel="quiet")
    mina = house.joins(team, "Mina", Role.LEAD, language="en")
    for name in ("Teo", "Ada"):
        house.joins(team, name, language="en")
    with house.store.transaction() as session:
        people.member(session, house.workspace_id, mina.id).role = Role.ADMIN
    house.imports(team, weeks(house.now), house.now)
    return team


def page(seat: Seat, typed: str = "/cspm") -> SeenMessage:
    assert seat.types(typed, channel="#returns") == "ok"
    return seat.latest("#returns")


def offered(message: SeenMessage) -> Iterator[str]:
    """What the buttons and menus of a page would type."""
    for block in message.blocks:
        for part in (*block.get("elements", ()), *filter(None, [block.get("accessory")])):
            if part.get("action_id", "").startswith(ids.DOOR_GO):
                yield from (one["value"] for one in part.get("options", [part]))


def test_every_subcommand_and_every_shortcut_is_behind_the_door() -> None:
    led_to = {MEANT.get(way.typed, way.typed.replace(" {}", "")) for way in EVERY_WAY}
    for command, subcommands in SHORT_CUTS.items():
        assert {f"{command} {one}" for one in subcommands} - led_to == set(), command
    assert set(SUBCOMMANDS) - led_to == {"today"}, "which has a button of its own"
    assert set(NAMES) == {*SHORT_CUTS, "cspm"}


def test_an_admin_finds_all_of_it_on_the_page_and_every_button_answers(house: House):
    staffed(house)
    mina = house.person("Mina")
    shown = page(mina)
    assert "Show the list" in shown.buttons()
    mina.chooses(shown, ids.DOOR_PERSON, "Teo de Vries")
    about = mina.latest("#returns")
    found = [*offered(shown), *offered(about)]
    teo = house.person("Teo").id
    assert set(found) == {way.typed.format(f"<@{teo}>") for way in EVERY_WAY} - {"admin"}
    for name in [one["name"] for one in manifest.load()["features"]["shortcuts"] if one["type"] == "message"]:
        assert name in shown.says()
    said = {}
    for message in (shown, about):
        for block, part, typed in list(parts(message)):
            before = len(mina.reads("#returns")), len(mina.reads()), mina.modal
            press(mina, message, block, part, typed)
            after = len(mina.reads("#returns")), len(mina.reads()), mina.modal
            said[typed] = mina.says_last
            assert before != after, f"{typed}: nothing came"
            assert "Something broke" not in said[typed], typed
            assert not re.search(r"There is no \w+ called|I do not know", said[typed]), typed
            while mina.modal:
                mina.closes()
    assert "Returns, this week so far" in said["kpi team"]
    assert "Which figure?" in said["choose metric"]
    assert house.slack.complaints == []


def parts(message: SeenMessage) -> Iterator[tuple[str, dict[str, Any], str]]:
    for block in message.blocks:
        for part in (*block.get("elements", ()), *filter(None, [block.get("accessory")])):
            if part.get("action_id", "").startswith(ids.DOOR_GO):
                for one in part.get("options", [part]):
                    yield block["block_id"], part, one["value"]


def press(seat: Seat, message: SeenMessage, block: str, part: dict[str, Any], typed: str) -> None:
    if part["type"] == "button":
        assert seat.presses(message, part["action_id"], block_id=block) == "ok"
    else:
        label = next(one["text"]["text"] for one in part["options"] if one["value"] == typed)
        assert seat.chooses(message, part["action_id"], label, block_id=block) == "ok"


def test_what_is_chosen_from_a_menu_is_asked_for(house: House):
    staffed(house)
    mina = house.person("Mina")
    mina.chooses(page(mina), f"{ids.DOOR_GO}.figures.more", "One figure over time")
    mina.chooses(mina.latest("#returns"), f"{ids.DOOR_GO}.choose", "Reopen rate")
    assert "Reopen rate" in mina.latest("#returns").says()
    mina.chooses(page(mina), f"{ids.DOOR_GO}.figures.more", "Compare two teams")
    mina.chooses(mina.latest("#returns"), f"{ids.DOOR_GO}.choose", "Billing")
    assert "Billing" in mina.latest("#returns").says()
    mina.chooses(page(mina), f"{ids.DOOR_GO}.team.more", "Morning digest")
    mina.presses(mina.latest("#returns"), ids.DIGEST_SETTINGS)
    assert mina.modal
    assert mina.modal.raw.given["callback_id"] == ids.DIGEST_SETTINGS_FORM


def test_the_name_of_a_team_is_never_read_as_markup() -> None:
    drawn = views.choose(
        "Compare <!here> & Co with which team?", "Choose a team", "kpi compare", {"Billing": "Billing"}
    )
    assert drawn["blocks"][0]["text"]["text"] == "Compare &lt;!here&gt; &amp; Co with which team?" == drawn["text"]


def test_an_agent_and_a_stranger_see_what_they_may_do(house: House):
    staffed(house)
    ada, bo = set(offered(page(house.person("Ada")))), set(offered(page(house.person("Bo"))))
    assert {"kpi me", "qa mine", "coach mine", "kudos", "goal new", "escalate", "tour", "privacy"} <= ada
    assert not {"settings", "setup", "names", "doctor", "qa review", "qa queue", "kpi agents", "coach effects"} & ada
    assert bo == {"escalate", "choose explain", "kpi help", "escalate help", "privacy", "help", "admin"}
    assert len(ada) < len(set(offered(page(house.person("Mina")))))


def test_home_leads_to_it_too(house: House):
    staffed(house)
    ada = house.person("Ada")
    ada.presses(ada.opens_home(), "Show me")
    assert "Everything I can do" in ada.latest().says()
    ada.presses(ada.latest(), "My kudos")
    assert "Something broke" not in ada.says_last


@pytest.mark.parametrize(
    ("short", "whole"),
    [
        ("/kpi team Returns last week", "/cspm kpi team Returns last week"),
        ("/kpi help", "/cspm cijfers help"),
        ("/escalate list", "/cspm 에스컬레이션 목록"),
        ("/qa scorecards", "/cspm 品質 評分卡"),
        ("/coach", "/cspm coach"),
        ("/goal help", "/cspm 目標 help"),
        ("/kudos mine", "/cspm kudos mijn"),
    ],
)
def test_what_another_command_does_can_be_said_after_this_one(house: House, short: str, whole: str):
    staffed(house)
    mina = house.person("Mina")
    assert page(mina, short).says() == page(mina, whole).says()


def test_what_opens_a_modal_does_so_from_here_as_well(house: House):
    staffed(house)
    mina = house.person("Mina")
    mina.types("/cspm escalate RET-20417 The refund\nIS late", channel="#returns")
    assert mina.modal
    assert "The refund\\nIS late" in json.dumps(mina.modal.blocks)
    mina.closes()
    for typed in ("handover", "kudos @Ada you saved the day", "goal new", "setup", "tour", "qa review"):
        mina.types(f"/cspm {typed}", channel="#returns")
        assert mina.modal, typed
        while mina.modal:
            mina.closes()


def test_what_is_not_known_is_said_with_all_there_is(house: House):
    staffed(house)
    said = page(house.person("Ada"), "/cspm figurez").says()
    assert "I do not know “figurez”." in said
    assert "How your team does" in said


def test_words_mean_one_thing_in_every_language() -> None:
    spelled = [spelling for spellings in EVERY.values() for spelling in spellings]
    assert len(set(spelled)) == len(spelled)
    for about, spellings in EVERY.items():
        for spelling in spellings:
            assert understood(f"  {spelling.upper()}   Some  Words ") == (about, "Some  Words")
    assert understood("   ") == ("door", "")


def test_a_way_is_for_somebody() -> None:
    assert all(isinstance(way, Way) and way.whom for way in EVERY_WAY)
    labels = [way.label for group in GROUPS for way in group.ways]
    assert len(set(labels)) == len(labels)
    assert all(len(ways.open_to(group.ways, ~ways.For(0))) <= 8 for group in GROUPS)


# The first admin


def code(house: House) -> str:
    with house.store.transaction() as session:
        return people.new_admin_code(session, house.workspace_id, now=house.now)


def test_the_first_admin_claims_it_with_the_code(house: House, lines: Callable[[], list[dict[str, Any]]]):
    mina, bo, given = house.person("Mina"), house.person("Bo"), code(house)
    mina.changes(locale="en-US")
    assert "I wait for my first admin" in page(bo).says()
    assert "I wait for my first admin" in bo.opens_home().says()
    mina.presses(mina.opens_home(), "I have the code")
    wrong = mina.submits(code="AAAA-BB1")
    assert wrong.errors == {"code": "That is no code of mine. It has eight letters and digits, as in 7KQM-2XPV."}
    wrong = mina.submits(code="AAAA-BBBB")
    assert wrong.errors == {"code": "That code is not good. cspm admin, typed where the bot runs, prints a new one."}, (
        "its form is right"
    )
    assert mina.submits(code=given.lower().replace("-", " ")).result == "closed"
    assert "You are an admin now." in mina.latest().says()
    assert "Set up a team" in mina.latest().buttons()
    assert "I wait for my first admin" not in mina.home.says()
    assert "setup" in set(offered(page(mina)))
    bo.types(f"/cspm admin {given}", channel="#returns")
    used = bo.latest("#returns").says()
    assert "That code is not good. `cspm admin`, typed where the bot runs, prints a new one." in used
    bo.types("/cspm admin AAAA-BBBB", channel="#returns")
    assert bo.latest("#returns").says() == used, "nobody learns what was a code once"
    with house.store.reading() as session:
        assert [one.name for one in session.exec(select(Member).where(Member.role == "admin"))] == ["Mina Park"]
    logged = json.dumps(lines())
    assert given not in logged
    assert given.replace("-", "") not in logged.upper()


def test_a_code_can_be_typed_and_guessing_it_ends(house: House):
    mina, bo = house.person("Mina"), house.person("Bo")
    mina.changes(locale="en-US")
    for n in range(6):
        bo.types(f"/cspm admin AAAA-AAA{n + 2}", channel="#returns")
    assert "Too many wrong codes were typed." in bo.latest("#returns").says()
    given = code(house)
    bo.types(f"/cspm admin {given}", channel="#returns")
    assert "Too many wrong codes" in bo.latest("#returns").says()
    mina.types(f"/cspm 관리자 {given.lower()}", channel="#returns")
    assert "You are an admin now." in mina.latest("#returns").says()
    mina.types("/cspm admin", channel="#returns")
    assert mina.modal
    assert mina.modal.raw.given["callback_id"] == ids.CLAIM_FORM


# Names of commands


@pytest.fixture
def prefixed(sqlite_store: Store, slack_server: Server) -> House:
    """A workspace where the short names were taken."""
    return houses.build(sqlite_store, slack_server, NOW, manifest=yaml.safe_load(manifest.written("acme-")))


def test_the_bot_follows_the_names_that_its_manifest_gave_the_commands(prefixed: House):
    staffed(prefixed)
    mina, teo = prefixed.person("Mina"), prefixed.person("Teo")
    assert mina.types("/kpi team", channel="#returns") == "unknown"
    assert "Returns, this week so far" in page(mina, "/acme-kpi team").says()
    assert "`/acme-kpi me 28d`" in page(mina, "/acme-kpi help").says()
    assert "What /acme-kpi can show you" in mina.latest("#returns").says()
    assert "`/acme-qa queue`" in page(teo, "/acme-qa help").says()
    mina.types("/acme-escalate RET-20417 late", channel="#returns")
    assert mina.modal
    mina.closes()
    with prefixed.store.reading() as session:
        assert people.command_prefix(session, prefixed.workspace_id) == "acme-"
    prefixed.runtime.words(prefixed.workspace_id, "nl")
    assert prefixed.runtime.words(prefixed.workspace_id, "nl")("Type `/kpi`") == "Type `/acme-kpi`"
    said = page(teo, "/acme-cspm kpi figurez").says()
    assert not re.search(r"[^-]/?\b(?<!acme-)/kpi", said)


def test_the_names_are_learned_anew_when_the_manifest_changes(prefixed: House):
    staffed(prefixed)
    mina = prefixed.person("Mina")
    page(mina, "/acme-cspm help")
    for command in prefixed.slack.manifest.commands.copy():
        plain = command.replace("acme-", "")
        prefixed.slack.manifest.commands[plain] = prefixed.slack.manifest.commands.pop(command)
    assert "`/kpi` – figures" in page(mina, "/cspm help").says()
    with prefixed.store.reading() as session:
        assert people.command_prefix(session, prefixed.workspace_id) == ""
