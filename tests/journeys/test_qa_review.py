"""A review through Slack: found, written in pieces, come back to, sent once, and read."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot import ids
from bot.blocks import MESSAGE_CHARACTERS, VIEW_BYTES, message
from bot.local_slack import Seat, SeenMessage, Server
from bot.qa import review_forms, review_messages, review_views
from bot.qa.review_examples import BLANK, scored, sent
from bot.qa.review_forms import Desk
from bot.qa.review_pages import pages
from bot.words import LANGUAGES, Words
from cspm_core import people, qa
from cspm_core.people import Look, Role, Team
from cspm_core.qa import Answer, Criterion, Definition, QaReview, Review, Section
from cspm_core.store import Store
from cspm_core.tickets import TicketFacts

from . import house as houses
from .house import House
from .returns import at

THURSDAY = date(2026, 11, 19)
URL = "https://desk.example/tickets/RET-7"
CARD = Definition(
    (
        Section("Opening", (Criterion("greeting", "Greets by name", ("no", "without a name", "by name")),)),
        Section(
            "Solution",
            (
                Criterion(
                    "right", "The answer is right", ("wrong", "half", "right"), 2.0, causes=("Knowledge", "Haste")
                ),
                Criterion("data", "Data stays protected", ("no", "yes"), is_critical=True, may_be_na=False),
            ),
        ),
    )
)


@pytest.fixture
def house(house_at: Callable[[datetime], House]) -> House:
    return house_at(at(THURSDAY, 11))


@pytest.fixture
def team(house: House) -> Team:
    """Returns: Mina leads, Ada reviews, Teo and 박서연 work. Bo is a stranger."""
    team = house.team("Returns")
    house.joins(team, "Mina", Role.LEAD, language="en")
    house.joins(team, "Ada", Role.QA_REVIEWER, language="en")
    house.joins(team, "Teo", language="en")
    day = timedelta(days=1)
    told = {"channel": "email", "category": "refund", "csat_scale": "5"}
    with house.store.transaction() as session:
        korean = people.add_member(session, house.workspace_id, "박서연", now=house.now)
        people.join_team(session, team, korean, Role.AGENT, now=house.now)
        qa.save_scorecard(session, team, "E-mail", CARD, by=None, now=house.now)
    house.imports(
        team,
        [
            TicketFacts("RET-7", house.now - 3 * day, agent="Teo", solved_at=house.now - day, url=URL, reopens=1,
                        subject="Where is my refund?", csat="2", csat_at=house.now - day / 2, csat_comment="Too slow",
                        first_response_at=house.now - 3 * day + timedelta(hours=2), **told),
            TicketFacts("RET-8", house.now - 4 * day, agent="박서연", subject="환불이 늦어요",
                        solved_at=house.now - 2 * day),
            TicketFacts("RET-9", house.now - 4 * day, agent="박서연", solved_at=house.now - 3 * day),
            TicketFacts("RET-10", house.now - 4 * day, agent="Ada", solved_at=house.now - 3 * day),
        ],
        house.now,
    )  # fmt: skip
    return team


def opens(house: House, words: str = "RET-7", who: str = "Ada") -> Seat:
    seat = house.person(who)
    assert seat.types(f"/qa review {words}", "#returns") == "ok"
    return seat


def block(seat: Seat, label: str) -> str:
    """The block id of the field with a label; of several the first."""
    assert seat.modal
    return next(field for field, said in seat.modal.fields().items() if said == label)


def fills(seat: Seat, label: str, choice: Any) -> None:
    seat.fills(**{block(seat, label): choice})


def excepts(seat: Seat, *names: str) -> None:
    fills(seat, "Everything was fine, except …", list(names))


def comments(seat: Seat, n: int, words: str) -> None:
    """Into the n-th field for a comment on a criterion."""
    assert seat.modal
    fields = [field for field in seat.modal.fields() if field.startswith("words.")]
    seat.fills(**{fields[n]: words})


def reviews(house: House) -> list[Review]:
    with house.store.reading() as session:
        found = list(session.exec(select(QaReview.id).order_by(QaReview.id)))  # type: ignore[arg-type]
        return [qa.review(session, house.workspace_id, one) for one in found]


def test_everything_fine_except_one_thing(house: House, team: Team):
    ada = opens(house)
    assert ada.modal
    said = ada.modal.says()
    for fact in (
        "RET-7",
        "Where is my refund?",
        "Teo",
        "1 reopening",
        "rating: 2 of 5",
        "Too slow",
        "100 of 100, passed",
    ):
        assert fact in said
    assert URL in str(ada.modal.blocks)
    assert "Greets by name" not in ada.modal.fields().values()  # nothing is asked but what is chosen
    excepts(ada, "The answer is right")
    fills(ada, "The answer is right", "1 · wrong")
    fills(ada, "What caused it: The answer is right", ["Haste"])
    comments(ada, 0, "The term is 14 days")
    assert "50 of 100, not passed: that takes 80" in ada.modal.says()
    assert ada.submits(comment="Kind, and too fast").result == "closed"
    (one,) = reviews(house)
    assert (one.scored.score, one.agent, one.reviewer, one.comment) == (50.0, "Teo", "Ada", "Kind, and too fast")
    told = [(a.criterion, a.points, a.causes, a.comment) for a in one.answers]
    assert told[1] == ("right", 0.0, ("Haste",), "The term is 14 days")
    assert [points for _, points, _, _ in told] == [100.0, 0.0, 100.0]
    assert one.tell_at is not None  # and its agent will get it
    assert one.stratum == "chosen"


def test_what_is_missing_is_said_beside_its_field_and_nothing_is_sent(house: House, team: Team):
    ada = opens(house)
    excepts(ada, "The answer is right", "Data stays protected")
    fills(ada, "The answer is right", "1 · wrong")
    fills(ada, "Data stays protected (critical)", "1 · no")
    result = ada.submits()
    assert result.result == "errors"
    wanted = {block(ada, "What caused it: The answer is right"), block(ada, "What went wrong")}
    assert set(result.errors) == wanted
    assert reviews(house)[0].submitted_at is None
    said = "0 of 100, since a critical criterion failed: “Data stays protected”. Without that: 25."
    assert ada.modal
    assert said in ada.modal.says()


def test_the_core_finds_what_slack_would_let_through(house: House, team: Team):
    """The field for the cause is not there yet when somebody sends at once: the modal comes back with it."""
    ada = opens(house)
    excepts(ada, "The answer is right")
    assert ada.modal
    house.line.fails("views.update", ConnectionError("gone"))
    fills(ada, "The answer is right", "1 · wrong")
    assert "What caused it: The answer is right" not in ada.modal.fields().values()
    assert ada.submits().result == "updated"
    assert "The answer is right: Choose what caused the low score." in ada.modal.says()
    fills(ada, "What caused it: The answer is right", ["Knowledge"])
    assert ada.submits().result == "closed"
    assert reviews(house)[0].scored.score == 50.0


def test_a_draft_is_come_back_to_after_a_restart_as_it_was_left(
    house: House, team: Team, sqlite_store: Store, slack_server: Server
):
    ada = opens(house)
    excepts(ada, "The answer is right")
    fills(ada, "The answer is right", "2 · half")
    comments(ada, 0, "Half of it")
    fills(ada, "In a few words", "Go on later")
    ada.closes()
    later = houses.build(sqlite_store, slack_server, house.now + timedelta(hours=3))
    again = later.person("Ada")
    with later.store.transaction() as session:
        mine = people.member_named(session, later.workspace_id, "Ada")
        assert mine is not None
        mine.slack_user_id = again.id
    assert again.types("/qa review", "#returns") == "ok"
    assert again.modal
    assert "RET-7 of Teo, begun Thu, Nov 19, 11:00" in again.modal.says()
    assert again.presses(again.modal, "Go on") == "ok"
    assert again.modal
    shown = {k: next(iter(v.values())) for k, v in again.modal.state.items()}
    assert shown[block(again, "The answer is right")]["selected_option"]["value"] == "2"
    assert shown[block(again, "Comment")]["value"] == "Half of it"
    assert shown["comment"]["value"] == "Go on later"
    assert again.submits().result == "closed"
    (one,) = reviews(later)
    assert (one.scored.score, one.comment) == (75.0, "Go on later")


def test_all_criteria_page_by_page_and_back_to_the_exceptions(house: House, team: Team):
    ada = opens(house)
    assert ada.modal
    excepts(ada, "Greets by name")
    fills(ada, "Greets by name", "2 · without a name")
    ada.presses(ada.modal, "Show all criteria")
    assert [said for said in ada.modal.fields().values() if said in ("Greets by name", "The answer is right")]
    assert ada.submits().result == "errors"  # the others are not rated
    fills(ada, "The answer is right", "Not applicable")
    fills(ada, "Data stays protected (critical)", "2 · yes")
    assert "75 of 100" in ada.modal.says()
    ada.presses(ada.modal, "Only exceptions")
    assert "75 of 100" in ada.modal.says()
    assert "Data stays protected (critical)" not in ada.modal.fields().values()
    assert ada.submits().result == "closed"
    assert [a.is_na for a in reviews(house)[0].answers] == [False, True, False]


def test_a_scorecard_of_sixty_criteria_is_written_page_by_page(house: House, team: Team):
    sections = tuple(
        Section(f"Part {s}", tuple(Criterion(f"c{s}_{n}", f"Point {s}-{n}", ("no", "yes")) for n in range(12)))
        for s in range(5)
    )
    with house.store.transaction() as session:
        card = qa.scorecards_of(session, team)[0]
        qa.save_scorecard(session, team, "E-mail", Definition(sections), by=None, now=house.now, scorecard_id=card.id)
    ada = opens(house)
    assert ada.modal
    ada.presses(ada.modal, "Show all criteria")
    pages = 0
    while True:
        pages += 1
        assert len(ada.modal.blocks) <= 60
        for field in [one for one in ada.modal.fields() if one.startswith("score.")]:
            ada.fills(**{field: "2 · yes"})
        if "Next page" not in ada.modal.buttons():
            break
        ada.presses(ada.modal, "Next page")
    assert pages == 10
    assert ada.submits().result == "closed"
    assert len(reviews(house)[0].answers) == 60


def test_what_is_missing_on_another_page_is_turned_to(house: House, team: Team):
    many = tuple(Criterion(f"c{n}", f"Point {n}", ("no", "yes")) for n in range(25))
    with house.store.transaction() as session:
        card = qa.scorecards_of(session, team)[0]
        definition = Definition((Section("All", many),))
        qa.save_scorecard(session, team, "E-mail", definition, by=None, now=house.now, scorecard_id=card.id)
    ada = opens(house)
    assert ada.modal
    ada.presses(ada.modal, "Show all criteria")
    for field in [one for one in ada.modal.fields() if one.startswith("score.")]:
        ada.fills(**{field: "2 · yes"})
    assert ada.submits().result == "updated"
    assert "Point 10: Choose a point. 14 more things are missing." in ada.modal.says()
    assert "Point 10" in ada.modal.fields().values()


def test_two_quick_clicks_are_both_kept_and_shown(house: House, team: Team):
    """The second press arrives before the first one's modal is drawn: the older drawing does not win."""
    ada = opens(house)
    assert ada.modal
    excepts(ada, "Greets by name", "The answer is right")
    presses = iter([lambda: fills(ada, "The answer is right", "2 · half")])

    def meanwhile(method: str) -> None:
        if method == "views.update" and (press := next(presses, None)):
            press()

    house.line.before = meanwhile
    fills(ada, "Greets by name", "2 · without a name")
    assert "62.5 of 100" in ada.modal.says()
    (one,) = reviews(house)
    assert {a.criterion: a.score for a in one.answers} == {"greeting": 2.0, "right": 2.0}


