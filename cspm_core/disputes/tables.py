"""An agent's objection to a review, and how it was decided."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, BigInteger, ForeignKeyConstraint, Index, UniqueConstraint, false, text
from sqlmodel import Field

from ..store import Row, Utc


class Dispute(Row, table=True):
    """One of a review, for good: what was decided stands."""

    __tablename__ = "qa_dispute"
    __table_args__ = (
        UniqueConstraint("workspace_id", "review_id"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
        ForeignKeyConstraint(["workspace_id", "review_id"], ["qa_review.workspace_id", "qa_review.id"]),
        ForeignKeyConstraint(["workspace_id", "by_id"], ["member.workspace_id", "member.id"]),
        ForeignKeyConstraint(["workspace_id", "decided_by"], ["member.workspace_id", "member.id"]),
        Index(
            "ix_qa_dispute_due",
            "workspace_id",
            "next_at",
            sqlite_where=text("next_at IS NOT NULL"),
            postgresql_where=text("next_at IS NOT NULL"),
        ),
    )

    team_id: int = Field(sa_type=BigInteger)
    review_id: int = Field(sa_type=BigInteger)
    by_id: int = Field(sa_type=BigInteger)
    """The agent."""
    at: datetime = Field(sa_type=Utc)
    comment: str
    is_not_mine: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """“Not my ticket”."""
    proposed: dict[str, float] = Field(default_factory=dict, sa_type=JSON)
    """The score that the agent proposes, by criterion."""
    step: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """With whom it lies: 0 the reviewer, 1 the team's leads, 2 its manager."""
    next_at: datetime | None = Field(default=None, sa_type=Utc)
    """When somebody is reminded, or it climbs; null: decided."""
    reminded_at: datetime | None = Field(default=None, sa_type=Utc)
    status: str = "open"
    """open, accepted, accepted_in_part, rejected."""
    decided_by: int | None = Field(default=None, sa_type=BigInteger)
    decided_at: datetime | None = Field(default=None, sa_type=Utc)
    reason: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
