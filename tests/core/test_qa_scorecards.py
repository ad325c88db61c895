"""A scorecard changes in versions, so that a review keeps the one it was made with; and it travels as YAML."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from cspm_core import errors, people, qa
from cspm_core.ids import new_id
from cspm_core.people import Member, Role, Team
from cspm_core.qa import Criterion, Definition, OnCritical, OnNotApplicable, QaReview, QaScorecardVersion, Section
from cspm_core.store import Store

GREETS = Criterion("greets", "Greets by name", ("No", "Yes"))
RIGHT = Criterion("right", "The answer is right", ("Wrong", "Partly", "Right"), 3, is_critical=True, may_be_na=False)
DEFINITION = Definition((Section("Tone", (GREETS,)), Section("Content", (RIGHT,))))
LATER = timedelta(minutes=5)


@dataclass
class Desk:
    store: Store
    team: Team
    lead: Member
    now: datetime

    def saves(self, name: str = "E-mail", definition: Definition = DEFINITION, **given) -> qa.Card:
        with self.store.transaction() as session:
            return qa.save_scorecard(session, self.team, name, definition, by=self.lead.id, now=self.now, **given)

    def reviews_with(self, card: qa.Card, **given) -> int:
        """Somebody begins a review with the version that stands."""
        with self.store.transaction() as session:
            agent = people.identity(session, self.team.workspace_id, "Teo", now=self.now)
            review = QaReview(
                workspace_id=self.team.workspace_id, id=new_id(self.now), team_id=self.team.id,
                version_id=card.version_id, agent_id=agent.id, started_at=self.now, **given,
            )  # fmt: skip
            session.add(review)
            return review.id

    def cards(self, **given) -> list[qa.Card]:
        with self.store.reading() as session:
            return qa.scorecards_of(session, self.team, **given)

    def edits(self, card: qa.Card, how, by: int | None = None) -> qa.ScorecardDraft:
        with self.store.transaction() as session:
            who = by or self.lead.id
            return qa.change_draft(session, self.team.workspace_id, card.id, who, how, now=self.now)


@pytest.fixture
def desk(store: Store, workspace_id: int, now: datetime) -> Desk:
    with store.transaction() as session:
        team = people.add_team(session, workspace_id, "Returns", timezone="Europe/Berlin", now=now)
        lead = people.add_member(session, workspace_id, "Mina", now=now)
        people.join_team(session, team, lead, Role.LEAD, now=now)
    return Desk(store, team, lead, now)


def reworded(definition: Definition = DEFINITION, name: str = "Greets kindly") -> Definition:
    return replace(definition, sections=(Section("Tone", (replace(GREETS, name=name),)), definition.sections[1]))


def test_a_scorecard_without_reviews_is_changed_in_place(desk: Desk):
    first = desk.saves()
    second = desk.saves(definition=reworded(), scorecard_id=first.id)
    assert (second.version, second.version_id) == (1, first.version_id)
    assert second.definition == reworded()
    assert [one.id for one in desk.cards()] == [first.id]


@pytest.mark.parametrize("is_draft", [True, False])
def test_a_review_keeps_the_scorecard_it_was_made_with(desk: Desk, is_draft: bool):
    first = desk.saves()
    desk.reviews_with(first, submitted_at=None if is_draft else desk.now)
    second = desk.saves(definition=reworded(), scorecard_id=first.id)
    third = desk.saves(definition=reworded(name="Greets at once"), scorecard_id=first.id)
    assert (second.version, third.version) == (2, 2), "nothing was scored with the second yet"
    with desk.store.reading() as session:
        kept = qa.scorecard_version(session, desk.team.workspace_id, first.version_id)
        assert (kept.version, kept.definition) == (1, DEFINITION)
        assert qa.scorecard(session, desk.team.workspace_id, first.id).definition == third.definition
        assert qa.reviews_with(session, desk.team) == ({} if is_draft else {first.id: 1})


def test_saving_what_stands_makes_no_version(desk: Desk):
    first = desk.saves()
    desk.reviews_with(first)
    renamed = desk.saves("Mail", scorecard_id=first.id, channel="email")
    assert (renamed.name, renamed.channel, renamed.version) == ("Mail", "email", 1)
    with desk.store.reading() as session:
        assert len(session.exec(select(QaScorecardVersion)).all()) == 1


def test_a_version_that_an_import_made_and_that_is_not_offered_stands_in_nobodys_way(desk: Desk):
    first = desk.saves()
    desk.reviews_with(first)
    with desk.store.transaction() as session:
        session.add(
            QaScorecardVersion(
                workspace_id=first.workspace_id, id=new_id(desk.now), scorecard_id=first.id, version=2,
                definition=DEFINITION.written(), made_at=desk.now,
            )
        )  # fmt: skip
    assert desk.saves(definition=reworded(), scorecard_id=first.id).version == 3


def test_names_are_unique_within_a_team_whatever_their_case_and_width(desk: Desk):
    desk.saves("E-mail")
    other = desk.saves("Calls")
    with pytest.raises(errors.Taken) as taken:
        desk.saves("  Ｅ-MAIL ")
    assert taken.value.name == "E-mail"
    with pytest.raises(errors.Taken):
        desk.saves("e-mail", scorecard_id=other.id)
    assert [one.name for one in desk.cards()] == ["E-mail", "Calls"]


def test_another_teams_scorecard_cannot_be_changed(desk: Desk):
    card = desk.saves()
    with desk.store.transaction() as session:
        other = people.add_team(session, desk.team.workspace_id, "Billing", timezone="UTC", now=desk.now)
        with pytest.raises(errors.UnknownScorecard):
            qa.save_scorecard(session, other, "Mine", DEFINITION, by=None, now=desk.now, scorecard_id=card.id)
        assert qa.scorecards_of(session, other) == []


def test_a_change_that_began_from_something_older_is_told_so(desk: Desk):
    first = desk.saves()
    desk.saves(definition=reworded(), scorecard_id=first.id, seen=DEFINITION)
    with pytest.raises(errors.Changed):
        desk.saves(definition=reworded(name="Says hello"), scorecard_id=first.id, seen=DEFINITION)
    assert desk.cards()[0].definition == reworded()


def test_of_two_who_save_at_once_one_is_told_that_somebody_was_faster(desk: Desk):
    card = desk.saves()
    desk.reviews_with(card)
    together = threading.Barrier(2)

    def save(n: int) -> str:
        together.wait()
        try:
            desk.saves(definition=reworded(name=f"Greets {n}"), scorecard_id=card.id, seen=DEFINITION)
        except errors.Changed:
            return "late"
        return "saved"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(save, range(2))) == ["late", "saved"]
    with desk.store.reading() as session:
        numbers = sorted(one.version for one in session.exec(select(QaScorecardVersion)))
        assert numbers == [1, 2]
        assert qa.scorecard(session, card.workspace_id, card.id).version == 2


def test_a_contact_is_scored_by_the_card_of_its_channel_else_by_one_for_any(desk: Desk):
    with desk.store.reading() as session:
        assert qa.card_for(session, desk.team, "email") is None
    complaints = desk.saves("Complaints", channel=qa.ON_CHOICE)
    with desk.store.reading() as session:
        assert qa.card_for(session, desk.team, "chat") == complaints, "better than none"
    mail = desk.saves("Mail", channel="email")
    with desk.store.reading() as session:
        assert qa.card_for(session, desk.team, "chat") == mail
    any_ = desk.saves("Whatever")
    calls = desk.saves("Calls", channel="phone")
    with desk.store.reading() as session:
        assert qa.card_for(session, desk.team, "phone") == calls
        assert qa.card_for(session, desk.team, "EMAIL") == mail
        assert qa.card_for(session, desk.team, "chat") == any_
        assert qa.card_for(session, desk.team, "") == any_


def test_an_archived_scorecard_is_offered_no_more_and_can_come_back(desk: Desk):
    mail, calls = desk.saves("Mail"), desk.saves("Calls")
    with desk.store.transaction() as session:
        qa.archive_scorecard(session, mail.workspace_id, mail.id, now=desk.now)
        qa.archive_scorecard(session, mail.workspace_id, mail.id, now=desk.now + LATER)
        assert qa.card_for(session, desk.team, "") == calls
    assert [one.id for one in desk.cards()] == [calls.id]
    assert [(one.id, one.is_archived) for one in desk.cards(with_archived=True)] == [(calls.id, False), (mail.id, True)]
    with desk.store.transaction() as session:
        qa.unarchive_scorecard(session, mail.workspace_id, mail.id)
    assert [one.id for one in desk.cards()] == [mail.id, calls.id]


def test_a_name_that_nobody_has_names_the_nearest(desk: Desk):
    desk.saves("E-mail")
    with desk.store.reading() as session, pytest.raises(errors.UnknownScorecard) as unknown:
        qa.scorecard_named(session, desk.team, "Email")
    assert (unknown.value.nearest, unknown.value.known) == ("E-mail", ("E-mail",))


def test_every_change_is_kept_and_only_saving_makes_it_the_scorecard(desk: Desk):
    card = desk.saves()
    fresh = Criterion("", "Says what happens next", ("No", "Yes"))
    desk.edits(card, qa.put_criterion(fresh, 1))
    draft = desk.edits(card, qa.move_criterion("right", -1))
    assert desk.cards()[0].definition == DEFINITION
    assert [[one.key for one in section.criteria] for section in draft.definition.sections] == [
        ["greets", "right"],
        ["says_what_happens_next"],
    ]
    assert [(one.kind, one.name) for one in draft.changes] == [("added", "Says what happens next"), ("section", "")]
    with desk.store.transaction() as session:
        before, saved = qa.save_draft(session, desk.team, card.id, desk.lead.id, now=desk.now)
        again = qa.editing(session, card.workspace_id, card.id, desk.lead.id, now=desk.now)
    assert before.definition == saved.definition == desk.cards()[0].definition
    assert not again.is_changed, "the draft is gone, and the next begins from what was saved"


def test_a_draft_that_somebody_overtook_says_so_and_cannot_be_saved(desk: Desk):
    card = desk.saves()
    desk.edits(card, qa.rename_section(0, "Voice"))
    desk.saves(definition=reworded(), scorecard_id=card.id)
    with desk.store.transaction() as session:
        draft = qa.editing(session, card.workspace_id, card.id, desk.lead.id, now=desk.now)
        assert draft.is_outdated
        with pytest.raises(errors.Changed):
            qa.save_draft(session, desk.team, card.id, desk.lead.id, now=desk.now)
        qa.discard_draft(session, card.workspace_id, card.id, desk.lead.id)
        fresh = qa.editing(session, card.workspace_id, card.id, desk.lead.id, now=desk.now)
    assert (fresh.is_outdated, fresh.definition) == (False, reworded())


def test_two_people_have_a_draft_each(desk: Desk):
    card = desk.saves()
    with desk.store.transaction() as session:
        other = people.add_member(session, card.workspace_id, "Noor", now=desk.now)
    desk.edits(card, qa.rename_section(0, "Voice"))
    theirs = desk.edits(card, qa.add_section("Closing"), other.id)
    assert [one.name for one in theirs.definition.sections] == ["Tone", "Content", "Closing"]


def test_what_is_gone_already_is_left_alone():
    for edit in (
        qa.drop_criterion("none"),
        qa.move_criterion("none", 1),
        qa.move_criterion("greets", -1),
        qa.move_criterion("right", 1),
        qa.move_section(0, -1),
        qa.move_section(5, 1),
        qa.drop_section(9),
        qa.rename_section(9, "Nowhere"),
    ):
        assert edit(DEFINITION) == DEFINITION


def test_a_criterion_keeps_its_key_whatever_becomes_of_its_name_and_place():
    renamed = replace(RIGHT, name="Solved", scale=("Nee", "Ja"))
    moved = qa.put_criterion(renamed, 0)(DEFINITION)
    assert [[one.key for one in section.criteria] for section in moved.sections] == [["greets", "right"], []]
    (one,) = qa.changes(DEFINITION, moved)[:1]
    assert (one.kind, one.name, one.parts) == ("changed", "Solved", ("name", "scale"))


@pytest.mark.parametrize(
    ("wrong", "reason", "where", "part"),
    [
        (replace(RIGHT, scale=("One",)), "scale", ("Content", "The answer is right"), "scale"),
        (replace(RIGHT, scale=tuple("abcdef")), "scale", ("Content", "The answer is right"), "scale"),
        (replace(RIGHT, scale=("Ok", "ＯＫ")), "twice", ("Content", "The answer is right"), "scale"),
        (replace(RIGHT, weight=-1), "weight", ("Content", "The answer is right"), "weight"),
        (replace(RIGHT, weight=float("nan")), "weight", ("Content", "The answer is right"), "weight"),
        (replace(RIGHT, name=" "), "no_name", ("Content",), "name"),
        (replace(RIGHT, name="x" * 76), "too_long", ("Content", "x" * 76), "name"),
        (replace(RIGHT, causes=("a", "A")), "twice", ("Content", "The answer is right"), "causes"),
        (replace(RIGHT, causes=("",)), "no_word", ("Content", "The answer is right"), "causes"),
        (replace(RIGHT, guidance="x" * 1001), "too_long", ("Content", "The answer is right"), "guidance"),
        (replace(RIGHT, key="greets"), "key_twice", (), "key"),
    ],
)
def test_what_nobody_could_work_with_is_refused_with_its_place(wrong: Criterion, reason: str, where: tuple, part: str):
    with pytest.raises(errors.BadScorecard) as refused:
        qa.check(replace(DEFINITION, sections=(DEFINITION.sections[0], Section("Content", (wrong,)))))
    assert (refused.value.reason, refused.value.where, refused.value.part) == (reason, where, part)


@pytest.mark.parametrize(
    ("definition", "reason"),
    [
        (Definition(()), "empty"),
        (replace(DEFINITION, sections=(*DEFINITION.sections, Section("Closing", ()))), "empty_section"),
        (replace(DEFINITION, sections=(Section("A", (GREETS,)), Section("ａ", (RIGHT,)))), "section_twice"),
        (replace(DEFINITION, passed_from=101), "passed_from"),
        (Definition((Section("A", (replace(GREETS, weight=0),)),)), "no_weight"),
        (Definition((Section("A", tuple(replace(GREETS, key=str(n)) for n in range(101))),)), "too_many_criteria"),
    ],
)
def test_a_scorecard_as_a_whole_has_bounds(desk: Desk, definition: Definition, reason: str):
    with pytest.raises(errors.BadScorecard) as refused:
        desk.saves(definition=definition)
    assert refused.value.reason == reason
    assert desk.cards() == []


def test_keys_are_plain_whatever_the_language_and_never_the_same():
    assert qa.key_for("Is het antwoord juist?") == "is_het_antwoord_juist"
    assert qa.key_for("Greets", ["greets", "greets_2"]) == "greets_3"
    korean = qa.key_for("인사를 했다")
    assert korean.isascii()
    assert korean == qa.key_for("인사를  했다") != qa.key_for("해결했다")
    assert len(qa.key_for("x" * 90, ["x" * 40])) == 40


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30).map(
    lambda said: " ".join(said.split())
).filter(bool)  # fmt: skip
awkward = st.sampled_from(
    ["No", "yes", "null", "~", "1", "- a", "a: b", "#5", "2026-01-01", "'", '"', "!!x", "네", "是"]
)
listed = st.lists(words | awkward, min_size=2, max_size=5, unique_by=people.fold).map(tuple)
criteria = st.builds(
    Criterion,
    key=st.just(""),
    name=words | awkward,
    scale=listed,
    weight=st.floats(0.25, 100, allow_nan=False),
    is_critical=st.booleans(),
    may_be_na=st.booleans(),
    guidance=st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=200).map(str.strip),
    causes=st.just(()) | listed,
)


@st.composite
def definitions(draw) -> Definition:
    names = draw(st.lists(words | awkward, min_size=1, max_size=4, unique_by=people.fold))
    made = [draw(st.lists(criteria, min_size=1, max_size=4)) for _ in names]
    keyed = [tuple(replace(one, key=f"k{n}_{i}") for i, one in enumerate(some)) for n, some in enumerate(made)]
    sections = tuple(Section(*one) for one in zip(names, keyed, strict=True))
    return Definition(
        sections,
        draw(st.sampled_from(OnCritical)),
        draw(st.sampled_from(OnNotApplicable)),
        draw(st.floats(0, 100, allow_nan=False)),
    )


@given(words | awkward, st.sampled_from(["", "email", "no"]), definitions())
def test_what_is_exported_is_imported_as_it_was(name: str, channel: str, definition: Definition):
    qa.check(definition)
    found = qa.read_scorecard(qa.write_scorecard(name, channel, definition))
    assert (found.name, found.channel, found.definition) == (name, channel, definition)
    assert Definition.read(definition.written()) == definition


FILE = """\
name: E-mail
sections:
  - name: Tone
    criteria:
      - name: Greets by name
        points: [No, Yes]
      - name: Kind
        weight: 2
        critical: yes
        na: no
        points: [Rude, Flat, Kind]
        guidance: |
          Read the whole thread.
          Then decide.
        causes: [Hurry, Template]
