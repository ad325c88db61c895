"""`/qa scores`, and figures of reviews beside the others: what a lead, an agent, a reviewer and an executive read."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from bot import ids
from bot.local_slack import SeenMessage
from cspm_core import kpi, people, qa
from cspm_core.disputes.tables import Dispute
from cspm_core.ids import new_id
from cspm_core.people import Role, Team
from cspm_core.people.tables import Look
from cspm_core.qa import Criterion, Definition, Section
from cspm_core.qa.tables import QaAnswer, QaReview
from cspm_core.tickets import Ticket

from .house import House
from .returns import FIVE, at, weeks

THURSDAY = date(2026, 11, 19)
NARROW = "\u202f"
CARD = Definition(
    (
        Section(
            "Answer",
            (
                Criterion("right", "The answer is right", ("wrong", "half", "right"), causes=("Knowledge", "Haste")),
                Criterion("tone", "The tone is kind", ("rude", "kind")),
            ),
        ),
    )
)


@pytest.fixture
def house(house_at: Callable[[datetime], House]) -> House:
    return house_at(at(THURSDAY, 9))


@pytest.fixture
def team(house: House) -> Team:
    """Returns, whose work is reviewed: Mina leads and reads English, Teo works and reads Dutch, Bo and Ada review."""
    team = house.team("Returns", person_figures="lead")
    house.joins(team, "Mina", Role.LEAD, language="en")
    house.joins(team, "Teo", language="nl")
    house.joins(team, "Ada", Role.QA_REVIEWER, language="en")
    house.imports(team, weeks(house.now), house.now)
    with house.store.transaction() as session:
        people.be_known_as(session, house.known["Teo"], "Teo de Vries", now=house.now)
        qa.save_scorecard(session, team, "Mail", CARD, by=None, now=house.now)
    return team


def reviews(house: House, team: Team, agent: str, *scores: float, days: float = 3, **more: Any) -> list[int]:
    """Reviews by Ada of one person's tickets, an hour apart; what they say of the first criterion follows the score."""
    made = []
    with house.store.transaction() as session:
        [card] = qa.scorecards_of(session, team)
        identity = people.identity(session, team.workspace_id, agent, now=house.now)
        tickets = session.exec(
            select(Ticket)
            .where(Ticket.agent_id == identity.id, col(Ticket.solved_at).is_not(None))
            .order_by(Ticket.key)
        ).all()
        for n, score in enumerate(scores):
            sent = house.now - timedelta(days=days, hours=n)
            row = QaReview(
                workspace_id=team.workspace_id, id=new_id(house.now), team_id=team.id, version_id=card.version_id,
                agent_id=identity.id, reviewer_id=house.known["Ada"].id, ticket_id=tickets[-1 - n].id,
                contact_key=tickets[-1 - n].key, stratum="random", started_at=sent, submitted_at=sent, score=score,
                score_without_critical=score, is_passed=score >= 80,
            )  # fmt: skip
            for name, value in more.items():
                setattr(row, name, value)
            session.add(row)
            session.flush()
            session.add(
                QaAnswer(
                    workspace_id=team.workspace_id, id=new_id(house.now), review_id=row.id, criterion="right",
                    score=1.0 if score < 50 else 3.0, highest=3.0, causes=["Haste"] if score < 50 else [],
                )
            )  # fmt: skip
            made.append(row.id)
    return made


@pytest.fixture
def reviewed(house: House, team: Team) -> Team:
    for agent in FIVE[1:]:
        reviews(house, team, agent, 90, 80)
    reviews(house, team, "Teo de Vries", 40, 60, 90, 100, 70)
    reviews(house, team, "Teo de Vries", 10, days=4, stratum="low_rating")
    return team


def answers(house: House, line: str, who: str = "Mina") -> list[SeenMessage]:
    seat = house.person(who)
    before = len(seat.reads("#returns"))
    assert seat.types(line, channel="#returns") == "ok"
    assert house.slack.complaints == []
    return seat.reads("#returns")[before:]


def asks(house: House, line: str, who: str = "Mina") -> SeenMessage:
    [found] = answers(house, line, who)
    return found


def looks(house: House, what: str) -> list[tuple[str, str]]:
    names = {one.id: name for name, one in house.known.items()}
    with house.store.reading() as session:
        return [
            (names[one.viewer_id], names[one.subject_id]) for one in session.exec(select(Look).where(Look.what == what))
        ]


def sheet(house: House, who: str = "Mina") -> list[dict[str, str]]:
    [file] = house.person(who).latest().files
    text = house.slack.files[file.id].data.decode("utf-8").removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text), delimiter=";" if who == "Teo" else ","))


