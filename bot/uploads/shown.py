"""A modal that stands open while somebody works for it, and then becomes what was found."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from slack_sdk.errors import SlackApiError, SlackClientError

from cspm_core import errors, uploads
from cspm_core.uploads import Reason

from ..asking import Ask
from ..blocks import Drawing
from ..refusals import sentence
from . import forms, views, work

log = structlog.get_logger(__name__)
WAITS_S = (0.05, 0.1, 0.2, 0.4, 0.8, 1.5)
"""A form that is sent becomes a new view with its acknowledgement, which may arrive after we are done."""
LEFT = frozenset({"not_found", "hash_conflict", "view_not_found"})
"""It was closed, or it shows something newer."""


@dataclass
class Shown:
    """One modal: by id with its hash, or by a name of ours while its id is not known yet."""

    ask: Ask
    upload_id: int
    view_id: str = ""
    hash: str = ""
    name: str = ""

    @classmethod
    def opened(cls, ask: Ask, upload_id: int, view: Drawing) -> Shown | None:
        """Open it; only within seconds of the press. None where that took too long, which the asker is told."""
        client = ask.runtime.client(ask.workspace_id)
        try:
            told = client.views_open(trigger_id=ask.slack.body["trigger_id"], view=view)["view"]
        except SlackApiError as error:
            if error.response["error"] != "expired_trigger_id":
                raise
            ask.answer({"text": ask.t("That took too long, so Slack did not open it. Press again.")})
            return None
        return cls(ask, upload_id, told["id"], told["hash"])

    @classmethod
    def standing(cls, ask: Ask, upload_id: int) -> Shown:
        """The one in which something was chosen."""
        view = ask.slack.body["view"]
        return cls(ask, upload_id, view["id"], view["hash"])

    @classmethod
    def coming(cls, ask: Ask, upload_id: int) -> Shown:
        """The one that a form becomes with its acknowledgement: draw that with `named`."""
        return cls(ask, upload_id, name=f"upload:{(ask.slack.view or {}).get('id', '')}:{secrets.token_hex(4)}")

    def named(self, view: Drawing) -> Drawing:
        """A view that can be found again by our name."""
        return {**view, "external_id": self.name} if self.name else view

    def becomes(self, make: Callable[[], Drawing]) -> None:
        """Show what `make` finds, or why it found nothing; nothing where the modal was closed meanwhile."""
        try:
            view = make()
        except Exception as error:
            view = forms.over(self._why(error), self.ask.t)
        self.shows(view)

    def shows(self, view: Drawing) -> None:
        """Draw it anew."""
        try:
            self._update(self.named(view))
        except (SlackApiError, SlackClientError, OSError) as error:
            if not (isinstance(error, SlackApiError) and error.response.get("error") in LEFT):
                log.warning("modal not updated", error=type(error).__name__)

    def _update(self, view: Drawing) -> None:
        client = self.ask.runtime.client(self.ask.workspace_id)
        if self.view_id:
            told = client.views_update(view_id=self.view_id, hash=self.hash or None, view=view)["view"]
            self.hash = told["hash"]
            return
        for wait in (*WAITS_S, None):
            try:
                told = client.views_update(external_id=self.name, view=view)["view"]
            except SlackApiError as error:
                if wait is None or error.response.get("error") not in LEFT:
                    raise
                time.sleep(wait)
                continue
            self.view_id, self.hash = told["id"], told["hash"]
            return

    def _why(self, error: Exception) -> str:
        t = self.ask.t
        reason = work.why(error, t)
        if reason is not None and reason != Reason.NO_RIGHT:
            with self.ask.glancing() as session:
                name = uploads.upload(session, self.ask.workspace_id, self.upload_id).name
            return views.why(reason, name, (), t)
        if isinstance(error, errors.Refusal):
            return sentence(error, t)
        reference = secrets.token_hex(3)
        log.error("file not looked into", reference=reference, error=type(error).__name__, exc_info=error)
        return t("Something broke on our side. Try again; if it stays, tell your admin the reference {ref}.",
                 ref=reference)  # fmt: skip
