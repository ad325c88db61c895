"""Making a workspace, claiming it, and remembering what its Slack can show. Callers commit."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select, update

from ..ids import new_id
from .tables import Workspace


def found_workspace(session: Session, *, now: datetime) -> Workspace:
    """The unclaimed workspace that a new database starts with; an existing one is left as it is."""
    existing = session.exec(select(Workspace)).first()
    if existing:
        return existing
    fresh = new_id(now)
    row = Workspace(workspace_id=fresh, id=fresh)
    session.add(row)
    session.flush()
    return row


def claim_workspace(session: Session, slack_id: str, name: str, *, now: datetime) -> Workspace:
    """The workspace of a Slack team: known already, or the unclaimed one, or a new one."""
    known = session.exec(select(Workspace).where(Workspace.slack_id == slack_id)).first()
    if known:
        return known
    unclaimed = session.exec(select(Workspace).where(col(Workspace.slack_id).is_(None))).first()
    if unclaimed is None:
        fresh = new_id(now)
        unclaimed = Workspace(workspace_id=fresh, id=fresh)
        session.add(unclaimed)
        session.flush()
    session.exec(
        update(Workspace)
        .where(col(Workspace.id) == unclaimed.id, col(Workspace.slack_id).is_(None))
        .values(slack_id=slack_id, name=name, claimed_at=now)
    )
    session.refresh(unclaimed)
    return unclaimed if unclaimed.slack_id == slack_id else claim_workspace(session, slack_id, name, now=now)


def remember_plain_blocks(session: Session, workspace_id: int, *, now: datetime) -> None:
    """This workspace's Slack refuses the blocks of 2026, as seen now."""
    session.exec(update(Workspace).where(col(Workspace.workspace_id) == workspace_id).values(plain_blocks_since=now))


def learn_command_prefix(session: Session, workspace_id: int, prefix: str) -> None:
    """What stands before the commands' names in this workspace's Slack, as the last command had it."""
    session.exec(
        update(Workspace)
        .where(col(Workspace.workspace_id) == workspace_id, col(Workspace.command_prefix) != prefix)
        .values(command_prefix=prefix)
    )
