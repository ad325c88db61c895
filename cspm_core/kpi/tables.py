"""What a team aims for, metric by metric."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKeyConstraint, UniqueConstraint
from sqlmodel import Field

from ..store import Row


class MetricTarget(Row, table=True):
    """The value a team wants a metric at or better than (seconds, or a share between 0 and 1, or a count)."""

    __tablename__ = "metric_target"
    __table_args__ = (
        UniqueConstraint("workspace_id", "team_id", "metric"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
    )

    team_id: int = Field(sa_type=BigInteger)
    metric: str
    value: float
