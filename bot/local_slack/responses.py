"""`response_url`: five answers within thirty minutes, to one person or the channel, new or in place of the original."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .filled import with_ids
from .gate import blocks_refused
from .model import Json, Message

if TYPE_CHECKING:
    from .workspace import Workspace

MOST_USES = 5
SECONDS = 30 * 60
MOST_TEXT = 40_000


@dataclass
class _Address:
    user: str
    channel: str
    made_at: float
    original: Message | None
    thread_ts: str | None
    uses: int = 0


class Responses:
    """The response addresses that were handed out."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._made: dict[str, _Address] = {}

    def make(self, user: str, channel: str, original: Message | None = None) -> str:
        """A new address for what this person just did here; `original` is the message they pressed in."""
        token = secrets.token_urlsafe(16)
        thread = original.thread_ts if original else None
        self._made[token] = _Address(user, channel, self._workspace.monotonic(), original, thread)
        return f"{self._workspace.base_url}/respond/{token}"

    def respond(self, token: str, body: Any) -> tuple[int, str]:
        """Take one answer: the HTTP status and Slack's word for it."""
        address = self._made.get(token)
        if address is None:
            return 404, "no_such_url"
        if self._workspace.monotonic() - address.made_at > SECONDS:
            return 404, "expired_url"
        if address.uses >= MOST_USES:
            self._workspace.complain("response_url", "used_url", "more than 5 answers")
            return 404, "used_url"
        address.uses += 1
        return self.say(address, body)

    def answer(self, user: str, channel: str, body: Any) -> None:
        """What came with the ack of a command: words for the person, or for the channel."""
        self.say(_Address(user, channel, 0, None, None), body if isinstance(body, dict) else {"text": str(body)})

    def say(self, address: _Address, body: Any) -> tuple[int, str]:
        """Post, replace or delete as the body says, once it has passed every limit."""
        workspace = self._workspace
        if not isinstance(body, dict):
            return 400, "invalid_payload"
        original = address.original
        if body.get("delete_original") and original:
            workspace.conversations.delete(original)
            if not (body.get("text") or body.get("blocks")):
                return 200, "ok"
        error = self._refused(body)
        if error:
            return 400, error
        blocks = with_ids(body["blocks"]) if body.get("blocks") else None
        fields: Json = {"text": body.get("text") or "", "blocks": blocks}
        if body.get("replace_original") and original:
            workspace.conversations.change(original, **fields, edited=original.only_for is None)
            return 200, "ok"
        alone = body.get("response_type", "ephemeral") == "ephemeral"
        workspace.conversations.post(
            address.channel,
            workspace.bot_user_id,
            bot=True,
            username=workspace.manifest.bot_name,
            only_for=address.user if alone else None,
            thread_ts=body.get("thread_ts") or address.thread_ts,
            metadata=body.get("metadata"),
            **fields,
        )
        return 200, "ok"

    def _refused(self, body: Json) -> str:
        workspace = self._workspace
        text = body.get("text")
        if not text:
            workspace.complain("response_url", "no_text", "notifications and screen readers read the text")
            return "no_text"
        if len(text) > MOST_TEXT:
            workspace.complain("response_url", "msg_too_long", f"{len(text)} characters")
            return "msg_too_long"
        return blocks_refused(workspace, "response_url", body.get("blocks") or [])[0]
