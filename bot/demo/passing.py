"""Letting time pass: halts where something is due, so that everything happens at its own time, however fast the days
fly by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from bot import schedule
from bot.local_slack import Workspace
from bot.runtime import Runtime
from cspm_core.calendars import Calendar

from . import days, world
from .clock import DemoClock
from .colleagues import Colleagues
from .feed import Feed
from .living import calendar_of
from .standing import is_speaking

A_SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
BREATH = timedelta(seconds=3)
"""After a message, its thread follows."""
PACES = ((2 * HOUR, (5 * MINUTE, MINUTE)), (12 * HOUR, (20 * MINUTE, 5 * MINUTE)), (30 * HOUR, (HOUR, 20 * MINUTE)))
"""For ways up to so long: how often the help desk's news are looked at, and how close two halts may be."""
FAST = (4 * HOUR, 40 * MINUTE)
"""The same for longer ways."""
EVE = (3 * HOUR, 12 * MINUTE)
"""The same for the day before the visitor comes."""
Moment = tuple[datetime, Callable[[], None]]


class Passage:
    """How time passes for one demo."""

    def __init__(
        self, clock: DemoClock, runtime: Runtime, workspace: Workspace, feed: Feed, colleagues: Colleagues
    ) -> None:
        self.clock, self.runtime, self.workspace = clock, runtime, workspace
        self.feed, self.colleagues = feed, colleagues
        self._calendars: tuple[Calendar, ...] = tuple(calendar_of(centre) for centre in world.CENTRES)

    def walk(
        self,
        after: datetime,
        to: datetime,
        moments: Sequence[Moment] = (),
        pace: tuple[timedelta, timedelta] | None = None,
    ) -> None:
        """From one instant to another, with everything that happens on the way. Raises ValueError for a way back."""
        if to < after:
            raise ValueError("the clock only turns forward")
        looks, apart = pace or _pace(to - after)
        with self._at_once():
            todo = sorted(moments, key=lambda one: one[0])
            halts = sorted({*self._stops(after, to), *self._looks(max(after, to - days.FAR), to, looks)})
            last = after
            while halts:
                at = self._next(halts, last, apart)
                while todo and todo[0][0] <= at:
                    when, deed = todo.pop(0)
                    self._turn(when)
                    deed()
                self._turn(at)
                self.happen()
                last, halts = at, [one for one in halts if one > at]

    def relive(self, after: datetime, to: datetime, moments: Sequence[Moment] = ()) -> None:
        """What was lived through before is only told again: digests, and what people said."""
        with self._at_once():
            stops: list[Moment] = [(at, self._tell_digests) for at in self._stops(after, to)]
            for at, deed in sorted([*moments, *stops], key=lambda one: one[0]):
                self._turn(at)
                deed()

    def happen(self) -> None:
        """Everything that is due now, until it was said."""
        now = self.clock.now()
        self.feed.tell(now)
        self.colleagues.act(now)
        self._beat()
        self._hear_out()

    def _hear_out(self) -> None:
        for _ in range(3):
            with self.runtime.store.reading() as session:
                if not is_speaking(session, self.clock.now(), self.runtime.real_now()):
                    return
            self._turn(self.clock.now() + BREATH)
            self._beat()

    def _beat(self) -> None:
        """Every job but those that can wait until time runs as usual."""
        self._run([job for job in schedule.JOBS if job.id not in UNHURRIED])

    def _tell_digests(self) -> None:
        self._run([job for job in schedule.JOBS if job.id in RETOLD])

    def _run(self, jobs: Sequence[schedule.Job]) -> None:
        for job in jobs:
            schedule.beat(self.runtime, job)

    def _turn(self, to: datetime) -> None:
        self.clock.reach(to)

    def _stops(self, after: datetime, to: datetime) -> list[datetime]:
        with self.runtime.store.reading() as session:
            return days.stops(session, self.feed.workspace_id, after, to)

    def _looks(self, after: datetime, to: datetime, every: timedelta) -> Iterator[datetime]:
        """Just after the help desk has sent something, while anybody works."""
        at = self.feed.reach(after) + every + A_SECOND
        while at < to:
            if any(calendar.is_open(at) for calendar in self._calendars):
                yield at
            at += every

    def _next(self, halts: Sequence[datetime], last: datetime, apart: timedelta) -> datetime:
        """The next halt, or before it what the clocks of escalations and the like have come to."""
        with self.runtime.store.reading() as session:
            due = days.next_due(session, self.feed.workspace_id)
        coming = [at for at in (due, self.colleagues.next_at(last)) if at is not None]
        return min([halts[0], *(max(at + A_SECOND, last + apart) for at in coming)])

    @contextmanager
    def _at_once(self) -> Iterator[None]:
        """Hours fly by in a moment: Slack's limits for a second do not count for them."""
        before, self.workspace.faults.rate_limits = self.workspace.faults.rate_limits, False
        try:
            yield
        finally:
            self.workspace.faults.rate_limits = before


UNHURRIED = frozenset({"kpi.keep", "uploads.tidy", "hooks.tidy"})
"""The jobs that make nothing happen that anybody could see: the schedule does them by itself."""
RETOLD = frozenset({"digests.prepare", "notices.deliver"})
"""The jobs that tell again what was lived through before."""


def _pace(way: timedelta) -> tuple[timedelta, timedelta]:
    return next((pace for most, pace in PACES if way <= most), FAST)
