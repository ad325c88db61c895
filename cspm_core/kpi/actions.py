"""Setting what a team aims for. Callers commit."""

from __future__ import annotations

import math
from datetime import datetime

from sqlmodel import Session, select

from .. import errors
from ..ids import new_id
from ..metrics import CATALOGUE, Better, Unit
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
    row = session.exec(
        select(MetricTarget).where(
            MetricTarget.workspace_id == team.workspace_id, MetricTarget.team_id == team.id, MetricTarget.metric == key
        )
    ).first()
    if value is None:
        if row is not None:
            session.delete(row)
    else:
        row = row or MetricTarget(
            workspace_id=team.workspace_id, id=new_id(now), team_id=team.id, metric=key, value=value
        )
        row.value = value
        session.add(row)
    session.flush()
