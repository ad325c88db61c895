"""A seeded world: made on the first start, found again on the next, and told how it went on."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlmodel import Session, delete

from bot.running import database
from bot.runtime import real_now
from bot.words import Words
from cspm_core import notices, people, tickets
from cspm_core.calendars import local_day
from cspm_core.notices import Notice
from cspm_core.store import Store

from . import again, coaching, days, past, quality, seed, world
from .feed import Feed
from .living import HISTORY, HORIZON, live
from .record import Folder, Record, maker

WORTH_OPENING = timedelta(days=2)
"""A world with less than this left to happen is seeded anew."""
Progress = Callable[[str, int], AbstractContextManager[Callable[[int], None]]]
"""Shows a bar for a label and a total; what it yields is called with how much more is done."""


class World:
    """The store with Fernhill in it, and what is kept beside it. Its tickets come with `fill`."""

    def __init__(self, folder: Folder, history: int = HISTORY) -> None:
        self._folder, self._history = folder, history
        self.store = Store(folder.database)
        self.is_new = False
        self.record = folder.read() or self._new()
        if _is_over(self.record):
            self.record = self._new()
        elif not self.is_new:
            database.migrate(self.store, now=self.now)
            with self.store.transaction() as session:
                again.forget_slack(session)
        with self.store.reading() as session:
            self.workspace_id = people.workspace(session).id
            self.lived = _lived(session, self.workspace_id, days.eve(self.record.opens_at))
        if not self.is_new:
            with self.store.transaction() as session:
                again.show_again(session, self.workspace_id, now=self.lived)

    @property
    def now(self) -> datetime:
        """What its clock should show."""
        return real_now() + self.record.offset

    def fill(self, links: str, progress: Progress, t: Words) -> Feed:
        """In a new world every ticket up to the eve of the opening; then what goes on telling. `links` is put before
        a ticket's key."""
        record = self.record
        lives = [live(centre, record.opening, record.opens_at, history=self._history) for centre in world.CENTRES]
        feed = Feed(self.store, self.workspace_id, lives, links, _ends_at(record))
        if self.is_new:
            begin = days.eve(record.opens_at)
            with progress(t("Writing down the tickets of {days} days", days=self._history), feed.due(begin)) as done:
                feed.tell(begin, done)
            past.write(self.store, self.workspace_id, lives, self._history, begin)
            quality.write(self.store, self.workspace_id, lives, self._folder.path, begin)
            coaching.write(self.store, self.workspace_id, record.opens_at, begin)
            with self.store.transaction() as session:
                session.exec(delete(Notice))
            coaching.plan_today(self.store, self.workspace_id, record.opens_at, begin)
            quality.review_yesterday(self.store, self.workspace_id, begin)
            self.keep(record.opens_at - real_now())
        elif record.links != links:
            with self.store.transaction() as session:
                _relink(session, record.links, links)
        record.links = links
        self.keep(record.offset)
        return feed

    def keep(self, offset: timedelta) -> None:
        """Remember how far the clock is turned."""
        self.record.offset_s = offset.total_seconds()
        self._folder.write(self.record)

    def _new(self) -> Record:
        self.store.close()
        self._folder.empty()
        opens_at = days.opening(real_now())
        opening = local_day(opens_at, world.RETURNS.timezone)
        database.migrate(self.store, now=opens_at)
        seed.found(self.store, opening, now=opens_at)
        self.is_new = True
        return Record(opening, opens_at, (opens_at - real_now()).total_seconds(), "", maker())


def _ends_at(record: Record) -> datetime:
    return record.opens_at + timedelta(days=HORIZON)


def _is_over(record: Record) -> bool:
    return real_now() + record.offset > _ends_at(record) - WORTH_OPENING


def is_speaking(session: Session, now: datetime, real_now: datetime) -> bool:
    """Whether anything that is due was not said or shown yet, and will be."""
    return bool(notices.due(session, now=now, real_now=real_now, limit=1))


def _lived(session: Session, workspace_id: int, else_at: datetime) -> datetime:
    """How far the world was lived through before: as far as its data was told."""
    known = [tickets.source(session, team) for team in people.teams(session, workspace_id)]
    return min((one.complete_until for one in known if one), default=else_at)


def _relink(session: Session, before: str, after: str) -> None:
    """The demo's pages moved to another address."""
    session.connection().execute(
        text("UPDATE ticket SET url = replace(url, :before, :after)"), {"before": before, "after": after}
    )
