"""Confidential notes to read, and plans to confirm."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from .. import people
from ..people import Asker
from ..waiting import Consequence, Waiting
from . import confiding, plans


def awaiting(session: Session, workspace_id: int, asker: Asker, *, now: datetime) -> list[Waiting]:  # noqa: ARG001
    """What was told to an asker in confidence, and plans that they have not confirmed."""
    if asker.member_id is None:
        return []
    notes = [
        Waiting(
            "confidential_note",
            one.id,
            0,
            Consequence.COLLEAGUE,
            one.talk_at,
            {"person": people.member(session, workspace_id, one.from_id).name},
        )
        for one in confiding.waiting(session, workspace_id, asker.member_id)
    ]
    mine = [
        Waiting(
            "plan_to_confirm",
            one.id,
            one.team_id,
            Consequence.COLLEAGUE,
            facts={"person": people.member(session, workspace_id, one.lead_id).name},
        )
        for one in plans.plans_of(session, workspace_id, asker.member_id)
        if one.agent_id == asker.member_id and one.agent_confirmed_at is None
    ]
    return notes + mine
