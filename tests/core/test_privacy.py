"""Who looked, all that is kept on paper, and forgetting somebody without changing the team's numbers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session, select

from cspm_core import kpi, people, privacy
from cspm_core.coaching.tables import Talk, TalkNote
from cspm_core.ids import new_id
from cspm_core.notices import Notice
from cspm_core.people import Asker, Member, Role
from cspm_core.periods import parse_period
from cspm_core.privacy.reads import summed
from cspm_core.store import Store
from cspm_core.tickets import TicketFacts, note_source, record

MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)


class Cast:
    def __init__(self, store: Store, workspace_id: int) -> None:
        self.store, self.workspace_id = store, workspace_id
        with store.transaction() as session:
            self.team = people.add_team(session, workspace_id, "Returns", timezone="Europe/Amsterdam", now=MONDAY)
            self.ada = self._joins(session, "Ada King", Role.AGENT)
            self.lead = self._joins(session, "Mina Park", Role.LEAD)

    def _joins(self, session: Session, name: str, role: Role) -> Member:
        user = "U" + name.split()[0].upper()
        one = people.add_member(session, self.workspace_id, name, slack_user_id=user, now=MONDAY)
        people.join_team(session, self.team, one, role, now=MONDAY)
        return one

    def asker(self, session: Session, who: Member) -> Asker:
        return people.asker(session, self.workspace_id, str(who.slack_user_id), MONDAY.date())

    def looks(self, at: datetime, what: str = "scorecard", viewer: Member | None = None) -> None:
        with self.store.transaction() as session:
            by = self.asker(session, viewer or self.lead)
            people.log_look(session, self.workspace_id, by, self.ada.id, what, now=at)


@pytest.fixture
def cast(store: Store, workspace_id: int) -> Cast:
    return Cast(store, workspace_id)


def test_looks_are_told_by_viewer_with_their_role(cast: Cast):
    for n, what in enumerate(("scorecard", "talk", "talk")):
        cast.looks(MONDAY + timedelta(hours=n), what)
    with cast.store.reading() as session:
        found = summed(privacy.looks(session, cast.workspace_id, cast.ada.id))
    (one,) = found
    assert (one.viewer, one.role, one.times, one.what) == ("Mina Park", "lead", 3, {"talk": 2, "scorecard": 1})


def test_a_week_that_is_over_is_told_once_on_its_persons_own_monday(cast: Cast):
    cast.looks(MONDAY - timedelta(days=2))
    with cast.store.reading() as session:
        assert privacy.wanting(session, now=MONDAY - timedelta(days=1)) == []
        (due,) = privacy.wanting(session, now=MONDAY)
    assert due.week == date(2026, 11, 16)
    with cast.store.transaction() as session:
        assert privacy.tell(session, due, now=MONDAY)
        assert not privacy.tell(session, due, now=MONDAY)
    with cast.store.reading() as session:
        assert privacy.wanting(session, now=MONDAY) == []
        (told,) = session.exec(select(Notice).where(Notice.kind == privacy.SUMMARY))
    assert told.place == "UADA"
    assert told.due_at == datetime(2026, 11, 23, 8, tzinfo=UTC)


def test_a_week_without_looks_is_not_told(cast: Cast):
    cast.looks(MONDAY + timedelta(minutes=1))
    with cast.store.reading() as session:
        assert privacy.wanting(session, now=MONDAY + timedelta(hours=1)) == []


def test_ones_own_look_is_nobodys_business(cast: Cast):
    cast.looks(MONDAY, viewer=cast.ada)
    with cast.store.reading() as session:
        assert privacy.looks(session, cast.workspace_id, cast.ada.id) == []


def talks(cast: Cast) -> Talk:
    with cast.store.transaction() as session:
        talk = Talk(
            workspace_id=cast.workspace_id, id=new_id(MONDAY), team_id=cast.team.id, lead_id=cast.lead.id,
            agent_id=cast.ada.id, planned_at=MONDAY, status="held", held_at=MONDAY,
        )  # fmt: skip
        session.add(talk)
        session.flush()
        for words, is_private in (("we agreed", False), ("she seemed tired", True)):
            session.add(
                TalkNote(
                    workspace_id=cast.workspace_id,
                    id=new_id(MONDAY),
                    talk_id=talk.id,
                    by_id=cast.lead.id,
                    at=MONDAY,
                    is_private=is_private,
                    words=words,
                )
            )
    return talk


def test_a_persons_record_holds_what_a_lead_noted_about_them_in_private(cast: Cast):
    talks(cast)
    with cast.store.reading() as session:
        about_ada, about_mina = (privacy.record(session, one) for one in (cast.ada, cast.lead))
    assert {note["words"] for note in about_ada["talks"][0]["notes"]} == {"we agreed", "she seemed tired"}
    assert {note["words"] for note in about_mina["talks"][0]["notes"]} == {"we agreed", "she seemed tired"}
    with cast.store.transaction() as session:
        (note,) = session.exec(select(TalkNote).where(TalkNote.words == "we agreed"))
        note.by_id, note.is_private = cast.ada.id, True
        session.add(note)
    with cast.store.reading() as session:
        assert [n["words"] for n in privacy.record(session, cast.lead)["talks"][0]["notes"]] == ["she seemed tired"]


def test_who_is_forgotten_leaves_the_teams_numbers_as_they_were(cast: Cast):
    facts = [
        TicketFacts(
            key=f"R-{n}", created_at=MONDAY - timedelta(days=3), first_response_at=MONDAY - timedelta(days=3, hours=-n),
            solved_at=MONDAY - timedelta(days=2), agent="Ada King" if n % 2 else "Bo", status="solved", csat="5",
            csat_scale="5", csat_at=MONDAY - timedelta(days=1),
        )
        for n in range(1, 13)
    ]  # fmt: skip
    with cast.store.transaction() as session:
        record(session, cast.team, facts, scope=cast.team.id, known_at=MONDAY, now=MONDAY)
        note_source(session, cast.team, complete_until=MONDAY, first_at=facts[0].created_at, now=MONDAY)
    talks(cast)
    before = figures(cast)
    with cast.store.transaction() as session:
        gone = privacy.anonymise(
            session, people.member(session, cast.workspace_id, cast.ada.id), "Former colleague 1", now=MONDAY
        )
    assert gone.names == ("Ada King",)
    assert figures(cast) == before
    with cast.store.reading() as session:
        assert people.member_named(session, cast.workspace_id, "Ada King") is None
        left = people.member(session, cast.workspace_id, cast.ada.id)
        assert (left.name, left.email, left.slack_user_id) == ("Former colleague 1", None, None)
        assert session.exec(select(TalkNote)).all() == []
        assert people.member_named(session, cast.workspace_id, "Former colleague 1").id == cast.ada.id


def figures(cast: Cast) -> list[tuple[str, float | None, int]]:
    with cast.store.reading() as session:
        period = parse_period("28d", timezone=cast.team.timezone, now=MONDAY)
        card = kpi.scorecard(session, cast.team, period, as_of=MONDAY)
    return [(one.metric.key, one.measure.value, one.measure.n) for one in card.readings]


def test_forgetting_does_not_touch_the_others(cast: Cast):
    with cast.store.transaction() as session:
        privacy.anonymise(session, people.member(session, cast.workspace_id, cast.ada.id), "Former", now=MONDAY)
    with cast.store.reading() as session:
        known = people.member_named(session, cast.workspace_id, "Mina Park")
        assert known is not None
        assert [one.name for one in people.members_of(session, cast.team, MONDAY.date(), Role.LEAD)] == ["Mina Park"]
