"""What conversations are scored by: begun from a ready scorecard, changed in a modal, exported, archived; and `/qa`."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sqlmodel import col, delete

from bot import ids
from bot.local_slack import SeenMessage, SeenView
from bot.qa import ready
from bot.qa.spoken import Wish, understand
from bot.words import LANGUAGES, Words
from cspm_core import people, qa
from cspm_core.ids import new_id
from cspm_core.people import Role, Team
from cspm_core.qa import Card, Criterion, Definition, QaReview, Section

from .house import House


@pytest.fixture
def team(house: House) -> Team:
    """Mina leads, Ada reviews, Teo works; Bo is of another team."""
    team = house.team("Returns", language="en")
    house.joins(team, "Mina", Role.LEAD, language="en")
    house.joins(team, "Ada", Role.QA_REVIEWER)
    house.joins(team, "Teo", language="nl")
    house.joins(house.team("Billing"), "Bo")
    return team


def asks(house: House, words: str, who: str = "Mina") -> SeenMessage:
    seat = house.person(who)
    assert seat.types(words, "#returns") == "ok"
    return seat.latest("#returns")


def begins(house: House, team: Team, kind: str = "email", name: str = "") -> Card:
    """Mina makes one."""
    mina = house.person("Mina")
    mina.presses(asks(house, "/qa scorecards"), "New scorecard")
    assert mina.submits(**{"from": kind, "name": name}).errors == {}
    return cards(house, team)[-1]


def cards(house: House, team: Team, **given) -> list[Card]:
    with house.store.reading() as session:
        return qa.scorecards_of(session, team, **given)


def opens(house: House, card: Card) -> SeenView:
    mina = house.person("Mina")
    mina.presses(asks(house, "/qa scorecards"), "Edit", block_id=f"card:{card.id}")
    assert mina.modal
    return mina.modal


def does(house: House, what: str, key: str = "", *, section: int | None = None) -> None:
    """A choice in the menu beside a criterion, or a section."""
    mina = house.person("Mina")
    assert mina.modal
    action = ids.SCORECARD_CRITERION if section is None else ids.SCORECARD_SECTION
    block = f"criterion:{key}" if section is None else f"section:{section}"
    assert mina.chooses(mina.modal, action, what, block_id=block) == "ok"


def reviewed(house: House, team: Team, card: Card) -> None:
    """Somebody has sent a review made with it."""
    with house.store.transaction() as session:
        agent = people.identity(session, house.workspace_id, "Teo", now=house.now)
        session.add(
            QaReview(
                workspace_id=house.workspace_id, id=new_id(house.now), team_id=team.id, version_id=card.version_id,
                agent_id=agent.id, started_at=house.now, submitted_at=house.now, score=90,
            )
        )  # fmt: skip


def test_a_lead_begins_with_a_ready_scorecard(house: House, team: Team):
    said = asks(house, "/qa scorecards").says()
    assert "There is none yet" in said
    card = begins(house, team)
    assert (card.name, card.channel, card.version) == ("E-mail", "email", 1)
    assert len(card.definition.criteria) == 11
    said = house.person("Mina").says_last
    assert "11 criteria" in said
    assert "for: e-mail" in said
    assert "“E-mail” is ready to be used" in said
    mina = house.person("Mina")
    mina.presses(asks(house, "/qa scorecards"), "New scorecard")
    assert list(mina.submits(**{"from": "email"}).errors) == ["name"], "there is one of that name"
    assert mina.submits(**{"from": str(card.id), "name": ""}).errors == {}
    assert [one.name for one in cards(house, team)] == ["E-mail", "Copy of E-mail"]


def test_it_is_made_in_the_language_of_the_team(house: House, team: Team):
    for language in LANGUAGES:
        for kind in ready.READY:
            name, _, definition = ready.ready(kind, Words(language))
            qa.check(definition)
            assert 8 <= len(definition.criteria) <= 12, (kind, name)
            assert 3 <= len(definition.sections) <= 4
            assert any(one.is_critical for one in definition.criteria)
            assert all(one.guidance and one.causes for one in definition.criteria)
        keys = {one.key for one in definition.criteria}
        english = {one.key for one in ready.ready(kind, Words("en"))[2].criteria}
        assert keys == english, "a criterion is the same one in every language"


def test_a_criterion_is_changed_in_a_modal_and_nothing_counts_before_it_is_saved(house: House, team: Team):
    card = begins(house, team)
    mina = house.person("Mina")
    assert "You may close and go on later" in opens(house, card).says()
    does(house, "Edit …", "clear")
    assert mina.modal
    assert mina.modal.title == "Criterion"
    done = mina.submits(
        name="Reads well on a phone", scale="Hard\nFine\nEasy", weight="1.5",
        **{"is": [], "guidance": "Look at it on one.", "causes": "Too long\n\n Jargon "},
    )  # fmt: skip
    assert done.errors == {}
    assert mina.modal
    said = mina.modal.says()
    assert "Reads well on a phone" in said
    assert "Hard / Fine / Easy" in said
    assert "“Reads well on a phone”: name, points, weight, “not applicable” allowed or not, guidance, and root" in said
    assert cards(house, team)[0].definition == card.definition
    mina.closes()
    assert "Not saved yet" in opens(house, card).says(), "it was kept when the modal closed"
    assert mina.submits().errors == {}
    assert mina.modal is None
    now = cards(house, team)[0]
    assert now.version == 1, "nobody was scored with it yet"
    assert now.definition.criterion("clear") == Criterion(
        "clear", "Reads well on a phone", ("Hard", "Fine", "Easy"), 1.5, False, False, "Look at it on one.",
        ("Too long", "Jargon"),
    )  # fmt: skip
    assert "“E-mail” is saved." in mina.says_last


def test_once_somebody_was_scored_a_change_is_the_next_version(house: House, team: Team):
    card = begins(house, team)
    reviewed(house, team, card)
    assert "1 review" in asks(house, "/qa scorecards").says()
    opens(house, card)
    does(house, "Remove", "language")
    mina = house.person("Mina")
    assert mina.modal
    assert "Removed: “Correct language”" in mina.modal.says()
    assert "Saving makes the next version" in mina.modal.says()
    mina.submits()
    assert "“E-mail” is version 2 now" in mina.says_last
    assert "• Removed: “Correct language”" in mina.says_last
    with house.store.reading() as session:
        before = qa.scorecard_version(session, house.workspace_id, card.version_id)
    assert before.definition == card.definition


def test_criteria_and_sections_are_added_moved_and_taken_out(house: House, team: Team):
    card = begins(house, team)
    opens(house, card)
    mina = house.person("Mina")
    mina.presses(mina.modal, "Add a section")
    assert mina.submits(name="Ending").errors == {}
    mina.presses(mina.modal, "Add a criterion")
    mina.submits(name="Says goodbye", scale="No\nYes", weight="1", section="Ending")
    does(house, "Up", "says_goodbye")
    does(house, "Up", "recorded")
    does(house, "Down", "clear")
    does(house, "Up", section=1)
    does(house, "Rename …", section=0)
    mina.submits(name="The answer")
    assert mina.submits().result != "", "the editor stays open: a section is empty"
    assert mina.modal
    assert "The section “Ending” has no criterion" in mina.modal.says()
    does(house, "Remove with its criteria", section=4)
    mina.submits()
    assert mina.modal is None
    sections = cards(house, team)[0].definition.sections
    assert [(section.name, [one.key for one in section.criteria]) for section in sections] == [
        ("The answer", ["right", "solved", "next_step"]),
        ("Understanding", ["understood", "every_question"]),
        ("Tone and language", ["friendly", "personal", "language", "clear"]),
        ("Data and notes", ["recorded", "privacy", "says_goodbye"]),
    ]


def test_what_does_not_fit_is_said_beside_its_field(house: House, team: Team):
    opens(house, begins(house, team))
    does(house, "Edit …", "clear")
    mina = house.person("Mina")
    done = mina.submits(scale="Only one")
    assert list(done.errors) == ["scale"]
    assert "2 to 5 points" in done.errors["scale"]
    assert list(mina.submits(scale="Yes\nyes").errors) == ["scale"]
    assert list(mina.submits(scale="No\nYes", causes="\n".join(f"Cause {n}" for n in range(21))).errors) == ["causes"]
    assert list(mina.submits(causes="", guidance="x" * 1001).errors) == ["guidance"]
    assert mina.submits(guidance="", name="Clear").errors == {}


def test_the_settings_of_a_scorecard(house: House, team: Team):
    card = begins(house, team)
    other = begins(house, team, "chat")
    opens(house, card)
    mina = house.person("Mina")
    mina.presses(mina.modal, "Settings")
    mina.submits(
        name="Chat", channel="any channel", on_critical="The score stays, but the review is not passed",
        on_na="It counts as the best point", passed_from="85.5",
    )  # fmt: skip
    mina.submits()
    assert mina.modal
    assert "Chat exists already" in mina.modal.says(), "the name is another's, and nothing is lost"
    mina.presses(mina.modal, "Settings")
    mina.submits(name="Mail")
    mina.submits()
    now = cards(house, team)[0]
    assert (now.name, now.channel, now.definition.passed_from) == ("Mail", "", 85.5)
    assert (now.definition.on_critical, now.definition.on_na) == ("outcome", "full")
    assert cards(house, team)[1] == other


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(house: House, team: Team):
    card = begins(house, team)
    opens(house, card)
    does(house, "Remove", "language")
    with house.store.transaction() as session:
        theirs = replace(card.definition, passed_from=70)
        qa.save_scorecard(session, team, "E-mail", theirs, channel="email", by=None, now=house.now,
                          scorecard_id=card.id)  # fmt: skip
    mina = house.person("Mina")
    mina.submits()
    assert mina.modal
    assert "Somebody else has saved this scorecard since you began" in mina.modal.says()
    mina.presses(mina.modal, "Discard my changes")
    assert "passed from 70 points" in mina.modal.says()
    assert "Not saved yet" not in mina.modal.says()
    assert cards(house, team)[0].definition == theirs


def test_a_scorecard_of_a_hundred_criteria_can_still_be_edited(house: House, team: Team):
    long = "Says in one sentence, and without a word that only we would understand, what"
    every = [Criterion(f"c{n}", f"{long[:68]} {n}", ("No", "Yes"), guidance="x" * 900) for n in range(100)]
    sections = [Section(f"Section {n}", tuple(every[n * 10 : n * 10 + 10])) for n in range(5)]
    definition = Definition((*sections, Section("The long one", tuple(every[50:]))))
    with house.store.transaction() as session:
        card = qa.save_scorecard(session, team, "Long", definition, by=None, now=house.now)
    view = opens(house, card)
    assert len(view.blocks) <= 100
    mina = house.person("Mina")
    assert mina.chooses(view, ids.SCORECARD_PAGE, "The long one (41 to 50)") == "ok"
    does(house, "Up", "c90")
    assert mina.modal
    assert "The long one (1 to 40)" in json.dumps(mina.modal.blocks), "it shows the page that it moved to"
    does(house, "Edit …", "c90")
    mina.submits(name="Moved and renamed")
    assert "Moved and renamed" in mina.modal.says()
    mina.submits()
    assert cards(house, team)[0].definition.sections[-1].criteria[39].name == "Moved and renamed"


def test_pressed_twice_it_is_kept_once(house: House, team: Team):
    card = begins(house, team)
    opens(house, card)
    mina = house.person("Mina")
    mina.presses(mina.modal, "Add a criterion")
    house.slack.faults.deliver_twice = True
    mina.submits(name="Says goodbye", scale="No\nYes", weight="1")
    house.slack.faults.deliver_twice = False
    with house.store.reading() as session:
        member = house.known["Mina"].id
        draft = qa.editing(session, house.workspace_id, card.id, member, now=house.now)
    assert [one.key for one in draft.definition.criteria].count("says_goodbye") == 1


def test_it_is_exported_as_a_file_that_can_be_read_again(house: House, team: Team):
    card = begins(house, team)
    ada = house.person("Ada")
    listed = asks(house, "/qa scorecards", "Ada")
    assert "Edit" not in listed.buttons()
    assert "New scorecard" not in listed.buttons()
    ada.presses(listed, "Export")
    [file] = ada.latest().files
    assert file.name == "e-mail.yaml"
    told = qa.read_scorecard(house.slack.files[file.id].data.decode())
    assert (told.name, told.channel, told.definition) == (card.name, card.channel, card.definition)


def test_a_file_becomes_a_scorecard_and_a_wrong_one_says_where_it_is_wrong(house: House, team: Team):
    card = begins(house, team)
    mina = house.person("Mina")
    text = qa.write_scorecard("E-mail", "email", replace(card.definition, passed_from=90))
    for wanted, said in (("Letters", "“Letters” is made."), ("", "“E-mail” is changed and stays version 1.")):
        mina.presses(asks(house, "/qa scorecards"), "New scorecard")
        assert mina.submits(file=mina.picks("card.yaml", text.encode()), name=wanted).errors == {}
        assert said in mina.says_last
    assert [(one.name, one.definition.passed_from) for one in cards(house, team)] == [("E-mail", 90), ("Letters", 90)]
    mina.presses(asks(house, "/qa scorecards"), "New scorecard")
    mina.submits(file=mina.picks("card.yaml", text.replace("weight: 3", "weight: three", 1).encode()))
    assert "“Solution › What is said is right”: `weight` is a number; I read “three”." in mina.says_last
    mina.presses(asks(house, "/qa scorecards"), "New scorecard")
    mina.submits(file=mina.picks("card.yaml", b"\x89PNG\xff"))
    assert "no YAML that I can read" in mina.says_last


def test_an_archived_one_is_offered_no_more_and_comes_back(house: House, team: Team):
    card = begins(house, team)
    mina = house.person("Mina")
    mina.presses(asks(house, "/qa scorecards"), "Archive")
    assert cards(house, team) == []
    assert "“E-mail” is archived." in mina.says_last
    assert "E-mail" not in asks(house, "/qa scorecards", "Ada").says()
    mina.presses(asks(house, "/qa scorecards"), "Bring back")
    assert [one.id for one in cards(house, team)] == [card.id]


def test_only_those_who_lead_a_team_change_what_it_is_scored_by(house: House, team: Team):
    begins(house, team)
    listed = asks(house, "/qa scorecards")
    ada, bo = house.person("Ada"), house.person("Bo")
    for who in (ada, bo):
        who.types("hello", "#returns")
    for button in ("Edit", "Archive", "New scorecard"):
        ada.presses(listed, button)
        assert ada.modal is None
        assert "That is for the lead of the team: Mina." in ada.says_last
    assert bo.types("/qa scorecards Returns", "#returns") == "ok"
    assert "for its own people" in bo.says_last
    assert cards(house, team)[0].is_archived is False


def test_somebody_who_leads_no_more_cannot_save_what_is_open(house: House, team: Team):
    card = begins(house, team)
    opens(house, card)
    does(house, "Remove", "language")
    with house.store.transaction() as session:
        session.exec(delete(people.Membership).where(col(people.Membership.member_id) == house.known["Mina"].id))
    mina = house.person("Mina")
    mina.submits()
    assert mina.modal
    assert "That is for the lead of the team" in mina.modal.says()
    assert cards(house, team)[0].definition == card.definition


def test_qa_alone_shows_everything_there_is_and_each_button_leads_there(house: House, team: Team):
    begins(house, team)
    help_ = asks(house, "/qa", "Ada")
    for command in ("review", "queue", "mine", "scores", "calibrate", "scorecards", "settings"):
        assert f"/qa {command}" in help_.says()
    ada = house.person("Ada")
    ada.presses(help_, "Scorecards")
    assert "Scorecards of Returns" in ada.says_last
    for button in ("My queue", "My reviews", "Scores", "Calibration", "Settings"):
        before = ada.says_last
        assert ada.presses(help_, button) == "ok"
        assert ada.says_last != before, button
        assert "Something broke" not in ada.says_last, button


@pytest.mark.parametrize(
    ("typed", "about", "words"),
    [
        ("", "help", ""),
        ("help", "help", ""),
        ("RET-1", "review", "RET-1"),
        ("review RET-1", "review", "RET-1"),
        ("<@U1>", "review", "<@U1>"),
        ("beoordeel RET-1", "review", "RET-1"),
        ("評核 RET-1", "review", "RET-1"),
        ("리뷰 RET-1", "review", "RET-1"),
        ("queue", "queue", ""),
        ("my queue", "queue", ""),
        ("my reviews", "mine", ""),
        ("Scores Returns last week", "scores", "Returns last week"),
        ("scorecards Returns", "scorecards", "Returns"),
        ("评分卡", "review", "评分卡"),
        ("評分卡 退貨", "scorecards", "退貨"),
        ("평가표", "scorecards", ""),
        ("scorekaarten", "scorecards", ""),
        ("校準", "calibrate", ""),
        ("settings Returns", "settings", "Returns"),
    ],
)
def test_what_is_typed_after_qa_is_understood(typed: str, about: str, words: str):
    assert understand(typed) == Wish(about, words)