def test_the_same_press_and_the_same_modal_delivered_twice_change_nothing_more(house: House, team: Team):
    ada = opens(house)
    house.slack.faults.deliver_twice = True
    excepts(ada, "Greets by name")
    fills(ada, "Greets by name", "1 · no")
    assert ada.submits().result == "closed"
    house.slack.faults.deliver_twice = False
    (one,) = reviews(house)
    assert [event.kind for event in one.happened] == ["submitted"]
    assert one.scored.score == 75.0


def test_a_crash_between_keeping_and_drawing_loses_nothing(house: House, team: Team):
    ada = opens(house)
    excepts(ada, "Greets by name")
    house.line.fails("views.update", ConnectionError("gone"))
    fills(ada, "Greets by name", "2 · without a name")
    assert "Something broke" in ada.says_last
    opens(house)
    assert ada.modal
    assert "87.5 of 100" in ada.modal.says()


def test_words_that_are_taken_away_again_are_gone(house: House, team: Team):
    ada = opens(house)
    fills(ada, "In a few words", "Too harsh")
    fills(ada, "In a few words", "")
    ada.closes()
    assert reviews(house)[0].comment == ""


def test_a_draft_that_was_sent_elsewhere_says_so(house: House, team: Team):
    ada = opens(house)
    (draft,) = reviews(house)
    with house.store.transaction() as session:
        asker = people.asker(session, house.workspace_id, ada.id, house.now.date())
        qa.submit(session, qa.locked(session, house.workspace_id, draft.id), by=asker, now=house.now)
    excepts(ada, "Greets by name")
    assert "was sent already" in ada.says_last
    result = ada.submits(**{"comment": "late"})
    assert result.result == "errors"
    assert "was sent already" in next(iter(result.errors.values()))
    assert reviews(house)[0].comment == ""


