"""What the figures are about, read as columns when one asks for it, and once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from sqlmodel import Session

from ..calls import frames as call_frames
from ..escalations import frames as escalation_frames
from ..events import frames as event_frames
from ..metrics import Calls, Columns, Contacts, Metric, Subject, Tickets
from ..metrics.contacts import contacts
from ..people import Team
from ..qa import frames as review_frames
from ..tickets import daybook

OURS = (Subject.ESCALATIONS, Subject.CHECK_BACKS)
"""What nobody's name stands on: of one person there are none."""
ESCALATED = (*OURS, Subject.ESCALATED)
"""What only teams have that escalate."""
REVIEWED = (Subject.REVIEWS, Subject.REVIEWED)
"""What only teams have whose work is reviewed."""
ASKED_FOR = (*ESCALATED, *REVIEWED)
"""What is read only where somebody asks for it."""
RECORDED = (*OURS, Subject.REVIEWS)
"""Our own record: complete to the last moment, whenever the last export was."""
CHANGING = (*OURS, *REVIEWED)
"""What is not kept by day: somebody may look at an old ticket again, or decide a dispute, at any time."""


@dataclass(slots=True)
class Reader:
    """Reads a team's tickets, calls, escalations and reviews for figures over windows within `since` … `as_of`.

    `agents`: only theirs. `tickets`: the whole team's, where they are read already.
    """

    session: Session
    team: Team
    since: datetime
    as_of: datetime
    agents: Sequence[int] | None = None
    tickets: Tickets | None = None
    _read: dict[tuple[Subject, datetime], Columns] = field(default_factory=dict)
    _theirs: dict[tuple[Subject, datetime, str], Columns] = field(default_factory=dict)

    def facts(self, of: Subject, at: datetime | None = None) -> Columns:
        """The columns of a subject. `at`: what is told of then; only of escalations it has to be read again."""
        key = (of, at or self.as_of) if of is Subject.ESCALATIONS else (of, self.as_of)
        if key not in self._read:
            self._read[key] = self._fresh(*key)
        return self._read[key]

    def of_metric(self, metric: Metric, at: datetime | None = None) -> Columns:
        """The columns that a metric reads: of one person only what is to their credit by that metric."""
        found = self.facts(metric.of, at)
        if self.agents is None:
            return found
        key = (metric.of, at or self.as_of, metric.credit)
        if key not in self._theirs:
            self._theirs[key] = found.where(self._is_theirs(metric, found))
        return self._theirs[key]

    def _is_theirs(self, metric: Metric, found: Columns) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        if metric.of in OURS:
            return np.zeros(len(found), dtype=bool)
        credited = metric.credit if hasattr(found, metric.credit) else "agent"
        return np.isin(getattr(found, credited), list(self.agents or ()))

    def _fresh(self, of: Subject, at: datetime) -> Columns:
        session, team = self.session, self.team
        match of:
            case Subject.ESCALATIONS:
                return escalation_frames.escalations(session, team, self.since, at)
            case Subject.CHECK_BACKS:
                return escalation_frames.check_backs(session, team, self.since, at)
            case Subject.ESCALATED:
                return escalation_frames.escalated(session, team, self.of_tickets(), at)
            case Subject.REVIEWS:
                return review_frames.reviews(session, team, self.since, self.as_of)
            case Subject.REVIEWED:
                return review_frames.reviewed(session, team, self.of_tickets(), self.as_of)
            case Subject.CALLS:
                return call_frames.calls(session, team, self.since, self.as_of)
            case Subject.CONTACTS:
                return self._contacts()
            case Subject.SPELLS:
                return event_frames.spells(session, team, self.since, self.as_of)
        return self.of_tickets()

    def _contacts(self) -> Contacts:
        """A call belongs to the ticket it names, also where that is too old or too new to be read with the others."""
        tickets, found = self.of_tickets(), self.facts(Subject.CALLS)
        assert isinstance(found, Calls)
        return contacts(tickets, found, call_frames.named(self.session, self.team, found, tickets))

    def of_tickets(self) -> Tickets:
        """The whole team's, also for one person: whether a customer came again is seen in everybody's tickets."""
        if self.tickets is None:
            self.tickets = daybook.tickets(self.session, self.team, self.since, self.as_of)
        return self.tickets
