"""Who said whose name a name in the data is, and when: a guess is nobody's, a confirmation somebody's."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, text
from sqlmodel import Field

from ..store import Row, Utc


class NameMatch(Row, table=True):
    """A name in the data was said to be a person's, or nobody's here; until it was taken back it holds."""

    __tablename__ = "name_match"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "identity_id"], ["identity.workspace_id", "identity.id"]),
        ForeignKeyConstraint(["workspace_id", "member_id"], ["member.workspace_id", "member.id"]),
        ForeignKeyConstraint(["workspace_id", "by_id"], ["member.workspace_id", "member.id"]),
        ForeignKeyConstraint(["workspace_id", "undone_by"], ["member.workspace_id", "member.id"]),
        Index("ix_name_match_identity", "workspace_id", "identity_id"),
    )

    identity_id: int = Field(sa_type=BigInteger)
    member_id: int | None = Field(default=None, sa_type=BigInteger)
    """Whose name it is; null: nobody's of ours."""
    by_id: int | None = Field(default=None, sa_type=BigInteger)
    """Who said so; null: an operator at a terminal."""
    at: datetime = Field(sa_type=Utc)
    joined: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    """The teams (ids, comma separated) that the person became an agent of with it."""
    undone_at: datetime | None = Field(default=None, sa_type=Utc)
    undone_by: int | None = Field(default=None, sa_type=BigInteger)
