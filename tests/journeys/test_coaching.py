"""Coaching, in Slack: a talk planned, moved and held, what was noted and promised in it, and how it was reminded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from slackblocks import ActionsBlock, Button
from sqlmodel import select

from bot import ids
from bot.blocks import Drawing, message, value
from bot.coaching import promise_views, talk_views
from bot.local_slack import SeenMessage
from bot.words import Words
from cspm_core import coaching, duty, people
from cspm_core.coaching import Promise, Talk, TalkNote, reads
from cspm_core.people import PersonFigures, Role, Team

from .house import House
from .returns import at, weeks

TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (date(2026, 11, day) for day in (17, 18, 19, 20))
MONDAY = date(2026, 11, 23)
HOUR = timedelta(hours=1)


@pytest.fixture
def house(house_at: Callable[[datetime], House]) -> House:
    return house_at(at(TUESDAY, 10))


@pytest.fixture
def team(house: House) -> Team:
    """Mina leads and Teo and Ada work, nine to five in New York; all of them read English."""
    team = house.team("Returns")
    house.joins(team, "Mina", Role.LEAD, language="en")
    for name in ("Teo", "Ada"):
        house.joins(team, name, language="en")
    return team


def opens(house: House, agent: str = "Teo", who: str = "Mina") -> SeenMessage:
    """The talk, as it stands in the lead's direct messages."""
    lead = house.person(who)
    lead.types(f"/coach @{agent}", "#returns")
    return next(one for one in reversed(lead.reads()) if ids.COACH_NOTE in one.action_ids())


def plans(house: House, every: str = "every week", agent: str = "Teo") -> None:
    mina = house.person("Mina")
    mina.presses(opens(house, agent), "Next talk")
    assert mina.modal is not None
    assert mina.submits(every=every).result == "closed"


def promises(house: House, words: str, due_on: date, **more: object) -> None:
    mina = house.person("Mina")
    mina.presses(opens(house), "Promise")
    assert mina.submits(words=words, kind="Tone", due_on=due_on.isoformat(), **more).result == "closed"


def found(house: House, who: str, text: str) -> list[SeenMessage]:
    """What somebody reads in direct messages with these words in it."""
    return [one for one in house.person(who).reads() if text in one.says() and not one.ephemeral]


def proposed(house: House) -> SeenMessage:
    """The lead's own message about the talk that they proposed."""
    (own,) = [one for one in found(house, "Mina", "Talk with Teo") if ids.COACH_CANCEL in one.action_ids()]
    return own


def rows(house: House, table: type) -> list:  # type: ignore[type-arg]
    with house.store.reading() as session:
        return list(session.exec(select(table).order_by(table.id)))  # type: ignore[attr-defined]


def test_a_talk_is_planned_proposed_and_fits(house: House, team: Team):
    mina, teo = house.person("Mina"), house.person("Teo")
    mina.presses(opens(house), "Next talk")
    assert mina.modal is not None
    slots = [one["text"]["text"] for one in mina.modal.blocks[1]["element"]["options"]]
    assert [one.replace("\u202f", " ") for one in slots] == [
        "Tue, Nov 17, 11:00 AM", "Tue, Nov 17, 1:00 PM", "Tue, Nov 17, 3:00 PM",
    ]  # fmt: skip
    moment = int(at(THURSDAY, 11).timestamp())
    assert mina.submits(moment=moment, every="every month").result == "closed"
    (proposal,) = found(house, "Teo", "Talk with Mina")
    own = proposed(house)
    assert "Mina proposes this time. Does it fit?" in proposal.says()
    assert proposal.buttons() == ["It fits", "Another time"]
    assert own.buttons() == ["Another time", "Cancel it"]
    teo.presses(proposal, "It fits")
    for card in (proposal, own):
        assert "It fits you both." in card.says()
        assert "It fits" not in card.buttons()
    assert house.slack.complaints == []