def test_an_agents_latest_are_offered_and_one_is_chosen(house: House, team: Team):
    mina = opens(house, "박서연", "Mina")
    assert mina.modal
    (menu,) = [b["element"] for b in mina.modal.blocks if b["type"] == "input"]
    assert [one["text"]["text"] for one in menu["options"]] == ["RET-8 · 환불이 늦어요", "RET-9"]
    assert mina.submits(which=menu["options"][0]).result == "updated"
    assert "환불이 늦어요" in mina.modal.says()
    assert mina.submits().result == "closed"
    opens(house, "박서연", "Mina")
    (menu,) = [b["element"] for b in mina.modal.blocks if b["type"] == "input"]
    assert [one["text"]["text"] for one in menu["options"]] == ["RET-9"]
    with house.store.reading() as session:
        (before,) = qa.reviews_of(session, house.workspace_id, _member(house, "박서연"))
    assert before.tell_at is None  # nobody to tell in Slack


def _member(house: House, name: str) -> int:
    with house.store.reading() as session:
        found = people.member_named(session, house.workspace_id, name)
    assert found is not None
    return found.id


def test_a_mention_of_slacks_and_an_address_mean_the_same(house: House, team: Team):
    teo = house.known["Teo"].slack_user_id
    ada = opens(house, f"<@{teo}|teo>")
    assert ada.modal
    assert "RET-7 · Where is my refund?" in str(ada.modal.blocks)
    opens(house, URL)
    assert ada.modal
    assert ada.modal.callback_id == ids.REVIEW_FORM


