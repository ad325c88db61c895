"""Who was welcomed, what they were told about each of their teams, and what they said was wrong."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from ..store import Row, Utc


class Welcome(Row, table=True):
    """An agent was told, once in their life here, what is kept about them, who sees it, and how to object."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "member_id"),
        ForeignKeyConstraint(["workspace_id", "member_id"], ["member.workspace_id", "member.id"]),
    )

    member_id: int = Field(sa_type=BigInteger)
    at: datetime = Field(sa_type=Utc)


class ToldLevel(Row, table=True):
    """What a welcomed agent was told last about one of their teams: who may see figures about them there."""

    __tablename__ = "told_level"
    __table_args__ = (
        UniqueConstraint("workspace_id", "member_id", "team_id"),
        ForeignKeyConstraint(["workspace_id", "member_id"], ["member.workspace_id", "member.id"]),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
    )

    member_id: int = Field(sa_type=BigInteger)
    team_id: int = Field(sa_type=BigInteger)
    level: str
    changes: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    """How often it was another since they were told first."""


class Objection(Row, table=True):
    """Somebody wrote that something about them is wrong; the team's leads were told."""

    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "member_id"], ["member.workspace_id", "member.id"]),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
        Index(None, "workspace_id", "member_id"),
    )

    member_id: int = Field(sa_type=BigInteger)
    team_id: int = Field(sa_type=BigInteger)
    words: str
    at: datetime = Field(sa_type=Utc)
