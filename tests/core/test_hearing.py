"""What was heard from Slack is kept to the latest, and a trial knows how far it came, whoever writes first."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from cspm_core import hearing, leases, notices, people
from cspm_core.hearing import Heard
from cspm_core.notices.rules import MOOT
from cspm_core.notices.tables import Notice
from cspm_core.store import Store

HOUR = timedelta(hours=1)


def test_of_each_kind_the_latest_is_kept_once(store: Store, workspace_id: int, now: datetime) -> None:
    for what, at in (("press", now), ("press", now + HOUR), ("press", now - HOUR), ("command:/kpi", now)):
        with store.transaction() as session:
            hearing.hear(session, workspace_id, what, now=at)
    with store.reading() as session:
        assert hearing.heard(session, workspace_id) == {"press": now + HOUR, "command:/kpi": now}
        assert len(session.exec(select(Heard)).all()) == 2


def test_a_trial_goes_from_press_to_form_and_is_sent_once(store: Store, workspace_id: int, now: datetime) -> None:
    with store.transaction() as session:
        trial_id = hearing.begin_trial(session, workspace_id, now=now).id
    with store.transaction() as session:
        assert hearing.press(session, workspace_id, trial_id, now=now)
        hearing.refused(session, workspace_id, trial_id, "expired_trigger_id")
    with store.reading() as session:
        found = hearing.trial(session, workspace_id, trial_id)
        assert found is not None
        assert (found.pressed_at, found.opened_at, found.trouble) == (now, None, "expired_trigger_id")
    with store.transaction() as session:
        assert hearing.press(session, workspace_id, trial_id, now=now + HOUR), "somebody tries again"
        hearing.opened(session, workspace_id, trial_id, now=now + HOUR)
        hearing.refused(session, workspace_id, trial_id, "late")
        assert hearing.submit(session, workspace_id, trial_id, now=now + HOUR)
        assert not hearing.submit(session, workspace_id, trial_id, now=now + 2 * HOUR)
        assert not hearing.press(session, workspace_id, trial_id, now=now + 2 * HOUR), "it is over"
    with store.reading() as session:
        found = hearing.trial(session, workspace_id, trial_id)
        assert found is not None
        assert (found.submitted_at, found.trouble) == (now + HOUR, "")


def test_nobody_presses_a_trial_that_there_is_not(store: Store, workspace_id: int, now: datetime) -> None:
    with store.transaction() as session:
        assert not hearing.press(session, workspace_id, 17, now=now)
        assert not hearing.submit(session, workspace_id, 17, now=now)


def test_instants_of_the_installation_are_kept_by_name(store: Store, now: datetime) -> None:
    for at in (now, now + HOUR, now - HOUR):
        with store.transaction() as session:
            leases.note(session, "beat:a_b", at=at)
            leases.note(session, "beatXother", at=at)
    with store.reading() as session:
        assert leases.noted(session, "beat:") == {"a_b": now + HOUR}


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"failed": "not_in_channel"}, "not_in_channel"),
        ({"due_at": -HOUR}, ""),
        ({"due_at": -HOUR, "shown": 1}, None),
        ({"due_at": timedelta(0)}, None),
        ({"due_at": -HOUR, "failed": MOOT}, None),
        ({"due_at": -9 * 24 * HOUR, "failed": "is_archived"}, None),
        ({"due_at": -2 * HOUR, "expires_at": -HOUR}, None),
    ],
)
def test_what_slack_does_not_take_is_told_by_its_reason(
    store: Store, workspace_id: int, now: datetime, facts: dict[str, object], code: str | None
) -> None:
    given = {name: now + value if isinstance(value, timedelta) else value for name, value in facts.items()}
    with store.transaction() as session:
        team = people.add_team(session, workspace_id, "Returns", timezone="UTC", now=now)
        row = {"key": "k", "kind": "digest", "subject_id": 1, "team_id": team.id, "place": "C1", "due_at": now, **given}
        session.add(Notice(workspace_id=workspace_id, id=1, **row))
    with store.reading() as session:
        found = notices.unsaid(session, workspace_id, since=now - timedelta(days=7), due_before=now - HOUR / 4)
    assert [(one.team_id, one.code, one.n) for one in found] == ([] if code is None else [(team.id, code, 1)])
