"""Shifts handed over: from whom to whom, with what, and whether somebody took them over."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from ..store import Row, Utc


class Handover(Row, table=True):
    """One shift handed over. Until somebody says "taken over", `next_at` is when the next one is told."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
        ForeignKeyConstraint(["workspace_id", "from_id"], ["member.workspace_id", "member.id"]),
        ForeignKeyConstraint(["workspace_id", "to_id"], ["member.workspace_id", "member.id"]),
        ForeignKeyConstraint(["workspace_id", "escalation_id"], ["escalation.workspace_id", "escalation.id"]),
        Index(
            "ix_handover_due",
            "workspace_id",
            "next_at",
            "id",
            sqlite_where=text("next_at IS NOT NULL"),
            postgresql_where=text("next_at IS NOT NULL"),
        ),
        Index("ix_handover_made", "workspace_id", "team_id", "made_at"),
    )

    team_id: int = Field(sa_type=BigInteger)
    key: str
    """What makes it one: the form it was written in."""
    from_id: int = Field(sa_type=BigInteger)
    to_id: int | None = Field(default=None, sa_type=BigInteger)
    """Null: the team's leads, since nobody follows."""
    happened: str = ""
    watch: str = ""
    snapshot: str
    """`rules.Snapshot` as JSON: what stood when it was handed over."""
    starts_at: datetime | None = Field(default=None, sa_type=Utc)
    """The next shift, as far as one is planned."""
    ends_at: datetime | None = Field(default=None, sa_type=Utc)
    gives_own: bool = False
    """The escalations of whoever hands over go to whoever takes over."""
    made_at: datetime = Field(sa_type=Utc)
    taken_at: datetime | None = Field(default=None, sa_type=Utc)
    taken_by: int | None = Field(default=None, sa_type=BigInteger)
    given: int = 0
    """How many escalations went along."""
    round: int = 0
    """How far it has climbed: nobody reminded yet, the next one, the leads, the manager, an escalation."""
    next_at: datetime | None = Field(default=None, sa_type=Utc)
    escalation_id: int | None = Field(default=None, sa_type=BigInteger)
    """What was raised since nobody took it over."""
