"""A round of blind scores from the command to the result: who is asked, reminded and told, and who never sees it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.local_slack import SeenMessage
from cspm_core import people, qa
from cspm_core.people import PersonFigures, Role, Team
from cspm_core.qa import frames
from cspm_core.qa.rules import Criterion, Definition, Section
from cspm_core.tickets import Ticket, TicketFacts

from .house import House
from .returns import at

MONDAY, WEDNESDAY, FRIDAY = date(2026, 11, 16), date(2026, 11, 18), date(2026, 11, 20)
HOUR = timedelta(hours=1)
CARD = Definition(
    (
        Section(
            "All",
            (
                Criterion("tone", "Tone", ("Rude", "Plain", "Warm")),
                Criterion("solution", "Solution", ("No", "Half", "Yes")),
            ),
        ),
    )
)


@pytest.fixture
def house(house_at: Callable[[datetime], House]) -> House:
    return house_at(at(MONDAY, 10))


@pytest.fixture(autouse=True)
def team(house: House) -> Team:
    """Mina leads Returns, Teo reviews, Ada answers; Bo is a stranger."""
    team = house.team("Returns")
    house.joins(team, "Mina", Role.LEAD, language="en")
    house.joins(team, "Teo", Role.QA_REVIEWER, language="en")
    house.joins(team, "Ada", language="en")
    solved = at(MONDAY, 9)
    facts = [
        TicketFacts(f"R-{n}", solved - 5 * HOUR, agent="Ada", solved_at=solved, subject=f"Parcel {n}",
                    url=f"https://desk.example/R-{n}")
        for n in range(1, 7)
    ]  # fmt: skip
    house.imports(team, facts, house.now)
    with house.store.transaction() as session:
        qa.save_scorecard(session, team, "E-mail", CARD, by=None, now=house.now)
    return team


def board(house: House, who: str) -> SeenMessage:
    """What `/qa calibrate` answers."""
    seat = house.person(who)
    seat.types("/qa calibrate", "#returns")
    return seat.reads("#returns")[-1]


def begins(house: House, who: str = "Mina", **filled: object) -> None:
    seat = house.person(who)
    seat.presses(board(house, who), "Begin a calibration")
    assert seat.modal is not None, seat.says_last
    given = {"contacts": "R-1, https://desk.example/R-2", "due_on": FRIDAY, "name": "November", **filled}
    done = seat.submits(**given)
    assert done.result == "closed", done
    house.beat()


def found(house: House, who: str, text: str) -> list[SeenMessage]:
    """Their direct messages with some words."""
    return [one for one in house.person(who).reads() if text in one.says()]


def invite(house: House, who: str) -> SeenMessage:
    """The message that asks somebody to score, in whatever state."""
    return found(house, who, "Scorecard: E-mail")[0]


def opens(house: House, who: str, key: str) -> None:
    """The blind review of a conversation, from the message."""
    with house.store.reading() as session:
        ticket = session.exec(select(Ticket).where(Ticket.key == key)).one()
    house.person(who).presses(invite(house, who), "Score it", block_id=f"contact.{ticket.id}")


def scores(house: House, who: str, key: str, **points: str) -> None:
    """Opens a blind review and sends it; `points`: of what was not fine."""
    seat = house.person(who)
    opens(house, who, key)
    assert seat.modal is not None, seat.says_last
    assert seat.modal.title == "Blind review"
    for criterion, point in points.items():
        seat.fills(**{_block(seat.modal.blocks, "except."): [criterion]})
        seat.fills(**{_block(seat.modal.blocks, "score."): point})
    done = seat.submits()
    assert done.result == "closed", done
    house.beat()


def _block(blocks: list[dict[str, Any]], begins_with: str) -> str:
    return next(str(b["block_id"]) for b in blocks if str(b.get("block_id", "")).startswith(begins_with))


def test_a_round_goes_from_the_command_to_the_result(house: House):
    begins(house)
    for who in ("Mina", "Teo"):
        said = invite(house, who).says()
        assert "asks you to score 2 conversations" in said
        assert "Parcel 1" in said
    scores(house, "Teo", "R-1", Tone="1 · Rude")
    assert "1 is left for you" in invite(house, "Teo").says()
    scores(house, "Teo", "R-2")
    assert "You are done" in invite(house, "Teo").says()
    assert found(house, "Mina", "α") == found(house, "Teo", "α") == []
    scores(house, "Mina", "R-1")
    scores(house, "Mina", "R-2")
    for who in ("Mina", "Teo"):
        [result] = found(house, who, "To talk about")
        assert "from “Rude” to “Warm”" in result.says()
        assert "75% of 4 pairs of answers are the same" in result.says()
        assert "Poor agreement: α = " in result.says()
        assert "2 conversations are too few to be sure" in result.says()
        assert "This round has ended" in invite(house, who).says()
        assert "Score it" not in invite(house, who).buttons()
    assert "25 points below the others" in found(house, "Teo", "To talk about")[0].says()
    assert "25 points above the others" in found(house, "Mina", "To talk about")[0].says()
    assert house.slack.complaints == []


def test_agents_hear_nothing_of_it_and_it_counts_for_nobody(house: House, team: Team):
    begins(house)
    for who in ("Mina", "Teo"):
        scores(house, who, "R-1", Tone="1 · Rude")
        scores(house, who, "R-2", Tone="1 · Rude")
    house.turn(days=3)
    assert house.person("Ada").reads() == []
    with house.store.reading() as session:
        assert qa.reviews_of(session, house.workspace_id, house.known["Ada"].id) == []
    assert "calibration" not in " ".join(one.says() for one in house.person("Ada").reads("#returns")).casefold()
    house.person("Ada").types("/qa calibrate", "#returns")
    assert "Begin a calibration" not in house.person("Ada").reads("#returns")[-1].buttons()
    with house.store.reading() as session:
        assert len(frames.reviews(session, team, at(MONDAY, 0), house.now)) == 0


def test_who_is_not_done_is_reminded_twice_and_the_date_ends_it(house: House):
    begins(house)
    scores(house, "Mina", "R-1")
    scores(house, "Mina", "R-2")
    scores(house, "Teo", "R-1")
    house.turn_to(at(WEDNESDAY, 12))
    assert len(found(house, "Teo", "1 conversation is left to score")) == 1
    house.turn_to(at(FRIDAY, 12))
    assert len(found(house, "Teo", "1 conversation is left to score")) == 2
    assert found(house, "Mina", "left to score") == []
    assert found(house, "Teo", "the result") == []
    house.turn_to(at(FRIDAY, 18))
    for who in ("Mina", "Teo"):
        [result] = found(house, who, "the result")
        assert "2 people scored" in result.says()
    assert found(house, "Teo", "left to score") == []
    assert [one.says() for one in found(house, "Teo", "it has ended")]
    opens_nothing = invite(house, "Teo").buttons()
    assert "Score it" not in opens_nothing


def test_a_reminder_opens_what_is_left(house: House):
    begins(house)
    house.turn_to(at(WEDNESDAY, 12))
    [reminder] = found(house, "Teo", "2 conversations are left to score")
    teo = house.person("Teo")
    teo.presses(reminder, "Open it")
    assert teo.reads()[-1].buttons().count("Score it") == 2


def test_the_lead_sees_how_each_scores_only_where_the_team_has_agreed(house: House, team: Team):
    begins(house)
    for who, point in (("Mina", "2 · Plain"), ("Teo", "1 · Rude")):
        scores(house, who, "R-1", Tone=point)
        scores(house, who, "R-2")
    assert len(found(house, "Mina", "the result")[0].tables()) == 1
    with house.store.transaction() as session:
        people.agree_on_person_figures(session, team, PersonFigures.LEAD, by="the team", now=house.now)
    house.person("Mina").presses(board(house, "Mina"), "Result")
    [_, biases] = house.person("Mina").reads("#returns")[-1].tables()
    assert [row[0] for row in biases[1:]] == ["Mina", "Teo"]
    house.person("Teo").presses(board(house, "Teo"), "Result")
    assert len(house.person("Teo").reads("#returns")[-1].tables()) == 1
    with house.store.reading() as session:
        [look] = people.looks_at(session, house.workspace_id, house.known["Teo"].id)
    assert look.viewer_id == house.known["Mina"].id


def test_the_lead_sees_progress_but_no_scores_and_may_end_it(house: House):
    begins(house)
    scores(house, "Teo", "R-1")
    shown = board(house, "Mina")
    assert "Teo 1 of 2" in shown.says()
    assert "Result" not in shown.buttons()
    assert "End now" not in board(house, "Teo").buttons()
    house.person("Mina").presses(shown, "End now")
    house.beat()
    assert "Cannot judge" in found(house, "Teo", "the result")[0].says()
    assert "Cannot judge" in found(house, "Mina", "the result")[0].says()


def test_what_does_not_fit_is_said_beside_its_field(house: House):
    mina = house.person("Mina")
    mina.presses(board(house, "Mina"), "Begin a calibration")
    wrong = mina.submits(contacts="R-1 R-99", due_on=FRIDAY)
    assert wrong.errors == {"contacts": "I find no ticket “R-99” of Returns."}
    wrong = mina.submits(contacts="", due_on=FRIDAY)
    assert "let some be drawn" in wrong.errors["contacts"]
    wrong = mina.submits(contacts="R-1", due_on=date(2026, 11, 13))
    assert "lies ahead" in wrong.errors["due_on"]
    wrong = mina.submits(contacts="R-1", due_on=FRIDAY, reviewers=["Mina"])
    assert "agreement takes two" in wrong.errors["reviewers"]
    assert (
        mina.submits(contacts="", draw="3 conversations", due_on=FRIDAY, reviewers=["Mina", "Teo"]).result == "closed"
    )
    house.beat()
    assert "score 3 conversations" in invite(house, "Teo").says()


def test_a_review_that_is_sent_after_the_end_is_declined_kindly(house: House):
    begins(house)
    opens(house, "Teo", "R-1")
    house.person("Mina").presses(board(house, "Mina"), "End now")
    late = house.person("Teo").submits()
    assert late.result == "errors"
    assert found(house, "Teo", "R-1")
