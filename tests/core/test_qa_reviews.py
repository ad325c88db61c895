"""Reviews: kept as they are written, sent once, changed later only with a trace; and what somebody means to review."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from cspm_core import calls, errors, people, qa, tickets
from cspm_core.calls import CallFacts
from cspm_core.ids import new_id
from cspm_core.kpi.tables import FigureDay
from cspm_core.people import Member, Role
from cspm_core.qa import Answer, Definition, OnCritical, QaAnswer, QaReview, QaReviewEvent, Review
from cspm_core.store import Store
from cspm_core.tickets import Ticket, TicketFacts

from .review_stage import CARD, DAY, HOUR, MONDAY, Office

URL = "https://desk.example/agent/tickets/RET-7"


@pytest.fixture
def office(store: Store, workspace_id: int) -> Office:
    office = Office(store, workspace_id)
    arrive(
        office,
        TicketFacts("RET-7", MONDAY - 3 * DAY, agent="Ada", channel="email", category="refund", url=URL,
                    subject="The refund is late", first_response_at=MONDAY - 3 * DAY + 2 * HOUR,
                    solved_at=MONDAY - DAY, reopens=1, csat="2", csat_scale="5", csat_at=MONDAY - HOUR,
                    csat_comment="Too slow", customer="Bo"),
        TicketFacts("RET-8", MONDAY - 3 * DAY, agent="Rita", solved_at=MONDAY - 2 * DAY),
        TicketFacts("RET-9", MONDAY - 3 * DAY, solved_at=MONDAY - 2 * DAY),
        TicketFacts("RET-10", MONDAY - 9 * DAY, agent="Ada", solved_at=MONDAY - 8 * DAY),
        TicketFacts("RET-11", MONDAY - 2 * DAY, agent="Ada"),
    )  # fmt: skip
    with store.transaction() as session:
        qa.save_scorecard(session, office.team, "Mail", CARD, by=None, now=MONDAY)
    return office


def arrive(office: Office, *facts: TicketFacts) -> None:
    with office.store.transaction() as session:
        tickets.record(session, office.team, facts, scope=office.team.id, known_at=MONDAY, now=MONDAY)


def ticket(office: Office, key: str) -> int:
    with office.store.reading() as session:
        return session.exec(select(Ticket.id).where(Ticket.key == key)).one()


def begin(office: Office, key: str = "RET-7", by: str = "Mina", **facts: Any) -> int:
    with office.store.transaction() as session:
        about = ticket_of(session, key)
        return qa.start(session, office.team, office.asker(by), ticket_id=about, now=office.now, **facts).id


def ticket_of(session: Any, key: str) -> int:
    return int(session.exec(select(Ticket.id).where(Ticket.key == key)).one())


def look(office: Office, review_id: int) -> Review:
    with office.store.reading() as session:
        return qa.review(session, office.workspace_id, review_id)


def says(office: Office, review_id: int, criterion: str, **said: Any) -> None:
    with office.store.transaction() as session:
        qa.write_answer(session, qa.locked(session, office.workspace_id, review_id), criterion, **said)


def sends(office: Office, review_id: int, by: str = "Mina") -> qa.Scored:
    with office.store.transaction() as session:
        row = qa.locked(session, office.workspace_id, review_id)
        return qa.submit(session, row, by=office.asker(by), now=office.now)


def test_a_draft_begun_again_is_the_same_and_tells_all_of_its_contact(office: Office):
    first = begin(office)
    assert begin(office) == first
    one = look(office, first)
    assert (one.agent, one.reviewer, one.scorecard, one.stratum) == ("Ada", "Mina", "Mail", "chosen")
    contact = one.contact
    assert (contact.key, contact.url, contact.reopens, contact.first_response_s) == ("RET-7", URL, 1, 7200.0)
    assert (contact.csat, contact.csat_scale, contact.csat_good, contact.csat_comment) == ("2", "5", False, "Too slow")
    assert one.scored.score == 100.0
    assert begin(office, by="Rita") != first


def test_two_who_begin_the_same_draft_at_once_get_the_same(office: Office):
    found: list[int] = []
    both = threading.Barrier(2)

    def press() -> None:
        both.wait()
        found.append(begin(office))

    pressing = [threading.Thread(target=press) for _ in range(2)]
    for one in pressing:
        one.start()
    for one in pressing:
        one.join()
    assert len(found) == 2
    assert len(set(found)) == 1


def test_nobody_reviews_their_own_work_and_only_reviewers_and_leads_review(office: Office):
    with pytest.raises(errors.OwnWork):
        begin(office, "RET-8", by="Rita")
    with pytest.raises(errors.NotReviewer):
        begin(office, by="Teo")
    with pytest.raises(errors.NoAgentOf):
        begin(office, "RET-9")
    office.joins("Root", Role.AGENT)
    with office.store.transaction() as session:
        session.get_one(Member, (office.workspace_id, office.cast["Root"].id)).role = "admin"
    assert office.asker("Root").leads(office.team.id)
    with pytest.raises(errors.NotReviewer):  # looking after the workspace gives no right to what is personal
        begin(office, by="Root")
    with office.store.reading() as session:
        assert not session.exec(select(QaReview)).all()


def test_a_team_without_a_scorecard_says_so(store: Store, workspace_id: int):
    office = Office(store, workspace_id)
    arrive(office, TicketFacts("RET-7", MONDAY - DAY, agent="Ada"))
    with pytest.raises(errors.NoScorecard):
        begin(office)


def test_the_scorecard_of_the_channel_is_taken(office: Office):
    with office.store.transaction() as session:
        chat = replace(CARD, passed_from=50.0)
        qa.save_scorecard(session, office.team, "Chats", chat, channel="email", by=None, now=office.now)
    assert look(office, begin(office)).scorecard == "Chats"


def test_in_quick_mode_only_the_exceptions_count_and_the_rest_is_fine(office: Office):
    one = begin(office)
    says(office, one, "right", score=1)
    assert look(office, one).scored.score == pytest.approx(50.0)  # weights 2, 1, 1
    assert look(office, one).opened == {"right"}
    with office.store.transaction() as session:
        qa.open_only(session, qa.locked(session, office.workspace_id, one), ["tone"])
    found = look(office, one)
    assert (found.opened, found.answers, found.scored.score) == (frozenset({"tone"}), (), 100.0)
    with office.store.transaction() as session:  # chosen once more: what was said of it is still there
        qa.open_only(session, qa.locked(session, office.workspace_id, one), ["right"])
    answer = look(office, one).answer("right")
    assert answer is not None
    assert answer.score == 1


def test_every_part_of_an_answer_is_kept_by_itself(office: Office):
    one = begin(office)
    says(office, one, "right", comment="Wrong sum")
    says(office, one, "right", score=1)
    says(office, one, "right", causes=["Knowledge", "Weather"])
    answer = look(office, one).answer("right")
    assert answer is not None
    assert (answer.score, answer.comment, answer.causes) == (1, "Wrong sum", ("Knowledge",))
    says(office, one, "right", is_na=True)
    answer = look(office, one).answer("right")
    assert answer is not None
    assert (answer.score, answer.is_na, answer.comment) == (None, True, "Wrong sum")
    says(office, one, "right", score=2)
    answer = look(office, one).answer("right")
    assert answer is not None
    assert (answer.score, answer.is_na) == (2, False)


@pytest.mark.parametrize("score", [0, 4, 1.5])
def test_a_point_that_the_scale_does_not_have_is_declined(office: Office, score: float):
    one = begin(office)
    with pytest.raises(errors.Invalid):
        says(office, one, "right", score=score)
    with pytest.raises(errors.Invalid):
        says(office, one, "wrong", score=1)


def test_what_is_missing_stands_in_the_way_and_nothing_is_sent(office: Office):
    one = begin(office)
    says(office, one, "right", score=1)
    with pytest.raises(errors.Invalid) as wrong:
        sends(office, one)
    assert (wrong.value.field, wrong.value.reason) == ("right", "cause")
    says(office, one, "right", causes=["Knowledge"])
    says(office, one, "safe", score=1)
    with pytest.raises(errors.Invalid) as wrong:
        sends(office, one)
    assert (wrong.value.field, wrong.value.reason) == ("safe", "comment")
    says(office, one, "tone", is_open=True)
    says(office, one, "safe", comment="The address was shown")
    with pytest.raises(errors.Invalid) as wrong:
        sends(office, one)
    assert (wrong.value.field, wrong.value.reason) == ("tone", "score")
    assert look(office, one).submitted_at is None


def test_a_sent_review_has_an_answer_for_each_criterion_its_score_and_its_history(office: Office):
    one = begin(office)
    says(office, one, "safe", score=1, comment="The address was shown")
    scored = sends(office, one)
    assert (scored.score, scored.without_critical, scored.is_passed) == (0.0, 75.0, False)
    found = look(office, one)
    assert [(a.criterion, a.points) for a in found.answers] == [("right", 100), ("tone", 100), ("safe", 0)]
    assert (found.scored, found.submitted_at) == (scored, office.now)
    (event,) = found.happened
    assert (event.kind, event.by) == ("submitted", "Mina")
    assert event.facts["score"] == 0.0
    assert {a["criterion"]: a["score"] for a in event.facts["answers"]} == {"right": 3, "tone": 3, "safe": 1}


def test_a_review_is_sent_once_and_closed_from_then_on(office: Office):
    one = begin(office)
    sends(office, one)
    with pytest.raises(errors.ReviewSent):
        sends(office, one)
    with pytest.raises(errors.ReviewSent):
        says(office, one, "tone", score=1)
    with office.store.reading() as session:
        assert len(session.exec(select(QaReviewEvent)).all()) == 1
    assert begin(office) != one  # reviewing it once more is another review
    with office.store.reading() as session:
        (before,) = qa.reviewed_before(
            session, office.workspace_id, qa.review(session, office.workspace_id, begin_id(session))
        )
    assert before.id == one


def begin_id(session: Any) -> int:
    return int(session.exec(select(QaReview.id).where(QaReview.submitted_at == None)).one())  # noqa: E711


def test_only_its_reviewer_writes_on_a_draft_and_sends_it(office: Office):
    one = begin(office)
    with pytest.raises(errors.NotYourReview):
        sends(office, one, by="Rita")
    with office.store.transaction() as session, pytest.raises(errors.NotYourReview):
        qa.draft(session, office.workspace_id, one, office.asker("Omar"))


def test_what_was_pressed_before_and_arrives_after_is_not_heard(office: Office):
    one = begin(office)
    with office.store.transaction() as session:
        row = qa.locked(session, office.workspace_id, one)
        heard = [qa.hear(session, row, MONDAY + timedelta(milliseconds=n)) for n in (20, 10, 20, 30)]
    assert heard == [True, False, True, True]


def test_going_over_to_all_criteria_keeps_the_exceptions_and_back_again_nothing_is_lost(office: Office):
    one = begin(office)
    says(office, one, "tone", score=2, comment="Short")

    def mode(*, is_quick: bool) -> Review:
        with office.store.transaction() as session:
            qa.choose_mode(session, qa.locked(session, office.workspace_id, one), is_quick=is_quick)
        return look(office, one)

    assert [a.criterion for a in mode(is_quick=False).answers] == ["tone"]
    with pytest.raises(errors.Invalid):  # the others are not rated yet
        sends(office, one)
    says(office, one, "right", score=3)
    says(office, one, "safe", score=2, comment="Well done")
    found = mode(is_quick=True)
    assert found.opened == {"tone", "safe"}
    assert found.scored.score == pytest.approx(87.5)
    assert sends(office, one).score == pytest.approx(87.5)


def test_another_scorecard_begins_anew(office: Office):
    one = begin(office)
    says(office, one, "tone", score=2)
    with office.store.transaction() as session:
        other = qa.save_scorecard(session, office.team, "Chats", CARD, by=None, now=office.now)
        qa.choose_version(session, qa.locked(session, office.workspace_id, one), other.version_id)
    found = look(office, one)
    assert (found.scorecard, found.answers, found.opened) == ("Chats", (), frozenset())


def test_a_draft_that_is_thrown_away_is_gone(office: Office):
    one = begin(office)
    says(office, one, "tone", score=2)
    with office.store.transaction() as session:
        qa.discard(session, qa.locked(session, office.workspace_id, one))
    with office.store.reading() as session:
        assert not session.exec(select(QaAnswer)).all()
        with pytest.raises(errors.UnknownReview):
            qa.review(session, office.workspace_id, one)


def test_a_change_after_a_dispute_is_a_new_revision_with_the_whole_of_it(office: Office):
    one = begin(office)
    says(office, one, "right", score=2)
    sends(office, one)
    with office.store.transaction() as session:
        row = qa.locked(session, office.workspace_id, one)
        better = Answer("right", 3.0, 1.0, 3.0, 2.0)
        scored = qa.amend(session, row, [better], by=office.asker("Mina"), kind="accepted", facts={"why": "true"},
                          now=office.now + HOUR)  # fmt: skip
    found = look(office, one)
    assert (scored.score, found.scored.score, found.revision) == (100.0, 100.0, 2)
    assert [event.kind for event in found.happened] == ["submitted", "accepted"]
    assert [event.facts["score"] for event in found.happened] == [pytest.approx(75.0), 100.0]
    assert found.happened[1].facts["why"] == "true"


def test_not_my_ticket_gives_the_review_to_somebody_else(office: Office):
    one = begin(office)
    sends(office, one)
    teo = office.identity("Teo")
    with office.store.transaction() as session:
        qa.move_to_agent(session, qa.locked(session, office.workspace_id, one), teo, by=office.asker("Mina"),
                         now=office.now)  # fmt: skip
        assert not qa.reviews_of(session, office.workspace_id, office.cast["Ada"].id)
        assert [r.id for r in qa.reviews_of(session, office.workspace_id, office.cast["Teo"].id)] == [one]
        row = qa.locked(session, office.workspace_id, one)
        mina = people.identity(session, office.workspace_id, "Mina", now=office.now).id
        with pytest.raises(errors.OwnWork):
            qa.move_to_agent(session, row, mina, by=None, now=office.now)
    assert look(office, one).agent == "Teo"


def test_sending_and_changing_forget_what_is_kept_of_those_days(office: Office):
    def keeps() -> None:
        with office.store.transaction() as session:
            for day in (MONDAY.date(), (MONDAY - DAY).date(), date(2026, 11, 10)):
                if session.exec(select(FigureDay).where(FigureDay.day == day)).first() is None:
                    told = {"as_of": MONDAY, "counted_for": "", "is_whole": True, "figures": "{}"}
                    key = {"workspace_id": office.workspace_id, "id": new_id(MONDAY), "team_id": office.team.id}
                    session.add(FigureDay(**key, day=day, **told))

    def kept() -> list[date]:
        with office.store.reading() as session:
            return sorted(session.exec(select(FigureDay.day)))

    one = begin(office)
    keeps()
    sends(office, one)
    assert kept() == [date(2026, 11, 10)]
    keeps()
    with office.store.transaction() as session:
        row = qa.locked(session, office.workspace_id, one)
        qa.amend(session, row, [], by=None, kind="changed", facts={}, now=office.now)
    assert kept() == [date(2026, 11, 10)]


def test_reviews_of_somebody_leave_out_drafts_and_calibrations_and_come_newest_first(office: Office):
    first = begin(office, "RET-7")
    sends(office, first)
    office.now += HOUR
    second = begin(office, "RET-10")
    sends(office, second)
    begin(office, "RET-11")
    ada = office.cast["Ada"].id
    with office.store.reading() as session:
        assert [one.id for one in qa.reviews_of(session, office.workspace_id, ada)] == [second, first]
        later = qa.reviews_of(session, office.workspace_id, ada, since=office.now)
        earlier = qa.reviews_of(session, office.workspace_id, ada, until=office.now)
        drafts = qa.drafts_of(session, office.workspace_id, office.cast["Mina"].id)
    assert ([one.id for one in later], [one.id for one in earlier]) == ([second], [first])
    assert [one.contact.key for one in drafts] == ["RET-11"]


def test_a_draft_waits_for_its_reviewer_and_is_done_once_it_is_sent(office: Office):
    one = begin(office)
    with office.store.reading() as session:
        (waits,) = qa.awaiting(session, office.workspace_id, office.asker("Mina"), now=office.now)
        assert not qa.awaiting(session, office.workspace_id, office.asker("Rita"), now=office.now)
    assert (waits.kind, waits.subject_id, waits.facts["key"], waits.done_at) == ("review_draft", one, "RET-7", None)
    sends(office, one)
    with office.store.reading() as session:
        (done,) = qa.awaiting(session, office.workspace_id, office.asker("Mina"), now=office.now + HOUR)
        assert done.done_at == office.now
        assert not qa.awaiting(session, office.workspace_id, office.asker("Mina"), now=office.now + DAY)


@pytest.mark.parametrize(
    "words",
    ["RET-7", "#ret-7", URL, f"<{URL}>", "please look at RET-7, it is late", f"see {URL}?tab=notes.", "RET-7:"],
)
def test_a_ticket_is_found_by_its_key_or_its_address(office: Office, words: str):
    with office.store.reading() as session:
        (found,) = qa.contacts_named(session, office.workspace_id, [office.team], words)
    assert (found.key, found.agent, found.ticket_id) == ("RET-7", "Ada", ticket(office, "RET-7"))


def test_a_call_is_found_by_its_key_and_several_tickets_in_their_order(office: Office):
    with office.store.transaction() as session:
        one = CallFacts("C-99", MONDAY - DAY, agent="Ada", topic="Refund", ended_at=MONDAY - DAY + HOUR)
        calls.record(session, office.team, [one], scope=office.team.id, known_at=MONDAY, now=MONDAY)
    with office.store.transaction() as session:
        (call,) = qa.contacts_named(session, office.workspace_id, [office.team], "C-99")
        draft = qa.start(session, office.team, office.asker("Mina"), call_id=call.call_id, now=MONDAY)
        both = qa.contacts_named(session, office.workspace_id, [office.team], "RET-10 or RET-7")
        nothing = qa.contacts_named(session, office.workspace_id, [office.team], "RET-777 and 12")
        one_found = qa.review(session, office.workspace_id, draft.id)
    assert (one_found.contact.key, one_found.contact.channel, one_found.agent) == ("C-99", "phone", "Ada")
    assert [found.key for found in both] == ["RET-10", "RET-7"]
    assert nothing == []


def test_an_agents_latest_are_those_solved_and_not_reviewed_yet(office: Office):
    with office.store.reading() as session:
        ada = qa.person_named(session, office.workspace_id, "<@UADA>")
        assert ada is not None
        latest = qa.latest_of(session, office.workspace_id, [office.team], ada, now=office.now)
        assert [one.key for one in latest] == ["RET-7", "RET-10"]
        assert not qa.latest_of(session, office.workspace_id, [], ada, now=office.now)
    sends(office, begin(office, "RET-7", by="Rita"), by="Rita")
    with office.store.reading() as session:
        latest = qa.latest_of(session, office.workspace_id, [office.team], ada, now=office.now)
    assert [one.key for one in latest] == ["RET-10"]


def test_teams_that_somebody_reviews(office: Office):
    with office.store.reading() as session:
        for name, n in (("Mina", 1), ("Omar", 1), ("Rita", 1), ("Ada", 0)):
            assert len(qa.reviewed_teams(session, office.workspace_id, office.asker(name))) == n


answers = st.fixed_dictionaries(
    {one.key: st.none() | st.just("na") | st.integers(1, one.highest) for one in CARD.criteria}
)


@given(answers, st.booleans(), st.sampled_from(OnCritical))
def test_what_a_draft_shows_is_what_it_will_score(said: dict[str, Any], is_quick: bool, on_critical: OnCritical):
    definition: Definition = replace(CARD, on_critical=on_critical)
    given_ = {
        key: Answer(
            key, None if value == "na" else float(value), is_na=value == "na", comment="so", causes=("Knowledge",)
        )
        for key, value in said.items()
        if value is not None
    }
    standing = qa.standing(definition, given_, set(given_), is_quick=is_quick)
    assert [one.criterion for one in standing] == [one.key for one in definition.criteria]
    assert all((one.lowest, one.highest) == (1, definition.criterion(one.criterion).highest) for one in standing)
    missing = {one.criterion for one in qa.lacking(definition, standing)}
    assert missing == (set() if is_quick else {key for key, value in said.items() if value is None})
    assert all(not one.causes or one.is_low for one in standing)
