"""Writing down what came from Slack: a kind of thing, and what became of a trial by hand. Callers commit."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, update

from ..ids import new_id
from ..once import add_once
from .tables import Heard, Trial


def hear(session: Session, workspace_id: int, what: str, *, now: datetime) -> None:
    """A kind of thing came from Slack now (`Heard.what`); the latest is kept."""
    again = session.exec(
        update(Heard)
        .where(col(Heard.workspace_id) == workspace_id, col(Heard.what) == what, col(Heard.at) < now)
        .values(at=now)
    )
    if not again.rowcount:
        add_once(session, Heard(workspace_id=workspace_id, id=new_id(now), what=what, at=now))


def begin_trial(session: Session, workspace_id: int, *, now: datetime) -> Trial:
    """A trial that waits for a press from now on."""
    row = Trial(workspace_id=workspace_id, id=new_id(now), begun_at=now)
    session.add(row)
    session.flush()
    return row


def press(session: Session, workspace_id: int, trial_id: int, *, now: datetime) -> bool:
    """Somebody pressed the trial's button; False where there is no such trial, or it went the whole way already."""
    told = session.exec(
        update(Trial)
        .where(_this(workspace_id, trial_id), col(Trial.submitted_at).is_(None))
        .values(pressed_at=now, trouble="")
    )
    return told.rowcount == 1


def opened(session: Session, workspace_id: int, trial_id: int, *, now: datetime) -> None:
    """The press opened its modal."""
    session.exec(update(Trial).where(_this(workspace_id, trial_id)).values(opened_at=now, trouble=""))


def refused(session: Session, workspace_id: int, trial_id: int, code: str) -> None:
    """The press opened no modal, and this is Slack's error code; one that was opened before stays opened."""
    session.exec(
        update(Trial).where(_this(workspace_id, trial_id), col(Trial.opened_at).is_(None)).values(trouble=code)
    )


def submit(session: Session, workspace_id: int, trial_id: int, *, now: datetime) -> bool:
    """The modal was sent; False where it was sent before, or there is no such trial."""
    told = session.exec(
        update(Trial).where(_this(workspace_id, trial_id), col(Trial.submitted_at).is_(None)).values(submitted_at=now)
    )
    return told.rowcount == 1


def _this(workspace_id: int, trial_id: int) -> ColumnElement[bool]:
    return and_(col(Trial.workspace_id) == workspace_id, col(Trial.id) == trial_id)
