"""A shift handed over: filled with what stands, taken over by one, climbing while nobody presses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from bot.local_slack import SeenMessage
from cspm_core import crises, duty, escalations, handovers, people
from cspm_core.duty import Plan, Whose
from cspm_core.escalations import Cause, Ending, Origin, Raised
from cspm_core.people import Asker, Member, Role, Team
from cspm_core.tickets import TicketFacts

from .house import House
from .returns import at

WEDNESDAY, THURSDAY = date(2026, 11, 18), date(2026, 11, 19)
HOUR = timedelta(hours=1)


@pytest.fixture
def house(house_at: Callable[[datetime], House]) -> House:
    return house_at(at(WEDNESDAY, 10))


@pytest.fixture
def team(house: House) -> Team:
    """Mina is on duty until three, then Teo; Ada leads too."""
    team = house.team("Returns", holidays="US")
    house.joins(team, "Mina", Role.LEAD, language="en")
    house.joins(team, "Ada", Role.LEAD, language="en")
    house.joins(team, "Teo", language="en")
    return team


def works(house: House, team: Team, who: Member, *spans: tuple[datetime, datetime]) -> None:
    whose = Whose(team.workspace_id, team.id, who.id, "csv")
    with house.store.transaction() as session:
        plans = [Plan(start, end, "on call") for start, end in spans]
        duty.apply(session, duty.compare(session, whose, plans, None, frozenset()), now=house.now)


@pytest.fixture
def shifts(house: House, team: Team) -> None:
    works(house, team, house.known["Mina"], (at(WEDNESDAY, 9), at(WEDNESDAY, 15)))
    works(house, team, house.known["Teo"], (at(WEDNESDAY, 15), at(WEDNESDAY, 21)))


def asker(house: House, who: str) -> Asker:
    with house.store.reading() as session:
        return people.asker(session, house.workspace_id, house.person(who).id, house.now.date())


def raises(house: House, team: Team, what: str, *, owner: str = "", **facts: object) -> Raised:
    with house.store.transaction() as session:
        raised = escalations.raise_one(session, team, Cause("person", what, **facts), now=house.now)  # type: ignore[arg-type]
        if owner:
            escalations.acknowledge(
                session, team.workspace_id, raised.escalation_id, by=asker(house, owner), origin=Origin.BUTTON,
                now=house.now,
            )  # fmt: skip
    return raised


def owner_of(house: House, raised: Raised) -> int | None:
    with house.store.reading() as session:
        return escalations.one(session, house.workspace_id, raised.escalation_id).owner_id


def hands_over(house: House, who: str = "Mina", **filled: object) -> None:
    giver = house.person(who)
    giver.types("/handover", "#returns")
    assert giver.modal is not None, giver.says_last
    assert giver.submits(**filled).result == "closed"
    house.turn(minutes=1)


def found(house: House, who: str, text: str = "hands over", place: str | None = None) -> list[SeenMessage]:
    return [one for one in house.person(who).reads(place) if text in one.text]


@pytest.mark.usefixtures("shifts")
def test_a_handover_is_filled_with_what_stands(house: House, team: Team):
    raises(
        house,
        team,
        "The refund is three weeks late",
        owner="Mina",
        promise="A call",
        promise_due_at=house.now + 6 * HOUR,
    )
    raises(house, team, "Every card is refused", kind="crisis", severity=1)
    raises(house, team, "A colleague was rude", kind="conduct")
    late = TicketFacts(
        "R-7", house.now - 50 * HOUR, first_response_due_at=house.now - HOUR, url="https://desk.example/R-7"
    )
    soon = TicketFacts("R-8", house.now - HOUR, first_response_due_at=house.now + 8 * HOUR)
    far = TicketFacts("R-9", house.now - HOUR, first_response_due_at=house.now + 30 * HOUR)
    house.imports(team, [late, soon, far], house.now)
    house.turn(minutes=1)
    mina = house.person("Mina")
    mina.types("/handover", "#returns")
    assert mina.modal is not None
    shown = mina.modal.says()
    assert "The next shift:" in shown
    for words in ("The refund is three weeks late", "Every card is refused", "A call", "R-7", "R-8", "Crisis now"):
        assert words in shown
    assert "R-9" not in shown
    assert "rude" not in shown
    assert "confidential" in shown
    assert mina.modal.state["to"]["to"]["selected_user"] == house.person("Teo").id
    mina.submits(happened="The bank had a fault.", watch="Warehouse 3 calls at six.")
    house.turn(minutes=15)
    (card,) = found(house, "Ada", place="#returns")
    (direct,) = found(house, "Teo")
    for one in (card, direct):
        assert "Mina hands Returns over to Teo" in one.says()
        assert "The bank had a fault." in one.says()
        assert "Warehouse 3 calls at six." in one.says()
        assert "rude" not in one.says()
        assert "Taken over" in one.buttons()
    (own,) = found(house, "Mina")
    assert "Taken over" not in own.buttons()
    assert house.slack.complaints == []


@pytest.mark.usefixtures("shifts")
def test_who_takes_over_has_it_with_what_its_giver_had(house: House, team: Team):
    raised = raises(house, team, "The refund is three weeks late", owner="Mina")
    hands_over(house)
    (direct,) = found(house, "Teo")
    (card,) = found(house, "Ada", place="#returns")
    house.person("Teo").presses(direct, "Taken over")
    assert "Teo* has taken over" in card.says()
    assert "1 escalation went along." in card.says()
    assert "Taken over" not in card.buttons()
    assert owner_of(house, raised) == house.known["Teo"].id
    assert "1 escalation is yours now." in house.person("Teo").says_last
    with house.store.reading() as session:
        lines = escalations.timeline(session, house.workspace_id, raised.escalation_id)
    assert [line.kind for line in lines if line.by][-2:] == ["handed", "acknowledged"]
    house.turn(hours=12)
    assert found(house, "Teo", "nobody has taken over") == []


@pytest.mark.usefixtures("shifts")
def test_of_several_who_press_the_first_has_it(house: House, team: Team):
    hands_over(house)
    (card,) = found(house, "Ada", place="#returns")
    button = next(one for block in card.blocks for one in block.get("elements", ()) if one.get("value"))
    number = int(button["value"].split(":")[1].rstrip("}"))
    for who, first in (("Ada", True), ("Teo", False), ("Ada", False)):
        with house.store.transaction() as session:
            done = handovers.take(
                session, house.workspace_id, number, by=asker(house, who), ending=Ending(), now=house.now
            )
        assert (done.first, done.by) == (first, house.known["Ada"].id)


@pytest.mark.usefixtures("shifts")
def test_unpressed_it_climbs_until_it_is_an_escalation_that_taking_over_ends(house: House, team: Team):
    house.joins(team, "Bo", Role.MANAGER, language="en")
    house.turn_to(at(WEDNESDAY, 14, 55), HOUR)
    hands_over(house)
    house.turn_to(at(WEDNESDAY, 15, 10), timedelta(minutes=1))
    assert found(house, "Teo", "nobody has taken over") == []  # their shift has begun ten minutes ago
    house.turn_to(at(WEDNESDAY, 15, 16), timedelta(minutes=1))
    assert len(found(house, "Teo", "nobody has taken over")) == 1
    assert found(house, "Ada", "nobody has taken over") == []
    house.turn(minutes=16)
    assert len(found(house, "Ada", "nobody has taken over")) == 1
    assert found(house, "Bo", "nobody has taken over") == []
    house.turn(minutes=16)
    (asked,) = found(house, "Bo", "nobody has taken over")
    house.turn(minutes=20)
    (card,) = found(house, "Bo", place="#returns")
    assert "It was raised as E1." in card.says()
    with house.store.reading() as session:
        raised = escalations.numbered(session, house.workspace_id, 1)
    assert (raised.source, raised.severity, raised.what) == ("handover", 2, "Nobody has taken over from Mina.")
    house.person("Bo").presses(asked, "Taken over")
    house.turn(minutes=1)
    assert "Bo* has taken over" in card.says()
    assert "Bo* has taken over" in asked.says()
    with house.store.reading() as session:
        assert escalations.numbered(session, house.workspace_id, 1).status == "resolved"


def test_with_nobody_on_the_next_shift_the_leads_are_asked(house: House, team: Team):
    works(house, team, house.known["Mina"], (at(WEDNESDAY, 9), at(WEDNESDAY, 15)))
    mina = house.person("Mina")
    mina.types("/handover Returns", "#returns")
    assert mina.modal is not None
    assert "No next shift is planned" in mina.modal.says()
    assert "Nothing is open" in mina.modal.says()
    assert mina.modal.state["to"]["to"]["selected_user"] is None
    mina.submits()
    house.turn(minutes=1)
    (direct,) = found(house, "Ada")
    assert "over to the leads" in direct.says()
    assert "Enjoy the quiet" in direct.says()
    house.person("Ada").presses(direct, "Taken over")
    assert "Ada* has taken over" in direct.says()


@pytest.mark.usefixtures("shifts")
def test_nobody_presses_their_own_handover_away_nor_a_stranger(house: House, team: Team):
    hands_over(house)
    (card,) = found(house, "Mina", place="#returns")
    house.person("Mina").presses(card, "Taken over")
    assert "somebody else takes over: Teo" in house.person("Mina").says_last
    (card,) = found(house, "Bo", place="#returns")
    house.person("Bo").presses(card, "Taken over")
    assert "for the lead of the team" in house.person("Bo").says_last
    assert "Nobody has taken over yet" in card.says()


def test_a_stranger_cannot_hand_a_shift_over(house: House, team: Team):
    bo = house.person("Bo")
    bo.types("/handover Returns", "#returns")
    assert bo.modal is None
    assert "Returns" in bo.says_last


def test_a_shift_goes_to_somebody_with_a_korean_name_in_their_language(house: House, team: Team):
    with house.store.transaction() as session:
        minji = people.add_member(session, house.workspace_id, "김민지", slack_user_id=house.person("Bo").id,
                                  language="ko", now=house.now)  # fmt: skip
        people.join_team(session, team, minji, Role.LEAD, now=house.now)
    works(house, team, house.known["Mina"], (at(WEDNESDAY, 9), at(WEDNESDAY, 15)))
    works(house, team, minji, (at(WEDNESDAY, 15), at(WEDNESDAY, 21)))
    hands_over(house)
    (card,) = found(house, "Mina", place="#returns")
    assert "over to 김민지" in card.says()
    direct = next(one for one in house.person("Bo").reads() if "handover.taken" in one.action_ids())
    house.person("Bo").presses(direct, "handover.taken")
    assert "김민지* has taken over" in card.says()


def test_over_the_weekend_on_which_the_clocks_change_the_next_one_has_a_quarter_of_an_hour_of_their_shift(
    house_at: Callable[[datetime], House],
):
    saturday, sunday = date(2026, 10, 31), date(2026, 11, 1)  # New York's summer time ends that night
    house = house_at(at(saturday, 21, 50))
    team = house.team("Returns")
    house.joins(team, "Mina", Role.LEAD, language="en")
    house.joins(team, "Teo", language="en")
    works(house, team, house.known["Mina"], (at(saturday, 14), at(saturday, 22)))
    works(house, team, house.known["Teo"], (at(sunday, 6), at(sunday, 14)))
    hands_over(house)
    house.turn_to(at(sunday, 6, 14), timedelta(minutes=30))
    assert found(house, "Teo", "nobody has taken over") == []
    house.turn_to(at(sunday, 6, 16))
    assert len(found(house, "Teo", "nobody has taken over")) == 1


@pytest.mark.usefixtures("shifts")
def test_the_running_crisis_goes_along(house: House, team: Team):
    raises(house, team, "Every card is refused", kind="crisis", severity=1)
    house.turn(minutes=1)
    with house.store.reading() as session:
        assert len(crises.running(session, team)) == 1
    hands_over(house)
    (card,) = found(house, "Ada", place="#returns")
    assert "6 lines of the checklist are left" in card.says()