def test_a_lead_reads_the_teams_score_with_all_that_explains_it(house: House, reviewed: Team):
    message = asks(house, "/qa scores")
    assert message.ephemeral
    assert message.text == "QA scores of Returns, the last 28 days: 80"
    (_, *figures), (_, *criteria) = message.tables()
    # 4 x (90 + 80) + 40 + 60 + 90 + 100 + 70 = 1,040 over 13
    assert figures[0][:3] == ["QA score (IQS)", "80 · small sample, n = 13", "13"]
    assert figures[1][0:3] == ["Reviews passed", "77% · small sample, n = 13", "13"]
    assert figures[2][1].startswith("0%")
    assert figures[3][0] == "Tickets reviewed"
    assert criteria == [["The answer is right", "92.3", "13", "8%"]]
    said = message.says()
    assert "Prompted by a low rating: 1 (mean 10)" in said
    assert "14 reviews · of 5 people’s work" in said
    assert "Haste 2" in said
    assert "1 reviewer, with so many each: 14" in said


def test_whoever_asks_for_another_period_or_team_is_understood_in_their_language(house: House, reviewed: Team):
    assert (
        asks(house, "/qa scores Returns last month").text == "QA scores of Returns, last month: before the first data"
    )
    assert "Nobody reviewed anything" in house.person("Mina").latest("#returns").says()
    assert asks(house, "/qa resultaten afgelopen week", "Teo").text.startswith("QA")
    assert "“nowhere”" in asks(house, "/qa scores nowhere").says()
    message = asks(house, "/qa scores this week")
    assert message.text.startswith("QA scores of Returns, this week so far: 80")
    mina = house.person("Mina")
    mina.chooses(message, ids.QA_SCORES_PERIOD, "the last 28 days")
    assert mina.latest("#returns").text == "QA scores of Returns, the last 28 days: 80"


def test_somebodys_scores_are_for_themselves_and_for_a_lead_where_the_team_has_agreed(house: House, reviewed: Team):
    teo = house.person("Teo")
    mine = asks(house, "/qa scores me", "Teo")
    assert mine.tables()[0][1][2] == "5"
    assert "72" in mine.text
    assert looks(house, "qa_scores") == []
    about = asks(house, f"/qa scores <@{teo.id}> 28d")
    assert about.text == "QA scores of Teo, the last 28 days: 72"
    assert looks(house, "qa_scores") == [("Mina", "Teo")]
    assert "none are shown about Teo" in asks(house, f"/qa scores <@{teo.id}>", "Ada").says()
    with house.store.transaction() as session:
        people.agree_on_person_figures(
            session, people.team(session, reviewed.workspace_id, reviewed.id), "self", "Mina", now=house.now
        )
    assert "for that person alone" in asks(house, f"/qa scores <@{teo.id}>").says()
    assert looks(house, "qa_scores") == [("Mina", "Teo")]
    assert asks(house, "/qa scores me", "Teo").text == mine.text


def test_under_five_reviews_nothing_is_told_about_one_person(house: House, team: Team):
    made = reviews(house, team, "Teo de Vries", 10, 20, 30, 40)
    message = asks(house, f"/qa scores <@{house.person('Teo').id}>")
    assert message.text == "QA scores of Teo, the last 28 days: fewer than 5, not shown"
    assert "Fewer than 5 reviews" in message.says()
    assert message.tables() == []
    with house.store.transaction() as session:  # the fifth was a calibration
        row = session.get_one(QaReview, (team.workspace_id, made[0]))
        row.stratum = "calibration"
        session.add(row)
    assert asks(house, "/qa scores").tables()[0][1][2] == "3"


def test_an_executive_reads_of_five_people_and_not_of_four(house: House, team: Team):
    with house.store.transaction() as session:
        bo = people.add_member(session, team.workspace_id, "Bo", slack_user_id=house.person("Bo").id, now=house.now)
        bo.role = Role.EXECUTIVE
        session.add(bo)
    for agent in FIVE[:4]:
        reviews(house, team, agent, 90)
    assert "fewer than five people" in asks(house, "/qa scores Returns", "Bo").says()
    reviews(house, team, FIVE[4], 70)
    message = asks(house, "/qa scores Returns", "Bo")
    assert message.tables()[0][1][2] == "5"
    bo_seat = house.person("Bo")
    bo_seat.presses(message, "Which reviews?")
    listed = bo_seat.latest("#returns")
    assert listed.tables() == []
    assert "5 reviews count that are not yours to see." in listed.says()
    bo_seat.presses(message, "All as CSV")
    assert "None of these reviews is yours to see" in bo_seat.latest("#returns").says()


