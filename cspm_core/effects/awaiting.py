"""What the data suggests and waits for a lead, and performance talks in which somebody has not spoken yet."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session, col, or_, select

from .. import people
from ..coaching import suggesting
from ..coaching.tables import PerformanceTalk, Suggestion
from ..people import Asker
from ..waiting import Consequence, Waiting

OPEN_FOR = timedelta(days=21)
"""A performance talk waits so long for words."""
TODAY = timedelta(hours=25)


def awaiting(session: Session, workspace_id: int, asker: Asker, *, now: datetime) -> list[Waiting]:
    """Kinds: `suggestion` (facts: kind, member, and its own facts; without a date), and `performance_talk` (facts:
    other, is_lead, first_day, last_day) for who has written nothing yet."""
    if asker.member_id is None:
        return []
    found = [_suggestion(one) for one in suggesting.open_for(session, workspace_id, asker, now=now)]
    found += [_decided(session, workspace_id, one, now) for one in _decided_by(session, workspace_id, asker, now)]
    return found + [_talk(session, one, asker) for one in _talks(session, workspace_id, asker, now)]


def _suggestion(one: suggesting.Seen) -> Waiting:
    facts = {"kind": one.kind, "member": one.member, **one.facts}
    return Waiting("suggestion", one.id, one.team_id, Consequence.IDEA, None, facts)


def _decided_by(session: Session, workspace_id: int, asker: Asker, now: datetime) -> list[Suggestion]:
    return list(
        session.exec(
            select(Suggestion).where(
                Suggestion.workspace_id == workspace_id,
                Suggestion.decided_by == asker.member_id,
                Suggestion.status == "taken",
                col(Suggestion.decided_at) > now - TODAY,
            )
        )
    )


def _decided(session: Session, workspace_id: int, row: Suggestion, now: datetime) -> Waiting:
    member = people.member(session, workspace_id, row.member_id).name
    facts = {"kind": row.kind, "member": member, **row.facts}
    return Waiting("suggestion", row.id, row.team_id, Consequence.IDEA, None, facts, row.decided_at or now)


def _talks(session: Session, workspace_id: int, asker: Asker, now: datetime) -> list[PerformanceTalk]:
    rows = session.exec(
        select(PerformanceTalk).where(
            PerformanceTalk.workspace_id == workspace_id,
            or_(
                (col(PerformanceTalk.agent_id) == asker.member_id)
                & (col(PerformanceTalk.agent_words) == "")
                & col(PerformanceTalk.shared_at).is_not(None),
                (col(PerformanceTalk.lead_id) == asker.member_id) & (col(PerformanceTalk.lead_words) == ""),
            ),
            col(PerformanceTalk.at) > now - OPEN_FOR,
        )
    )
    return [one for one in rows if one.agent_id == asker.member_id or asker.coaches(one.team_id)]


def _talk(session: Session, row: PerformanceTalk, asker: Asker) -> Waiting:
    is_lead = asker.member_id == row.lead_id
    other = people.member(session, row.workspace_id, row.agent_id if is_lead else row.lead_id).name
    facts = {"other": other, "is_lead": is_lead, "first_day": row.first_day, "last_day": row.last_day}
    return Waiting("performance_talk", row.id, row.team_id, Consequence.PROMISED, row.at + OPEN_FOR, facts)
