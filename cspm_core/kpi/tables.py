"""What a team aims for, the figures it made itself, and figures by day that nothing changes any more."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKeyConstraint, UniqueConstraint
from sqlmodel import Field

from ..store import Row, Utc


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


class TeamMetric(Row, table=True):
    """A figure that a team defined itself from facts and filters: a share or a duration. No code."""

    __tablename__ = "team_metric"
    __table_args__ = (
        UniqueConstraint("workspace_id", "team_id", "key"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
    )

    team_id: int = Field(sa_type=BigInteger)
    key: str
    definition: str
    """JSON, as `metrics.own` reads it."""
    made_at: datetime = Field(sa_type=Utc)
    made_by: str


class FigureDay(Row, table=True):
    """A team's figures of one local day, told as of an instant from which on they stay the same.

    Deleted in the transaction that changes a ticket of that day; a day without a row is worked out when it is asked.
    """

    __tablename__ = "figure_day"
    __table_args__ = (
        UniqueConstraint("workspace_id", "team_id", "day"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
    )

    team_id: int = Field(sa_type=BigInteger)
    day: date
    as_of: datetime = Field(sa_type=Utc)
    """The figures hold for every later instant too, while the day's facts stand."""
    counted_for: str
    """Which settings of the team they were counted with."""
    is_whole: bool
    """Whether all figures stand still by then; the others are worked out when they are asked."""
    figures: str
    """JSON: metric -> [value, numerator, denominator, n]."""
