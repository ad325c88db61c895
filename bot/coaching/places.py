"""Drawing the message anew that something was pressed in: the talk, one's own list, or a promise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from cspm_core import errors

from .. import at_once
from ..asking import Ask
from ..blocks import Drawing
from ..listening import later
from ..speaking import refused, speak
from . import answers, brief_views, mine_views, promise_views

Place = Mapping[str, Any]


def here(ask: Ask) -> dict[str, Any]:
    """What a button carries, and where its message stands: a modal keeps both until it is sent."""
    container = ask.slack.body.get("container") or {}
    found = dict(ask.pressed())
    if found.get("on") and container.get("type") == "message":
        if container.get("is_ephemeral"):
            found["url"] = str(ask.slack.body.get("response_url") or "")
        else:
            found |= {"channel": str(container["channel_id"]), "ts": str(container["message_ts"])}
    return found


def carry_on(ask: Ask, place: Place) -> None:
    """Whoever else is concerned is told, and the message in which it began is drawn anew."""

    def work() -> None:
        refresh(ask, place)

    later(ask.slack, "coaching.changed", work)


def refresh(ask: Ask, place: Place) -> bool:
    """The same at once; whether there was such a message."""
    at_once.deliver(ask.runtime)
    if not place.get("url") and not place.get("ts"):
        return False
    try:
        drawn = _drawing(ask, place)
    except errors.Refusal:  # somebody may not see it any more
        return False
    return drawn is not None and _put(ask, place, drawn)


def _drawing(ask: Ask, place: Place) -> Drawing | None:
    match place.get("on"):
        case brief_views.ON:
            return answers.opened(ask, int(place["agent"]), is_again=True)
        case mine_views.ON:
            return answers.mine(ask)
        case promise_views.ON:
            return answers.promise_card(ask, int(place["promise"]))
    return None


def _put(ask: Ask, place: Place, drawing: Drawing) -> bool:
    send: Callable[[Drawing], object]
    if place.get("ts"):
        client = ask.runtime.client(ask.workspace_id)
        send = lambda drawn: client.chat_update(channel=place["channel"], ts=place["ts"], **drawn)  # noqa: E731
    else:
        send = lambda drawn: _replace(str(place["url"]), drawn)  # noqa: E731
    try:
        speak(ask.runtime, ask.workspace_id, drawing, ask.t, send)
    except SlackApiError:  # deleted, or the address is older than half an hour
        return False
    return True


def _replace(url: str, drawing: Drawing) -> None:
    told = WebhookClient(url, retry_handlers=[]).send(
        text=drawing["text"], blocks=drawing["blocks"], replace_original=True
    )
    if told.status_code != 200 or told.body not in ("ok", ""):
        raise refused(told)
