"""What the figures are about, read as columns when one asks for it, and once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from sqlmodel import Session

from ..escalations import frames as escalation_frames
from ..metrics import Columns, Subject, Tickets
from ..people import Team
from ..tickets import frames


@dataclass(slots=True)
class Reader:
    """Reads a team's tickets and escalations for figures over windows within `since` … `as_of`.

    `agents`: only theirs. Escalations are a team's: of one person's there are none. `tickets`: read already.
    """

    session: Session
    team: Team
    since: datetime
    as_of: datetime
    agents: Sequence[int] | None = None
    tickets: Tickets | None = None
    _read: dict[tuple[Subject, datetime], Columns] = field(default_factory=dict)

    def facts(self, of: Subject, at: datetime | None = None) -> Columns:
        """The columns of a subject. `at`: what is told of then; only of escalations it has to be read again."""
        key = (of, at or self.as_of) if of is Subject.ESCALATIONS else (of, self.as_of)
        if key not in self._read:
            self._read[key] = self._fresh(*key)
        return self._read[key]

    def _fresh(self, of: Subject, at: datetime) -> Columns:
        session, team = self.session, self.team
        match of:
            case Subject.ESCALATIONS:
                return self._of_team(escalation_frames.escalations(session, team, self.since, at))
            case Subject.CHECK_BACKS:
                return self._of_team(escalation_frames.check_backs(session, team, self.since, at))
            case Subject.ESCALATED:
                return escalation_frames.escalated(session, team, self._tickets(), at)
        return self._tickets()

    def _tickets(self) -> Tickets:
        if self.tickets is None:
            self.tickets = frames.tickets(self.session, self.team, self.since, self.as_of, agents=self.agents)
        return self.tickets

    def _of_team(self, found: Columns) -> Columns:
        return found if self.agents is None else found.where(np.zeros(len(found), dtype=bool))