"""


def test_a_file_by_hand_needs_little():
    found = qa.read_scorecard(FILE)
    assert (found.name, found.channel) == ("E-mail", "")
    greets, kind = found.definition.criteria
    assert greets == Criterion("greets_by_name", "Greets by name", ("No", "Yes")), "No is a word here"
    assert kind == Criterion(
        "kind", "Kind", ("Rude", "Flat", "Kind"), 2, True, False, "Read the whole thread.\nThen decide.",
        ("Hurry", "Template"),
    )  # fmt: skip
    assert (found.definition.passed_from, found.definition.on_critical) == (80, OnCritical.ZERO)


@pytest.mark.parametrize(
    ("old", "new", "reason", "line", "where"),
    [
        ("weight: 2", "weight: heavy", "no_number", 8, ("Tone", "Kind")),
        ("weight: 2", "wieght: 2", "no_field", 8, ("Tone",)),
        ("critical: yes", "critical: perhaps", "no_truth", 9, ("Tone", "Kind")),
        ("[Rude, Flat, Kind]", "[Kind]", "scale", 7, ("Tone", "Kind")),
        ("[Rude, Flat, Kind]", "Kind", "no_list", 11, ("Tone", "Kind")),
        ("[Rude, Flat, Kind]", "[[Rude], Kind]", "no_text", 11, ("Tone", "Kind")),
        ("      - name: Kind\n", "      - key: kind\n", "missing", 7, ("Tone",)),
        ("name: E-mail\n", "name:\n", "missing", 1, ()),
        ("name: E-mail\n", "name: a\nname: b\n", "twice", 2, ()),
        ("name: E-mail\n", "name: a\ncritical_failure: explode\n", "no_choice", 2, ("zero, outcome",)),
        ("name: E-mail\n", "name: a\npassed_from: 120\n", "passed_from", 0, ()),
        ("  - name: Tone\n", "  - name: Tone\n  - name: Tone2\n", "missing", 0, ("Tone",)),
        ("causes: [Hurry, Template]", "causes: [Hurry, Template", "unreadable", 15, ()),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_the_line(old: str, new: str, reason: str, line: int, where: tuple):
    assert FILE.count(old) == 1
    with pytest.raises(errors.BadScorecard) as refused:
        qa.read_scorecard(FILE.replace(old, new))
    assert (refused.value.reason, refused.value.line, refused.value.where) == (reason, line, where)


@pytest.mark.parametrize("text", ["", "just words", "- a\n- b", "[" * 5_000, "a: &a [*a]", "\x00", "x" * 500_001])
def test_what_is_no_scorecard_at_all_is_refused(text: str):
    with pytest.raises(errors.BadScorecard) as refused:
        qa.read_scorecard(text)
    assert refused.value.reason in ("unreadable", "no_fields", "no_field")
