"""What a team or a person wants to reach in a figure by a day."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index
from sqlmodel import Field

from ..store import Row, Utc


class Goal(Row, table=True):
    """One goal; it binds nobody before they agreed."""

    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
        ForeignKeyConstraint(["workspace_id", "member_id"], ["member.workspace_id", "member.id"]),
        ForeignKeyConstraint(["workspace_id", "owner_id"], ["member.workspace_id", "member.id"]),
        ForeignKeyConstraint(["workspace_id", "proposed_by"], ["member.workspace_id", "member.id"]),
        ForeignKeyConstraint(["workspace_id", "beside_id"], ["goal.workspace_id", "goal.id"]),
        Index("ix_goal_team", "workspace_id", "team_id", "status"),
        Index("ix_goal_member", "workspace_id", "member_id", "status"),
    )

    team_id: int = Field(sa_type=BigInteger)
    member_id: int | None = Field(default=None, sa_type=BigInteger)
    """Whom it binds; None: the team."""
    owner_id: int = Field(sa_type=BigInteger)
    """Who looks after it."""
    metric: str
    kind: str = "value"
    """`value`: to reach `target`; `better_by`: to get better by `target` (a share of the beginning for seconds and
    counts, a difference for what lies on a scale)."""
    target: float
    baseline: float | None = None
    """The figure over the four weeks before it began, where it is `better_by`."""
    starts_on: date
    ends_on: date
    proposed_by: int = Field(sa_type=BigInteger)
    proposed_at: datetime = Field(sa_type=Utc)
    agreed_at: datetime | None = Field(default=None, sa_type=Utc)
    status: str = "proposed"
    """proposed, agreed, declined, withdrawn, reached, not_reached, not_decidable."""
    beside_id: int | None = Field(default=None, sa_type=BigInteger)
    """The goal of quality that stands beside a goal of speed."""
    told_at: datetime | None = Field(default=None, sa_type=Utc)
    """Its end was said."""
