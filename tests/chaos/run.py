"""One run on one database: set up, go wrong for a while, come to rest, and be held against its promises."""

from __future__ import annotations

import json
import random
import re
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from bot.local_slack import Server, Workspace
from cspm_core import escalations
from cspm_core.notices import Notice
from cspm_core.store import Store

from . import audit, databases, place
from .bounds import Bounds
from .clock import TurnedClock
from .crew import Crew
from .databases import Database
from .mayhem import CHANCES, Deeds, People
from .worker import Wiring

BETWEEN_S = (0.6, 2.6)
"""Real seconds between two kills."""
TICK_S = 0.5
"""How often the clock is turned."""
PRESENT_WITHIN_S = 90.0
RESTS_WITHIN_S = 300.0
"""What was left lying is said at some tens of messages a second; a long run leaves thousands."""
TROUBLE_EVERY = 12
"""After so many kills the database is in trouble once more; at least once."""
EXPECTED = ("OperationalError", "TimeoutError", "ConnectionResetError", "BrokenPipeError")
"""What workers may stumble over where the database is gone or Slack is silent."""
OF_THE_LINE = ("apps.connections.open", "no longer active", "WSS URL", "current session")
"""What Bolt says of a socket that broke, and comes again by itself."""


@dataclass
class Outcome:
    """What a run did and found."""

    database: str
    kills: int = 0
    gave_up: int = 0
    troubles: int = 0
    seconds: float = 0.0
    figures: dict[str, int] = field(default_factory=dict)
    struck: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Wanted:
    """What a run is asked for. `blind`: its workers repeat without looking. `keep`: where its folder is left."""

    kind: str
    kills: int
    seed: int
    bounds: Bounds
    blind: bool = False
    keep: Path | None = None


def run(wanted: Wanted, say: Callable[[str], None]) -> Outcome:
    """Everything, from nothing to the verdict."""
    with tempfile.TemporaryDirectory(prefix="chaos-", ignore_cleanup_errors=True) as made:
        folder = wanted.keep / f"{wanted.kind}-{wanted.seed}" if wanted.keep else Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755)
        with databases.KINDS[wanted.kind](folder) as database:
            return _Run(wanted, say, folder, database).whole()


