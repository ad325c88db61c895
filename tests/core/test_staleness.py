"""Who is reminded of old data is whoever loaded this team's last file, once for each end; nobody else's files count."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from cspm_core import people, staleness, tickets
from cspm_core.ids import new_id
from cspm_core.people import Role, Team
from cspm_core.staleness import StaleReminder
from cspm_core.store import Store
from cspm_core.uploads import State, Upload
from cspm_core.uploads.rules import Choice

ENDED = datetime(2026, 11, 23, 16, tzinfo=UTC)
LATER = ENDED + timedelta(days=3)


@pytest.fixture
def team(store: Store, workspace_id: int) -> Team:
    with store.transaction() as session:
        team = people.add_team(session, workspace_id, "Returns", now=ENDED, timezone="UTC")
        other = people.add_team(session, workspace_id, "Delivery", now=ENDED, timezone="UTC")
        for name, led in (("Mina", [team]), ("Teo", [team, other])):
            person = people.add_member(session, workspace_id, name, slack_user_id=f"U0{name.upper()}", now=ENDED)
            for one in led:
                people.join_team(session, one, person, Role.LEAD, now=ENDED)
        reaches(session, team, ENDED)
        for n in range(60):
            session.add(_file(other, "U0TEO", n + 1, other.id))
    return team


def reaches(session: Session, team: Team, until: datetime) -> None:
    tickets.note_source(session, team, complete_until=until, first_at=ENDED - timedelta(days=9), now=until)


def _file(team: Team, by: str, n: int, chosen: int | None) -> Upload:
    return Upload(
        workspace_id=team.workspace_id, id=new_id(ENDED), slack_channel="D1", slack_ts=str(n), thread_ts=str(n),
        slack_file=f"F{n}", slack_user=by, name="export.csv", size=1, team_id=team.id, language="en",
        state=State.DONE, choice=Choice("tickets", chosen).to_json(), arrived_at=ENDED,
        ended_at=ENDED + timedelta(minutes=n),
    )  # fmt: skip


@pytest.mark.parametrize("is_for_every_team", [False, True])
def test_many_files_of_other_teams_do_not_hide_the_last_of_this_one(store: Store, team: Team, is_for_every_team: bool):
    with store.reading() as session:
        assert staleness.wanting(session, now=LATER) == [], "nobody is known who could load newer data"
    with store.transaction() as session:
        [other] = [one for one in people.teams(session, team.workspace_id) if one.id != team.id]
        session.add(_file(other, "U0MINA", 0, None) if is_for_every_team else _file(team, "U0MINA", 0, team.id))
    with store.transaction() as session:
        [(found, as_of)] = staleness.wanting(session, now=LATER)
        assert (found.id, as_of) == (team.id, ENDED)
        assert staleness.remind(session, found, as_of, now=LATER)
        assert not staleness.remind(session, found, as_of, now=LATER)
    with store.transaction() as session:
        mina = people.member_by_slack(session, team.workspace_id, "U0MINA")
        [row] = session.exec(select(StaleReminder)).all()
        assert mina
        assert row.member_id == mina.id
        assert staleness.wanting(session, now=LATER) == staleness.over(session, now=LATER) == []
        reaches(session, team, LATER)
    with store.transaction() as session:
        assert [one.id for one in staleness.over(session, now=LATER)] == [row.id]
        assert (staleness.settle(session, now=LATER), staleness.settle(session, now=LATER)) == (1, 0)
