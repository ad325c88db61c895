"""Goals that somebody is asked to agree to."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from .. import people
from ..people import Asker
from ..waiting import Consequence, Waiting
from .reads import of_person


def awaiting(session: Session, workspace_id: int, asker: Asker, *, now: datetime) -> list[Waiting]:  # noqa: ARG001
    """Proposed to an asker, and not answered."""
    if asker.member_id is None:
        return []
    return [
        Waiting(
            "goal_to_agree",
            one.id,
            one.team_id,
            Consequence.COLLEAGUE,
            facts={"metric": one.metric, "by": people.member(session, workspace_id, one.proposed_by).name},
        )
        for one in of_person(session, workspace_id, asker.member_id, ("proposed",))
    ]
