"""A team with a lead, a manager and agents, and a clock that moves its escalations on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlmodel import select

from cspm_core import escalations, people
from cspm_core.escalations import Cause, Deck, Escalation, EscalationEvent, Origin, Raised
from cspm_core.notices import Notice
from cspm_core.people import Asker, Member, Role, Team
from cspm_core.store import Store

WEDNESDAY = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)
"""Ten in the morning in New York."""
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@dataclass
class Desk:
    """`turn` lets the clock reach an instant, moving on whatever is due every minute on the way."""

    store: Store
    workspace_id: int
    now: datetime = WEDNESDAY
    quiet: dict[int, datetime] = field(default_factory=dict)
    cast: dict[str, Member] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.team = self.opens("Returns", channel="C0000001", hours="mon-fri 09:00-17:00")
        for name, role in (("Mina", Role.LEAD), ("Omar", Role.MANAGER), ("Ada", Role.AGENT), ("Teo", Role.AGENT)):
            self.joins(name, role)

    def opens(self, name: str, timezone: str = "America/New_York", **settings: Any) -> Team:
        with self.store.transaction() as session:
            return people.add_team(session, self.workspace_id, name, timezone=timezone, now=self.now, **settings)

    def joins(self, name: str, role: Role, team: Team | None = None, **facts: Any) -> Member:
        with self.store.transaction() as session:
            slack = facts.pop("slack_user_id", f"U{name.upper()}")
            one = self.cast.get(name) or people.add_member(
                session, self.workspace_id, name, slack_user_id=slack, now=self.now, **facts
            )
            self.cast[name] = one
            people.join_team(session, team or self.team, one, role, now=self.now, from_day=date(2026, 1, 1))
        return one

    def asker(self, name: str) -> Asker:
        with self.store.reading() as session:
            return people.asker(session, self.workspace_id, str(self.cast[name].slack_user_id), self.now.date())

    def raises(self, what: str = "The refund is three weeks late", *, team: Team | None = None, **facts: Any) -> Raised:
        with self.store.transaction() as session:
            given = {"source": "person", **facts}
            return escalations.raise_one(session, team or self.team, Cause(what=what, **given), now=self.now)

    def sweep(self) -> int:
        """Whatever is due now moves on; how many did."""
        with self.store.transaction() as session:
            deck = Deck(self.now, self.quiet)
            due = escalations.due(session, now=self.now)
            return escalations.move_on(session, [(one.workspace_id, one.id) for one in due], deck)

    def turn(self, **delta: float) -> None:
        self.turn_to(self.now + timedelta(**delta))

    def turn_to(self, at: datetime) -> None:
        self.sweep()
        while self.now < at:
            with self.store.reading() as session:
                clocks = session.exec(select(Escalation.next_at).where(Escalation.next_at != None)).all()  # noqa: E711
            self.now = min([at, *(max(clock, self.now + MINUTE / 60) for clock in clocks if clock)])
            self.sweep()

    def does(self, name: str, verb: Any, raised: Raised, *args: Any, **facts: Any) -> escalations.Done:
        """A person does something with it."""
        with self.store.transaction() as session:
            return verb(  # type: ignore[no-any-return]
                session,
                self.workspace_id,
                raised.escalation_id,
                *args,
                by=self.asker(name),
                origin=Origin.BUTTON,
                now=self.now,
                **facts,
            )

    def takes(self, name: str, raised: Raised) -> escalations.Done:
        return self.does(name, escalations.acknowledge, raised)

    def row(self, raised: Raised) -> Escalation:
        with self.store.reading() as session:
            return session.get_one(Escalation, (self.workspace_id, raised.escalation_id))

    def events(self, raised: Raised) -> list[EscalationEvent]:
        with self.store.reading() as session:
            query = select(EscalationEvent).where(EscalationEvent.escalation_id == raised.escalation_id)
            return sorted(session.exec(query), key=lambda one: (one.at, one.id))

    def kinds(self, raised: Raised) -> list[str]:
        return [one.kind for one in self.events(raised)]

    def notices(self, raised: Raised, kind: str = escalations.DIRECT) -> list[Notice]:
        with self.store.reading() as session:
            query = select(Notice).where(Notice.subject_id == raised.escalation_id, Notice.kind == kind)
            return sorted(session.exec(query), key=lambda one: one.id)

    def told(self, raised: Raised) -> list[str]:
        """Whom direct messages went to, in order, by name."""
        names = {one.slack_user_id: name for name, one in self.cast.items()}
        return [names[notice.place] for notice in self.notices(raised)]
