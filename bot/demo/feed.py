"""The help desk of the demo: tells the bot's store what has happened to tickets by now, and never more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from cspm_core import calls, people, tickets
from cspm_core.store import Store

from .lives import Lives
from .phone import Phone, ring
from .telling import facts

EXPORTS_EVERY = timedelta(minutes=5)
"""The help desk sends what is new on the fives of the clock; its data is never newer."""


class Feed:
    """The tickets of every team and the store they are told to. `links` is put before a ticket's key."""

    def __init__(self, store: Store, workspace_id: int, lives: Sequence[Lives], links: str, ends_at: datetime) -> None:
        self.store, self.workspace_id, self.links = store, workspace_id, links
        self.lives = tuple(lives)
        self.phones = tuple(phone for one in self.lives if (phone := ring(one)))
        self.ends_at = ends_at
        """Nothing is known to happen later: the data then grows old."""

    def due(self, now: datetime) -> int:
        """How many tickets there are to tell about at `now`."""
        until = self.reach(now)
        return sum(len(one.between(self._known(one), until)) for one in self.lives)

    def tell(self, now: datetime, told: Callable[[int], None] = lambda _: None) -> int:
        """Tell everything that has happened since the last time, team by team; how many tickets that touched.
        `told` is called with how many more are written down. Interrupted, the next time tells the rest."""
        for phone in self.phones:
            self._tell_calls(phone, self.reach(now))
        return sum(self._tell(one, self.reach(now), told) for one in self.lives)

    def reach(self, now: datetime) -> datetime:
        """How far the help desk's data reaches at `now`."""
        return min(now - (now - datetime.fromtimestamp(0, now.tzinfo)) % EXPORTS_EVERY, self.ends_at)

    def _known(self, lives: Lives) -> datetime | None:
        with self.store.reading() as session:
            team = people.team_named(session, self.workspace_id, lives.centre.name)
            own = tickets.source(session, team)
            return own.complete_until if own else None

    def _tell(self, lives: Lives, until: datetime, told: Callable[[int], None]) -> int:
        known = self._known(lives)
        if known is not None and known >= until:
            return 0
        touched = lives.between(known, until)
        for begin in range(0, len(touched), tickets.CHUNK):
            some = [facts(lives, n, until, self.links) for n in touched[begin : begin + tickets.CHUNK]]
            with self.store.transaction() as session:
                team = people.team_named(session, self.workspace_id, lives.centre.name)
                tickets.record(session, team, some, scope=team.id, known_at=until, now=until)
            told(len(some))
        first_at = datetime.fromtimestamp(int(lives.created[0]), until.tzinfo)
        with self.store.transaction() as session:
            team = people.team_named(session, self.workspace_id, lives.centre.name)
            tickets.note_source(session, team, complete_until=until, first_at=first_at, now=until)
        return len(touched)

    def _tell_calls(self, phone: Phone, until: datetime) -> None:
        """The telephone's news, told like the tickets'; a handful, so at once."""
        with self.store.transaction() as session:
            team = people.team_named(session, self.workspace_id, phone.centre.name)
            known = calls.extent(session, team)
            if known is not None and known.complete_until >= until:
                return
            touched = phone.between(known.complete_until if known else None, until)
            for begin in range(0, len(touched), calls.CHUNK):
                some = touched[begin : begin + calls.CHUNK]
                calls.record(session, team, some, scope=team.id, known_at=until, now=until)
            calls.note_source(session, team, complete_until=until, first_at=phone.calls[0].queued_at, now=until)
