"""Setting what a team aims for. Callers commit."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, delete, select

from .. import errors
from ..ids import new_id
from ..metrics import Better, Metric, Unit
from ..once import the_one
from ..people import Team
from .owned import metric_of
from .tables import MetricTarget

LIMITS: Mapping[Unit, tuple[float, float]] = {
    Unit.SHARE: (0.0, 1.0),
    Unit.POINTS: (-100.0, 100.0),
    Unit.SCORE: (1.0, 7.0),
    Unit.OF_100: (0.0, 100.0),
}
"""What values a figure can have at all; the others are 0 or more."""


def check_target(metric: Metric, value: float | None) -> None:
    """Whether a metric can have a target of that value. Raises Invalid."""
    if metric.better is Better.NEITHER:
        raise errors.Invalid("metric", metric.key, "no_direction")
    lowest, highest = LIMITS.get(metric.unit, (0.0, math.inf))
    if value is not None and not (lowest <= value <= highest and math.isfinite(value)):
        raise errors.Invalid("target", f"{value:g}", "out_of_range")


def set_target(session: Session, team: Team, key: str, value: float | None, now: datetime) -> None:
    """Aim for a value or better (seconds, a share between 0 and 1, a count …); None: aim for nothing.

    A target has the clock of its figure: one in working hours is one of `first_response_business`. Raises
    UnknownMetric, and Invalid for a metric without a better, or a value that it cannot have.
    """
    metric = metric_of(session, team, key)
    check_target(metric, value)
    known = (
        col(MetricTarget.workspace_id) == team.workspace_id,
        col(MetricTarget.team_id) == team.id,
        col(MetricTarget.metric) == key,
    )
    if value is None:
        session.exec(delete(MetricTarget).where(*known))
        return
    fresh = MetricTarget(workspace_id=team.workspace_id, id=new_id(now), team_id=team.id, metric=key, value=value)
    row = the_one(session, select(MetricTarget).where(*known), fresh)
    row.value = value
    session.add(row)
    session.flush()
