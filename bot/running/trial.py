"""What a trial by hand is made of: its channel, its client that remembers, and whom it tells."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from cspm_core import hearing

from ..blocks import Drawing
from ..runtime import Runtime
from ..words import Words
from . import codes, slack, trial_views
from .findings import Finding, State
from .traced import Stopped, Traced


@dataclass
class Trial:
    """One trial in one channel. `tell` takes each finding as it comes; `ask` a sentence for whoever stands by, and
    `left` how many seconds somebody still has; `stopped` ends it, and it still cleans up."""

    runtime: Runtime
    workspace_id: int
    channel: str
    name: str
    t: Words
    tell: Callable[[Finding], None]
    ask: Callable[[str], None] = lambda _: None
    left: Callable[[float], None] = lambda _: None
    stopped: threading.Event = field(default_factory=threading.Event)
    thread: str | None = None
    """The ts of its first message."""

    @cached_property
    def id(self) -> int:
        """What its button carries and its messages are marked with."""
        with self.runtime.store.transaction() as session:
            return hearing.begin_trial(session, self.workspace_id, now=self.runtime.now()).id

    @cached_property
    def client(self) -> Traced:
        """Slack, remembering all that was made there."""
        return Traced(self.runtime.slack, self.stopped.wait)

    def post(self, drawing: Drawing, thread: str | None = None) -> str:
        """Say it, marked as ours; its ts. Raises Stopped, and ACCIDENTS."""
        if self.stopped.is_set():
            raise Stopped
        given = trial_views.marked(drawing, self.id)
        return str(self.client.chat_postMessage(channel=self.channel, thread_ts=thread, **given)["ts"])

    def edit(self, drawing: Drawing) -> None:
        """Draw the first message anew. Raises Stopped, and ACCIDENTS."""
        given = trial_views.marked(drawing, self.id)
        self.client.chat_update(channel=self.channel, ts=str(self.thread), **given)

    def failed(self, check: str, found: str, code: str, state: State = State.BROKEN) -> None:
        """Tell what Slack refused: `found` says {why}, in words."""
        said = found.format(why=codes.in_words(code, self.t))
        self.tell(Finding(check, state, said, codes.what_to_do(code, self.t)))

    def tries(self, check: str, works: str, found: str, act: Callable[[], object]) -> bool:
        """Do it, and tell that it works, or what Slack said; whether it worked."""
        try:
            act()
        except slack.ACCIDENTS as error:
            self.failed(check, found, slack.code_of(error))
            return False
        self.tell(Finding(check, State.GOOD, works))
        return True
