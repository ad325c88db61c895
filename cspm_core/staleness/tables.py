"""Who was reminded that a team's data has become too old."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKeyConstraint, UniqueConstraint, false
from sqlmodel import Field

from ..store import Row, Utc


class StaleReminder(Row, table=True):
    """One for each end at which a team's data stood still: whoever exports is told once."""

    __tablename__ = "stale_reminder"
    __table_args__ = (
        UniqueConstraint("workspace_id", "team_id", "as_of"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
        ForeignKeyConstraint(["workspace_id", "member_id"], ["member.workspace_id", "member.id"]),
    )

    team_id: int = Field(sa_type=BigInteger)
    as_of: datetime = Field(sa_type=Utc)
    """Where the data ended."""
    member_id: int = Field(sa_type=BigInteger)
    at: datetime = Field(sa_type=Utc)
    is_over: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """Newer data came: the message says so."""
