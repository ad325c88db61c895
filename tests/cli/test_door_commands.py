"""An operator prints a manifest with names of their own, and the code of the first admin."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from slack_sdk import WebClient

from bot import manifest
from bot.door import commands as door
from bot.runtime import Runtime
from cspm_core import errors, people
from cspm_core.store import Store

from .operator import Operator, app

door.add_to(app)
CODE = re.compile(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b")


@pytest.fixture
def operator(sqlite_store: Store, tmp_path: Path, now: datetime) -> Operator:
    with sqlite_store.transaction() as session:
        people.found_workspace(session, now=now)
    return Operator(sqlite_store, tmp_path)


def test_the_manifest_is_printed_as_it_is_where_no_name_is_taken(operator: Operator):
    done = operator.types("manifest")
    assert yaml.safe_load(done.stdout) == manifest.load()
    assert "From a manifest" in done.stderr
    assert "#" in done.stdout.splitlines()[0], "with its comments"


def test_a_prefix_stands_before_every_command_and_nowhere_else(operator: Operator):
    done = operator.types("manifest", "--prefix", "acme-", "--name", 'Acme: "Desk" 表')
    given, ours = yaml.safe_load(done.stdout), manifest.load()
    for one, before in zip(given["features"]["slash_commands"], ours["features"]["slash_commands"], strict=True):
        assert one.pop("command") == f"/acme-{before.pop('command').removeprefix('/')}"
        assert one == before
    assert given["display_information"]["name"] == 'Acme: "Desk" 表'
    assert given["features"]["bot_user"]["display_name"] == "acme-desk"
    assert "Type /acme-kpi team" in given["display_information"]["long_description"]
    assert given["features"]["shortcuts"] == ours["features"]["shortcuts"]
    assert {name: given[name] for name in ("settings", "oauth_config")} == {
        name: ours[name] for name in ("settings", "oauth_config")
    }
    assert "`/acme-cspm`" in done.stderr


def test_an_app_with_a_name_that_has_no_latin_letter_keeps_the_bots_name(operator: Operator):
    given = yaml.safe_load(operator.reads("manifest", "--name", "고객 지원"))
    assert given["display_information"]["name"] == "고객 지원"
    assert given["features"]["bot_user"]["display_name"] == "support-desk-kpis"


@pytest.mark.parametrize("prefix", ["acme", "Acme-", "a b-", "a/b-", "-", "a" * 22 + "b-"])
def test_a_prefix_that_slack_would_refuse_is_refused_here(operator: Operator, prefix: str):
    assert f"“{prefix}” cannot stand before a command." in operator.is_refused("manifest", "--prefix", prefix)


@pytest.mark.parametrize("name", ["24", "No", "2026-11-27", "1e3"])
def test_a_name_that_reads_like_something_else_stays_a_name(operator: Operator, name: str):
    given = yaml.safe_load(operator.reads("manifest", "--name", name))
    assert (given["display_information"]["name"], given["features"]["bot_user"]["display_name"]) == (name, name.lower())


def test_a_name_that_is_too_long_is_refused(operator: Operator):
    assert "35" in operator.is_refused("manifest", "--name", "x" * 36)


def test_no_usage_hint_names_a_command() -> None:
    for one in manifest.load()["features"]["slash_commands"]:
        assert "/" not in one["usage_hint"].replace(" | ", "")


def test_a_bot_that_is_started_again_leaves_the_code_that_it_printed_good(
    operator: Operator, now: datetime, capsys: pytest.CaptureFixture[str]
):
    with operator.store.transaction() as session:
        people.claim_workspace(session, "T1", "Acme", now=now)
        ada = people.add_member(session, people.workspace(session).id, "Ada", slack_user_id="U2", now=now)
    runtime = Runtime(operator.store, WebClient(), now=lambda: now)
    for _ in range(2):
        door.announce(runtime, "T1")
    first, second = CODE.findall(capsys.readouterr().out)
    assert first != second
    with operator.store.transaction() as session:
        people.claim_admin(session, ada.workspace_id, people.member(session, ada.workspace_id, ada.id), first, now=now)
    door.announce(runtime, "T1")
    assert capsys.readouterr().out == "", "there is an admin"


def test_a_new_code_is_printed_at_any_time_and_the_older_is_void(operator: Operator, now: datetime):
    with operator.store.transaction() as session:
        workspace_id = people.workspace(session).id
        people.learn_command_prefix(session, workspace_id, "acme-")
        people.add_member(session, workspace_id, "Mina", slack_user_id="U1", role=people.Role.ADMIN, now=now)
        people.add_member(session, workspace_id, "Ada", slack_user_id="U2", now=now)
    printed = [CODE.findall(operator.reads("admin")) for _ in range(2)]
    assert all(len(found) == 1 for found in printed)
    assert printed[0] != printed[1]
    said = operator.reads("admin")
    assert f"`/acme-cspm admin {CODE.findall(said)[0]}`" in said
    with operator.store.transaction() as session:
        ada = people.member_by_slack(session, workspace_id, "U2")
        assert ada
        with pytest.raises(errors.CodeExpired):
            people.claim_admin(session, workspace_id, ada, printed[1][0], now=datetime.now(UTC))
        people.claim_admin(session, workspace_id, ada, CODE.findall(said)[0], now=datetime.now(UTC))
