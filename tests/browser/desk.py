"""A small app without a framework: a test says what it answers, and reads what it heard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from slack_sdk import WebClient

from bot.local_slack import Channel, Group, Lever, Person, Server, Workspace

Json = dict[str, Any]
MANIFEST: Json = {
    "display_information": {"name": "Desk"},
    "features": {
        "bot_user": {"display_name": "Desk"},
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "slash_commands": [
            {"command": "/desk", "description": "Ask the desk", "usage_hint": "[team] [period]"},
            {"command": "/gallery", "description": "Show everything"},
        ],
        "shortcuts": [
            {"name": "Review this", "type": "message", "callback_id": "review", "description": "Score it"},
            {"name": "Ask the desk", "type": "global", "callback_id": "ask", "description": "From anywhere"},
        ],
    },
    "oauth_config": {"scopes": {"bot": ["commands", "chat:write", "files:read", "files:write", "channels:history"]}},
    "settings": {"event_subscriptions": {"bot_events": ["app_home_opened"]}},
}


class Clock:
    """Nine in the morning on a Monday, until somebody turns it."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def turn(self, to: datetime) -> None:
        self.at = to


def support_centre() -> Workspace:
    """Mina leads in Seoul, Teo works in Amsterdam, 佳穎 in Taipei; Ada is in no channel."""
    clock = Clock()
    return Workspace(
        name="Support Centre",
        people=[
            Person("Mina", "Mina Park", "Team lead", "ko-KR", "Asia/Seoul"),
            Person("Teo", "Teo de Vries", "Agent", "nl-NL", "Europe/Amsterdam"),
            Person("佳穎", "林佳穎", "組長", "zh-TW", "Asia/Taipei"),
            Person("Ada", "Ada Hill", "Executive", "en-US", "America/New_York"),
        ],
        channels=[
            Channel("returns", ["Mina", "Teo", "佳穎"], with_app=True, topic="Returns and refunds"),
            Channel("quiet", ["Mina"]),
            Channel("leads", ["Mina"], kind="private"),
            Channel("market", ["Teo"]),
        ],
        groups=[Group("leads", "Team leads", ["Mina", "佳穎"])],
        manifest=MANIFEST,
        now=clock.now,
        turn=clock.turn,
        levers=[Lever("reveal", "What was planted", lambda: "Refunds since **3 November**")],
        script="1. Type `/desk team`\n2. Press *Next morning*",
        rate_limits=False,
        ack_seconds=30,
        trigger_seconds=30,
    )


class Desk:
    """The app: `on(name, answer)` says what a command, action or callback id is answered with; `heard` is what came."""

    def __init__(self, place: Workspace, server: Server) -> None:
        self.place = place
        self.url = server.url
        self.client = WebClient(token=place.bot_token, base_url=server.api_url, retry_handlers=[])
        self.heard: list[Json] = []
        self._answers: dict[str, Callable[[Json], Json | None]] = {}
        place.connect(self._dispatch)

    def on(self, name: str, answer: Callable[[Json], Any]) -> None:
        """Answer a command, an action id, or a view's or shortcut's callback id; a dict goes back with the ack."""
        self._answers[name] = answer

    def posts(self, *blocks: Json, text: str = "From the desk", channel: str = "returns", **more: Any) -> str:
        """Post into a channel; the message's ts."""
        where = self.place.channel(channel).id
        answer = self.client.chat_postMessage(channel=where, text=text, blocks=list(blocks) or None, **more)
        return str(answer["ts"])

    def opens(self, *blocks: Json, **more: Any) -> Callable[[Json], None]:
        """An answer that opens a modal with these blocks."""

        def answer(body: Json) -> None:
            self.client.views_open(trigger_id=body["trigger_id"], view=form(*blocks, **more))

        return answer

    def button(self, action_id: str = "open", label: str = "Open") -> str:
        """Post a message with one button."""
        return self.posts({"type": "actions", "elements": [button(label, action_id)]})

    def disconnects(self) -> None:
        """The app is gone."""
        self.place.disconnect(self._dispatch)

    def _dispatch(self, body: Json, _: str) -> tuple[int, Json | None]:
        self.heard.append(body)
        actions = body.get("actions") or [{}]
        name = body.get("command") or actions[0].get("action_id") or body.get("action_id") or body.get("callback_id")
        name = name or (body.get("view") or {}).get("callback_id") or (body.get("event") or {}).get("type")
        answer = self._answers.get(str(name))
        reply = answer(body) if answer else None
        return 200, reply if isinstance(reply, dict) else None


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def section(text: str, **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(label: str, action_id: str, **more: Any) -> Json:
    return {"type": "button", "text": plain(label), "action_id": action_id, **more}


def option(label: str, **more: Any) -> Json:
    return {"text": plain(label), "value": label.lower(), **more}


def field(block_id: str, label: str, element: Json | None = None, **more: Any) -> Json:
    """An input block; a line of text unless another element is given."""
    inner = {"type": "plain_text_input", "action_id": "value", **(element or {})}
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": inner, **more}


def form(*blocks: Json, title: str = "A form", callback_id: str = "form", **more: Any) -> Json:
    """A modal with a button to send it."""
    given = {"type": "modal", "callback_id": callback_id, "title": plain(title), "submit": plain("Send")}
    return {**given, "blocks": list(blocks), **more}
