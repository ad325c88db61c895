"""Who has opened the tour, and how far they are."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKeyConstraint, UniqueConstraint, text
from sqlmodel import Field

from ..store import Row, Utc


class Tour(Row, table=True):
    """One person's way through the tour of one role. Others only ever see how many have opened it."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "member_id", "role"),
        ForeignKeyConstraint(["workspace_id", "member_id"], ["member.workspace_id", "member.id"]),
    )

    member_id: int = Field(sa_type=BigInteger)
    role: str
    step: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    """The key of the step that was seen last."""
    opened_at: datetime = Field(sa_type=Utc)
    done_at: datetime | None = Field(default=None, sa_type=Utc)
    seen_at: datetime | None = Field(default=None, sa_type=Utc)
    """When it was on the screen last; `opened_at` is the first time. None: not since we remember that."""