def test_the_field_takes_what_is_typed_and_says_what_it_does_not_know(house: House, team: Team):
    ada = opens(house, "")
    wrong = ada.submits(what="RET-404")
    assert (wrong.result, list(wrong.errors)) == ("errors", ["what"])
    assert "RET-404" in wrong.errors["what"]
    assert ada.submits(what="ret-7").result == "updated"
    assert ada.modal
    assert "Where is my refund?" in ada.modal.says()


def test_a_message_that_names_a_ticket_is_reviewed_from_its_menu(house: House, team: Team):
    mina, ada = house.person("Mina"), house.person("Ada")
    named = mina.types(f"Look at {URL} please", "#returns")
    assert isinstance(named, SeenMessage)
    assert ada.uses_shortcut(ids.REVIEW_MESSAGE, named) == "ok"
    assert ada.modal
    assert "Where is my refund?" in ada.modal.says()
    other = mina.types("Good morning", "#returns")
    assert isinstance(other, SeenMessage)
    ada.closes()
    assert ada.uses_shortcut(ids.REVIEW_MESSAGE, other) == "ok"
    assert "I know no ticket that is named in this message." in ada.modal.says()
    assert house.person("Bo").uses_shortcut(ids.REVIEW_MESSAGE, named) == "ok"
    assert house.person("Bo").modal is None
    assert "Reviews are made by a team’s reviewers and leads" in house.person("Bo").says_last


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ({"text": "after 12 days, 3 times, at 9:30"}, "after days, times, at"),
        ({"text": "see <https://desk.example/42|RET-7>, #42 and 20417"}, "RET-7 (https://desk.example/42), #42 20417"),
        ({"text": "", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "*RET-9* waits"}}]}, "RET-9"),
        ({"text": "", "attachments": [{"title_link": "https://desk.example/RET-9", "id": 77}]}, "desk.example/RET-9"),
    ],
)
def test_what_in_a_message_could_name_a_ticket(message: dict[str, Any], said: str):
    found = review_messages.words(message)
    assert all(word in found for word in said.split(" "))
    assert not {"12", "3", "77", "section", "mrkdwn"} & set(found.split())


def test_what_was_changed_elsewhere_is_shown_before_it_is_sent(house: House, team: Team):
    """Two windows with one draft: the other one goes over to all criteria meanwhile."""
    ada = opens(house)
    (draft,) = reviews(house)
    with house.store.transaction() as session:
        qa.choose_mode(session, qa.locked(session, house.workspace_id, draft.id), is_quick=False)
    assert ada.submits().result == "updated"
    assert ada.modal
    assert "Greets by name" in ada.modal.fields().values()
    assert reviews(house)[0].submitted_at is None


