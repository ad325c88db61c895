"""What people were told about who looked at what concerns them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, ForeignKeyConstraint, UniqueConstraint
from sqlmodel import Field

from ..store import Row


class LookSummary(Row, table=True):
    """A week's looks at one person, told once."""

    __tablename__ = "look_summary"
    __table_args__ = (
        UniqueConstraint("workspace_id", "member_id", "week"),
        ForeignKeyConstraint(["workspace_id", "member_id"], ["member.workspace_id", "member.id"]),
    )

    member_id: int = Field(sa_type=BigInteger)
    week: date
    """The Monday of the person's own week."""
