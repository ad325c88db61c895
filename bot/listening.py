"""How every listener answers: promptly, in the reader's words, and never with silence."""

from __future__ import annotations

import functools
import json
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import structlog
from slack_bolt import Args
from slack_sdk.webhook import WebhookClient
from sqlmodel import Session

from cspm_core import errors, people

from . import acquaintance
from .blocks import Drawing
from .refusals import sentence
from .runtime import Runtime
from .speaking import refused, speak
from .words import Words

log = structlog.get_logger(__name__)


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
        """What stands after the command."""
        return str((self.slack.command or {}).get("text") or "").strip()

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
        self.runtime.client(self.workspace_id).views_open(trigger_id=self.slack.body["trigger_id"], view=view)

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


def listener(handle: Callable[[Ask], None]) -> Callable[[Args], None]:
    """Acknowledge first; turn refusals into sentences and accidents into a reference that stands in the log too."""

    @functools.wraps(handle, assigned=("__name__", "__qualname__", "__doc__"), updated=())
    def listen(args: Args) -> None:
        args.ack()
        runtime: Runtime = args.context["runtime"]
        if runtime.repeats.is_repeat(args.body):
            return
        ask = _stranger(args)
        impatient = threading.Timer(runtime.patience_s, lambda: _under_way(ask))
        impatient.daemon = True
        impatient.start()
        try:
            ask = _ask(args)
            handle(ask)
        except errors.Refusal as refusal:
            ask.answer({"text": sentence(refusal, ask.t)})
        except Exception as error:
            ask.answer({"text": _accident(handle.__qualname__, error, ask.t)})
        finally:
            impatient.cancel()

    del listen.__wrapped__
    return listen


def form(handle: Callable[[Ask], dict[str, str] | None]) -> Callable[[Args], None]:
    """For a submitted modal: commit, then close it; or return what to mend, by block id, to show beside the fields."""

    @functools.wraps(handle, assigned=("__name__", "__qualname__", "__doc__"), updated=())
    def listen(args: Args) -> None:
        ask = _stranger(args)
        first_field = next(iter(args.view["state"]["values"]), "") if args.view else ""
        try:
            ask = _ask(args)
            wrong = handle(ask)
        except errors.Refusal as refusal:
            wrong = {getattr(refusal, "field", first_field) or first_field: sentence(refusal, ask.t)}
        except Exception as error:
            wrong = {first_field: _accident(handle.__qualname__, error, ask.t)}
        if wrong:
            args.ack(response_action="errors", errors=wrong)
        else:
            args.ack()

    del listen.__wrapped__
    return listen


def event(handle: Callable[[Ask], None]) -> Callable[[Args], None]:
    """For what Slack tells unasked: nobody waits for an answer, so an accident only stands in the log."""

    @functools.wraps(handle, assigned=("__name__", "__qualname__", "__doc__"), updated=())
    def listen(args: Args) -> None:
        runtime: Runtime = args.context["runtime"]
        if runtime.repeats.is_repeat(args.body):
            return
        try:
            handle(_ask(args))
        except errors.Refusal as refusal:
            log.info("event declined", name=handle.__qualname__, refusal=type(refusal).__name__)
        except Exception as error:
            _accident(handle.__qualname__, error, Words("en"))

    del listen.__wrapped__
    return listen


def _under_way(ask: Ask) -> None:
    ask.answer({"text": ask.t("Still counting. The answer follows here.")})


def _accident(name: str, error: Exception, t: Words) -> str:
    reference = secrets.token_hex(3)
    log.error("listener failed", name=name, reference=reference, error=type(error).__name__, exc_info=error)
    return t("Something broke on our side. Try again; if it stays, tell your admin the reference {ref}.", ref=reference)


def _stranger(args: Args) -> Ask:
    """Somebody of whom nothing is known yet; enough to tell them of an accident."""
    runtime: Runtime = args.context["runtime"]
    return Ask(runtime, args, 0, str(args.context.user_id or ""), Words("en"), runtime.now())


def _ask(args: Args) -> Ask:
    """The same, once we know the workspace and the language."""
    ask = _stranger(args)
    team = str(args.context.team_id or "")
    workspace_id, language = acquaintance.of(ask.runtime, team, ask.user, now=ask.now)
    return replace(ask, workspace_id=workspace_id, t=Words(language))
