"""The doctor finds what keeps the bot from working, and says what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from slack_sdk import WebClient

from bot import manifest
from bot.local_slack import Channel, Person, Server, Workspace
from bot.running import database, doctor, slack, tokens
from bot.running.findings import Finding, State
from bot.runtime import Runtime, slack_client
from bot.schedule import LEASE
from bot.settings import Settings
from bot.words import Words
from cspm_core import leases, people, tickets
from cspm_core.store import Store

from .migrated import bring

T = Words("en")


@pytest.fixture
def local(now: datetime) -> Iterator[Workspace]:
    workspace = Workspace(
        name="Support",
        people=[Person("Mina")],
        channels=[
            Channel("returns", members=["Mina"], with_app=True),
            Channel("billing", members=["Mina"]),
            Channel("old", members=["Mina"], with_app=True, archived=True, id="C0OLD0000"),
        ],
        manifest=manifest.load(),
        now=lambda: now,
    )
    with Server(workspace):
        yield workspace


@pytest.fixture
def runtime(local: Workspace, tmp_path: Path, now: datetime) -> Iterator[Runtime]:
    """A database of its own and this Slack; the machine's clock stands at `now`."""
    settings = Settings(
        slack_bot_token=local.bot_token, slack_app_token=local.app_token, slack_api_url=f"{local.base_url}/api/"
    )
    store = Store(f"sqlite:///{tmp_path / 'cspm.db'}")
    yield Runtime(store, slack_client(settings), settings, now=lambda: now, real_now=lambda: datetime.now(UTC))
    store.close()


def examined(runtime: Runtime) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in doctor.findings(runtime, T):
        found.setdefault(finding.check, []).append(finding)
    return found


def claimed(runtime: Runtime, now: datetime) -> int:
    bring(runtime.store)
    return slack.claim(runtime, slack.introduce(runtime.slack)).id


def team(runtime: Runtime, workspace_id: int, name: str, channel: str | None, now: datetime) -> people.Team:
    with runtime.store.transaction() as session:
        return people.add_team(session, workspace_id, name=name, timezone="UTC", channel=channel, now=now)


def test_a_new_database_lacks_its_tables(runtime: Runtime) -> None:
    (tables,) = examined(runtime)["migrations"]
    assert tables.state is State.BROKEN
    assert "cspm migrate" in tables.advice


def test_every_broken_or_doubtful_finding_says_what_to_do(runtime: Runtime, now: datetime) -> None:
    team(runtime, claimed(runtime, now), "Returns", "billing", now)
    for findings in examined(runtime).values():
        for finding in findings:
            assert bool(finding.advice) == (finding.state is not State.GOOD), finding


@pytest.mark.parametrize(
    ("channel", "state", "said"),
    [
        ("returns", State.GOOD, "is in #returns"),
        ("#billing", State.BROKEN, "is not in #billing"),
        ("C0OLD0000", State.BROKEN, "#old is archived"),
        ("old", State.BROKEN, "#old is archived"),
        ("nowhere", State.BROKEN, "no channel #nowhere"),
        ("C0SECRET1", State.BROKEN, "or it is private"),
        (None, State.DOUBTFUL, "has no channel"),
    ],
)
def test_each_teams_channel_is_looked_at(
    runtime: Runtime, now: datetime, channel: str | None, state: State, said: str
) -> None:
    team(runtime, claimed(runtime, now), "Returns", channel, now)
    (found,) = examined(runtime)["channel"]
    assert found.state is state
    assert said in found.found


def test_what_a_program_reads_has_keys_that_stay_and_no_token(
    runtime: Runtime, local: Workspace, now: datetime
) -> None:
    team(runtime, claimed(runtime, now), "Returns", "returns", now)
    told = [one.as_json() for one in doctor.findings(runtime, T)]
    assert {tuple(one) for one in told} == {("check", "state", "found", "advice", "team", "channel")}
    assert {one["check"] for one in told} >= {
        "settings", "tokens", "database", "migrations", "writing", "slack", "socket", "scopes", "clock", "workspace",
        "channel", "pictures", "schedule", "escalations", "events", "commands", "interactivity", "admin", "notices",
        "agents", "leads", "names", "data",
    }  # fmt: skip
    for token in (local.bot_token, local.app_token):
        assert token not in str(told)
        assert token[5:] not in str(told)


def test_a_channel_that_is_called_otherwise_now_is_found_by_its_old_name(
    runtime: Runtime, local: Workspace, now: datetime
) -> None:
    team(runtime, claimed(runtime, now), "Returns", "returns", now)
    local.person("Mina").renames("#returns", "refunds")
    [found] = examined(runtime)["channel"]
    assert (found.state, found.found) == (State.BROKEN, "Returns: #returns is called #refunds now.")
    assert found.channel == (local.channel("#refunds").id, "#refunds")


def test_a_token_that_may_do_less_than_the_manifest_asks_for_is_named() -> None:
    met = slack.Acquaintance("T1", "Support", "desk", {"x-oauth-scopes": "commands,chat:write"})
    [found] = doctor._scopes(met, T)
    assert found.state is State.BROKEN
    assert "users:read" in found.found
    whole = replace(met, headers={"x-oauth-scopes": ",".join(["identify", *manifest.scopes()])})
    assert [one.state for one in doctor._scopes(whole, T)] == [State.GOOD]


