"""Opening the demo: world, local Slack, bot and schedule around one clock, and closing it all again."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import datetime

import structlog
from slack_bolt.adapter.socket_mode import SocketModeHandler

from bot import app as composition
from bot import manifest, schedule
from bot.gallery import pages as gallery
from bot.local_slack import Lever, Server, Workspace
from bot.running import slack
from bot.runtime import Runtime, slack_client
from bot.settings import Settings
from bot.threads import Threads
from bot.words import Words

from . import chatter, days, script, ticket_page, world
from .chatter import Line
from .clock import DemoClock
from .living import HISTORY
from .plan import PROBLEM
from .record import Folder
from .standing import Progress, World, is_speaking

log = structlog.get_logger(__name__)
FEEDS_EVERY_S = 60.0
ONE_MESSAGE_S = 1.1


class Demo:
    """A support centre with its Slack and its bot, open until `close()`."""

    def __init__(
        self, folder: Folder, host: str, port: int, t: Words, progress: Progress, *, history: int = HISTORY
    ) -> None:
        self._folder, self._host, self._port, self._t, self._progress = folder, host, port, t, progress
        self._history = history
        self._parts = ExitStack()
        self._turning = threading.RLock()
        self._closing = threading.Event()
        self.clock = DemoClock()
        self.took_s = 0.0

    def open(self) -> None:
        """Start everything; returns when the page is ready. Raises OSError where no port is free."""
        began = time.monotonic()
        self.world = World(self._folder, self._history)
        self._parts.callback(self.world.store.close)
        self._serve()
        self.feed = self.world.fill(f"{self.address}{ticket_page.PATH}", self._progress, self._t)
        self._employ()
        self._wake()
        ticking = threading.Thread(target=self._tick, name="demo-feed", daemon=True)
        ticking.start()
        self._parts.callback(ticking.join, 5.0)
        self._parts.callback(self._closing.set)
        self.took_s = time.monotonic() - began

    def close(self) -> None:
        """Stop everything, in the reverse order."""
        self._parts.close()

    @property
    def address(self) -> str:
        return self.server.url

    @property
    def script(self) -> str:
        """What to try, as markdown."""
        return self.workspace.script

    def turn(self, to: datetime) -> None:
        """Let it be `to`, halting where a digest is due, so that each arrives at its own time.

        Raises ValueError for an instant that is over.
        """
        with self._turning:
            self._walk(self.clock.now(), to)
            self.world.keep(self.clock.offset)

    def next_morning(self, slack_user: str) -> datetime:
        """Just after the next digest of that person's team."""
        with self.world.store.reading() as session:
            return days.next_morning(session, self.world.workspace_id, slack_user, self.clock.now())

    def reveal(self) -> str:
        """What was planted, as markdown."""
        planted = next(one for one in self.feed.lives if one.centre is PROBLEM.centre)
        return script.reveal(self._t, planted, self.clock.now())

    def _serve(self) -> None:
        """The local Slack on its port, with the pages behind the tickets' links and the gallery."""
        self.workspace = Workspace(
            name=world.COMPANY,
            people=world.slack_people(),
            channels=world.slack_channels(),
            manifest=manifest.load(),
            now=self.clock.now,
            turn=self.turn,
            next_morning=self.next_morning,
            levers=[Lever("reveal", script.reveal_label(self._t), self.reveal)],
            script=script.script(self._t, self.world.record.opens_at),
        )
        pages = [ticket_page.route(self.world.store, self.world.workspace_id), *gallery.routes()]
        self.server = Server(self.workspace, self._host, self._port, port_moves=True, also=pages)
        self.server.start()
        self._parts.callback(self.server.stop)

    def _employ(self) -> None:
        """The bot, over the real websocket, with nothing changed but its clock."""
        settings = Settings(
            database_url=self._folder.database,
            slack_bot_token=self.workspace.bot_token,
            slack_app_token=self.workspace.app_token,
            slack_api_url=self.server.api_url,
            host=self._host,
            port=self._port,
        )
        self.runtime = Runtime(self.world.store, slack_client(settings), settings, now=self.clock.now)
        slack.claim(self.runtime, slack.introduce(self.runtime.slack))
        threads = Threads()
        self._parts.callback(threads.close, cancel=True)
        handler = SocketModeHandler(composition.build(self.runtime, threads=threads), settings.slack_app_token)
        self._parts.callback(handler.client.close)
        slack.connect(handler.client)

    def _wake(self) -> None:
        """Live through the day before, so that the channels hold its talk and its digests, and start the schedule."""
        now = self.world.now
        begin = days.eve(now)
        with self._turning:
            self.clock.show(begin)
            self._walk(begin, now, chatter.lines(begin, now))
        beating = schedule.start(self.runtime)
        self._parts.callback(schedule.stop, beating, self.runtime)

    def _walk(self, after: datetime, to: datetime, talk: Sequence[tuple[datetime, Line]] = ()) -> None:
        """Let time pass, with every digest and everything that somebody says at its own instant."""
        if to < after:
            raise ValueError("the clock only turns forward")
        with self.world.store.reading() as session:
            halts = days.stops(session, self.world.workspace_id, after, to)
        moments: list[tuple[datetime, Line | None]] = [*talk, *((at, None) for at in halts)]
        for at, line in sorted(moments, key=lambda one: one[0]):
            self.clock.turn(max(at, self.clock.now()))
            if line:
                chatter.say(self.workspace, line)
            else:
                self.feed.tell(self.clock.now())
                schedule.run_once(self.runtime)
                self._hear_out()

    def _hear_out(self) -> None:
        """Slack takes a message a second in a channel: when days fly by, wait until all of this hour was said."""
        for _ in range(3):
            with self.world.store.reading() as session:
                if not is_speaking(session, self.clock.now()):
                    return
            self._closing.wait(ONE_MESSAGE_S)
            schedule.run_once(self.runtime)

    def _tick(self) -> None:
        """Real time passes too, and tickets with it."""
        while not self._closing.wait(FEEDS_EVERY_S):
            try:
                with self._turning:
                    self.feed.tell(self.clock.now())
            except Exception:
                log.exception("tickets not told")
