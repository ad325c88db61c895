"""What the doctor finds in the store: whether it takes what is written, what was heard, what beats, who is missing."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from http.client import IncompleteRead
from pathlib import Path
from unittest.mock import Mock

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlmodel import Session

from bot import schedule
from bot.running import crew, heard, slack, storage, unsaid
from bot.running import doctor as doctors
from bot.running.findings import Finding, State
from bot.runtime import Runtime
from bot.words import Words
from cspm_core import hearing, leases, people, tickets
from cspm_core.notices.tables import Notice
from cspm_core.people import Role, Team
from cspm_core.setup.tables import Setup
from cspm_core.store import Store
from cspm_core.tickets import TicketFacts

from .migrated import bring

T = Words("en")
HOUR = timedelta(hours=1)


@pytest.fixture
def runtime(tmp_path: Path, now: datetime) -> Iterator[Runtime]:
    """No Slack: only a database at the newest step, and a clock."""
    store = Store(f"sqlite:///{tmp_path / 'cspm.db'}")
    bring(store)
    yield Runtime(store, WebClient(), now=lambda: now, real_now=lambda: now)
    store.close()


@pytest.fixture
def team(runtime: Runtime, now: datetime) -> Team:
    with runtime.store.transaction() as session:
        workspace = people.claim_workspace(session, "T1", "Support", now=now)
        return people.add_team(session, workspace.id, "Returns", timezone="UTC", channel="C0RETURNS", now=now)


def found(runtime: Runtime, check: str) -> list[Finding]:
    return [one for one in doctors.findings(runtime, T) if one.check == check]


def only(runtime: Runtime, check: str) -> Finding:
    [one] = found(runtime, check)
    assert bool(one.advice) == (one.state is not State.GOOD)
    return one


def test_the_database_is_named_without_who_logs_in(runtime: Runtime) -> None:
    assert "cspm.db" in only(runtime, "database").found
    other = replace(runtime, store=Store("postgresql://ada:secret@db.example/cspm"))
    assert storage._which(other, T) == "PostgreSQL, cspm at db.example"


@contextmanager
def no_room() -> Iterator[None]:
    """No file may grow any more, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_found_by_writing(runtime: Runtime) -> None:
    assert only(runtime, "writing").state is State.GOOD
    with no_room():
        told = only(runtime, "writing")
    assert told.state is State.BROKEN
    assert "full or read-only" in told.advice


def test_a_database_that_is_read_only_is_found_by_writing(runtime: Runtime, tmp_path: Path) -> None:
    store = Store(f"sqlite:///file:{tmp_path / 'cspm.db'}?mode=ro&uri=true")
    told = only(replace(runtime, store=store), "writing")
    store.close()
    assert told.state is State.BROKEN
    assert "readonly" in told.found


def beats(runtime: Runtime, now: datetime, *, for_: timedelta, late: str = "") -> None:
    with runtime.store.transaction() as session:
        leases.hold(session, schedule.LEASE, "me", now=now, ttl=timedelta(seconds=60))
        leases.note(session, schedule.NOTED + schedule.BEGAN, at=now - for_)
        for job in schedule.JOBS:
            leases.note(session, schedule.NOTED + job.id, at=now - (for_ if job.id == late else HOUR * 0))


def test_a_job_that_does_not_end_well_any_more_is_named(runtime: Runtime, now: datetime) -> None:
    beats(runtime, now, for_=timedelta(days=1))
    assert only(runtime, "jobs").state is State.GOOD
    with runtime.store.transaction() as session:
        leases.let_go(session, schedule.NOTED + "kpi.keep", "")
    told = only(runtime, "jobs")
    assert (told.state, "kpi.keep (never)" in told.found) == (State.BROKEN, True)


def test_jobs_are_judged_once_the_schedule_has_beaten_for_long_enough(runtime: Runtime, now: datetime) -> None:
    beats(runtime, now, for_=timedelta(minutes=2), late="notices.deliver")
    assert only(runtime, "jobs").state is State.GOOD