def test_an_app_with_another_manifest_is_noticed() -> None:
    scopes = ",".join([*manifest.scopes(), "reactions:write"])
    _, found = doctor._scopes(slack.Acquaintance("T1", "Support", "desk", {"x-oauth-scopes": scopes}), T)
    assert (found.check, found.state) == ("manifest", State.DOUBTFUL)
    assert "reactions:write" in found.found


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"slack_bot_token": "xapp-1-A1-secret"}, "SLACK_BOT_TOKEN holds an app-level token."),
        ({"slack_app_token": "xoxb-secret"}, "SLACK_APP_TOKEN holds a bot token."),
        ({"slack_bot_token": "xoxp-secret"}, "SLACK_BOT_TOKEN holds a token of a person."),
        ({"slack_bot_token": "secret"}, "SLACK_BOT_TOKEN holds something that is no token."),
        ({"slack_bot_token": "xoxb-secret "}, "SLACK_BOT_TOKEN has spaces or quotation marks around it."),
    ],
)
def test_tokens_that_were_mixed_up_are_named_and_never_shown(given: dict[str, str], said: str) -> None:
    settings = Settings(slack_bot_token="xoxb-1", slack_app_token="xapp-1").model_copy(update=given)
    found = list(tokens.findings(settings, T))
    assert [one.found for one in found if one.check == "tokens"] == [said]
    assert "secret" not in str([one.as_json() for one in found])


def test_tokens_of_two_apps_are_noticed(runtime: Runtime, local: Workspace) -> None:
    assert [one.state for one in examined(runtime)["tokens"]] == [State.GOOD]
    met = slack.introduce(runtime.slack)
    [found] = tokens.of_one_app(runtime.slack, met, "xapp-1-A0ANOTHER1-abc", T)
    assert found.state is State.BROKEN
    assert local.app_id in found.found


@pytest.mark.parametrize(("off_s", "state"), [(2, State.GOOD), (90, State.DOUBTFUL), (-900, State.BROKEN)])
def test_a_clock_that_is_off_is_noticed(off_s: int, state: State) -> None:
    met = slack.Acquaintance("T1", "Support", "desk", {"date": "Mon, 23 Nov 2026 09:00:00 GMT"})
    here = datetime(2026, 11, 23, 9, tzinfo=UTC) + timedelta(seconds=off_s)
    assert [finding.state for finding in doctor._clock(met, here, T)] == [state]


def test_a_silent_schedule_is_noticed(runtime: Runtime, now: datetime) -> None:
    claimed(runtime, now)
    assert examined(runtime)["schedule"][0].state is State.DOUBTFUL
    for ago, state in ((timedelta(0), State.GOOD), (timedelta(hours=1), State.BROKEN)):
        with runtime.store.transaction() as session:
            leases.let_go(session, LEASE, "me")
            leases.hold(session, LEASE, "me", now=runtime.real_now() - ago, ttl=timedelta(seconds=60))
        assert examined(runtime)["schedule"][0].state is state


@pytest.mark.parametrize(("age", "state"), [(timedelta(hours=2), State.GOOD), (timedelta(days=4), State.DOUBTFUL)])
def test_old_data_is_noticed(runtime: Runtime, now: datetime, age: timedelta, state: State) -> None:
    returns = team(runtime, claimed(runtime, now), "Returns", "returns", now)
    assert examined(runtime)["data"][0].state is State.DOUBTFUL
    with runtime.store.transaction() as session:
        tickets.note_source(session, returns, complete_until=now - age, first_at=now - timedelta(days=9), now=now)
    assert examined(runtime)["data"][0].state is state


def test_a_wrong_token_is_a_finding_and_not_an_accident(runtime: Runtime) -> None:
    wrong = WebClient(token="xoxb-wrong", base_url=runtime.settings.slack_api_url, retry_handlers=[])
    (found,) = examined(replace(runtime, slack=wrong))["slack"]
    assert found.state is State.BROKEN
    assert "SLACK_BOT_TOKEN" in found.advice


def test_the_token_of_the_socket_is_tried_too(runtime: Runtime) -> None:
    assert examined(runtime)["socket"][0].state is State.GOOD
    wrong = runtime.settings.model_copy(update={"slack_app_token": "xapp-wrong"})
    (found,) = examined(replace(runtime, settings=wrong))["socket"]
    assert found.state is State.BROKEN
    assert "SLACK_APP_TOKEN" in found.advice


def test_a_database_of_another_slack_is_named(runtime: Runtime, now: datetime) -> None:
    database.migrate(runtime.store, now=now)
    with runtime.store.transaction() as session:
        people.claim_workspace(session, "T0ELSEWHERE", "Elsewhere", now=now)
    (found,) = examined(runtime)["workspace"]
    assert "belongs to Elsewhere" in found.found


def test_a_database_from_a_newer_version_is_left_alone(runtime: Runtime, now: datetime) -> None:
    database.migrate(runtime.store, now=now)
    with runtime.store.transaction() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    (found,) = examined(runtime)["migrations"]
    assert "Install that version" in found.advice
    with pytest.raises(database.FromNewerVersion):
        database.migrate(runtime.store, now=now)
