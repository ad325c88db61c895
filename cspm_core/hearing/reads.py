"""What was heard, and how far a trial has come."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, select

from .tables import Heard, Trial


def heard(session: Session, workspace_id: int) -> dict[str, datetime]:
    """When each kind of thing last came from Slack (to the hour), by `Heard.what`."""
    return dict(session.exec(select(Heard.what, Heard.at).where(Heard.workspace_id == workspace_id)).all())


def trial(session: Session, workspace_id: int, trial_id: int) -> Trial | None:
    """One trial."""
    return session.get(Trial, (workspace_id, trial_id))
