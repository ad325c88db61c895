"""A team whose help desk is live, seen by its detectors at instants that the tests choose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlmodel import col, select

from cspm_core import detectors, people, tickets
from cspm_core.calendars import at_local
from cspm_core.detectors import Alarm, Kind, Sight
from cspm_core.escalations import Escalation
from cspm_core.notices import Notice
from cspm_core.people import Asker, Role, Team
from cspm_core.store import Store
from cspm_core.tickets import LIVE, TicketFacts

ZONE = "America/New_York"
MON, TUE, WED = date(2026, 11, 16), date(2026, 11, 17), date(2026, 11, 18)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return at_local(day, time(hour, minute), ZONE).astimezone(UTC)


def ticket(key: str, created: datetime, **facts: Any) -> TicketFacts:
    return TicketFacts(key, created, url=f"https://desk.example/{key}", **facts)


@dataclass
class Stage:
    """One team, Monday to Friday from 9 to 17 in New York."""

    store: Store
    team: Team
    lead: Asker
    agent: Asker

    def tells(self, until: datetime, *facts: TicketFacts, live: bool = True) -> None:
        """The help desk has told of tickets, and is heard from at `until`."""
        with self.store.transaction() as session:
            team = people.team(session, self.team.workspace_id, self.team.id)
            for n in range(0, len(facts), tickets.CHUNK):
                chunk = facts[n : n + tickets.CHUNK]
                tickets.record(session, team, chunk, scope=team.id, known_at=until, now=until)
            first = min([at(date(2026, 6, 1), 9), *(one.created_at for one in facts)])
            kind = LIVE if live else "tickets"
            tickets.note_source(session, team, complete_until=until, first_at=first, now=until, kind=kind)

    def looks(self, now: datetime) -> Sight | None:
        with self.store.reading() as session:
            team = people.team(session, self.team.workspace_id, self.team.id)
            return detectors.look(session, team, now=now)

    def runs(self, now: datetime, sight: Sight | None = None) -> list[int]:
        """The detectors look and act; the escalations they raised or counted."""
        sight = sight or self.looks(now)
        if sight is None:
            return []
        with self.store.transaction() as session:
            team = people.team(session, self.team.workspace_id, self.team.id)
            return detectors.raise_alarms(session, team, sight, now=now)

    def sets(self, kind: Kind, now: datetime, is_on: bool = True, **settings: Any) -> None:
        with self.store.transaction() as session:
            team = people.team(session, self.team.workspace_id, self.team.id)
            wanted = {**detectors.defaults(kind), **settings}
            detectors.save(session, team, kind, wanted, is_on, by=self.lead, now=now)

    def escalations(self) -> list[Escalation]:
        with self.store.reading() as session:
            return list(session.exec(select(Escalation).order_by(col(Escalation.number))))

    def alarms(self) -> list[Alarm]:
        with self.store.reading() as session:
            return list(session.exec(select(Alarm).order_by(col(Alarm.id))))

    def cards(self) -> list[Notice]:
        with self.store.reading() as session:
            return list(session.exec(select(Notice).where(Notice.kind == detectors.CARD).order_by(col(Notice.id))))


def stage_of(store: Store, workspace_id: int) -> Stage:
    begun = at(MON, 8)
    with store.transaction() as session:
        team = people.add_team(session, workspace_id, "Returns", timezone=ZONE, channel="C1", now=begun)
        for name, role in (("Mina", Role.LEAD), ("Teo", Role.AGENT)):
            member = people.add_member(session, workspace_id, name, slack_user_id=f"U{name}", now=begun)
            people.join_team(session, team, member, role, now=begun)
        lead, agent = (people.asker(session, workspace_id, f"U{name}", MON) for name in ("Mina", "Teo"))
    return Stage(store, team, lead, agent)
