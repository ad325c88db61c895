"""Which figures a detector watches, by whatever name somebody gave them."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from .. import kpi
from ..metrics import Cohort, Metric
from ..people import Team
from .rules import Kind, Settings


def metrics_of(session: Session, team: Team, settings: Settings) -> list[Metric]:
    """The figures that are watched; levels have no days to judge. Raises UnknownMetric."""
    every = kpi.catalogue_of(session, team, with_hidden=True)
    found = {one.key: one for one in (kpi.metric_named(name, every) for name in settings["figures"])}
    return [metric for metric in found.values() if metric.cohort is not Cohort.INSTANT]


def by_key(session: Session, team: Team, kind: Kind, settings: dict[str, Any]) -> dict[str, Any]:
    """Settings with the keys of their figures. Raises UnknownMetric."""
    if kind is not Kind.FIGURE:
        return settings
    every = kpi.catalogue_of(session, team, with_hidden=True)
    keys = dict.fromkeys(kpi.metric_named(name, every).key for name in settings["figures"])
    return {**settings, "figures": list(keys)}
