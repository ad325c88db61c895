"""Calls by name: what a list behind a figure shows of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlmodel import Session, col

from ..people import Identity, Team
from .tables import Call

AT_ONCE = 10_000  # databases limit how many values one statement takes


@dataclass(frozen=True, slots=True)
class CallListed:
    """One call as people know it. `agent`: who took it, as the source writes them; empty: nobody. Seconds."""

    id: int
    key: str
    agent: str
    customer: str
    queue: str
    topic: str
    language: str
    direction: str
    ticket: str
    """The key of the ticket it belongs to."""
    queued_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    is_answered: bool
    is_abandoned: bool
    is_resolved: bool | None
    talk_s: int | None
    hold_s: int | None
    wrap_s: int | None
    recording_url: str

    @property
    def wait_s(self) -> float | None:
        """How long the caller waited: to the answer, else to the end; None where nobody says."""
        end = self.answered_at if self.is_answered else self.ended_at
        return (end - self.queued_at).total_seconds() if end else None

    @property
    def handle_s(self) -> int | None:
        """Talk, hold and after-call work, as far as they are known; None where the talk is not."""
        return None if self.talk_s is None else self.talk_s + (self.hold_s or 0) + (self.wrap_s or 0)


def listed(session: Session, team: Team, ids: Sequence[int]) -> list[CallListed]:
    """The calls of these ids, in their order."""
    found = {row.id: row for row in _rows(session, team, ids)}
    return [found[one] for one in ids if one in found]


def _rows(session: Session, team: Team, ids: Sequence[int]) -> Iterator[CallListed]:
    call = Call
    query = select(
        col(call.id),
        col(call.key),
        func.coalesce(col(Identity.name), ""),
        col(call.customer),
        col(call.queue),
        col(call.topic),
        col(call.language),
        col(call.direction),
        col(call.ticket),
        col(call.queued_at),
        col(call.answered_at),
        col(call.ended_at),
        col(call.is_answered),
        col(call.is_abandoned),
        col(call.is_resolved),
        col(call.talk_s),
        col(call.hold_s),
        col(call.wrap_s),
        col(call.recording_url),
    ).outerjoin(
        Identity,
        and_(col(Identity.workspace_id) == col(call.workspace_id), col(Identity.id) == col(call.agent_id)),
    )
    for n in range(0, len(ids), AT_ONCE):
        chosen = col(call.workspace_id) == team.workspace_id, col(call.id).in_(ids[n : n + AT_ONCE])
        for row in session.execute(query.where(*chosen)):
            yield CallListed(*row)
