"""Which workspaces there are, and what their Slack can show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from .. import errors
from .tables import Workspace


def workspace(session: Session, slack_id: str | None = None) -> Workspace:
    """The workspace named by its Slack id, or the only one. Raises NoWorkspace, SeveralWorkspaces."""
    every = session.exec(select(Workspace)).all()
    chosen = [w for w in every if slack_id in (w.slack_id, w.name)] if slack_id else list(every)
    if len(chosen) > 1:
        raise errors.SeveralWorkspaces([w.slack_id or w.name or str(w.id) for w in chosen])
    if not chosen:
        raise errors.NoWorkspace
    return chosen[0]


def workspaces(session: Session) -> Sequence[Workspace]:
    """Every workspace in this database, oldest first."""
    return session.exec(select(Workspace).order_by(col(Workspace.id))).all()


def command_prefix(session: Session, workspace_id: int) -> str:
    """What stands before the commands' names in this workspace's Slack; empty: nothing, or none was heard yet."""
    found = session.get(Workspace, (workspace_id, workspace_id))
    return found.command_prefix if found else ""


def plain_blocks_since(session: Session, workspace_id: int) -> datetime | None:
    """Since when this workspace's Slack refuses the blocks of 2026; None: it takes them."""
    found = session.get(Workspace, (workspace_id, workspace_id))
    return found.plain_blocks_since if found else None
