"""Setting what a team aims for. Callers commit."""

from __future__ import annotations

import math
from datetime import datetime

from sqlmodel import Session, col, delete, select

from .. import errors
from ..ids import new_id
from ..metrics import CATALOGUE, Better, Unit
from ..once import the_one
from ..people import Team
from .tables import MetricTarget


def set_target(session: Session, team: Team, key: str, value: float | None, now: datetime) -> None:
    """Aim for a value or better (seconds, a share between 0 and 1, a count); None: aim for nothing.

    Raises UnknownMetric, and Invalid for a metric without a better, or a value that it cannot have.
    """
    if key not in CATALOGUE:
        raise errors.UnknownMetric(key)
    metric = CATALOGUE[key]
    if metric.better is Better.NEITHER:
        raise errors.Invalid("metric", key, "no_direction")
    highest = 1.0 if metric.unit is Unit.SHARE else math.inf
    if value is not None and not (0 <= value <= highest and math.isfinite(value)):
        raise errors.Invalid("target", f"{value:g}", "out_of_range")
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