def test_the_other_proposes_another_time_and_both_see_it(house: House, team: Team):
    plans(house)
    mina, teo = house.person("Mina"), house.person("Teo")
    (proposal,) = found(house, "Teo", "Talk with Mina")
    teo.presses(proposal, "Another time")
    assert teo.modal is not None
    assert len(teo.modal.blocks[1]["element"]["options"]) == 3
    assert teo.submits(moment=int(at(FRIDAY, 22).timestamp())).errors == {
        "moment": "Not both of you are free then: one does not work, is away, or has another talk."
    }
    assert teo.submits(moment=int(at(FRIDAY, 14).timestamp())).result == "closed"
    assert "It was moved to" in proposal.says()
    assert proposal.buttons() == []
    (asked,) = found(house, "Mina", "Teo proposes this time")
    mina.presses(asked, "It fits")
    (row,) = rows(house, Talk)
    assert (row.planned_at, row.moved, row.agreed_at is not None) == (at(FRIDAY, 14), 1, True)
    teo.types("/coach", "#returns")
    assert "It fits you both." in teo.says_last
    assert "every week" in teo.says_last


def test_a_private_note_never_reaches_the_other(house: House, team: Team):
    plans(house)
    mina, teo = house.person("Mina"), house.person("Teo")
    card = opens(house)
    mina.presses(card, "Write a note")
    assert mina.modal is not None
    assert "may be entitled to read it" in mina.modal.says()
    mina.submits(words="Worried about the move to Ghent", private=["Private: only for me"])
    mina.presses(card, "Write a note")
    mina.submits(words="We look at three chats together")
    assert "🔒 private: Worried about the move to Ghent" in card.says()
    assert "Mina: We look at three chats together" in card.says()
    mina.presses(card, "The talk was held")
    assert "Your talk with Teo is held. The next is proposed for" in mina.says_last
    teo.types("/coach", "#returns")
    assert "We look at three chats together" in teo.says_last
    assert "Notes of the talk with Mina" in teo.says_last
    everything = " ".join(one.says() for one in teo.reads()) + " ".join(one.says() for one in teo.reads("#returns"))
    assert "Ghent" not in everything
    assert [one.is_private for one in rows(house, TalkNote)] == [True, False]


def test_pressed_or_sent_twice_it_is_once(house: House, team: Team):
    plans(house)
    mina = house.person("Mina")
    card = opens(house)
    mina.presses(card, "The talk was held")
    with house.store.reading() as session:
        talk = session.exec(select(Talk).where(Talk.status == "held")).one()
    house.turn(minutes=1)
    house.line.chat_postMessage(channel=mina.id, **_with_button(talk, house))
    mina.presses(mina.latest(), "The talk was held")
    assert "That talk was held already." in mina.says_last
    assert sorted(one.status for one in rows(house, Talk)) == ["held", "planned"]


def _with_button(talk: Talk, house: House) -> Drawing:
    """An old message with a button that is still there."""
    with house.store.reading() as session:
        one = reads.talk(session, talk)
    return message("old", ActionsBlock([talk_views.hold_button(one, Words("en"))]))


def test_a_promise_is_told_on_its_day_when_it_is_late_and_then_to_the_lead(house: House, team: Team):
    promises(house, "Ask before closing", THURSDAY)
    house.turn_to(at(THURSDAY, 9, 10), HOUR)
    (day,) = found(house, "Teo", "Ask before closing")
    assert "as you promised *Mina*" in day.says()
    assert day.buttons() == ["Kept", "Not kept", "Move the date"]
    house.turn_to(at(FRIDAY, 9, 10), HOUR)
    (late,) = [one for one in found(house, "Teo", "How did it go?") if one.ts != day.ts]
    house.turn_to(at(date(2026, 11, 24), 8), HOUR)
    assert found(house, "Mina", "It is still open") == []
    house.turn_to(at(date(2026, 11, 24), 9, 10), HOUR)
    (check,) = found(house, "Mina", "It is still open")
    house.turn_to(at(date(2026, 12, 4), 9), 3 * HOUR)
    assert len(found(house, "Teo", "Ask before closing")) == 2
    assert len(found(house, "Mina", "It is still open")) == 1
    teo = house.person("Teo")
    teo.presses(late, "Not kept")
    assert teo.modal is not None
    assert teo.modal.state["ending"]["ending"]["selected_option"]["value"] == "missed"
    assert "line" in (teo.submits().errors or {"line": ""})
    assert teo.submits(line="The queue was full").result == "closed"
    for card in (day, late, check):
        assert "Not kept: “The queue was full”" in card.says()
        assert card.buttons() == []
    teo.presses(_closing(house), "Kept?")
    assert "That promise is closed already." in teo.says_last
    assert house.slack.complaints == []