def test_the_reviews_behind_a_score_are_those_that_one_may_see(house: House, reviewed: Team):
    mina, teo = house.person("Mina"), house.person("Teo")
    message = asks(house, "/qa scores")
    mina.presses(message, "Which reviews?")
    rows = mina.latest("#returns").tables()[0][1:]
    assert len(rows) == 13
    assert rows[0][1:3] == ["Teo", "40"]
    assert looks(house, "reviews") == [("Mina", "Teo")]
    mina.presses(message, "All as CSV")
    table = sheet(house)
    assert len(table) == 14
    assert {row["Picked"] for row in table} == {"Random sample", "Prompted by a low rating"}
    assert {row["Agent"] for row in table} == {"Teo", *FIVE[1:]}
    theirs = asks(house, "/qa scores", "Teo")
    teo.presses(theirs, "Alles als CSV")
    assert {row["Score"] for row in sheet(house, "Teo")} == {"40", "60", "90", "100", "70", "10"}


def test_a_review_that_has_not_reached_its_agent_is_in_no_list_of_theirs(house: House, team: Team):
    reviews(house, team, "Teo de Vries", 50, 60, 70, 80, 90)
    reviews(house, team, "Teo de Vries", 5, tell_at=house.now + timedelta(hours=1))
    with house.store.reading() as session:
        team_now = people.team(session, team.workspace_id, team.id)
        asker = people.asker(session, team.workspace_id, house.person("Teo").id, house.now.date())
        period = kpi.period_named("28d", timezone=team.timezone, now=house.now)
        found = kpi.reviews_behind(session, team_now, "qa_score", period, as_of=house.now, asker=asker)
    assert (found.total, found.seen) == (6, 5)


def test_figures_of_reviews_stand_in_the_catalogue_and_in_a_message_of_their_own(house: House, reviewed: Team):
    said = asks(house, "/kpi qa_score 28d")
    assert said.text.startswith("QA score (IQS) of Returns, the last 28 days")
    assert "data until Thu, Nov 19, 9:00 AM" in said.says().replace(NARROW, " ")  # our own record
    assert "drawn at random" in asks(house, "/kpi explain iqs").says()
    mina = house.person("Mina")
    card = asks(house, "/kpi team this week")
    before = len(mina.reads("#returns"))
    mina.presses(card, "All figures")
    every = mina.reads("#returns")[before:]
    assert len(every) == 2
    assert every[1].text == "Reviews of Returns, this week so far: QA score (IQS) 80"
    assert [row[0] for row in every[1].tables()[0][1:]] == [
        "QA score (IQS)", "Reviews passed", "Critical errors", "Tickets reviewed",
    ]  # fmt: skip


def test_a_score_of_four_peoples_work_cannot_be_shared_in_a_channel(house: House, team: Team):
    for agent in FIVE[:4]:
        reviews(house, team, agent, 90)
    mina = house.person("Mina")
    mina.presses(asks(house, "/kpi qa_score 28d"), "Share in this channel")
    assert "fewer than five" in mina.latest("#returns").says() or "about" in mina.latest("#returns").says()
    assert mina.latest("#returns").ephemeral
    reviews(house, team, FIVE[4], 70)
    mina.presses(asks(house, "/kpi qa_score 28d"), "Share in this channel")
    assert not mina.latest("#returns").ephemeral


def test_the_digest_has_the_score_where_five_peoples_work_was_reviewed(house: House, team: Team):
    for agent in FIVE[:4]:
        reviews(house, team, agent, 90, 80)
    house.turn_to(at(THURSDAY + timedelta(days=1), 9, 30), timedelta(hours=6))
    first = house.reads()[-1]
    assert "QA score" not in first.says()
    reviews(house, team, FIVE[4], 70, 60)
    house.sleeps_until(at(THURSDAY + timedelta(days=4), 8))
    house.imports(team, weeks(house.now), house.now)
    house.turn_to(at(THURSDAY + timedelta(days=4), 9, 30))
    said = house.reads()[-1].says()
    assert "QA score (IQS), 28 days" in said
    assert "small sample, n = 10 · 95%: " in said


def test_disputes_are_counted_by_how_they_ended(house: House, team: Team):
    made = reviews(house, team, "Teo de Vries", 50, 60, 70)
    with house.store.transaction() as session:
        for review, status in zip(made, ("accepted", "rejected", "open"), strict=True):
            session.add(
                Dispute(
                    workspace_id=team.workspace_id, id=new_id(house.now), team_id=team.id, review_id=review,
                    by_id=house.known["Teo"].id, at=house.now, comment="No.", status=status,
                )
            )  # fmt: skip
    assert "3 disputes · 1 accepted · 1 rejected · 1 still open" in asks(house, "/qa scores").says()
