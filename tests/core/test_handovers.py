"""Shifts handed over: written once, taken by one, climbing past everybody who is not there; on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col, select

from cspm_core import duty, errors, escalations, handovers, people
from cspm_core.escalations import Ending, Escalation
from cspm_core.handovers import Handover, Item, Risky, Running, Snapshot, Taken
from cspm_core.notices import Notice
from cspm_core.people import Asker, Member, Role, Team
from cspm_core.store import Store

MINUTE = timedelta(minutes=1)


@dataclass
class Desk:
    """Returns, led by Mina and Teo, with Ada; Omar manages."""

    store: Store
    team: Team
    now: datetime
    cast: dict[str, Member] = field(default_factory=dict)

    def asker(self, who: str) -> Asker:
        with self.store.reading() as session:
            slack = str(self.cast[who].slack_user_id)
            return people.asker(session, self.team.workspace_id, slack, self.now.date())

    def hands_over(self, to: str | None = "Teo", key: str = "V1", **more: object) -> int:
        with self.store.transaction() as session:
            member = self.cast[to] if to else None
            return handovers.make(
                session,
                self.team,
                member,
                by=self.asker("Mina"),
                key=key,
                now=self.now,
                **more,  # type: ignore[arg-type]
            ).id

    def takes(self, who: str, handover_id: int) -> Taken:
        asker = self.asker(who)
        with self.store.transaction() as session:
            return handovers.take(
                session, self.team.workspace_id, handover_id, by=asker, ending=Ending("x", "y"), now=self.now
            )

    def turn(self, delta: timedelta) -> None:
        self.now += delta
        with self.store.reading() as session:
            due = [one.id for one in handovers.due(session, now=self.now)]
        for one in due:
            with self.store.transaction() as session:
                handovers.move_on(session, self.team.workspace_id, one, what="Nobody took over", now=self.now)

    def called(self) -> list[str]:
        with self.store.reading() as session:
            return [
                one.place
                for one in session.exec(select(Notice).where(Notice.kind == handovers.CALL).order_by(col(Notice.id)))
            ]

    def away(self, who: str) -> None:
        with self.store.transaction() as session:
            duty.be_away(
                session, self.cast[who], self.now, self.now + timedelta(days=1), by=None, note="", now=self.now
            )


@pytest.fixture
def desk(store: Store, workspace_id: int, now: datetime) -> Desk:
    with store.transaction() as session:
        team = people.add_team(session, workspace_id, "Returns", timezone="UTC", channel="C1", now=now)
        roles = {"Mina": Role.LEAD, "Teo": Role.LEAD, "Ada": Role.AGENT, "Omar": Role.MANAGER}
        cast = {}
        for name, role in roles.items():
            cast[name] = people.add_member(session, workspace_id, name, slack_user_id=f"U{name.upper()}", now=now)
            people.join_team(session, team, cast[name], role, now=now)
    return Desk(store, team, now, cast)


def test_the_same_form_sent_twice_is_one_handover(desk: Desk):
    assert desk.hands_over() == desk.hands_over()
    with desk.store.reading() as session:
        assert len(session.exec(select(Handover)).all()) == 1
        places = [one.place for one in session.exec(select(Notice).where(Notice.kind == handovers.CARD))]
    assert sorted(places) == ["C1", "UMINA", "UTEO"]


def test_of_many_who_press_one_has_it(desk: Desk):
    one = desk.hands_over()
    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(lambda who: desk.takes(who, one), ("Teo", "Omar", "Teo", "Omar")))
    (first,) = [done for done in taken if done.first]
    assert {done.by for done in taken} == {first.by}
    desk.turn(timedelta(days=3))
    assert desk.called() == []


def test_unpressed_it_is_reminded_then_told_to_leads_manager_and_raised_once(desk: Desk):
    desk.hands_over("Ada")
    desk.turn(14 * MINUTE)
    assert desk.called() == []
    for expected in (["UADA"], ["UADA", "UTEO"], ["UADA", "UTEO", "UOMAR"]):
        desk.turn(15 * MINUTE if desk.called() else MINUTE)
        assert desk.called() == expected
    desk.turn(15 * MINUTE)
    desk.turn(timedelta(days=2))
    with desk.store.reading() as session:
        (raised,) = session.exec(select(Escalation)).all()
    assert (raised.severity, raised.kind, raised.source) == (2, "other", "handover")


def test_whoever_is_absent_is_passed_over_at_once(desk: Desk):
    desk.away("Teo")
    desk.hands_over("Teo")
    desk.turn(timedelta(days=1, minutes=-1))
    assert desk.called() == []
    desk.away("Omar")
    desk.away("Teo")
    desk.turn(16 * MINUTE)
    assert desk.called() == []
    with desk.store.reading() as session:
        assert len(session.exec(select(Escalation)).all()) == 1


def test_with_nobody_to_take_over_the_leads_have_it_and_are_told_after_a_quarter_of_an_hour(desk: Desk):
    desk.hands_over(None)
    desk.turn(15 * MINUTE)
    assert desk.called() == ["UTEO"]


def test_outside_working_time_nobody_is_called(desk: Desk):
    desk.now = desk.now.replace(hour=16, minute=50)
    desk.hands_over()
    desk.turn(timedelta(hours=16, minutes=14))
    assert desk.called() == []
    desk.turn(MINUTE)
    assert desk.called() == ["UTEO"]


def test_nobody_takes_over_their_own_shift_and_no_agent_another_ones(desk: Desk):
    one = desk.hands_over()
    with pytest.raises(errors.OwnHandover):
        desk.takes("Mina", one)
    with pytest.raises(errors.NotForYou):
        desk.takes("Ada", one)
    alone = desk.hands_over("Mina", key="V2")
    assert desk.takes("Mina", alone).first


def test_escalations_go_along_only_where_that_was_wanted(desk: Desk):
    for key, wanted in (("V1", False), ("V2", True)):
        with desk.store.transaction() as session:
            raised = escalations.raise_one(
                session, desk.team, escalations.Cause("person", key, cause=key), now=desk.now
            )
            escalations.acknowledge(
                session, desk.team.workspace_id, raised.escalation_id, by=desk.asker("Mina"),
                origin=escalations.Origin.BUTTON, now=desk.now,
            )  # fmt: skip
        done = desk.takes("Teo", desk.hands_over(key=key, gives_own=wanted))
        assert done.given == (2 if wanted else 0)
    with desk.store.reading() as session:
        owners = {one.owner_id for one in session.exec(select(Escalation))}
    assert owners == {desk.cast["Teo"].id}


instants = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))
items = st.builds(Item, st.integers(1, 999), st.integers(1, 4), st.text(), st.text(), st.just({"n": 1}), st.text(),
                  st.text(), st.text(), st.none() | instants, st.sampled_from(["", "next"]), st.text())  # fmt: skip
snapshots = st.builds(
    Snapshot,
    st.lists(items).map(tuple),
    st.integers(0, 99),
    st.lists(st.builds(Risky, st.text(), st.text(), instants, st.booleans())).map(tuple),
    st.integers(0, 99),
    st.lists(st.builds(Running, st.integers(1, 9), st.text(), st.text(), st.just({}), st.integers(0, 9),
                       st.none() | instants, st.integers(0, 9))).map(tuple),
    st.lists(items).map(tuple),
    st.integers(0, 99),
    st.none() | instants,
)  # fmt: skip


@given(snapshots)
def test_what_stood_is_kept_as_it_was(snapshot: Snapshot):
    assert Snapshot.parse(snapshot.to_json()) == snapshot