def _closing(house: House) -> SeenMessage:
    """An old message whose button is still there."""
    (row,) = rows(house, Promise)
    with house.store.reading() as session:
        one = reads.promise(session, row, now=house.now)
    drawn = message("old", ActionsBlock([promise_views.close_button(one, Words("en"))]))
    house.line.chat_postMessage(channel=house.person("Teo").id, **drawn)
    return house.person("Teo").latest()


def test_the_list_is_drawn_anew_where_a_promise_was_closed_in_it(house: House, team: Team):
    promises(house, "Ask before closing", FRIDAY)
    teo = house.person("Teo")
    teo.types("/coach", "#returns")
    listed = teo.latest("#returns")
    assert "Ask before closing" in listed.says()
    assert "to Mina" in listed.says()
    teo.presses(listed, "Kept?")
    assert teo.submits(line="It helped").result == "closed"
    assert "None is open." in teo.latest("#returns").says()
    card = opens(house)
    assert "Kept: “It helped”" in card.says()
    assert "1 kept since the last talk" in card.says()


def test_another_day_is_agreed_and_reminded_of_anew(house: House, team: Team):
    promises(house, "Ask before closing", WEDNESDAY)
    house.turn_to(at(WEDNESDAY, 9, 10), HOUR)
    (day,) = found(house, "Teo", "Ask before closing")
    teo = house.person("Teo")
    teo.presses(day, "Move the date")
    assert teo.submits(due_on="2026-11-02").errors == {"due_on": "That day is over. Choose one that lies ahead."}
    assert teo.submits(due_on=FRIDAY.isoformat()).result == "closed"
    assert "Due Fri, Nov 20" in day.says()
    house.turn_to(at(FRIDAY, 9, 10), HOUR)
    assert len(found(house, "Teo", "Ask before closing")) == 2
    assert "day moved 1 time" in opens(house).says()


def test_both_are_told_once_on_the_day_and_the_lead_when_it_was_not_held(house: House, team: Team):
    mina = house.person("Mina")
    mina.presses(opens(house), "Next talk")
    mina.submits(moment=int(at(THURSDAY, 14).timestamp()), every="every week")
    house.turn_to(at(THURSDAY, 13), HOUR)
    (told,) = found(house, "Teo", "Today: talk with Mina")
    (own,) = found(house, "Mina", "Today: talk with Teo")
    assert told.buttons() == ["It fits", "Open it", "Another time"]
    assert own.buttons() == ["Open it", "Another time"]
    house.turn_to(at(FRIDAY, 9, 10), HOUR)
    (late,) = found(house, "Mina", "Was it held?")
    assert found(house, "Teo", "Was it held?") == []
    house.turn_to(at(MONDAY, 17), 3 * HOUR)
    assert len(found(house, "Mina", "Was it held?")) == 1
    mina.presses(late, "The talk was held")
    assert "Held" in late.says()
    assert late.buttons() == []
    (following,) = [one for one in rows(house, Talk) if one.status == "planned"]
    assert following.planned_at == at(date(2026, 12, 3), 14)


def test_whoever_is_away_is_reminded_when_they_are_back(house: House, team: Team):
    promises(house, "Ask before closing", THURSDAY)
    with house.store.transaction() as session:
        teo = people.member(session, house.workspace_id, house.known["Teo"].id)
        duty.be_away(session, teo, at(WEDNESDAY, 0), at(MONDAY, 12), by=None, note="", now=house.now)
    house.turn_to(at(MONDAY, 11), HOUR)
    assert found(house, "Teo", "Ask before closing") == []
    house.turn_to(at(MONDAY, 12, 10), HOUR)
    assert len(found(house, "Teo", "Ask before closing")) == 1


def test_nobody_else_opens_a_talk_and_none_is_shown_figures_the_team_keeps_to_itself(house: House, team: Team):
    plans(house)
    ada, bo = house.person("Ada"), house.person("Bo")
    ada.types("/coach @Teo", "#returns")
    assert "That is for the lead of the team: Mina." in ada.says_last
    bo.types("/coach @Teo", "#returns")
    assert "That is for the lead of the team: Mina." in bo.says_last
    with house.store.transaction() as session:
        admin = people.member_by_slack(session, house.workspace_id, bo.id)
        assert admin is not None
        admin.role = "admin"
        session.add(admin)
    bo.types("/coach @Teo", "#returns")
    assert "That is for the lead of the team: Mina." in bo.says_last
    own = proposed(house)
    with house.store.reading() as session:
        talk = session.exec(select(Talk)).one()
    house.line.chat_postMessage(channel=ada.id, text="x", blocks=own.blocks)
    ada.presses(ada.latest(), "Another time")
    assert "A talk and its promises are for its two people alone." in ada.says_last
    assert talk.moved == 0
    house.person("Mina").types("/coach @Mina", "#returns")
    assert "A talk takes two." in house.person("Mina").says_last
    card = opens(house)
    assert "In Returns figures about one person are for that person alone" in card.says()
    assert "Figures" not in card.buttons()


