"""What the bot was built with. Listeners and jobs receive it; nothing else is global."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from slack_sdk import WebClient

from cspm_core import people
from cspm_core.store import Store

from .errands import Errand
from .matching.colleagues import Colleagues
from .pictures import Pictures
from .repeats import Repeats
from .settings import Settings
from .words import Words


def real_now() -> datetime:
    """The machine's clock, in UTC: the only place that reads it for the bot."""
    return datetime.now(UTC)  # noqa: TID251 - the edge


@dataclass(frozen=True)
class Runtime:
    """Store, Slack, clock and settings. `now` may be a demo's clock; `real_now` never is (claims, leases)."""

    store: Store
    slack: WebClient
    settings: Settings = field(default_factory=Settings)
    now: Callable[[], datetime] = real_now
    real_now: Callable[[], datetime] = real_now
    permit: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(1))
    """Heavy reading takes it, one at a time, so that threads which only acknowledge stay fast."""
    repeats: Repeats = field(default_factory=Repeats)
    errand: Errand = field(default_factory=Errand)
    """Delivering: one in this process at a time, and once more for whoever came meanwhile."""
    colleagues: Colleagues = field(default_factory=Colleagues)
    """Who else is in Slack, heard once an hour."""
    importing: Errand = field(default_factory=Errand)
    """Importing what people dropped: one file in this process at a time."""
    pictures: Pictures = field(default_factory=Pictures)
    held: dict[str, datetime] = field(default_factory=dict)
    """Until when a holder of the schedule's lease in this process need not look whether it still has it."""
    beats: dict[str, datetime] = field(default_factory=dict)
    """When each job of the schedule last ended well in this process, until that is written down."""
    patience_s: float = 1.5
    """How long an answer may take before the asker is shown that it is under way."""

    def client(self, workspace_id: int) -> WebClient:  # noqa: ARG002 - one installation has one token
        """The Slack client of a workspace."""
        return self.slack

    def words(self, workspace_id: int, language: str) -> Words:
        """The words for somebody of a workspace, whose commands may have names of its own."""
        with self.store.reading() as session:
            return Words(language, people.command_prefix(session, workspace_id), year=self.now().year)


def slack_client(settings: Settings, token: str | None = None) -> WebClient:
    """A client that never retries by itself: a repeated post is a second message, so one place retries (delivery)."""
    return WebClient(
        token=token or settings.slack_bot_token, base_url=settings.slack_api_url, timeout=20, retry_handlers=[]
    )


def share_the_processor() -> None:
    """Let threads change often, so that acknowledgements pass between slices of heavy work."""
    sys.setswitchinterval(0.0005)
