"""Who looked, all that is kept on paper, and forgetting somebody without changing the team's numbers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select

from cspm_core import kpi, people, privacy, welcomes
from cspm_core.coaching.tables import Talk, TalkNote
from cspm_core.first_days.tables import FirstDay
from cspm_core.ids import new_id
from cspm_core.notices import Notice
from cspm_core.people import Asker, CodeTry, Member, Role
from cspm_core.periods import parse_period
from cspm_core.store import Store
from cspm_core.tickets import TicketFacts, note_source, record
from cspm_core.uploads.tables import Upload
from cspm_core.welcomes.tables import ToldLevel, Welcome

MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)


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
        found = privacy.summed(privacy.looks(session, cast.workspace_id, cast.ada.id))
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


def test_looks_before_a_talk_of_the_two_are_told_with_it_and_the_others_without(cast: Cast):
    tuesday = MONDAY + timedelta(days=1, hours=6)
    with cast.store.transaction() as session:
        other = people.add_member(session, cast.workspace_id, "Rex Roe", slack_user_id="UREX", now=MONDAY)
        people.join_team(session, cast.team, other, Role.QA_REVIEWER, now=MONDAY)
        session.add(planned(cast, tuesday, proposed_by=cast.lead.id))
        session.add(planned(cast, tuesday - timedelta(hours=3), status="cancelled"))
    for at in (tuesday - timedelta(days=8), tuesday - timedelta(days=6), MONDAY, MONDAY, tuesday, tuesday + HOUR):
        cast.looks(at)
    cast.looks(MONDAY, "reviews", viewer=other)
    with cast.store.reading() as session:
        person = people.member(session, cast.workspace_id, cast.ada.id)
        weeks = privacy.weeks(session, person, cast.team.timezone, tuesday + 2 * HOUR)
    assert weeks.monday == MONDAY.date()
    assert [(one.viewer, one.role, one.times, one.before) for one in weeks.now] == [
        ("Mina Park", "lead", 2, tuesday),
        ("Mina Park", "lead", 2, None),
        ("Rex Roe", "qa_reviewer", 1, None),
    ]
    assert [(one.times, one.before) for one in weeks.last] == [(1, None), (1, tuesday)]


def test_notes_for_a_talk_that_nobody_proposed_are_no_occasion_until_it_was_held(cast: Cast):
    with cast.store.transaction() as session:
        talk = planned(cast, MONDAY + HOUR, proposed_by=None)
        session.add(talk)
    cast.looks(MONDAY)
    assert befores(cast) == [None]
    held = MONDAY + timedelta(days=2)
    with cast.store.transaction() as session:
        row = session.get_one(Talk, (talk.workspace_id, talk.id))
        row.status, row.held_at = "held", held
        session.add(row)
    assert befores(cast) == [held]


def planned(cast: Cast, at: datetime, **facts: Any) -> Talk:
    return Talk(
        workspace_id=cast.workspace_id, id=new_id(MONDAY), team_id=cast.team.id, lead_id=cast.lead.id,
        agent_id=cast.ada.id, planned_at=at, **facts,
    )  # fmt: skip


def befores(cast: Cast) -> list[datetime | None]:
    with cast.store.reading() as session:
        return [one.before for one in privacy.looks(session, cast.workspace_id, cast.ada.id)]


@given(look=st.integers(0, 400), talks=st.lists(st.integers(0, 400)))
def test_the_occasion_of_a_look_is_the_next_talk_within_a_week(look: int, talks: list[int]):
    at = [MONDAY + n * HOUR for n in talks]
    found = privacy.occasion(MONDAY + look * HOUR, at)
    later = sorted(n for n in talks if look < n <= look + 7 * 24)
    assert found == (MONDAY + later[0] * HOUR if later else None)


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


def test_nothing_of_a_first_day_still_names_who_is_forgotten(cast: Cast):
    ada, ws = cast.ada, cast.workspace_id
    with cast.store.transaction() as session:
        welcomes.welcome(session, people.member(session, ws, ada.id), MONDAY)
        session.add(CodeTry(workspace_id=ws, id=1, slack_user=str(ada.slack_user_id), at=MONDAY))
        session.add(
            Upload(
                workspace_id=ws, id=1, slack_channel="D1", slack_ts="1.0", thread_ts="1.0", slack_file="F1",
                slack_user=str(ada.slack_user_id), name="export.csv", size=1, team_id=cast.team.id, language="en",
                state="done", arrived_at=MONDAY,
            )
        )  # fmt: skip
        session.add(
            FirstDay(workspace_id=ws, id=1, team_id=cast.team.id, expected_at=MONDAY, taken="{}", taken_by="Ada King")
        )
        session.flush()
        assert session.exec(select(ToldLevel)).all() != []
        privacy.anonymise(session, people.member(session, ws, ada.id), "Former", now=MONDAY)
    with cast.store.reading() as session:
        assert [session.exec(select(table)).all() for table in (CodeTry, Welcome, ToldLevel)] == [[], [], []]
        assert session.exec(select(FirstDay)).one().taken_by == "Former"
        assert session.exec(select(Upload)).one().slack_user == ""


def test_forgetting_does_not_touch_the_others(cast: Cast):
    with cast.store.transaction() as session:
        privacy.anonymise(session, people.member(session, cast.workspace_id, cast.ada.id), "Former", now=MONDAY)
    with cast.store.reading() as session:
        known = people.member_named(session, cast.workspace_id, "Mina Park")
        assert known is not None
        assert [one.name for one in people.members_of(session, cast.team, MONDAY.date(), Role.LEAD)] == ["Mina Park"]
