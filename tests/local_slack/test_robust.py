"""Whatever an app or a page sends, it is answered; and what is accepted can be read."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import threading
import urllib.error
import urllib.request
import weakref
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk import WebClient

from bot.local_slack import Server, Workspace, delivery, reading
from bot.local_slack.blockkit import check_blocks, check_view
from bot.local_slack.blockkit.surfaces import BLOCKS
from bot.local_slack.control import READS, VERBS, control
from bot.local_slack.filled import with_ids
from bot.local_slack.web_api import METHODS

from .stage import MANIFEST, workspace
from .test_limits import MESSAGE

NAMES = [
    *("text", "type", "elements", "element", "accessory", "fields", "options", "option_groups", "value", "label"),
    *("rows", "caption", "chart", "series", "data", "axis_config", "categories", "segments", "title", "blocks"),
    *("initial_option", "initial_options", "action_id", "block_id", "child_blocks", "actions", "slack_file", "id"),
]
TYPES = [*BLOCKS, "mrkdwn", "plain_text", "button", "static_select", "checkboxes", "raw_text", "pie", "bar", "modal"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from([*TYPES, "", "a", "F000000001"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.fixed_dictionaries(
            {"type": st.sampled_from(TYPES)}, optional={one: inner for one in NAMES if one != "type"}
        )
        | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4)
    ),
    max_leaves=12,
)
RELAXED = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@RELAXED
@given(JSON)
def test_no_json_upsets_the_rules_and_what_they_accept_can_be_read(value: Any) -> None:
    error, reasons = check_blocks(value)
    assert bool(error) == bool(reasons)
    check_view(value, ("modal", "home"))
    if not error:
        list(reading.says(with_ids(value)))


@pytest.mark.parametrize("what", MESSAGE)
def test_every_accepted_block_can_be_read(what: str) -> None:
    most, build = MESSAGE[what]
    assert all(isinstance(one, str) for one in reading.says(with_ids(build(most))))


ARGUMENTS = st.dictionaries(
    st.sampled_from(
        [
            *("channel", "user", "users", "text", "blocks", "view", "metadata", "ts", "thread_ts", "files", "file"),
            *("trigger_id", "view_id", "user_id", "cursor", "limit", "types", "oldest", "length", "filename"),
        ]
    ),
    JSON | st.sampled_from(["#returns", "U000000001", "C000000001", "F000000001", "1", "from:1", "{}", "[]"]),
    max_size=5,
)


@RELAXED
@given(st.sampled_from(sorted(METHODS)), ARGUMENTS)
def test_every_method_answers_whatever_it_is_given(method: str, arguments: dict[str, Any]) -> None:
    place = workspace(rate_limits=False)
    token = place.app_token if method == "apps.connections.open" else None
    answer = place.call(method, arguments, token)
    assert answer["ok"] is True or answer["error"]
    json.dumps(answer)


ASKED = st.dictionaries(
    st.sampled_from(
        ["channel", "ts", "view_id", "action_id", "values", "text", "limit", "advance_s", "to", "user", "id"]
    ),
    JSON | st.sampled_from(["#returns", "Teo", "-1", "2026-11-30T00:00:00Z"]),
    max_size=4,
)


@RELAXED
@given(st.sampled_from([*((one, False) for one in READS), *((one, True) for one in VERBS)]), ASKED)
def test_every_verb_answers_whatever_it_is_given(verb: tuple[str, bool], asked: dict[str, Any]) -> None:
    status, answer = control(workspace(), verb[0], {"as": "Mina", **asked}, verb[1])
    assert answer["ok"] is (status == 200)
    json.dumps(answer)


def test_a_page_of_another_site_is_not_let_in(server: Server) -> None:
    def status(origin: str) -> int:
        request = urllib.request.Request(f"{server.url}/_control/faults", headers={"Origin": origin})
        try:
            with urllib.request.urlopen(request) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as refused:
            refused.close()
            return refused.code

    assert status(server.url) == 200
    assert status("https://elsewhere.example") == 403


def test_it_runs_alone_for_any_app(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.yaml"
    manifest.write_text(yaml.safe_dump(MANIFEST))
    command = [sys.executable, "-m", "bot.local_slack", "--manifest", str(manifest), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as alone:
        assert alone.stdout is not None
        printed = [alone.stdout.readline() for _ in range(5)]
        given_back = dict(line.strip().split("=", 1) for line in printed if "=" in line)
        client = WebClient(token=given_back["SLACK_BOT_TOKEN"], base_url=given_back["SLACK_API_URL"], retry_handlers=[])
        assert client.auth_test()["team"] == "Local Slack"
        alone.terminate()


def test_a_workspace_can_be_shown_at_the_address_of_another(server: Server, place: Workspace) -> None:
    other = workspace(name="Other")
    server.shows(other)
    assert WebClient(token=other.bot_token, base_url=server.api_url, retry_handlers=[]).auth_test()["team"] == "Other"
    server.shows(place)


def test_a_workspace_that_nobody_uses_any_more_is_forgotten(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(delivery, "IDLE_S", 0.01)
    kept = _used()
    for _ in range(500):
        gc.collect()
        if kept() is None:
            return
        threading.Event().wait(0.01)
    pytest.fail("something still holds it")


def _used() -> weakref.ref[Workspace]:
    """A workspace in which events were carried, twice with nothing to carry in between."""
    place = workspace()
    for _ in range(2):
        place.delivery.tell({"event": {"type": "message"}}, at_once=False)
        postman = next(one for one in threading.enumerate() if _carries(one, place))
        postman.join(10)
        assert (postman.is_alive(), place.delivery.waiting) == (False, 0)
    return weakref.ref(place)


def _carries(postman: threading.Thread, place: Workspace) -> bool:
    return getattr(getattr(postman, "_target", None), "__self__", None) is place.delivery