class _Run:
    def __init__(self, wanted: Wanted, say: Callable[[str], None], folder: Path, database: Database) -> None:
        self.wanted, self.say, self.database = wanted, say, database
        self.kills, self.seed, self.bounds = wanted.kills, wanted.seed, wanted.bounds
        self.dice = random.Random(self.seed)
        self.log = folder / "workers.log"
        self.clock = TurnedClock(folder / "clock")
        self.clock.set_to(place.instant(0))
        self.slack: Workspace = place.workspace(self.clock)
        self.store: Store = databases.opened(database.url, self.bounds)
        self.outcome = Outcome(wanted.kind)
        self.clock_path = folder / "clock"
        self.slack.struck_line = self._counted(self.slack.struck_line)  # type: ignore[method-assign]

    def _counted(self, struck: Callable[[], bool]) -> Callable[[], bool]:
        """Lines that break are no calls: they are counted apart."""

        def counted() -> bool:
            broke = struck()
            self.outcome.struck["drop_socket"] += broke
            return broke

        return counted

    def whole(self) -> Outcome:
        began = time.monotonic()
        databases.furnish(self.store)
        cast = place.people_of(self.store, self.slack, self.clock())
        with Server(self.slack) as server:
            wiring = Wiring(
                self.database.url,
                server.api_url,
                self.slack.bot_token,
                self.slack.app_token,
                self.clock_path,
                self.log,
                self.bounds,
                self.wanted.blind,
            )
            crew = Crew(wiring)
            people = People(self.slack, self.store, cast, self.clock, self.seed)
            crew.start()
            self.slack.wait_until(lambda: self.slack.delivery.connected == 2, PRESENT_WITHIN_S)
            self._rage(crew, people)
            ended = self._rest(crew, wiring)
            self.slack.settle()
        self._judge(crew, people.deeds, cast, ended)
        self.store.close()
        self.outcome.seconds = time.monotonic() - began
        return self.outcome

    def _rage(self, crew: Crew, people: People) -> None:
        """Kill, turn the clock, break calls and lines, take the database away, while people go on."""
        self.slack.faults.by_chance(CHANCES, self.seed)
        people.start()
        ends = threading.Event()
        turning = threading.Thread(target=self._turn, args=(crew, ends), daemon=True)
        turning.start()
        troubles = {self.kills // 2, *range(TROUBLE_EVERY, self.kills, TROUBLE_EVERY)}
        while len(crew.killed) < self.kills:
            time.sleep(self.dice.uniform(*BETWEEN_S))
            n = len(crew.killed)
            if not crew.kill_one(self.dice):
                continue
            self.say(f"{n + 1} of {self.kills} kills, {self.clock():%Y-%m-%d %H:%M} UTC")
            if n + 1 in troubles:
                self._trouble(people.deeds)
            if self.dice.random() < 0.2:
                self.outcome.struck["drop_socket"] += self.slack.drop_sockets(refuse_s=self.dice.choice((0, 1.0)))
        ends.set()
        turning.join()
        people.stop()

    def _trouble(self, deeds: Deeds) -> None:
        began = time.time()
        self.say(f"the database is {self.database.trouble} for {self.bounds.minute_s:g} s")
        self.database.be_gone(self.bounds.minute_s)
        deeds.gone.append((began, time.time()))
        self.outcome.troubles += 1

    def _turn(self, crew: Crew, ends: threading.Event) -> None:
        """The clock follows the kills, in small steps and large ones, over both changes."""
        dice, reached, began = random.Random(f"{self.seed}:clock"), 0.0, time.monotonic()
        usual = sum(BETWEEN_S) / 2 * self.kills
        while not ends.wait(TICK_S):
            guess = (time.monotonic() - began) / usual
            done = min(max(len(crew.killed) / self.kills, min(guess, (len(crew.killed) + 1) / self.kills)), 1.0)
            reached = max(reached, reached + (done - reached) * dice.random())
            self.clock.turn_to(place.instant(reached))
        self.clock.turn_to(place.instant(1))

    def _rest(self, crew: Crew, wiring: Wiring) -> datetime:
        """No more faults: whatever waits for another try is due, and then nothing is left to do. The instant of it."""
        self.say("no more faults; it comes to rest")
        self.slack.faults.by_chance({})
        self.slack.faults.rate_limits = False
        self.clock.turn_to(self.clock() + timedelta(minutes=20))
        while True:
            is_calm = self._calm()
            if not crew.stop():
                self.outcome.broken.append("a worker did not end when it was told to")
            now = self.clock()
            if not is_calm or not self._left(now):
                return now
            crew = Crew(wiring)  # something became due while they ended
            crew.start()

    def _calm(self) -> bool:
        """Wait until nothing is left to do; False where that takes too long."""
        ends, calm = time.monotonic() + RESTS_WITHIN_S, 0
        while calm < 3:
            time.sleep(0.4)
            try:
                left = self._left(self.clock())
            except SQLAlchemyError as error:
                left = type(error).__name__
            calm = 0 if left else calm + 1
            if time.monotonic() > ends:
                self.outcome.broken.append(f"it did not come to rest within {RESTS_WITHIN_S:g} s: {left}")
                return False
        return True

    def _left(self, now: datetime) -> str:
        """What is still to be done; empty: nothing."""
        with self.store.reading() as session:
            due = len(escalations.due(session, now=now))
            wanted = session.exec(_wanted(now)).one()
        return f"{due} escalations due, {wanted} messages wanted" if due or wanted else ""

    def _judge(self, crew: Crew, deeds: Deeds, cast: place.Cast, now: datetime) -> None:
        found = audit.gather(self.store, self.slack, cast, deeds, crew.killed, now)
        for kind, n in Counter(row.kind for row in found.events.values()).most_common():
            self.say(f"{n} {kind}")
        for said, n in Counter(NUMBER.sub("E…", one) for texts in found.spoken.values() for one in texts).most_common(
            12
        ):
            self.say(f"{n} answers: {said[:100]}")
        self.outcome.broken += audit.broken(found)
        self.outcome.broken += accidents(self.log)
        self.outcome.kills, self.outcome.gave_up = len(crew.killed), crew.gave_up
        self.outcome.struck.update(one.struck for one in self.slack.calls if one.struck)
        events = Counter(row.kind for row in found.events.values())
        self.outcome.figures = {
            "escalations": len(found.escalations),
            "raises": sum(deeds.raised.values()),
            "presses": len(deeds.presses),
            "presses lost": sum(one.result != "ok" for one in deeds.presses),
            "unconfirmed": deeds.doubtful,
            "events": len(found.events),
            "steps told": events["told"],
            "taken": events["acknowledged"],
            "lapsed": events["lapsed"],
            "messages": sum(map(len, found.messages.values())),
            "moot": sum(row.failed == "moot" for row in found.notices.values()),
            "calls": len(self.slack.calls),
            "looked up": sum(one.method in LOOKS for one in self.slack.calls),
        }


NUMBER = re.compile(r"E\d+|<!date[^>]*>")
LOOKS = ("conversations.history", "conversations.replies")


def _wanted(now: datetime) -> SelectOfScalar[int]:
    """How many messages are not as they should be, or in somebody's hands."""
    may_be = or_(
        col(Notice.slack_ts).is_not(None),
        col(Notice.claim).is_not(None),
        col(Notice.expires_at).is_(None),
        col(Notice.expires_at) > now,
    )
    unfinished = or_(col(Notice.version) > col(Notice.shown), col(Notice.claimed_until).is_not(None))
    counted = select(func.count()).select_from(Notice)
    return counted.where(col(Notice.failed).is_(None), col(Notice.due_at) <= now, unfinished, may_be)


def accidents(log: Path) -> list[str]:
    """What the workers logged that no fault explains."""
    found: list[str] = []
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            told: Any = json.loads(line)
        except ValueError:
            continue
        if told.get("level") not in ("error", "critical") or str(told.get("logger")).startswith("slack_sdk"):
            continue  # of a call that fails the product writes its own line
        words = json.dumps(told)
        expected = (*EXPECTED, *OF_THE_LINE) if told.get("logger") == "slack_bolt.App" else EXPECTED
        if not any(name in words for name in expected):
            found.append(f"a worker logged: {words[:1500]}")
    return found
