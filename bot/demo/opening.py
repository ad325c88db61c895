"""Opening the demo: world, local Slack, bot and schedule around one clock, and closing it all again."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import partial

import structlog
from slack_bolt.adapter.socket_mode import SocketModeHandler

from bot import app as composition
from bot import at_once, manifest, schedule
from bot.gallery import pages as gallery
from bot.hooks import pages as hook_pages
from bot.local_slack import Lever, Server, Workspace
from bot.running import slack
from bot.runtime import Runtime, slack_client
from bot.settings import Settings
from bot.threads import Threads
from bot.words import Words

from . import chatter, days, example, neighbours, reveal, script, surge, ticket_page, world
from .clock import DemoClock
from .colleagues import Colleagues
from .evening import CENTRE, Deed, Evening
from .living import HISTORY
from .passing import EVE, Moment, Passage
from .plan import PROBLEM
from .record import Folder
from .standing import Progress, World

log = structlog.get_logger(__name__)
FEEDS_EVERY_S = 60.0


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
        example.write(self._folder.path, self.world.record.opens_at)
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
        return script.script(self._t, self.world.record.opens_at, self._folder.path / example.NAME)

    def letter(self) -> str:
        """What another system types to raise an escalation here: a line for a terminal."""
        with self.world.store.transaction() as session:
            key = neighbours.let_in(session, self.world.workspace_id, now=self.world.now)
        return neighbours.lines(key, self.address)

    def turn(self, to: datetime) -> None:
        """Let it be `to`, halting where something is due, so that it happens at its own time.

        Raises ValueError for an instant that is over.
        """
        with self._turning, self._alone():
            try:
                self.passage.walk(self.clock.now(), to)
            finally:
                self.world.keep(self.clock.offset)

    def next_morning(self, slack_user: str) -> datetime:
        """Just after the next digest of that person's team."""
        with self.world.store.reading() as session:
            return days.next_morning(session, self.world.workspace_id, slack_user, self.clock.now())

    def reveal(self) -> str:
        """What was planted, as markdown."""
        planted = next(one for one in self.feed.lives if one.centre is PROBLEM.centre)
        return reveal.told(self._t, planted, self.clock.now())

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
            levers=[Lever("reveal", reveal.label(self._t), self.reveal)],
        )
        tickets = ticket_page.route(self.world.store, self.world.workspace_id)
        pages = [tickets, *gallery.routes(), *hook_pages.routes(self._at_work)]
        self.server = Server(self.workspace, self._host, self._port, port_moves=True, also=pages)
        self.server.start()
        self._parts.callback(self.server.stop)
        self.workspace.script = script.with_letter(self.script, self.letter())

    def _employ(self) -> None:
        """The bot, over the real websocket, with nothing changed but its clock."""
        settings = Settings(
            database_url=self._folder.database,
            slack_bot_token=self.workspace.bot_token,
            slack_app_token=self.workspace.app_token,
            slack_api_url=self.server.api_url,
            hooks_secret=neighbours.ROOT,
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

    def _at_work(self) -> Runtime:
        """The bot, for what other systems send. Raises ConnectionError while it is not there yet."""
        if not hasattr(self, "runtime"):
            raise ConnectionError
        return self.runtime

    def _wake(self) -> None:
        """Live through the day before, so that the channels hold its talk and its digests, and start the schedule."""
        world = self.world
        now = max(world.now, world.lived)
        begin = days.eve(now)
        left = [key for one in self.feed.lives if (key := surge.important(one))]
        colleagues = Colleagues(world.store, world.workspace_id, left)
        self.passage = Passage(self.clock, self.runtime, self.workspace, self.feed, colleagues)
        talk: list[Moment] = [
            (at, partial(chatter.say, self.workspace, line)) for at, line in chatter.lines(begin, now)
        ]
        with self._turning:
            self.clock.show(begin)
            if world.is_new:
                self.passage.happen()
                self.passage.walk(begin, now, [*talk, *self._evening()], EVE)
            else:
                self.passage.relive(begin, world.lived, talk)
                self.passage.walk(max(begin, world.lived), now)
        self.beating = schedule.start(self.runtime)
        self._parts.callback(schedule.stop, self.beating, self.runtime)

    def _evening(self) -> list[Moment]:
        lives = next(one for one in self.feed.lives if one.centre is CENTRE)
        evening = Evening(self.world.workspace_id, lives, self.world.record.opens_at)
        return [(at, partial(self._do, deed)) for at, deed in evening.deeds()]

    def _do(self, deed: Deed) -> None:
        with self.world.store.transaction() as session:
            deed(session, self.clock.now())
        at_once.carry_on(self.runtime)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """While time flies by, the schedule rests: each halt does its work."""
        self.beating.pause()
        try:
            yield
        finally:
            self.beating.resume()

    def _tick(self) -> None:
        """Real time passes too, and tickets with it; colleagues do their work."""
        while not self._closing.wait(FEEDS_EVERY_S):
            try:
                with self._turning:
                    self.feed.tell(self.clock.now())
                    self.passage.colleagues.act(self.clock.now())
            except Exception:
                log.exception("tickets not told")
