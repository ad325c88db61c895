"""Who is on duty, in Slack: looked at, taken over, swapped, and left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.duty import views
from bot.local_slack import SeenMessage
from bot.words import Words
from cspm_core import duty, people
from cspm_core.duty import OnDuty
from cspm_core.people import Member, Role, Team

from .house import House

HOUR = timedelta(hours=1)


@dataclass
class Centre:
    """Mina leads Returns and is on duty by turns with Teo; Ada works in it, Bo in no team. It is Monday 09:00 UTC."""

    house: House
    team: Team
    mina: Member
    teo: Member
    ada: Member

    def board(self, who: str) -> SeenMessage:
        """The board as it stands in somebody's direct messages, with every button that there is."""
        with self.house.store.reading() as session:
            shown = views.Shown(duty.overview(session, self.team, self.house.now), may_take=True, may_swap=True)
        self.house.line.chat_postMessage(channel=self.house.person(who).id, **views.board(shown, Words("en")))
        return self.house.person(who).latest()

    def on(self, after: timedelta = timedelta()) -> OnDuty:
        with self.house.store.reading() as session:
            return duty.on_duty(session, self.team, self.house.now + after)

    def says(self, who: str) -> str:
        return self.house.person(who).latest().says().replace("\u202f", " ")


@pytest.fixture
def centre(house: House) -> Centre:
    team = house.team("Returns", timezone="Europe/Amsterdam")
    mina = house.joins(team, "Mina", Role.LEAD, language="en")
    teo, ada = (house.joins(team, name, language="en") for name in ("Teo", "Ada"))
    with house.store.transaction() as session:
        duty.set_rotation(session, team, [mina, teo], now=house.now)
    return Centre(house, team, mina, teo, ada)


def test_anybody_of_the_team_takes_over_and_the_board_says_so_in_its_place(centre: Centre):
    board = centre.board("Ada")
    assert "*Mina* until Mon, Nov 23, 5:00 PM, their turn" in centre.says("Ada")
    before = len(centre.house.person("Ada").reads())
    assert centre.house.person("Ada").presses(board, "Take over now") == "ok"
    assert len(centre.house.person("Ada").reads()) == before
    said = centre.says("Ada")
    assert "You are on duty for Returns until Mon, Nov 23, 5:00 PM" in said
    assert "*Ada* until Mon, Nov 23, 5:00 PM, put in or taken over" in said
    assert centre.house.person("Ada").latest().buttons() == ["I am away"]
    assert centre.on().member_ids == (centre.ada.id,)


def test_a_stranger_takes_nothing_over_and_sees_no_board(centre: Centre):
    board = centre.board("Bo")
    for button in ("Take over now", "Swap", "I am away"):
        centre.house.person("Bo").presses(board, button)
        assert "Returns" in centre.says("Bo")
        assert "are for its own people" in centre.says("Bo")
    assert centre.on().member_ids == (centre.mina.id,)


def test_a_lead_swaps_and_others_are_told_who_may(centre: Centre):
    centre.house.person("Ada").presses(centre.board("Ada"), "Swap")
    assert "That is for the lead of the team: Mina" in centre.says("Ada")
    mina = centre.house.person("Mina")
    mina.presses(centre.board("Mina"), "Swap")
    assert mina.modal is not None
    assert list(mina.modal.fields()) == ["member_off", "member_on", "starts_at", "ends_at"]
    assert mina.modal.state["member_off"]["member_off"]["selected_user"] == mina.id
    sent = mina.submits(member_on="Mina")
    assert sent.errors == {"member_on": "Choose two different people."}
    now = int(centre.house.now.timestamp())
    sent = mina.submits(member_on="Teo", ends_at=now - 60)
    assert sent.errors == {"ends_at": "The end must come after the beginning."}
    assert mina.submits(ends_at=now + 3600).result == "closed"
    assert "Teo is on duty instead of Mina from" in centre.says("Mina")
    assert centre.on().member_ids == (centre.teo.id,)
    assert centre.on(HOUR).member_ids == (centre.mina.id,)


def test_whoever_was_never_met_is_met_when_put_on_duty(centre: Centre):
    mina = centre.house.person("Mina")
    mina.presses(centre.board("Mina"), "Swap")
    assert mina.submits(member_on="Bo").result == "closed"
    assert "Bo Berg is on duty instead of Mina" in centre.says("Mina")
    with centre.house.store.reading() as session:
        bo = people.member_by_slack(session, centre.team.workspace_id, centre.house.person("Bo").id)
    assert bo is not None
    assert centre.on().member_ids == (bo.id,)


def test_somebody_is_away_takes_nothing_over_meanwhile_and_comes_back(centre: Centre):
    mina = centre.house.person("Mina")
    board = centre.board("Mina")
    mina.presses(board, "I am away")
    assert mina.modal is not None
    assert mina.modal.state["ends_at"]["ends_at"]["selected_date_time"] == int(
        (centre.house.now + 7 * HOUR).timestamp()
    )
    assert mina.submits(note="dentist").result == "closed"
    said = centre.says("Mina")
    assert "You are away from Mon, Nov 23, 10:00 AM until Mon, Nov 23, 5:00 PM" in said
    assert "Nobody is on duty" in said
    assert "Mina until Mon, Nov 23, 5:00 PM · dentist" in said
    assert mina.latest().buttons() == ["Swap", "I am back"]
    mina.presses(centre.board("Mina"), "Take over now")
    assert "Mina is away until Mon, Nov 23, 5:00 PM" in centre.says("Mina")
    assert centre.on().why == "nobody"
    mina.presses(next(one for one in mina.reads() if "I am back" in one.buttons()), "I am back")
    assert centre.on().member_ids == (centre.mina.id,)


def test_a_board_older_than_its_address_is_answered_in_direct_messages(centre: Centre):
    mina = centre.house.person("Mina")
    mina.presses(centre.board("Mina"), "I am away")
    centre.house.slack.responses._made.clear()  # Slack has forgotten the address
    before = len(mina.reads())
    assert mina.submits().result == "closed"
    assert len(mina.reads()) == before + 1
    assert "You are away from" in centre.says("Mina")
