"""A small cast and a small app for the local Slack's own tests; and how a Bolt app connects in process."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import Executor, Future
from datetime import UTC, datetime, timedelta
from typing import Any

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request import BoltRequest
from slack_sdk import WebClient

from bot.local_slack import Channel, Lever, Person, Server, Workspace

MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Desk"},
    "features": {
        "bot_user": {"display_name": "desk"},
        "app_home": {"home_tab_enabled": True},
        "slash_commands": [
            {"command": "/kpi", "description": "Figures", "usage_hint": "team", "should_escape": True},
            {"command": "/raw", "description": "As typed"},
        ],
        "shortcuts": [
            {"name": "Ask", "type": "global", "callback_id": "ask", "description": "Ask"},
            {"name": "Take", "type": "message", "callback_id": "take", "description": "Take"},
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                "commands",
                "chat:write",
                "channels:read",
                "channels:history",
                "channels:join",
                "groups:read",
                "groups:history",
                "im:read",
                "im:write",
                "im:history",
                "app_mentions:read",
                "channels:manage",
                "dnd:read",
                "usergroups:read",
                "users:read",
                "users:read.email",
                "files:read",
                "files:write",
                "reactions:write",
                "team:read",
            ]
        }
    },
    "settings": {
        "event_subscriptions": {
            "bot_events": [
                "app_home_opened",
                "message.im",
                "app_mention",
                "member_joined_channel",
                "file_shared",
                "user_change",
            ]
        }
    },
}


class Clock:
    """An instant that only moves when it is turned."""

    def __init__(self, at: datetime = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def turn(self, to: datetime) -> None:
        self.at = to

    def on(self, **delta: float) -> None:
        self.at += timedelta(**delta)


class Seconds:
    """A monotonic clock in the hand."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


def workspace(**more: Any) -> Workspace:
    """Mina leads, Teo works, Ada looks on from outside the channel."""
    clock = Clock()
    given: dict[str, Any] = {
        "name": "Support Centre",
        "people": [
            Person("Mina", "Mina Park", "Team lead", "ko-KR", "Asia/Seoul"),
            Person("Teo", "Teo de Vries", locale="nl-NL", tz="Europe/Amsterdam"),
            Person("Ada"),
        ],
        "channels": [
            Channel("returns", ["Mina", "Teo"], with_app=True, topic="Returns"),
            Channel("quiet", ["Mina"]),
            Channel("leads", ["Mina"], kind="private"),
            Channel("old", ["Mina"], with_app=True, archived=True),
        ],
        "manifest": MANIFEST,
        "now": clock.now,
        "turn": clock.turn,
        "levers": [Lever("reveal", "Reveal", lambda: "*here*")],
        "script": "1. type",
    }
    return Workspace(**{**given, **more})


class Inline(Executor):
    """Runs work where it is submitted, so that a test has no threads to wait for."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as wrong:
            done.set_exception(wrong)
        return done


def bolt_app(place: Workspace, server: Server, inline: bool = True) -> App:
    """A Bolt app for this workspace; its calls go over HTTP."""
    client = WebClient(token=place.bot_token, base_url=server.api_url, retry_handlers=[])
    return App(
        client=client,
        authorize=lambda: AuthorizeResult(
            enterprise_id=None,
            team_id=place.team_id,
            bot_token=place.bot_token,
            bot_id=place.bot_id,
            bot_user_id=place.bot_user_id,
        ),
        signing_secret="unused",
        request_verification_enabled=False,
        raise_error_for_unhandled_request=False,
        listener_executor=Inline() if inline else None,
    )


def connect_bolt(place: Workspace, app: App) -> Callable[[dict[str, Any], str], tuple[int, Any]]:
    """Connect a Bolt app in process; what it answers comes back at once."""

    def dispatch(body: dict[str, Any], kind: str) -> tuple[int, Any]:
        answer = app.dispatch(BoltRequest(body=body, mode="socket_mode"))
        if not answer.body:
            return answer.status, None
        as_json = answer.headers.get("content-type", [""])[0].startswith("application/json")
        return answer.status, json.loads(answer.body) if as_json else {"text": answer.body}

    place.connect(dispatch)
    return dispatch


def words(text: str, kind: str = "mrkdwn") -> dict[str, Any]:
    return {"type": kind, "text": text}


def plain(text: str) -> dict[str, Any]:
    return words(text, "plain_text")


def section(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": words(text), **more}


def button(label: str, action_id: str, **more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain(label), "action_id": action_id, **more}


def actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def text_input(block_id: str, label: str, **more: Any) -> dict[str, Any]:
    element = {"type": "plain_text_input", "action_id": "text", **more.pop("element", {})}
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element, **more}


def modal(*blocks: dict[str, Any], title: str = "A form", **more: Any) -> dict[str, Any]:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain(title),
        "submit": plain("Send"),
        "blocks": list(blocks),
        **more,
    }
