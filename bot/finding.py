"""Finding one of our own messages again: after a crash between saying and recording it is not said twice."""

from __future__ import annotations

from typing import Any

from slack_sdk import WebClient

from cspm_core.notices import Notice

EVENT = "cspm_notice"
"""The metadata's type. It carries an opaque id and nothing else: every app and member may read metadata."""
PAGES = 10
CLOCKS_DIFFER_S = 3600
"""Slack stamps messages with its own clock, and ours may have been wrong."""


def find(client: WebClient, notice: Notice, thread: tuple[str, str] | None = None) -> tuple[str, str] | None:
    """Channel and ts of the message in which a notice already stands; None: nowhere. `thread`: channel and ts of the
    message that it answers. Raises SlackApiError."""
    channel = channel_id(client, thread[0] if thread else notice.place)
    if channel is None:
        return None
    wanted: dict[str, Any] = {
        "channel": channel,
        "include_all_metadata": True,
        "limit": 100,
        "oldest": f"{notice.due_at.timestamp() - CLOCKS_DIFFER_S:.6f}",
    }
    cursor = ""
    for _ in range(PAGES):
        if thread:
            told = client.conversations_replies(ts=thread[1], cursor=cursor or None, **wanted)
        else:
            told = client.conversations_history(cursor=cursor or None, **wanted)
        for message in told["messages"]:
            if _is(message, notice):
                return channel, str(message["ts"])
        cursor = (told.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return None
    return None


def _is(message: dict[str, Any], notice: Notice) -> bool:
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    return metadata.get("event_type") == EVENT and payload.get("notice") == str(notice.id)


def is_id(place: str) -> bool:
    """Whether a place is Slack's id of a channel, a conversation or a person, and not a channel's name."""
    return place[:1] in ("C", "G", "D", "U", "W") and place.isalnum() and place.isupper()


def channel_id(client: WebClient, place: str) -> str | None:
    """The id of the conversation behind a place. Raises SlackApiError."""
    if place[:1] in ("U", "W") and is_id(place):
        return str(client.conversations_open(users=place)["channel"]["id"])
    if is_id(place):
        return place
    cursor = ""
    while True:
        told = client.conversations_list(
            types="public_channel,private_channel", exclude_archived=True, limit=200, cursor=cursor or None
        )
        for channel in told["channels"]:
            if channel["name"] == place.removeprefix("#"):
                return str(channel["id"])
        cursor = (told.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return None