def test_the_schedule_writes_down_which_jobs_ended_well(runtime: Runtime, team: Team) -> None:
    quick = next(job for job in schedule.JOBS if job.id == "notices.deliver")
    broken = replace(quick, id="kpi.keep", run=lambda _: 1 / 0)
    for job in (quick, broken):
        schedule.beat(runtime, job)
    schedule.note(runtime)
    with runtime.store.reading() as session:
        assert set(leases.noted(session, schedule.NOTED)) == {"notices.deliver"}


def test_what_the_store_did_not_take_is_written_down_the_next_time(
    runtime: Runtime, team: Team, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    runtime.beats.update({"kpi.keep": now, schedule.BEGAN: now})
    with monkeypatch.context() as broken:
        broken.setattr(runtime.store, "transaction", Mock(side_effect=OSError("the disk is full")))
        with pytest.raises(OSError, match="full"):
            schedule.note(runtime)
    schedule.note(runtime)
    with runtime.store.reading() as session:
        assert set(leases.noted(session, schedule.NOTED)) == {"kpi.keep", schedule.BEGAN}
    assert runtime.beats == {}


@pytest.mark.parametrize(
    ("answer", "code"),
    [({"error": "not_in_channel"}, "not_in_channel"), ({"error": "<html>Bad gateway"}, "no_answer"), ({}, "no_answer")],
)
def test_what_slack_refuses_with_is_a_code_and_never_a_page(answer: dict[str, str], code: str) -> None:
    assert slack.code_of(SlackApiError("refused", answer)) == code


def test_half_an_answer_is_none() -> None:
    def cut_short() -> None:
        raise IncompleteRead(b"{")

    with pytest.raises(slack.SlackRefused, match="no_answer"):
        slack.introduce(Mock(auth_test=cut_short))


def test_commands_are_called_as_in_the_workspace(runtime: Runtime, now: datetime) -> None:
    with runtime.store.transaction() as session:
        workspace = people.claim_workspace(session, "T1", "Support", now=now)
        people.learn_command_prefix(session, workspace.id, "acme-")
    assert "`/acme-cspm setup`" in only(runtime, "teams").advice
    assert "`/acme-cspm admin CODE`" in only(runtime, "admin").advice


def told_of(runtime: Runtime, team: Team, now: datetime) -> dict[str, Finding]:
    with runtime.store.reading() as session:
        [workspace] = people.workspaces(session)
        return {one.check: one for one in heard.findings(session, workspace, now, T)}


def hears(runtime: Runtime, team: Team, *what: str, at: datetime) -> None:
    with runtime.store.transaction() as session:
        for one in what:
            hearing.hear(session, team.workspace_id, one, now=at)


def test_what_never_came_from_slack_is_said_with_what_to_do(runtime: Runtime, team: Team, now: datetime) -> None:
    told = told_of(runtime, team, now)
    assert {check: one.state for check, one in told.items()} == dict.fromkeys(
        ("events", "commands", "interactivity"), State.DOUBTFUL
    )
    assert "Type `/cspm` in Slack." in told["commands"].advice
    assert "cspm doctor --live" in told["interactivity"].advice


def test_what_came_is_said_with_its_age_and_what_did_not_come_yet(runtime: Runtime, team: Team, now: datetime) -> None:
    hears(runtime, team, "event:app_home_opened", "command:/kpi", "press", at=now - 3 * HOUR)
    told = told_of(runtime, team, now)
    assert {one.state for one in told.values()} == {State.GOOD}
    assert "app_home_opened (3 hr ago). Not yet:" in told["events"].found
    assert told["commands"].found.startswith("Commands come from Slack: /kpi (3 hr ago). Not yet: ")
    assert "/escalate" in told["commands"].found
    assert "No modal was sent yet." in told["interactivity"].found
    assert told_of(runtime, team, now + timedelta(days=8))["events"].state is State.DOUBTFUL
    hears(runtime, team, "command:/kpi", at=now + timedelta(days=8))
    told = told_of(runtime, team, now + timedelta(days=8))
    assert (told["events"].state, told["commands"].state) == (State.DOUBTFUL, State.GOOD), "events were switched off"
    assert "app_home_opened (8 days 3 hr ago)" in told["events"].found


def test_commands_are_known_by_the_names_that_they_have_here(runtime: Runtime, team: Team, now: datetime) -> None:
    with runtime.store.transaction() as session:
        [workspace] = people.workspaces(session)
        session.add(workspace)
        workspace.command_prefix = "acme-"
    hears(runtime, team, "command:/acme-cspm", at=now)
    assert "/acme-cspm (within the hour). Not yet: /acme-" in told_of(runtime, team, now)["commands"].found


def inside(runtime: Runtime, team: Team, now: datetime) -> dict[str, Finding]:
    with runtime.store.reading() as session:
        told = list(crew.findings(session, people.team(session, team.workspace_id, team.id), now, T))
    assert {one.team.id for one in told if one.team} == {team.id}
    return {one.check: one for one in told}


def test_a_team_without_its_people_says_whom_it_lacks(runtime: Runtime, team: Team, now: datetime) -> None:
    told = inside(runtime, team, now)
    assert {"agents", "leads"} <= set(told)
    with runtime.store.transaction() as session:
        for name, role in (("Mina", Role.LEAD), ("Ada", Role.AGENT)):
            member = people.add_member(session, team.workspace_id, name, slack_user_id=f"U0{name.upper()}", now=now)
            people.join_team(session, team, member, role, now=now)
    told = inside(runtime, team, now)
    assert (told["crew"].state, "agents" in told, "leads" in told) == (State.GOOD, False, False)


def test_a_setup_that_was_left_is_remembered(runtime: Runtime, team: Team, now: datetime) -> None:
    with runtime.store.transaction() as session:
        session.add(Setup(workspace_id=team.workspace_id, id=1, team_id=team.id, begun_at=now))
    assert "not finished" in inside(runtime, team, now)["setup"].found


def test_names_that_match_nobody_are_counted_with_what_hangs_on_them(
    runtime: Runtime, team: Team, now: datetime
) -> None:
    def loads(session: Session) -> None:
        facts = [TicketFacts(key=f"T-{n}", created_at=now - HOUR, agent="j.smith") for n in range(3)]
        tickets.record(session, team, facts, scope=team.id, known_at=now, now=now)

    with runtime.store.transaction() as session:
        loads(session)
    told = inside(runtime, team, now)["names"]
    assert told.found == "1 name in Returns’s data matches nobody: 3 tickets."
    assert "/cspm names" in told.advice


def test_without_an_admin_the_way_to_one_is_said(runtime: Runtime, team: Team, now: datetime) -> None:
    assert "/cspm admin CODE" in only(runtime, "admin").advice
    with runtime.store.transaction() as session:
        people.add_member(session, team.workspace_id, "Bo", slack_user_id="U0BO", role=Role.ADMIN, now=now)
    assert only(runtime, "admin").found == "The bot’s admins are Bo."


def test_messages_that_slack_refused_are_told_in_words(runtime: Runtime, team: Team, now: datetime) -> None:
    with runtime.store.transaction() as session:
        for number, failed in enumerate(("not_in_channel", "not_in_channel", "odd_code", None)):
            row = {"key": str(number), "kind": "digest", "subject_id": 1, "team_id": team.id, "place": "C1"}
            session.add(Notice(workspace_id=team.workspace_id, id=number + 1, due_at=now - HOUR, failed=failed, **row))
    with runtime.store.reading() as session:
        told = list(unsaid.findings(session, team.workspace_id, {team.id: team}, now, T))
    assert [one.found for one in told] == [
        "Returns: 1 message waits for Slack, the oldest for 1 hr.",
        "Returns: 2 messages of the last 7 days were given up: the bot is not in the channel (not_in_channel).",
        "Returns: 1 message of the last 7 days was given up: odd_code.",
    ]
    assert all(one.state is State.DOUBTFUL and one.team == team for one in told)


def test_a_workspace_reads_nothing_of_another(runtime: Runtime, team: Team, now: datetime) -> None:
    with runtime.store.transaction() as session:
        other = people.claim_workspace(session, "T2", "Elsewhere", now=now)
        people.add_team(session, other.id, "Secret", timezone="UTC", now=now)
    told = [one.found + one.advice for one in doctors.findings(runtime, T, team.workspace_id)]
    assert any("Returns" in one for one in told)
    assert not any("Secret" in one or "Elsewhere" in one for one in told)
