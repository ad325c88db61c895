"""How far somebody has come with setting a team up."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKeyConstraint, UniqueConstraint, text
from sqlmodel import Field

from ..store import Row, Utc


class Setup(Row, table=True):
    """One a team: which steps were done. What was said in them stands in the team itself, so that nothing is lost."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "team_id"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
        ForeignKeyConstraint(["workspace_id", "begun_by"], ["member.workspace_id", "member.id"]),
    )

    team_id: int = Field(sa_type=BigInteger)
    begun_by: int | None = Field(default=None, sa_type=BigInteger)
    """Who began it in Slack; None: an operator."""
    begun_at: datetime = Field(sa_type=Utc)
    steps_done: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    """Keys of steps, comma separated."""
    done_at: datetime | None = Field(default=None, sa_type=Utc)