def test_an_agents_tickets_that_are_offered_are_a_look_at_them(house: House, team: Team):
    opens(house, "Teo")
    with house.store.reading() as session:
        (look,) = session.exec(select(Look)).all()
    known = house.known
    assert (look.viewer_id, look.subject_id, look.what) == (known["Ada"].id, known["Teo"].id, "tickets")


def test_somebody_who_reviews_no_more_does_not_send(house: House, team: Team):
    ada = opens(house)
    with house.store.transaction() as session:
        (held,) = people.memberships(session, house.workspace_id, house.known["Ada"].id)
        held.to_day = THURSDAY - timedelta(days=1)
        session.add(held)
    result = ada.submits()
    assert result.result == "errors"
    assert "reviewed by its reviewers and leads" in str(result.errors)


def test_a_ticket_behind_a_figure_is_reviewed_from_its_list(house: House, team: Team):
    mina, teo = house.person("Mina"), house.person("Teo")
    for seat in (mina, teo):
        seat.types("/kpi reopen_rate 7d", "#returns")
        house.slack.settle()
        scorecard = seat.latest("#returns")
        seat.presses(scorecard, ids.KPI_TICKETS_METRIC)
        house.slack.settle()
    assert ids.REVIEW_TICKET not in teo.latest("#returns").action_ids()
    found = mina.options(mina.latest("#returns"), ids.REVIEW_TICKET, "refund")
    assert [one["text"]["text"] for one in found] == ["RET-7 · Where is my refund?"]
    assert mina.chooses(mina.latest("#returns"), ids.REVIEW_TICKET, found[0]) == "ok"
    assert mina.modal
    assert mina.modal.callback_id == ids.REVIEW_FORM


def test_who_may_not_review_is_told_why(house: House, team: Team):
    opens(house, "RET-10", "Ada")
    assert house.person("Ada").modal is None
    assert "RET-10 is your own work" in house.person("Ada").says_last
    for who in ("Teo", "Bo"):
        opens(house, "RET-7", who)
        assert house.person(who).modal is None
        assert "Reviews are made by a team’s reviewers and leads" in house.person(who).says_last
    assert not reviews(house)


def test_a_draft_is_written_on_by_its_reviewer_alone(house: House, team: Team):
    opens(house)
    (draft,) = reviews(house)
    mina = house.person("Mina")
    other = opens(house, "RET-8", "Mina")
    assert other.modal
    other.modal.raw.given["private_metadata"] = json.dumps({"review": draft.id, "page": 0})
    fills(other, "In a few words", "Not mine")
    assert "somebody else’s review" in mina.says_last
    assert reviews(house)[0].comment == ""


def test_a_low_score_may_be_told_in_person_first(house: House, team: Team):
    ada = opens(house)
    assert ada.modal
    assert "I tell them in person first" not in ada.modal.says()
    excepts(ada, "The answer is right")
    fills(ada, "The answer is right", "1 · wrong")
    fills(ada, "What caused it: The answer is right", ["Haste"])
    ada.fills(in_person="in_person")
    assert ada.submits().result == "closed"
    (one,) = reviews(house)
    assert one.in_person
    assert one.tell_at is not None
    assert one.tell_at > house.now + timedelta(days=7)


def test_another_scorecard_is_chosen_and_what_was_typed_by_the_first_is_not_carried_over(house: House, team: Team):
    with house.store.transaction() as session:
        other = Definition((Section("Tone", (Criterion("kind", "Sounds kind", ("no", "yes")),)),))
        qa.save_scorecard(session, team, "Complaints", other, by=None, now=house.now)
    ada = opens(house)
    assert ada.modal
    excepts(ada, "Greets by name")
    fills(ada, "Greets by name", "1 · no")
    ada.chooses(ada.modal, ids.REVIEW_CARD, "Complaints")
    assert "100 of 100" in ada.modal.says()
    excepts(ada, "Sounds kind")
    fills(ada, "Sounds kind", "1 · no")
    assert ada.submits().result == "closed"
    assert [(a.criterion, a.score) for a in reviews(house)[0].answers] == [("kind", 1.0)]


def test_a_draft_is_thrown_away(house: House, team: Team):
    ada = opens(house)
    assert ada.modal
    ada.presses(ada.modal, "Throw away")
    assert "The draft is gone." in ada.modal.says()
    assert not reviews(house)