def test_where_the_team_agreed_the_figures_stand_in_the_talk_and_the_look_is_logged(house: House, team: Team):
    with house.store.transaction() as session:
        teo = house.known["Teo"]
        people.be_known_as(session, people.member(session, house.workspace_id, teo.id), "Teo de Vries", now=house.now)
        of = people.team(session, house.workspace_id, team.id)
        people.agree_on_person_figures(session, of, PersonFigures.LEAD, by="all", now=house.now)
    house.imports(team, weeks(house.now), house.now)
    mina = house.person("Mina")
    card = opens(house)
    assert "Nothing stands out" in card.says()
    mina.presses(card, "Figures")
    assert "Teo" in mina.says_last
    mina.presses(card, "Promise")
    assert mina.modal is not None
    mina.fills(words="Ask before closing", kind="Tone", metric="Customer satisfaction (CSAT)")
    assert "Customer satisfaction" in mina.modal.says()
    assert "will not show" in mina.modal.says() or "could be seen" in mina.modal.says()
    assert mina.submits().result == "closed"
    (row,) = rows(house, Promise)
    assert (row.metric, row.words) == ("csat", "Ask before closing")
    assert "should move: Customer satisfaction" in card.says()
    with house.store.reading() as session:
        looks = people.looks_at(session, house.workspace_id, house.known["Teo"].id)
    assert {one.what for one in looks} == {"talk", "scorecard", "csat"}
    assert house.slack.complaints == []


def test_what_is_typed_after_the_command_is_understood_or_answered(house: House, team: Team):
    mina = house.person("Mina")
    for said in ("/coach help", "/coach hulp", "/coach 도움말", "/coach 說明"):
        mina.types(said, "#returns")
        assert "open the talk" in mina.says_last
    mina.types("/coach Teo", "#returns")
    assert found(house, "Mina", "Talk with Teo")
    mina.types("/coach nobody", "#returns")
    assert "I know nobody called “nobody”." in mina.says_last
    mina.types("/coach plan", "#returns")
    assert "With whom?" in mina.says_last
    mina.types("/coach", "#returns")
    assert "Whom I coach" in mina.says_last
    assert "*Ada* · no talk yet · none planned" in mina.says_last


def test_the_whole_story_in_korean_and_dutch(house: House):
    """The lead reads Korean, the agent Dutch: each is spoken to in their own language, by the same rows."""
    team = house.team("Returns")
    house.joins(team, "Mina", Role.LEAD, language="ko")
    house.joins(team, "Teo", language="nl")
    ko, nl = Words("ko"), Words("nl")
    mina, teo = house.person("Mina"), house.person("Teo")
    mina.types("/coach @Teo", "#returns")
    card = next(one for one in reversed(mina.reads()) if ids.COACH_NOTE in one.action_ids())
    mina.presses(card, ids.COACH_PLAN)
    mina.submits(moment=int(at(WEDNESDAY, 11).timestamp()), every=ko("every two weeks"))
    proposal = teo.latest()
    assert nl("{person} proposes this time. Does it fit?", person="Mina") in proposal.says()
    teo.presses(proposal, ids.COACH_MOVE)
    teo.submits(moment=int(at(THURSDAY, 11).timestamp()))
    asked = mina.latest()
    assert ko("{person} proposes this time. Does it fit?", person="Teo") in asked.says()
    mina.presses(asked, ids.COACH_FITS)
    assert nl("✓ It fits you both.") in teo.latest().says()
    house.turn_to(at(THURSDAY, 11), HOUR)
    mina.presses(card, ids.COACH_NOTE)
    mina.submits(words="Gesehen", private=[ko("Private: only for me")])
    mina.presses(card, ids.COACH_NOTE)
    mina.submits(words="Zusammen")
    mina.presses(card, ids.COACH_PROMISE)
    mina.submits(words="Eerst vragen", kind=ko("Tone"), due_on=FRIDAY.isoformat())
    mina.types("/coach @Teo", "#returns")
    card = next(one for one in reversed(mina.reads()) if ids.COACH_HOLD in one.action_ids())
    mina.presses(card, ids.COACH_HOLD)
    house.turn_to(at(FRIDAY, 9, 10), HOUR)
    told = teo.latest()
    assert "Eerst vragen" in told.says()
    assert nl("Kept") in told.buttons()
    house.turn_to(at(MONDAY, 9, 10), 2 * HOUR)
    late = teo.latest()
    assert late.ts != told.ts
    house.turn_to(at(date(2026, 11, 25), 9, 10), 2 * HOUR)
    check = mina.latest()
    assert "Eerst vragen" in check.says()
    teo.presses(late, ids.COACH_KEPT)
    assert teo.submits(line="Het hielp").result == "closed"
    assert "Het hielp" in check.says()
    teo.types("/coach", "#returns")
    assert "Zusammen" in teo.says_last
    assert "Gesehen" not in " ".join(one.says() for one in (*teo.reads(), *teo.reads("#returns")))
    with house.store.reading() as session:
        asker = people.asker(session, house.workspace_id, mina.id, house.now.date())
        waits = coaching.awaiting(session, house.workspace_id, asker, now=house.now)
    assert ("promise_check", "kept") in {(one.kind, one.facts.get("status")) for one in waits}
    assert house.slack.complaints == []


