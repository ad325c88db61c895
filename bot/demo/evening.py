"""What colleagues of the visitor's team escalated the day before, so that it stands when the visitor comes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time

import numpy as np
from sqlmodel import Session

from cspm_core import escalations, people
from cspm_core.escalations import Cause, Origin
from cspm_core.people import Asker

from . import days, world
from .lives import Lives
from .living import calendar_of
from .texts.troubles import PROMISED, SNOOZED, Trouble
from .world import RETURNS, Colleague

CENTRE = RETURNS
RAISED_AT, TAKEN_AT = time(15, 40), time(15, 47)
NOTED_AT, ASIDE_AT = time(16, 50), time(17, 5)
BACK_AT, PROMISED_AT = time(9, 15), time(11, 0)
"""On the first day: when what was put aside comes back, and until when a customer was promised something."""
Deed = Callable[[Session, datetime], None]


@dataclass
class Evening:
    """The day before `opens_at`, and what was raised in it."""

    workspace_id: int
    lives: Lives
    opens_at: datetime

    def deeds(self) -> list[tuple[datetime, Deed]]:
        """What is done when, in the order of time. Each is given a session and its instant."""
        calendar = calendar_of(CENTRE)
        before = calendar.local_day(days.eve(self.opens_at))
        told = ((RAISED_AT, self._raise), (TAKEN_AT, self._take), (NOTED_AT, self._note), (ASIDE_AT, self._put_aside))
        return [(calendar.at_local(before, at), deed) for at, deed in told]

    def _raise(self, session: Session, now: datetime) -> None:
        """With a promise to the customer for the next morning."""
        self._promised = self._escalate(session, PROMISED, "혜진", now, self._waiting(now), self._today(PROMISED_AT))

    def _take(self, session: Session, now: datetime) -> None:
        jonah = self._asker(session, world.agent(CENTRE, "Jonah"), now)
        escalations.acknowledge(session, self.workspace_id, self._promised, by=jonah, origin=Origin.BUTTON, now=now)

    def _note(self, session: Session, now: datetime) -> None:
        self._noted = self._escalate(session, SNOOZED, "Aaliyah", now, "", None)

    def _put_aside(self, session: Session, now: datetime) -> None:
        lead, until = self._asker(session, CENTRE.lead, now), self._today(BACK_AT)
        escalations.snooze(session, self.workspace_id, self._noted, until, by=lead, origin=Origin.FORM, now=now)

    def _today(self, at: time) -> datetime:
        calendar = calendar_of(CENTRE)
        return calendar.at_local(calendar.local_day(self.opens_at), at)

    def _escalate(
        self, session: Session, trouble: Trouble, by: str, now: datetime, key: str, due_at: datetime | None
    ) -> int:
        team = people.team_named(session, self.workspace_id, CENTRE.name)
        cause = Cause(
            "person",
            trouble.what,
            kind=trouble.kind,
            severity=trouble.severity,
            by=self._asker(session, world.agent(CENTRE, by), now).member_id,
            ticket_key=key,
            category=trouble.category,
            promise=trouble.promise,
            promise_due_at=due_at,
        )
        return escalations.raise_one(session, team, cause, now=now).escalation_id

    def _asker(self, session: Session, who: Colleague, now: datetime) -> Asker:
        return people.asker(session, self.workspace_id, world.slack_id(who), calendar_of(CENTRE).local_day(now))

    def _waiting(self, now: datetime) -> str:
        """The key of a ticket of that kind which waits and goes on waiting; empty where there is none."""
        from .texts import texts

        lives, at = self.lives, int(now.timestamp())
        category = [one.name for one in texts(CENTRE.language).categories].index(PROMISED.category)
        waits = (lives.category == category) & (lives.created < at - 3600) & (lives.dropped_as == 0)
        waits &= lives.solved > int(self._today(PROMISED_AT).timestamp())
        found = np.flatnonzero(waits & (lives.created > at - 30 * 86_400))
        return lives.key(int(found[0])) if len(found) else ""
