"""A tour's modal that stands open, and shows one page after another."""

from __future__ import annotations

from dataclasses import dataclass

import structlog
from slack_sdk.errors import SlackApiError, SlackClientError

from ..asking import Ask
from ..blocks import Drawing

log = structlog.get_logger(__name__)
LEFT = frozenset({"not_found", "hash_conflict", "view_not_found"})
"""It was closed, or it shows another page."""


@dataclass
class Standing:
    """One modal, by id, with the hash of what it shows as far as we know."""

    ask: Ask
    view_id: str
    hash: str

    @classmethod
    def opened(cls, ask: Ask, view: Drawing) -> Standing | None:
        """Open it; only within seconds of the press. None where that took too long, which the asker is told."""
        client = ask.runtime.client(ask.workspace_id)
        try:
            told = client.views_open(trigger_id=ask.slack.body["trigger_id"], view=view)["view"]
        except SlackApiError as error:
            if error.response["error"] != "expired_trigger_id":
                raise
            ask.answer({"text": ask.t("That took too long, so Slack did not open it. Press again.")})
            return None
        return cls(ask, told["id"], told["hash"])

    @classmethod
    def pressed(cls, ask: Ask) -> Standing:
        """The one in which something was pressed."""
        view = ask.slack.body["view"]
        return cls(ask, view["id"], view["hash"])

    def shows(self, view: Drawing) -> bool:
        """Another page, where it still shows the one before; whether it does."""
        client = self.ask.runtime.client(self.ask.workspace_id)
        try:
            told = client.views_update(view_id=self.view_id, hash=self.hash, view=view)["view"]
        except (SlackApiError, SlackClientError, OSError) as error:
            if not (isinstance(error, SlackApiError) and error.response.get("error") in LEFT):
                log.warning("tour not shown", error=type(error).__name__)
            return False
        self.hash = told["hash"]
        return True