def test_the_one_talked_with_keeps_notes_too_and_their_private_ones_stay_theirs(house: House, team: Team):
    plans(house)
    teo = house.person("Teo")
    teo.types("/coach", "#returns")
    listed = teo.latest("#returns")
    teo.presses(listed, "Write a note")
    teo.submits(words="Ask for the early shift", private=["Private: only for me"])
    teo.presses(teo.latest("#returns"), "Write a note")
    teo.submits(words="Marketplace refunds are unclear")
    said = teo.latest("#returns").says()
    assert "🔒 private: Ask for the early shift" in said
    assert "Teo: Marketplace refunds are unclear" in said
    card = opens(house)
    assert "Marketplace refunds are unclear" in card.says()
    assert "early shift" not in " ".join(one.says() for one in house.person("Mina").reads())


def test_what_waits_opens_from_its_button(house: House, team: Team):
    plans(house)
    promises(house, "Ask before closing", FRIDAY)
    (row,), (talk,) = rows(house, Promise), rows(house, Talk)
    teo, mina = house.person("Teo"), house.person("Mina")

    def presses(who: str, action: str, label: str, **carried: int) -> str:
        house.turn(seconds=30)
        button = Button(label, action_id=action, value=value(**carried))
        seat = house.person(who)
        house.line.chat_postMessage(channel=seat.id, **message("x", ActionsBlock([button])))
        seat.presses(seat.latest(), label)
        return seat.says_last

    assert "My promises" in presses("Teo", ids.COACH_OPEN, "Open it", talk=talk.id)
    assert "Last promises" in presses("Mina", ids.COACH_OPEN, "Open it", talk=talk.id)
    assert "for its two people alone" in presses("Ada", ids.COACH_OPEN, "Open it", talk=talk.id)
    assert "for its two people alone" in presses("Ada", ids.COACH_CHECK, "Look", promise=row.id)
    presses("Teo", ids.COACH_CLOSE, "Kept?", promise=row.id)
    assert teo.submits(line="It helped").result == "closed"
    assert "Kept: “It helped”" in presses("Mina", ids.COACH_CHECK, "Look", promise=row.id)
    assert rows(house, Promise)[0].checked_at is not None
    mina.presses(mina.latest(), "Reopen")
    assert "by Fri, Nov 20" in mina.latest().says()
    assert rows(house, Promise)[0].status == "open"
    assert house.slack.complaints == []


def test_a_cancelled_talk_is_cancelled_for_both_and_tells_of_nothing(house: House, team: Team):
    mina = house.person("Mina")
    mina.presses(opens(house), "Next talk")
    mina.submits(moment=int(at(THURSDAY, 14).timestamp()), every="every week")
    (proposal,) = found(house, "Teo", "Talk with Mina")
    own = proposed(house)
    mina.presses(own, "Cancel it")
    for card in (own, proposal):
        assert "Cancelled." in card.says()
        assert card.buttons() == []
    house.turn_to(at(FRIDAY, 12), 3 * HOUR)
    assert found(house, "Teo", "Today") == []
    assert [one.status for one in rows(house, Talk)] == ["cancelled"]
