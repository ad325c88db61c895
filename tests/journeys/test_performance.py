"""The performance talk in Slack: one page for both, each in their language, and a PDF for each alone."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from datetime import date, datetime

import pytest

from bot import ids
from bot.coaching.effect_examples import CLOSED, NOW, PAGE
from bot.coaching.performance_pdf import pdf
from bot.local_slack import SeenMessage
from bot.words import LANGUAGES, Words
from cspm_core import people
from cspm_core.people import Role, Team

from . import coached
from .house import House
from .returns import at

THURSDAY = date(2026, 11, 19)
PERIOD = "2026-06-01..2026-11-18"


def text_of(content: bytes) -> str:
    """What can be selected in a PDF: the letters of its strings by the map of its font."""
    packed = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.S)
    streams = [zlib.decompress(one) if one[:1] == b"x" else one for one in packed]
    [table] = [one for one in streams if b"beginbfchar" in one]
    letters = {int(a, 16): chr(int(b, 16)) for a, b in re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]{4})>", table)}
    said = []
    for one in streams:
        for string in re.findall(rb"\(((?:[^\\()]|\\.)*)\) Tj", one, re.S):
            plain = re.sub(rb"\\(.)", lambda m: {b"r": b"\r", b"n": b"\n"}.get(m[1], m[1]), string, flags=re.S)
            said.append("".join(letters[a << 8 | b] for a, b in zip(plain[::2], plain[1::2], strict=True)))
    return "\n".join(said)


@pytest.fixture
def house(house_at: Callable[[datetime], House]) -> House:
    return house_at(at(THURSDAY, 10, 30))


@pytest.fixture
def team(house: House) -> Team:
    team = house.team("Returns", timezone="America/New_York")
    house.joins(team, "Mina", Role.LEAD, language="en")
    house.joins(team, "Teo", language="ko")
    house.joins(team, "Ada", language="en")
    with house.store.transaction() as session:
        people.be_known_as(session, house.known["Teo"], "Teo de Vries", now=house.now)
        found = people.team(session, team.workspace_id, team.id)
        people.agree_on_person_figures(session, found, "lead", "the works council", now=house.now)
    house.imports(team, coached.weeks(house.now), house.now)
    coached.promised(house, team)
    coached.talked(house, team)
    return team


def last_page(house: House, who: str) -> SeenMessage:
    pages = [one for one in house.person(who).reads() if ids.COACH_PERFORMANCE_WORDS in one.action_ids()]
    return pages[-1]


def test_a_lead_prepares_the_page_and_shares_it_and_both_say_their_own(house: House, team: Team):
    mina, teo = house.person("Mina"), house.person("Teo")
    mina.types(f"/coach review @Teo {PERIOD}", "#returns")
    page = last_page(house, "Mina")
    [table] = page.tables()
    cells = {row[0]: row[1:] for row in table[1:]}
    assert cells["Customer satisfaction (CSAT)"][1] == "246"
    assert " – " in cells["Customer satisfaction (CSAT)"][3]
    assert "1 talk held and 1 promise kept." in page.says()
    assert "better than the rest of the team" in page.says()
    assert "So far only you see this page." in page.says()
    assert not any(ids.COACH_PERFORMANCE_WORDS in one.action_ids() for one in teo.reads())

    mina.presses(page, "My words and next step")
    assert mina.submits(words="Others ask you first.", readiness="ready soon").result == "closed"
    mina.presses(last_page(house, "Mina"), "Add training")
    assert mina.submits(name="Difficult conversations", done_on="2026-09-01").result == "closed"
    page = last_page(house, "Mina")
    assert "Others ask you first." in page.says()
    assert "ready soon" in page.says()
    assert "Difficult conversations, done on September 1, 2026" in page.says()

    mina.presses(page, "Share with Teo")
    theirs = last_page(house, "Teo")
    assert "Others ask you first." in theirs.says()
    assert ids.COACH_PERFORMANCE_SHARE not in theirs.action_ids()
    assert ids.COACH_PERFORMANCE_SHARE not in last_page(house, "Mina").action_ids()
    assert theirs.tables()[0][1][0] == "고객 만족도 (CSAT)"

    teo.presses(theirs, Words("ko")("My words"))
    assert teo.submits(words="저는 교대 근무표를 배우고 싶습니다.").result == "closed"
    assert "저는 교대 근무표를 배우고 싶습니다." in last_page(house, "Mina").says()
    assert len([one for one in teo.reads() if ids.COACH_PERFORMANCE_WORDS in one.action_ids()]) == 1
    with house.store.reading() as session:
        seen = [one.what for one in people.looks_at(session, house.workspace_id, house.known["Teo"].id)]
    assert seen == ["performance"]
    assert house.slack.complaints == []


def test_each_gets_the_pdf_alone_and_in_their_own_language(house: House, team: Team):
    mina, teo = house.person("Mina"), house.person("Teo")
    mina.types(f"/coach review @Teo {PERIOD}", "#returns")
    mina.presses(last_page(house, "Mina"), "Share with Teo")
    mina.presses(last_page(house, "Mina"), "PDF")
    [english] = house.slack.files.values()
    assert english.data.startswith(b"%PDF")
    assert "Customer satisfaction (CSAT)" in text_of(english.data)
    teo.presses(last_page(house, "Teo"), Words("ko")("PDF"))
    korean = list(house.slack.files.values())[-1]
    assert "고객 만족도 (CSAT)" in text_of(korean.data)
    assert not any(one.files for one in house.reads("#returns"))


def test_nobody_else_opens_it(house: House, team: Team):
    ada, mina, teo = (house.person(name) for name in ("Ada", "Mina", "Teo"))
    ada.types("/coach review @Teo", "#returns")
    assert not any(ids.COACH_PERFORMANCE_WORDS in one.action_ids() for one in ada.reads())
    mina.types(f"/coach review @Teo {PERIOD}", "#returns")
    teo.types("/coach review", "#returns")
    assert not any(ids.COACH_PERFORMANCE_WORDS in one.action_ids() for one in teo.reads())
    mina.presses(last_page(house, "Mina"), "Share with Teo")
    page = last_page(house, "Mina")
    ada.presses(page, "PDF")
    assert not house.slack.files


def test_without_an_agreement_it_says_why_there_are_no_figures(house: House, team: Team):
    with house.store.transaction() as session:
        found = people.team(session, team.workspace_id, team.id)
        people.agree_on_person_figures(session, found, "self", "the works council", now=house.now)
    house.person("Mina").types(f"/coach review @Teo {PERIOD}", "#returns")
    page = last_page(house, "Mina")
    assert page.tables() == []
    assert "None: Returns has agreed that each person sees their own alone." in page.says()
    assert "Read the whole thread first" in page.says()
    assert "better than" not in page.says()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_holds_every_line_in_letters_that_can_be_selected(language: str):
    said = text_of(pdf(PAGE, Words(language), NOW))
    assert "Ada King" in said
    assert "84%" in said
    assert "Took over my hardest case when I was ill." in said
    assert {"zh_TW": "客戶滿意度", "ko": "고객 만족도"}.get(language, "CSAT") in said
    assert "84%" not in text_of(pdf(CLOSED, Words(language), NOW))
