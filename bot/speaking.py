"""Sending a drawing to Slack: as drawn, or plain where the workspace refuses the new blocks, and remembering that."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookResponse

from cspm_core import people

from .blocks import Drawing
from .pictures import uploaded
from .plain import describe, is_new, plain
from .runtime import Runtime
from .words import Words

log = structlog.get_logger(__name__)
R = TypeVar("R")

REFUSALS = ("invalid_blocks", "invalid_arguments")
"""How Slack says that it does not know a block: in messages, and in views."""
TRY_AGAIN_AFTER = timedelta(days=7)
"""New blocks roll out in phases: a workspace that refused them is asked again after this long."""


def speak(runtime: Runtime, workspace_id: int, drawing: Drawing, t: Words, send: Callable[[Drawing], R]) -> R:
    """Call `send` with the drawing, or with its plain form where this workspace has no new blocks."""
    if not is_new(drawing):
        return send(drawing)
    if _is_plain(runtime, workspace_id):
        return send(plain(drawing, t, _uploader(runtime.client(workspace_id), t)))
    try:
        return send(drawing)
    except SlackApiError as error:
        if error.response["error"] not in REFUSALS:
            raise
    log.warning("workspace refuses new blocks", workspace=workspace_id)
    with runtime.store.transaction() as session:
        people.remember_plain_blocks(session, workspace_id, now=runtime.now())
    return send(plain(drawing, t, _uploader(runtime.client(workspace_id), t)))


def refused(told: WebhookResponse) -> SlackApiError:
    """What a response_url said when it took no message, as the error that the Web API would give."""
    try:
        code = json.loads(told.body)["error"]
    except (ValueError, KeyError, TypeError):
        code = told.body.strip()[:80]
    return SlackApiError("response_url", {"ok": False, "error": code})  # type: ignore[no-untyped-call]


def _is_plain(runtime: Runtime, workspace_id: int) -> bool:
    with runtime.store.reading() as session:
        since = people.plain_blocks_since(session, workspace_id)
    return since is not None and runtime.now() - since < TRY_AGAIN_AFTER


def _uploader(client: WebClient, t: Words) -> Callable[[Drawing], str | None]:
    def upload(block: Drawing) -> str | None:
        """Draw, upload and wait until Slack knows the picture; None where it does not in time."""
        from . import charts

        picture, alt = charts.picture(block), describe(block, t)
        return uploaded(client, picture, "chart.png", title=block["title"], alt=alt)

    return upload
