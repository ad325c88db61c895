"""Setups that were begun and left: for the admins, and for whoever began and may go on, to bring to their end."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from ..people import Asker, Role
from ..waiting import Consequence, Waiting
from .reads import unfinished
from .rules import STEPS, done
from .tables import Setup

SETUP = "setup_to_finish"


def awaiting(session: Session, workspace_id: int, asker: Asker, *, now: datetime) -> list[Waiting]:  # noqa: ARG001
    """Kind `setup_to_finish`, one for each team; its facts: the `team`, and how many steps are `done` `of` all."""
    return [
        Waiting(SETUP, team.id, team.id, Consequence.WORK, facts={
            "team": team.name, "done": len(done(row.steps_done)), "of": len(STEPS)})
        for row, team in unfinished(session, workspace_id)
        if _goes_on(row, asker)
    ]  # fmt: skip


def _goes_on(row: Setup, asker: Asker) -> bool:
    """Whoever began it goes on as long as they lead or manage the team."""
    began = asker.member_id is not None and row.begun_by == asker.member_id
    return asker.everywhere is Role.ADMIN or (began and asker.leads(row.team_id))
