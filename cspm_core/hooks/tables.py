"""The keys of other systems, and which of their requests were taken. No secret is stored: `rules` makes it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from ..store import Row, Utc


class HookKey(Row, table=True):
    """One system that may send. `generation` rises when its secret is renewed, which ends the one before."""

    __tablename__ = "hook_key"
    __table_args__ = (
        UniqueConstraint("workspace_id", "name_key"),
        ForeignKeyConstraint(["workspace_id", "workspace_id"], ["workspace.workspace_id", "workspace.id"]),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
    )

    name: str
    name_key: str
    """The name folded for comparison: unique."""
    team_id: int | None = Field(default=None, sa_type=BigInteger)
    """The team it speaks of where a request names none."""
    generation: int = 1
    created_at: datetime = Field(sa_type=Utc)
    last_used_at: datetime | None = Field(default=None, sa_type=Utc)
    """To the minute."""
    revoked_at: datetime | None = Field(default=None, sa_type=Utc)


class HookRequest(Row, table=True):
    """A request that was taken, with its answer: sent again it is answered the same and does nothing."""

    __tablename__ = "hook_request"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key_id", "hook", "request_key"),
        ForeignKeyConstraint(["workspace_id", "key_id"], ["hook_key.workspace_id", "hook_key.id"]),
        Index("ix_hook_request_at", "workspace_id", "at"),
    )

    key_id: int = Field(sa_type=BigInteger)
    hook: str
    """escalations or events."""
    request_key: str
    """The sender's own id of the request."""
    digest: str
    """SHA-256 of what was sent, so that another content under the same id is noticed."""
    answer: str = ""
    """What was answered, as JSON."""
    at: datetime = Field(sa_type=Utc)