def test_who_reviewed_it_before_is_said_without_their_score(house: House, team: Team):
    mina = opens(house, "RET-7", "Mina")
    excepts(mina, "Greets by name")
    fills(mina, "Greets by name", "2 · without a name")
    assert mina.submits().result == "closed"
    ada = opens(house)
    assert ada.modal
    assert "Reviewed already by Mina, " in ada.modal.says()
    assert "Yours is one more." in ada.modal.says()
    assert "87.5" not in ada.modal.says()


def test_a_sent_review_is_read_by_those_it_concerns_and_every_look_is_logged(house: House, team: Team):
    ada = opens(house)
    assert ada.submits().result == "closed"
    (one,) = reviews(house)
    card = review_views.review(one, Words("en"), for_agent=False)
    button = {"type": "button", "action_id": ids.REVIEW_WHOLE, "value": json.dumps({"review": one.id})}
    button["text"] = {"type": "plain_text", "text": "Open"}  # type: ignore[assignment]
    assert card

    def looks() -> list[Look]:
        with house.store.reading() as session:
            return list(session.exec(select(Look).where(Look.what == "reviews")))

    def presses(who: str) -> Seat:
        seat = house.person(who)
        place = seat.dm().id
        house.line.chat_postMessage(channel=place, text="-", blocks=[{"type": "actions", "elements": [button]}])
        assert seat.presses(seat.latest(), "Open") == "ok"
        return seat

    assert presses("Teo").modal is None  # it has not reached him yet
    assert presses("Mina").modal is None  # the team has not agreed that leads see figures about a person
    with house.store.transaction() as session:
        session.get_one(Team, (house.workspace_id, team.id)).person_figures = "lead"
        session.get_one(QaReview, (house.workspace_id, one.id)).told_at = house.now
    assert not looks()
    for who in ("Teo", "Ada", "Mina"):
        seat = presses(who)
        assert seat.modal
        assert "100 of 100, passed" in seat.modal.says()
    (look,) = looks()
    assert (look.viewer_id, look.subject_id) == (house.known["Mina"].id, house.known["Teo"].id)


def long_card(sections: int = 20, each: int = 5) -> Definition:
    """As large as scorecards get, with words as long as they may be."""
    points = tuple(word * 36 for word in ("최악", "나쁨", "보통", "좋음", "최고"))
    said: dict[str, Any] = {"guidance": "안내" * 500, "causes": tuple(f"{n} " + "원인" * 36 for n in range(20))}
    return Definition(
        tuple(
            Section(
                f"{s} " + "구역" * 36,
                tuple(
                    Criterion(f"c{s}_{n}", f"{n} " + "고객" * 36, points, is_critical=n == 0, **said)
                    for n in range(each)
                ),
            )
            for s in range(sections)
        )
    )


def filled(definition: Definition, comment: str, *, is_quick: bool) -> Review:
    """A review that says as much as it can of everything."""
    answers = [
        Answer(c.key, 1.0, 1.0, 5.0, 1.0, c.is_critical, causes=c.causes, comment=comment) for c in definition.criteria
    ]
    return scored(replace(BLANK, definition=definition, comment=comment), *answers, is_quick=is_quick)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("is_quick", [True, False])
def test_the_longest_review_fits_what_slack_takes(language: str, is_quick: bool):
    t = Words(language)
    one = filled(long_card(), ("설명 & <설명> 😀" * 300)[:2900], is_quick=is_quick)
    read = sent(one)
    every = pages(one)
    assert sum(len(part.criteria) for page in every for part in page) == 100
    for page in range(len(every)):
        drawn = review_forms.draft(Desk(one, page, told_below=60.0, before=(read,)), t)
        assert len(drawn["blocks"]) <= 100
        assert len(json.dumps(drawn, ensure_ascii=False).encode()) <= VIEW_BYTES
        whole = review_views.whole(read, page, t)
        assert len(whole["blocks"]) <= 100
        assert all(len(b["text"]["text"]) <= 3000 for b in whole["blocks"] if b["type"] == "section")
    for for_agent in (True, False):
        blocks = review_views.review(read, t, for_agent=for_agent)
        assert len(blocks) <= 26
        posted = message("-", *blocks)
        assert len(json.dumps(posted["blocks"], ensure_ascii=False)) <= MESSAGE_CHARACTERS - 2_500  # room for others'
        assert ids.REVIEW_WHOLE in str(posted)
