"""Where emulate is not as Slack: each difference stands here, and the day it is gone the test says so."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

import bot

from .emulate import CHANNEL, LEAD, Line

pytestmark = pytest.mark.emulate

HOUSE = Path(bot.__file__).parent
NAMED = "api apps auth chat conversations dnd files team usergroups users views"
FAMILIES = tuple(f"{name}_" for name in NAMED.split())
BEHIND = {
    "files_upload_v2": {"files.getUploadURLExternal", "files.completeUploadExternal"},
}
"""What one call of the library asks of Slack, where it is not what its name says."""
SOCKET_MODE = frozenset({"apps.connections.open"})
"""Called by the library itself."""

LACKS = SOCKET_MODE | {"dnd.teamInfo", "usergroups.list", "usergroups.users.list"}
"""What the bot calls and emulate 0.11.0 does not know: it has no Socket Mode, no quiet hours and no user groups."""


def methods_called() -> set[str]:
    """Every Web API method that the bot's source calls, the local Slack's own aside."""
    ours = [path for path in HOUSE.rglob("*.py") if HOUSE / "local_slack" not in path.parents]
    nodes = [node for path in ours for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    called = {node.func.attr for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)}
    named = {name for name in called if name.startswith(FAMILIES) and hasattr(WebClient, name)}
    spoken = named - {"api_call"}  # of whatever method it is told
    return SOCKET_MODE.union(*(BEHIND.get(name, {name.replace("_", ".")}) for name in spoken))


def knows(line: Line, method: str) -> bool:
    """Whether it answers at all, be it with a complaint about what is missing."""
    try:
        line.api_call(method, json={})
    except SlackApiError as error:
        return bool(error.response.status_code != 404)
    return True


def test_it_knows_every_method_that_the_bot_calls_but_these(line: Line):
    called = methods_called()
    assert {"chat.postMessage", "chat.update", "views.open", "views.publish", "files.getUploadURLExternal"} <= called
    assert {method for method in called if not knows(line, method)} == LACKS


def test_it_knows_a_channel_by_its_name_but_not_with_the_hash_before_it(line: Line):
    assert line.chat_postMessage(channel="random", text="-")["channel"] == CHANNEL
    with pytest.raises(SlackApiError, match="channel_not_found"):
        line.chat_postMessage(channel="#random", text="-")


def test_it_forgets_the_alt_text_of_a_file(line: Line):
    told = line.files_upload_v2(content=b"-", filename="chart.png", alt_txt="New and solved tickets")
    assert "alt_txt" not in line.files_info(file=told["files"][0]["id"])["file"]


def test_it_tells_no_zone_and_no_language_of_a_person(line: Line):
    told = line.users_info(user=LEAD, include_locale=True)["user"]
    assert not {"locale", "tz"} & {*told, *told["profile"]}


def test_it_lets_an_app_speak_where_it_is_no_member(line: Line):
    assert not line.conversations_info(channel=CHANNEL)["channel"]["is_member"]
    assert line.chat_postMessage(channel=CHANNEL, text="-")["ok"]


def test_it_does_not_look_into_blocks(line: Line):
    assert line.chat_postMessage(channel=CHANNEL, text="-", blocks=[{"type": "no such block"}])["ok"]
    with pytest.raises(SlackApiError, match="invalid_blocks"):
        line.chat_postMessage(channel=CHANNEL, text="-", blocks="no list")


def test_it_is_strict_about_scopes_as_slack_is(line: Line):
    with pytest.raises(SlackApiError, match="missing_scope"):
        line.reactions_add(channel=CHANNEL, name="eyes", timestamp="1.000001")
