"""What every verb of people begins and ends with: reading under a lock, refusing what is over, telling what changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from .. import errors, people
from ..people import Team
from . import telling
from .changing import change, locked
from .rules import Status
from .tables import Escalation, EscalationEvent


@dataclass(frozen=True, slots=True)
class Done:
    """What a verb did. `first`: False where somebody had done it before; then `owner_id` and `at` say who and when."""

    escalation_id: int
    number: int
    first: bool
    owner_id: int | None = None
    at: datetime | None = None


def load(session: Session, workspace_id: int, escalation_id: int) -> tuple[Escalation, Team]:
    one = locked(session, workspace_id, escalation_id)
    return one, people.team(session, workspace_id, one.team_id)


def not_over(session: Session, one: Escalation) -> None:
    if one.status == Status.RESOLVED:
        by = people.member(session, one.workspace_id, one.resolved_by).name if one.resolved_by else ""
        raise errors.Over(one.number, by, one.resolved_at)


def told(session: Session, one: Escalation, event: EscalationEvent | None, now: datetime) -> None:
    telling.line(session, one, event, now=now)
    telling.redraw(session, one)


def open_anew(session: Session, one: Escalation, now: datetime) -> None:
    change(
        session,
        one,
        status=Status.OPEN.value,
        owner_id=None,
        acknowledged_at=None,
        acknowledged_until=None,
        asked_until=None,
        snoozed_until=None,
        step=0,
        round=one.round + 1,
        waits_for="",
        next_step_at=now,
    )
