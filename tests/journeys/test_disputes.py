"""A review reaches its agent, is read, disputed and decided: what people get, press and read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot import ids
from bot.local_slack import Seat, SeenMessage
from bot.words import Words
from cspm_core import disputes, duty, people, qa
from cspm_core.calendars import at_local
from cspm_core.disputes import Dispute
from cspm_core.people import Look, Role, Team
from cspm_core.qa import Criterion, Definition, QaReview, Section

from .house import House

ZONE = "Europe/Amsterdam"
MON, TUE, WED, THU, FRI = (date(2026, 11, 23) + timedelta(days=n) for n in range(5))
CARD = Definition(
    (
        Section(
            "Answer",
            (
                Criterion("right", "The answer is right", ("wrong", "half", "right"), weight=2),
                Criterion("tone", "The tone is kind", ("rude", "flat", "kind")),
                Criterion("safe", "Data is safe", ("no", "yes"), is_critical=True),
            ),
        ),
    )
)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return at_local(day, time(hour, minute), ZONE)


@pytest.fixture
def house(house_at: Callable[[datetime], House]) -> House:
    return house_at(at(MON, 10))


@pytest.fixture
def team(house: House) -> Team:
    """Mina leads, Bo reviews, Ada and Teo answer customers."""
    team = house.team("Returns", timezone=ZONE, hours="mon-fri 09:00-17:00")
    house.joins(team, "Mina", Role.LEAD, language="en")
    house.joins(team, "Bo", Role.QA_REVIEWER, language="en")
    house.joins(team, "Ada", language="en")
    house.joins(team, "Teo", language="en")
    return team


def reviews(house: House, team: Team, agent: str = "Ada", *, by: str = "Bo", in_person: bool = False,
            key: str = "R-7", **scores: float) -> int:  # fmt: skip
    """Somebody sends a review; best points where nothing else is said."""
    with house.store.transaction() as session:
        known = qa.scorecards_of(session, team)
        card = known[0] if known else qa.save_scorecard(session, team, "E-mail", CARD, by=None, now=house.now)
        asker = people.asker(session, house.workspace_id, house.person(by).id, house.now.date())
        row = qa.start(
            session,
            team,
            asker,
            contact_key=key,
            agent_id=people.identity(session, house.workspace_id, house.known[agent].name, now=house.now).id,
            stratum="random",
            version_id=card.version_id,
            now=house.now,
        )
        for criterion, score in scores.items():
            qa.write_answer(session, row, criterion, score=score, comment="The refund takes ten days.")
        qa.submit(session, row, by=asker, now=house.now)
        session.refresh(row)
        disputes.announce(session, row, in_person=in_person, now=house.now)
        return row.id


def row(house: House, review: int) -> QaReview:
    with house.store.reading() as session:
        return session.get_one(QaReview, (house.workspace_id, review))


def the_dispute(house: House) -> Dispute:
    with house.store.reading() as session:
        return session.exec(select(Dispute)).one()


def found(house: House, who: str, text: str) -> SeenMessage:
    """The latest message to somebody that says so."""
    return [one for one in house.person(who).reads() if text in one.says()][-1]


def buttons(message: SeenMessage) -> list[str]:
    return [
        element["text"]["text"]
        for block in message.blocks
        for element in block.get("elements", [])
        if element.get("type") == "button"
    ]


def disputes_it(house: House, who: str, comment: str = "She was told before.", **filled: Any) -> None:
    seat = house.person(who)
    seat.presses(found(house, who, "A review of your work"), "I see it differently")
    assert seat.modal is not None, seat.says_last
    assert seat.submits(comment=comment, **filled).result == "closed"
    house.turn(minutes=1)


def chosen(house: House, seat: Seat, verdict: str, reason: str, **filled: Any) -> str:
    """What became of the modal."""
    return str(seat.submits(verdict=verdict, reason=reason, **filled).result)


def test_a_review_reaches_its_agent_who_reads_it(house: House, team: Team):
    review = reviews(house, team, right=2)
    house.turn(minutes=9)
    assert house.person("Ada").reads() == []
    house.turn(minutes=10)
    ada = house.person("Ada")
    (message,) = ada.reads()
    said = message.says()
    for words in ("A review of your work: R-7", "75 of 100", "2 of 3 · half", "The refund takes ten days.", "by Bo"):
        assert words in said
    assert buttons(message) == ["Read and understood", "I see it differently", "Whole review"]
    ada.presses(message, "Read and understood")
    (message,) = ada.reads()
    assert "You read it" in message.says()
    assert buttons(message) == ["I see it differently", "Whole review"]
    assert row(house, review).confirmed_at == house.now
    house.turn_to(at(WED, 17, 20))
    (message,) = ada.reads()
    assert buttons(message) == ["Whole review"]
    assert house.slack.complaints == []


def test_a_press_that_comes_twice_changes_nothing(house: House, team: Team):
    review = reviews(house, team, right=2)
    house.turn(minutes=20)
    ada = house.person("Ada")
    (message,) = ada.reads()
    house.line.before = _broken
    ada.presses(message, "Read and understood")
    read_at = row(house, review).confirmed_at
    house.turn(minutes=1)
    ada.presses(message, "Read and understood")
    assert read_at is not None
    assert row(house, review).confirmed_at == read_at
    with house.store.reading() as session:
        events = [one.kind for one in qa.review(session, house.workspace_id, review).happened]
    assert events == ["submitted", "told", "confirmed"]


def test_it_never_comes_in_the_last_hour_of_a_shift(house: House, team: Team):
    house.turn_to(at(MON, 15, 55))
    reviews(house, team, right=2)
    house.turn_to(at(TUE, 8, 50))
    assert house.person("Ada").reads() == []
    house.turn_to(at(TUE, 9))
    assert len(house.person("Ada").reads()) == 1


def test_after_the_bot_was_down_at_the_good_moment_it_waits_for_the_next(house: House, team: Team):
    reviews(house, team, right=2)
    house.sleeps_until(at(MON, 16, 10))
    house.turn_to(at(TUE, 8, 50))
    assert house.person("Ada").reads() == []
    house.turn_to(at(TUE, 9))
    assert len(house.person("Ada").reads()) == 1


def test_what_could_not_be_said_in_time_is_said_at_the_next_good_moment(house: House, team: Team):
    house.turn_to(at(MON, 15, 30))
    reviews(house, team, right=2)
    house.line.before = _broken
    house.turn_to(at(MON, 16, 10))
    house.line.before = lambda method: None
    house.turn_to(at(TUE, 8, 50))
    assert house.person("Ada").reads() == []
    house.turn_to(at(TUE, 9, 20))
    assert len(house.person("Ada").reads()) == 1


def _broken(method: str) -> None:
    if method in ("chat.postMessage", "chat.update"):
        raise ConnectionError("no line")


def test_a_low_one_waits_for_the_talk_and_is_told_when_the_reviewer_says_so(house: House, team: Team):
    review = reviews(house, team, right=1, tone=1, in_person=True)
    house.turn(minutes=20)
    bo = house.person("Bo")
    (held,) = bo.reads()
    assert "Tell Ada in person first: R-7" in held.says()
    assert house.person("Ada").reads() == []
    bo.presses(held, "I have told them")
    house.turn(minutes=1)
    (message,) = house.person("Ada").reads()
    assert "A review of your work" in message.says()
    (held,) = bo.reads()
    assert "has it since" in held.says()
    assert buttons(held) == ["Whole review"]
    assert row(house, review).told_at is not None


def test_without_a_talk_it_reaches_the_agent_when_the_days_have_run_out(house: House, team: Team):
    reviews(house, team, right=1, tone=1, in_person=True)
    house.turn_to(at(MON + timedelta(days=14), 8, 50), step=timedelta(hours=4))
    assert house.person("Ada").reads() == []
    house.turn_to(at(MON + timedelta(days=14), 9, 10))
    assert len(house.person("Ada").reads()) == 1


def test_a_dispute_is_accepted_in_part_and_every_version_can_be_looked_at(house: House, team: Team):
    review = reviews(house, team, right=1, tone=1)
    house.turn(minutes=20)
    disputes_it(house, "Ada", **{"proposed.0": "3", "proposed.1": "2"})
    assert the_dispute(house).proposed == {"right": 3.0, "tone": 2.0}
    ada, bo = house.person("Ada"), house.person("Bo")
    assert "You see it differently since" in found(house, "Ada", "A review of your work").says()
    card = found(house, "Bo", "sees a review differently")
    for words in ("She was told before.", "1 of 3 · wrong → 3 of 3 · right", "It lies with the reviewer."):
        assert words in card.says()
    bo.presses(card, "Decide")
    assert bo.modal is not None
    assert chosen(house, bo, "accepted_in_part", "You are right about the call.", criteria=["0"]) == "closed"
    house.turn(minutes=1)
    assert row(house, review).score == pytest.approx(75)
    outcome = found(house, "Ada", "Your dispute about R-7 is decided")
    assert "accepted in part: 25 → 75 of 100" in outcome.says()
    assert "You are right about the call." in outcome.says()
    told = found(house, "Ada", "A review of your work")
    assert buttons(told) == ["Whole review"]
    assert buttons(found(house, "Bo", "sees a review differently")) == ["Whole review"]
    ada.presses(told, "Whole review")
    assert ada.modal is not None
    assert "75 of 100" in ada.modal.says()
    ada.chooses(ada.modal, ids.DISPUTE_REVIEW_VERSION, "1")
    assert "25 of 100" in ada.modal.says()
    assert house.slack.complaints == []


def test_a_rejected_one_is_frozen(house: House, team: Team):
    review = reviews(house, team, right=1)
    house.turn(minutes=20)
    disputes_it(house, "Ada", **{"proposed.0": "3"})
    bo = house.person("Bo")
    bo.presses(found(house, "Bo", "sees a review differently"), "Decide")
    assert chosen(house, bo, "rejected", "The call came later.") == "closed"
    house.turn(minutes=1)
    told = found(house, "Ada", "A review of your work")
    assert "The dispute was rejected" in told.says()
    assert "The call came later." in told.says()
    assert buttons(told) == ["Whole review"]
    assert row(house, review).revision == 1
    house.turn_to(at(FRI, 12))
    assert found(house, "Ada", "A review of your work").says() == told.says()
    assert len([one for one in bo.reads() if "sees a review differently" in one.says()]) == 1


def test_a_dispute_needs_something_to_decide_and_keeps_what_was_typed(house: House, team: Team):
    reviews(house, team, right=1)
    house.turn(minutes=20)
    ada = house.person("Ada")
    ada.presses(found(house, "Ada", "A review of your work"), "I see it differently")
    sent = ada.submits(comment="It was right.")
    assert sent.result == "errors"
    assert "tick “Not my ticket”" in sent.errors["not_mine"]
    assert ada.modal is not None
    assert ada.submits(not_mine=["not_mine"]).result == "closed"


def test_many_criteria_stand_on_several_pages_and_what_was_chosen_stays(house: House, team: Team):
    wide = Definition(
        (Section("All", tuple(Criterion(f"c{n}", f"Criterion {n + 1}", ("no", "so", "yes")) for n in range(30))),)
    )
    with house.store.transaction() as session:
        qa.save_scorecard(session, team, "Wide", wide, by=None, now=house.now)
    reviews(house, team, **{f"c{n}": 1 for n in range(30)})
    house.turn(minutes=20)
    ada = house.person("Ada")
    ada.presses(found(house, "Ada", "A review of your work"), "I see it differently")
    assert ada.modal is not None
    ada.fills(comment="Some of them.", **{"proposed.3": "3"})
    ada.chooses(ada.modal, ids.DISPUTE_RAISE_PAGE, "1")
    assert ada.modal.state["comment"]["comment"]["value"] == "Some of them."
    assert ada.submits(**{"proposed.25": "2"}).result == "closed"
    assert the_dispute(house).proposed == {"c3": 3.0, "c25": 2.0}


def test_not_my_ticket_goes_to_whose_it_was(house: House, team: Team):
    reviews(house, team, right=1)
    house.turn(minutes=20)
    disputes_it(house, "Ada", "That was a colleague.", not_mine=["not_mine"])
    bo = house.person("Bo")
    bo.presses(found(house, "Bo", "sees a review differently"), "Decide")
    assert bo.modal is not None
    assert chosen(house, bo, "accepted", "I mixed you up.") == "errors"
    with house.store.reading() as session:
        teo = people.identities_of(session, house.workspace_id, house.known["Teo"].id)[0]
    assert chosen(house, bo, "accepted", "I mixed you up.", agent=str(teo)) == "closed"
    house.turn(minutes=15)
    assert "not about you any more" in found(house, "Ada", "A review of your work").says()
    theirs = found(house, "Teo", "A review of your work").says()
    assert "colleague" not in theirs
    assert "of 100" not in found(house, "Ada", "A review of your work").says()


def test_undecided_it_reminds_and_climbs_to_the_lead_who_decides(house: House, team: Team):
    review = reviews(house, team, right=1)
    house.turn_to(at(MON, 11))
    disputes_it(house, "Ada", **{"proposed.0": "3"})
    house.turn_to(at(TUE, 12))
    assert len([one for one in house.person("Bo").reads() if "sees a review differently" in one.says()]) == 2
    assert house.person("Mina").reads() == []
    house.turn_to(at(WED, 12))
    mina, bo = house.person("Mina"), house.person("Bo")
    card = found(house, "Mina", "sees a review differently")
    assert "It lies with the leads of the team." in card.says()
    mina.presses(card, "Whole review")
    assert mina.modal is not None
    mina.closes()
    with house.store.reading() as session:
        (look,) = session.exec(select(Look)).all()
    assert (look.viewer_id, look.subject_id, look.what) == (house.known["Mina"].id, house.known["Ada"].id, "reviews")
    mina.presses(card, "Decide")
    bo.presses(found(house, "Bo", "sees a review differently"), "Decide")
    assert chosen(house, mina, "accepted", "I heard the call.") == "closed"
    sent = bo.submits(verdict="rejected", reason="No.")
    assert sent.result == "errors"
    assert "Mina has decided it already" in str(sent.errors)
    house.turn(minutes=1)
    assert row(house, review).score == pytest.approx(100)
    assert "decided" in found(house, "Bo", "dispute about your review of R-7").says()
    assert house.slack.complaints == []


@pytest.mark.parametrize(("who", "language"), [("Ada", "ko"), ("Teo", "nl")])
def test_agents_read_in_their_own_language(house: House, who: str, language: str):
    team = house.team("Returns", timezone=ZONE, hours="mon-fri 09:00-17:00")
    house.joins(team, "Bo", Role.QA_REVIEWER, language="en")
    house.joins(team, who, language=language)
    reviews(house, team, who, right=1)
    house.turn(minutes=20)
    (message,) = house.person(who).reads()
    t = Words(language)
    assert t("A review of your work: {key}", key="R-7") in message.says()
    assert t("Read and understood") in buttons(message)
    house.person(who).presses(message, t("I see it differently"))
    modal = house.person(who).modal
    assert modal is not None
    assert t("Somebody else answered this customer") in modal.says()


def test_an_absence_moves_the_end_that_stands_in_the_message(house: House, team: Team):
    reviews(house, team, right=1)
    house.turn(minutes=20)
    with house.store.transaction() as session:
        duty.be_away(session, house.known["Ada"], at(TUE, 8), at(THU, 8), by=None, note="", now=house.now)
    house.turn_to(at(FRI, 12))
    assert "I see it differently" in buttons(found(house, "Ada", "A review of your work"))
    house.turn_to(at(FRI, 17, 10))
    assert buttons(found(house, "Ada", "A review of your work")) == ["Read and understood", "Whole review"]


def test_my_reviews_stand_in_one_list(house: House, team: Team):
    reviews(house, team, right=1, key="R-1")
    house.turn(hours=1)
    reviews(house, team, tone=2, key="R-2")
    house.turn(hours=1)
    ada = house.person("Ada")
    seen = ada.types("/qa mine", "#returns")
    said = ada.says_last
    assert seen == "ok"
    for words in ("Reviews of your work", "R-1", "R-2", "may be disputed until"):
        assert words in said
    assert said.index("R-2") < said.index("R-1")
    ada.presses(ada.latest("#returns"), "Open it")
    assert ada.modal is not None
