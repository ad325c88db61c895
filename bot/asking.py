"""One thing one person did in Slack: what it carries, and every way to answer it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_bolt import Args
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient
from sqlmodel import Session

from cspm_core import people

from .blocks import Drawing
from .runtime import Runtime
from .speaking import refused, speak
from .words import Words


@dataclass(frozen=True)
class Ask:
    """One thing one person did in Slack, and the instant they did it."""

    runtime: Runtime
    slack: Args
    workspace_id: int
    user: str
    t: Words
    now: datetime

    @property
    def text(self) -> str:
        """What stands after the command, as it was typed; people are `<@U…>`."""
        told = str((self.slack.command or {}).get("text") or "").strip()
        return told.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")

    @property
    def channel(self) -> str:
        """Where it was done; empty for Home and modals."""
        body = self.slack.body
        return str(body.get("channel_id") or (body.get("channel") or {}).get("id") or "")

    @property
    def action(self) -> dict[str, Any]:
        """The button or choice as Slack tells it; empty for commands and events."""
        return self.slack.action or {}

    @property
    def carried(self) -> str:
        """What the pressed button, or the chosen option, carries."""
        action = self.action
        return str(action.get("value") or (action.get("selected_option") or {}).get("value") or "")

    @property
    def first_field(self) -> str:
        """The block id of a submitted form's first field, beside which a trouble with the whole form is shown."""
        return next(iter((self.slack.view or {}).get("state", {}).get("values", {})), "")

    @property
    def view_id(self) -> str:
        """The submitted modal: what is done on it is done once."""
        return str((self.slack.view or {})["id"])

    def pressed(self) -> dict[str, Any]:
        """The same, where it is JSON."""
        found = json.loads(self.carried or "{}")
        return found if isinstance(found, dict) else {"value": found}

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Look into the store; one at a time, so that acknowledgements stay fast meanwhile."""
        with self.runtime.permit, self.runtime.store.reading() as session:
            yield session

    @contextmanager
    def glancing(self) -> Iterator[Session]:
        """Look something small up at once, whoever counts meanwhile: what a modal shows cannot wait."""
        with self.runtime.store.reading() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Change the store; committed on the way out."""
        with self.runtime.store.transaction() as session:
            yield session

    def asker(self, session: Session) -> people.Asker:
        """The person, with the roles they hold today."""
        return people.asker(session, self.workspace_id, self.user, self.now.date())

    def answer(self, drawing: Drawing) -> None:
        """Say it to the asker alone: where they asked, or in their direct messages when that was no channel."""
        speak(self.runtime, self.workspace_id, drawing, self.t, self._respond)

    def tell(self, drawing: Drawing) -> str:
        """Say it in the asker's direct messages; its ts."""
        return self.post(self.user, drawing, self.t)

    def post(self, place: str, drawing: Drawing, t: Words) -> str:
        """Say it in a channel, for everybody there, in the words given; its ts. Raises SlackApiError."""
        client = self.runtime.client(self.workspace_id)
        sent = speak(
            self.runtime, self.workspace_id, drawing, t, lambda d: client.chat_postMessage(channel=place, **_quiet(d))
        )
        return str(sent["ts"])

    def hand_over(self, filename: str, content: bytes, title: str) -> None:
        """A file for the asker alone, in their direct messages."""
        client = self.runtime.client(self.workspace_id)
        place = client.conversations_open(users=self.user)["channel"]["id"]
        client.files_upload_v2(content=content, filename=filename, title=title, channel=place, initial_comment=title)

    def opens(self, view: Drawing) -> None:
        """Open a modal; only within seconds of the press."""
        try:
            self.runtime.client(self.workspace_id).views_open(trigger_id=self.slack.body["trigger_id"], view=view)
        except SlackApiError as error:
            if error.response["error"] != "expired_trigger_id":
                raise
            self.answer({"text": self.t("That took too long, so Slack did not open it. Press again.")})

    def _respond(self, drawing: Drawing) -> None:
        url = self.slack.body.get("response_url")
        if not url:
            self.runtime.client(self.workspace_id).chat_postMessage(channel=self.user, **_quiet(drawing))
            return
        told = WebhookClient(url, retry_handlers=[]).send(
            text=drawing["text"], blocks=drawing.get("blocks"), response_type="ephemeral", replace_original=False
        )
        if told.status_code != 200 or told.body not in ("ok", ""):
            raise refused(told)


def _quiet(drawing: Drawing) -> Drawing:
    return {**drawing, "unfurl_links": False, "unfurl_media": False}
