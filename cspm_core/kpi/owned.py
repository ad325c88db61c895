"""The figures of a team: those of the catalogue and those it made itself, without those it does not want to see."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, delete, select

from .. import errors
from ..ids import new_id
from ..metrics import CATALOGUE, Metric, own
from ..once import the_one
from ..people import LANGUAGES, Team
from ..tickets import days
from .tables import MetricTarget, TeamMetric

QUALITY = tuple(sorted({guard for metric in CATALOGUE.values() for guard in metric.guards}))
USUAL_GUARDS = ("csat", "reopen_rate")
MOST = 20
"""So many figures of its own a team can have."""


def define(session: Session, team: Team, told: Any, *, by: str, now: datetime) -> Metric:
    """Make a figure of a team's own, or change it. Raises BadDefinition, Taken where the catalogue has that name."""
    made = _metric(told)
    assert made.own
    if made.key in NAMES:
        raise errors.Taken(made.key)
    if wrong := [language for language in made.own.names if language and language not in LANGUAGES]:
        raise errors.BadDefinition("name", wrong[0], "no_language", known=tuple(LANGUAGES))
    others = [metric for metric in own_metrics(session, team) if metric.key != made.key]
    if len(others) >= MOST:
        raise errors.BadDefinition("key", made.key, "too_many")
    kept = json.dumps(made.own.told, ensure_ascii=False, sort_keys=True)
    fresh = TeamMetric(
        workspace_id=team.workspace_id, id=new_id(now), team_id=team.id, key=made.key, definition=kept, made_at=now,
        made_by=by,
    )  # fmt: skip
    row = the_one(session, _of(team).where(TeamMetric.key == made.key), fresh)
    row.definition, row.made_at, row.made_by = kept, now, by
    session.add(row)
    session.flush()
    days.forget_figures(session, team.workspace_id, team.id, date.min)  # what was kept may be of another definition
    return made


def undefine(session: Session, team: Team, key: str) -> None:
    """Take a figure of a team's own away, and its target. Raises UnknownMetric."""
    known = {metric.key for metric in own_metrics(session, team)}
    if key not in known:
        near = difflib.get_close_matches(key, known, n=1)
        raise errors.UnknownMetric(key, near[0] if near else None, sorted(known))
    for table, name in ((TeamMetric, TeamMetric.key), (MetricTarget, MetricTarget.metric)):
        session.exec(
            delete(table).where(
                col(table.workspace_id) == team.workspace_id, col(table.team_id) == team.id, col(name) == key
            )
        )


def own_metrics(session: Session, team: Team) -> tuple[Metric, ...]:
    """The figures that a team made itself, by key."""
    rows = session.exec(_of(team).order_by(col(TeamMetric.key)))
    return tuple(_metric(json.loads(row.definition)) for row in rows)


def catalogue_of(session: Session, team: Team, *, with_hidden: bool = False) -> Mapping[str, Metric]:
    """Every figure that a team sees, in order: the catalogue's, then its own, without the hidden ones."""
    gone = frozenset[str]() if with_hidden else hidden(team)
    every = {**CATALOGUE, **{metric.key: metric for metric in own_metrics(session, team)}}
    return {key: metric for key, metric in every.items() if key not in gone}


def metric_of(session: Session, team: Team, key: str) -> Metric:
    """A metric by its key, also a hidden one: who asks for it by name gets it. Raises UnknownMetric."""
    if key in CATALOGUE:
        return CATALOGUE[key]
    found = {metric.key: metric for metric in own_metrics(session, team)}
    if key not in found:
        raise errors.UnknownMetric(key)
    return found[key]


def hidden(team: Team) -> frozenset[str]:
    """The keys of the figures that a team does not want to see."""
    return frozenset(filter(None, team.hidden_metrics.split(",")))


def hide(session: Session, team: Team, keys: frozenset[str], shown: frozenset[str] = frozenset()) -> None:
    """Hide some figures and show others again. Raises UnknownMetric, Guarded where a speed would stand alone."""
    every = {**CATALOGUE, **{metric.key: metric for metric in own_metrics(session, team)}}
    for key in (keys | shown) - every.keys():
        near = difflib.get_close_matches(key, every, n=1)
        raise errors.UnknownMetric(key, near[0] if near else None)
    gone = (hidden(team) & every.keys() | keys) - shown
    for metric in every.values():
        if metric.key not in gone and metric.guards and set(metric.guards) <= gone:
            raise errors.Guarded(metric.key, metric.guards)
    team.hidden_metrics = ",".join(key for key in every if key in gone)
    session.add(team)
    session.flush()


NAMES = {name for metric in CATALOGUE.values() for name in (metric.key, *metric.aliases)}


def _metric(told: Any) -> Metric:
    return own.metric(own.read(told, guards=QUALITY, usual_guards=USUAL_GUARDS))


def _of(team: Team) -> Any:
    return select(TeamMetric).where(TeamMetric.workspace_id == team.workspace_id, TeamMetric.team_id == team.id)
