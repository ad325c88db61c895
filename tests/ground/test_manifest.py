"""manifest.yaml against what Slack publishes: docs.slack.dev/reference/app-manifest and the types of @slack/web-api."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bot import ids, manifest

KEYS: dict[str, Any] = {
    "_metadata": {"major_version", "minor_version"},
    "display_information": {"name", "description", "long_description", "background_color"},
    "features": {"app_home", "bot_user", "shortcuts", "slash_commands", "unfurl_domains"},
    "features.app_home": {"home_tab_enabled", "messages_tab_enabled", "messages_tab_read_only_enabled"},
    "features.bot_user": {"display_name", "always_online"},
    "oauth_config": {"redirect_urls", "scopes", "token_management_enabled"},
    "oauth_config.scopes": {"bot", "user"},
    "settings": {
        "allowed_ip_address_ranges",
        "event_subscriptions",
        "incoming_webhooks",
        "interactivity",
        "org_deploy_enabled",
        "socket_mode_enabled",
        "token_rotation_enabled",
    },
    "settings.event_subscriptions": {"bot_events", "user_events", "request_url", "metadata_subscriptions"},
    "settings.interactivity": {"is_enabled", "request_url", "message_menu_options_url"},
}
COMMAND = {"command", "description", "should_escape", "url", "usage_hint"}
SHORTCUT = {"type", "name", "callback_id", "description"}
BOT_SCOPES = frozenset(
    [
        "app_mentions:read",
        "bookmarks:read",
        "bookmarks:write",
        "calls:read",
        "calls:write",
        "channels:history",
        "channels:join",
        "channels:manage",
        "channels:read",
        "channels:write.invites",
        "channels:write.topic",
        "chat:write",
        "chat:write.customize",
        "chat:write.public",
        "commands",
        "dnd:read",
        "emoji:read",
        "files:read",
        "files:write",
        "groups:history",
        "groups:read",
        "groups:write",
        "groups:write.invites",
        "groups:write.topic",
        "im:history",
        "im:read",
        "im:write",
        "incoming-webhook",
        "links.embed:write",
        "links:read",
        "links:write",
        "metadata.message:read",
        "mpim:history",
        "mpim:read",
        "mpim:write",
        "pins:read",
        "pins:write",
        "reactions:read",
        "reactions:write",
        "reminders:read",
        "reminders:write",
        "remote_files:read",
        "remote_files:share",
        "remote_files:write",
        "team:read",
        "triggers:read",
        "triggers:write",
        "usergroups:read",
        "usergroups:write",
        "users.profile:read",
        "users:read",
        "users:read.email",
        "users:write",
    ]
)
EVENT_NEEDS: dict[str, str | None] = {
    "app_home_opened": None,
    "app_mention": "app_mentions:read",
    "app_uninstalled": None,
    "tokens_revoked": None,
    "channel_archive": "channels:read",
    "channel_rename": "channels:read",
    "channel_unarchive": "channels:read",
    "file_shared": "files:read",
    "group_archive": "groups:read",
    "member_joined_channel": "channels:read",
    "member_left_channel": "channels:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message_metadata_posted": "metadata.message:read",
    "reaction_added": "reactions:read",
    "user_change": "users:read",
}
"""Event types that an app may subscribe to, and the scope each needs (docs.slack.dev/reference/events)."""


@pytest.fixture
def given() -> dict[str, Any]:
    return manifest.load()


def test_slack_knows_every_key(given: dict[str, Any]) -> None:
    assert set(given) <= {key for key in KEYS if "." not in key}
    for path, known in KEYS.items():
        part: Any = given
        for step in path.split("."):
            part = part.get(step, {})
        assert set(part) <= known, path
    assert all(set(command) <= COMMAND for command in given["features"]["slash_commands"])
    assert all(set(shortcut) <= SHORTCUT for shortcut in given["features"]["shortcuts"])


def test_the_app_introduces_itself_within_the_limits(given: dict[str, Any]) -> None:
    about = given["display_information"]
    assert 1 <= len(about["name"]) <= 35
    assert 1 <= len(about["description"]) <= 140
    assert 174 <= len(about["long_description"]) <= 4000
    assert re.fullmatch(r"#(?:[0-9a-fA-F]{3}){1,2}", about["background_color"])
    assert re.fullmatch(r"[a-z0-9._-]{1,80}", given["features"]["bot_user"]["display_name"])
    assert given["_metadata"]["major_version"] in (1, 2)


def test_commands_are_within_the_limits_and_escape_names(given: dict[str, Any]) -> None:
    commands = given["features"]["slash_commands"]
    assert 1 <= len(commands) <= 50
    assert len({command["command"] for command in commands}) == len(commands)
    for command in commands:
        assert re.fullmatch(r"/[a-z0-9_-]{1,31}", command["command"])
        assert 1 <= len(command["description"]) <= 2000
        assert 1 <= len(command["usage_hint"]) <= 1000
        assert command["should_escape"] is True, "so that @someone arrives as a user id"
        assert "url" not in command, "Socket Mode needs none"


def test_shortcuts_are_within_the_limits_and_ours(given: dict[str, Any]) -> None:
    shortcuts = given["features"]["shortcuts"]
    assert len(shortcuts) <= 10
    for shortcut in shortcuts:
        assert shortcut["type"] in ("global", "message")
        assert 1 <= len(shortcut["name"]) <= 24
        assert 1 <= len(shortcut["description"]) <= 150
        assert shortcut["callback_id"] in vars(ids).values()


def test_scopes_exist_and_cover_what_is_used(given: dict[str, Any]) -> None:
    scopes = given["oauth_config"]["scopes"]["bot"]
    assert len(set(scopes)) == len(scopes) <= 255
    assert set(scopes) <= BOT_SCOPES
    assert "commands" in scopes, "commands and shortcuts need it"
    assert manifest.scopes() == set(scopes)


def test_events_exist_and_have_their_scopes(given: dict[str, Any]) -> None:
    events = given["settings"]["event_subscriptions"]["bot_events"]
    assert len(set(events)) == len(events) <= 100
    for event in events:
        needed = EVENT_NEEDS[event]
        assert needed is None or needed in manifest.scopes(), event


def test_it_connects_by_socket_and_takes_presses(given: dict[str, Any]) -> None:
    settings = given["settings"]
    assert settings["socket_mode_enabled"] is True
    assert settings["interactivity"]["is_enabled"] is True
    assert settings["org_deploy_enabled"] is False
    assert settings["token_rotation_enabled"] is False
    home = given["features"]["app_home"]
    assert home["home_tab_enabled"] is True
    assert home["messages_tab_enabled"] is True
    assert home["messages_tab_read_only_enabled"] is False
