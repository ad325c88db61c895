"""Thanks: a daily allowance that does not add up, a reason, distinct givers, and the week once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session, select

from cspm_core import errors, people, recognition
from cspm_core.notices import Notice
from cspm_core.people import Member, Role
from cspm_core.recognition.rules import is_reason
from cspm_core.store import Store

FRIDAY = datetime(2026, 11, 20, 14, tzinfo=UTC)
REASON = "helped me with the refund of a very angry customer"


class Cast:
    def __init__(self, store: Store, workspace_id: int) -> None:
        self.store, self.workspace_id = store, workspace_id
        with store.transaction() as session:
            self.team = people.add_team(
                session, workspace_id, "Returns", timezone="Europe/Amsterdam", channel="C1", now=FRIDAY
            )
            self.people = {name: self._joins(session, name) for name in ("Ada", "Bo", "Cem", "Dee", "Eve", "Fay")}
            self.lead = self._joins(session, "Mina", Role.LEAD)

    def _joins(self, session: Session, name: str, role: Role = Role.AGENT) -> Member:
        one = people.add_member(session, self.workspace_id, name, slack_user_id="U" + name.upper(), now=FRIDAY)
        people.join_team(session, self.team, one, role, now=FRIDAY)
        return one

    def gives(self, by: str, *to: str, at: datetime = FRIDAY, reason: str = REASON) -> int:
        with self.store.transaction() as session:
            every = [self.people[one] for one in to]
            return recognition.give(session, self.team, self.people[by], every, reason, now=at).left


@pytest.fixture
def cast(store: Store, workspace_id: int) -> Cast:
    return Cast(store, workspace_id)


def test_the_allowance_is_of_the_givers_own_day_and_does_not_add_up(cast: Cast):
    assert cast.gives("Ada", "Bo", "Cem", "Dee") == 2
    assert cast.gives("Ada", "Bo", "Eve") == 0
    with pytest.raises(errors.NothingLeft):
        cast.gives("Ada", "Bo")
    midnight = datetime(2026, 11, 20, 23, tzinfo=UTC)
    with pytest.raises(errors.NothingLeft):
        cast.gives("Ada", "Bo", at=midnight - timedelta(seconds=1))
    assert cast.gives("Ada", "Bo", at=midnight) == 4


def test_what_does_not_fit_in_one_is_not_given_in_part(cast: Cast):
    cast.gives("Ada", "Bo", "Cem", "Dee")
    with pytest.raises(errors.NothingLeft):
        cast.gives("Ada", "Bo", "Cem", "Eve")
    with cast.store.reading() as session:
        assert len(recognition.given_to(session, cast.workspace_id, cast.people["Bo"].id)) == 1
        assert len(session.exec(select(Notice)).all()) == 1


def test_two_at_once_cannot_take_the_same_place(cast: Cast):
    def once(to: str) -> bool:
        try:
            cast.gives("Ada", to)
        except errors.NothingLeft:
            return False
        return True

    with ThreadPoolExecutor(8) as many:
        taken = list(many.map(once, ["Bo", "Cem", "Dee", "Eve"] * 3))
    assert sum(taken) == 5


@pytest.mark.parametrize(
    ("to", "reason", "why"),
    [((), REASON, "kudos_nobody"), (("Ada",), REASON, "kudos_oneself"), (("Bo",), "thanks", "kudos_reason")],
)
def test_nobody_oneself_and_no_reason_are_refused(cast: Cast, to: tuple[str, ...], reason: str, why: str):
    with pytest.raises(errors.Invalid) as refused:
        cast.gives("Ada", *to, reason=reason)
    assert refused.value.reason == why


def test_a_reason_in_chinese_or_korean_is_shorter():
    assert is_reason("幫我處理退款")
    assert is_reason("환불을 도와줘서")
    assert not is_reason("謝謝")
    assert not is_reason("   thanks  ")


def test_a_board_counts_different_givers(cast: Cast):
    for n in range(3):
        cast.gives("Ada", "Bo", at=FRIDAY + timedelta(minutes=n))
    cast.gives("Cem", "Dee")
    cast.gives("Eve", "Dee")
    with cast.store.reading() as session:
        places = recognition.board(session, cast.team, FRIDAY, FRIDAY + timedelta(days=1))
    first, second = places[:2]
    assert (first.name, first.givers, first.received) == ("Dee", 2, 2)
    assert (second.name, second.givers, second.received) == ("Bo", 1, 3)


def test_the_weeks_thank_you_is_said_once_on_the_last_working_day(cast: Cast):
    cast.gives("Ada", "Bo", at=FRIDAY - timedelta(days=1))
    with cast.store.reading() as session:
        assert recognition.wanting(session, now=FRIDAY - timedelta(minutes=1)) == []
        ((workspace_id, team_id, week),) = recognition.wanting(session, now=FRIDAY)
    assert (workspace_id, team_id, week) == (cast.workspace_id, cast.team.id, date(2026, 11, 16))
    with cast.store.transaction() as session:
        assert recognition.say(session, cast.team, week, now=FRIDAY)
        assert not recognition.say(session, cast.team, week, now=FRIDAY)
    with cast.store.reading() as session:
        assert recognition.wanting(session, now=FRIDAY) == []


def test_a_week_without_thanks_has_no_thank_you(cast: Cast):
    cast.gives("Ada", "Bo", at=FRIDAY - timedelta(days=7))
    with cast.store.transaction() as session:
        recognition.say(session, cast.team, date(2026, 11, 9), now=FRIDAY)
        assert recognition.wanting(session, now=FRIDAY) == []


def test_a_reward_is_granted_by_those_who_lead_the_team_alone(cast: Cast):
    with cast.store.transaction() as session:
        reward = recognition.offer(session, cast.team, "A day off", now=FRIDAY)
        lead, agent = (people.asker(session, cast.workspace_id, user, FRIDAY.date()) for user in ("UMINA", "UADA"))
        with pytest.raises(errors.NotForYou):
            recognition.grant(session, cast.team, reward.id, cast.people["Bo"], agent, REASON, now=FRIDAY)
        recognition.grant(session, cast.team, reward.id, cast.people["Bo"], lead, REASON, now=FRIDAY)
        recognition.withdraw(session, cast.team, reward.id)
    with cast.store.reading() as session:
        ((grant, name, by),) = recognition.grants_to(session, cast.workspace_id, cast.people["Bo"].id)
        assert recognition.rewards(session, cast.team) == []
    assert (grant.reason, name, by) == (REASON, "A day off", "Mina")
