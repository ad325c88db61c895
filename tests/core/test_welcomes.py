"""One welcome to each agent, a word when it changes who sees their figures, and a way to object."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from cspm_core import duty, errors, notices, people, welcomes
from cspm_core.ids import new_id
from cspm_core.notices import Notice
from cspm_core.people import Member, Role, Team
from cspm_core.setup.tables import Setup
from cspm_core.store import Store

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAY = timedelta(days=1)


class Cast:
    """Two teams, in Amsterdam and Seoul."""

    def __init__(self, store: Store, workspace_id: int) -> None:
        self.store, self.workspace_id = store, workspace_id
        self.returns = self.team("Returns", "Europe/Amsterdam")
        self.billing = self.team("Billing", "Asia/Seoul")

    def team(self, name: str, zone: str) -> Team:
        with self.store.transaction() as session:
            return people.add_team(session, self.workspace_id, name, timezone=zone, now=MONDAY)

    def sets_up(self, team: Team, *, done: bool = True) -> None:
        with self.store.transaction() as session:
            known = session.exec(select(Setup).where(Setup.team_id == team.id)).first()
            row = known or Setup(workspace_id=self.workspace_id, id=new_id(MONDAY), team_id=team.id, begun_at=MONDAY)
            row.done_at = MONDAY if done else None
            session.add(row)

    def joins(self, name: str, *teams: Team, role: Role = Role.AGENT, user: str | None = "", **days: date) -> Member:
        with self.store.transaction() as session:
            person = people.member_named(session, self.workspace_id, name) or people.add_member(
                session, self.workspace_id, name, slack_user_id=f"U{name.upper()}" if user == "" else user, now=MONDAY
            )
            for team in teams:
                people.join_team(session, team, person, role, now=MONDAY, **days)
        return person

    def agrees(self, team: Team, level: str) -> None:
        with self.store.transaction() as session:
            row = people.team(session, self.workspace_id, team.id)
            people.agree_on_person_figures(session, row, level, "Mina", now=MONDAY)

    def greets(self, now: datetime = MONDAY) -> list[int]:
        """As the schedule does; who was welcomed."""
        with self.store.reading() as session:
            found, unaware = welcomes.wanting(session, now), welcomes.unaware(session, now)
        with self.store.transaction() as session:
            for _, member_id in found:
                welcomes.welcome(session, people.member(session, self.workspace_id, member_id), now)
            for one in unaware:
                welcomes.tell_anew(session, one, now)
        return sorted(member_id for _, member_id in found)

    def asked(self, kind: str = welcomes.WELCOME) -> Sequence[Notice]:
        with self.store.reading() as session:
            return session.exec(select(Notice).where(Notice.kind == kind).order_by(Notice.id)).all()

    def hears(self) -> None:
        """What was asked for stands in Slack."""
        with self.store.transaction() as session:
            for one in session.exec(select(Notice)):
                one.slack_ts, one.slack_channel, one.shown = "1.1", "D1", one.version
                session.add(one)


@pytest.fixture
def cast(store: Store, workspace_id: int) -> Cast:
    return Cast(store, workspace_id)


def test_agents_in_slack_of_a_team_that_is_set_up_are_welcomed_and_nobody_else(cast: Cast):
    ada = cast.joins("Ada", cast.returns)
    cast.joins("Mina", cast.returns, role=Role.LEAD)
    cast.joins("Rex", cast.returns, role=Role.QA_REVIEWER)
    cast.joins("Off", cast.returns, user=None)
    cast.joins("Gone", cast.returns, to_day=MONDAY.date() - DAY)
    cast.joins("Soon", cast.returns, from_day=MONDAY.date() + DAY)
    cast.joins("Bill", cast.billing)
    assert cast.greets() == []
    cast.sets_up(cast.returns, done=False)
    assert cast.greets() == []
    cast.sets_up(cast.returns)
    assert cast.greets() == [ada.id]
    assert cast.greets() == []
    assert [one.place for one in cast.asked()] == ["UADA"]


def test_who_joins_later_or_is_found_in_slack_later_is_welcomed_then(cast: Cast):
    cast.sets_up(cast.returns)
    off = cast.joins("Off", cast.returns, user=None)
    assert cast.greets() == []
    with cast.store.transaction() as session:
        row = people.member(session, cast.workspace_id, off.id)
        row.slack_user_id = "UOFF"
        session.add(row)
    new = cast.joins("New", cast.returns, from_day=MONDAY.date() + 7 * DAY)
    assert cast.greets(MONDAY + DAY) == [off.id]
    assert cast.greets(MONDAY + 7 * DAY) == [new.id]


def test_two_workers_welcome_once(cast: Cast):
    ada = cast.joins("Ada", cast.returns, cast.billing)
    cast.sets_up(cast.returns)
    cast.sets_up(cast.billing)
    done = []
    for _ in range(2):
        with cast.store.transaction() as session:
            done.append(welcomes.welcome(session, people.member(session, cast.workspace_id, ada.id), MONDAY))
    assert done == [True, False]
    assert len(cast.asked()) == 1


def test_a_welcome_waits_for_the_agents_own_day(cast: Cast):
    cast.sets_up(cast.returns)
    ada, away = cast.joins("Ada", cast.returns), cast.joins("Away", cast.returns)
    evening = MONDAY + timedelta(hours=11)
    with cast.store.transaction() as session:
        thursday = datetime(2026, 11, 26, 9, tzinfo=UTC)
        duty.be_away(session, away, evening, thursday, by=None, now=evening)
    assert set(cast.greets(evening)) == {ada.id, away.id}
    due = {one.place: one.due_at for one in cast.asked()}
    assert due == {"UADA": datetime(2026, 11, 24, 8, tzinfo=UTC), "UAWAY": thursday}


def test_a_changed_agreement_is_told_once_to_whoever_heard_the_old_one(cast: Cast):
    cast.sets_up(cast.returns)
    cast.joins("Ada", cast.returns)
    cast.greets()
    cast.hears()
    cast.agrees(cast.returns, "self")
    cast.greets()
    assert cast.asked(welcomes.CHANGED) == []
    cast.agrees(cast.returns, "lead")
    with cast.store.reading() as session:
        [one] = welcomes.unaware(session, MONDAY)
    with cast.store.transaction() as session:
        assert [welcomes.tell_anew(session, one, MONDAY) for _ in range(2)] == [True, False]
    cast.greets()
    assert len(cast.asked(welcomes.CHANGED)) == 1
    cast.agrees(cast.returns, "nobody")
    cast.greets()
    assert len(cast.asked(welcomes.CHANGED)) == 2


def test_an_agreement_that_changes_before_the_welcome_was_read_is_in_the_welcome(cast: Cast):
    cast.sets_up(cast.returns)
    cast.joins("Ada", cast.returns)
    cast.greets()
    cast.agrees(cast.returns, "lead")
    cast.greets()
    assert cast.asked(welcomes.CHANGED) == []
    [welcome] = cast.asked()
    assert welcome.version == 2


def test_a_team_joined_after_the_welcome_says_its_own_agreement(cast: Cast):
    cast.sets_up(cast.returns)
    cast.sets_up(cast.billing, done=False)
    ada = cast.joins("Ada", cast.returns)
    cast.greets()
    cast.hears()
    cast.joins("Ada", cast.billing)
    cast.greets()
    assert cast.asked(welcomes.CHANGED) == []
    with cast.store.reading() as session:
        person = people.member(session, cast.workspace_id, ada.id)
        assert [one.team.name for one in welcomes.told(session, person, MONDAY)] == ["Returns"]
    cast.sets_up(cast.billing)
    for _ in range(2):
        cast.greets()
    [told] = cast.asked(welcomes.CHANGED)
    assert told.team_id == cast.billing.id
    assert len(cast.asked()) == 1


def test_an_objection_reaches_every_lead_else_an_admin_else_it_is_refused(cast: Cast):
    cast.sets_up(cast.returns)
    ada = cast.joins("Ada", cast.returns)
    with pytest.raises(errors.NobodyReads):
        objects(cast, ada)
    boss = cast.joins("Boss", user="UBOSS")
    with cast.store.transaction() as session:
        row = people.member(session, cast.workspace_id, boss.id)
        row.role = Role.ADMIN.value
        session.add(row)
    objects(cast, ada)
    for name in ("Mina", "Noor"):
        cast.joins(name, cast.returns, role=Role.LEAD)
    objects(cast, ada)
    assert [one.place for one in cast.asked(welcomes.OBJECTION)] == ["UBOSS", "UMINA", "UNOOR"]


def test_nobody_objects_in_a_team_that_they_do_not_work_in(cast: Cast):
    ada = cast.joins("Ada", cast.returns)
    cast.joins("Mina", cast.billing, role=Role.LEAD)
    with pytest.raises(errors.NotOfTeam):
        objects(cast, ada, cast.billing)
    assert cast.asked(welcomes.OBJECTION) == []


def objects(cast: Cast, person: Member, team: Team | None = None) -> None:
    with cast.store.transaction() as session:
        row = people.member(session, cast.workspace_id, person.id)
        welcomes.object_to(session, row, team or cast.returns, "That is not me.", now=MONDAY)


def test_a_welcome_says_again_what_was_objected_to(cast: Cast):
    cast.sets_up(cast.returns)
    ada = cast.joins("Ada", cast.returns)
    cast.joins("Mina", cast.returns, role=Role.LEAD)
    cast.greets()
    cast.hears()
    objects(cast, ada)
    with cast.store.reading() as session:
        due = [notices.notice(session, *one) for one in notices.due(session, now=MONDAY, real_now=MONDAY)]
    assert {one.kind for one in due if one} == {welcomes.WELCOME, welcomes.OBJECTION}
