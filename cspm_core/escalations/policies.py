"""What a team has agreed about its escalations: how each severity climbs, and the settings around it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, select
from sqlmodel.sql.expression import SelectOfScalar

from ..errors import Invalid
from ..ids import new_id
from ..once import the_one
from ..people import Team
from .rules import SEVERITIES, Policy, checked, default_policy
from .tables import EscalationPolicy, EscalationSettings

BOUNDS: Mapping[str, tuple[int, int]] = {
    "cap_per_hour": (1, 100),
    "reopen_within_h": (0, 24 * 90),
    "check_back_days": (1, 60),
}


def policy(session: Session, team: Team, severity: int) -> Policy:
    """How a team's escalations of a severity climb; the default where it has not said."""
    row = session.exec(_policy(team, severity)).first()
    return Policy.parse(row.policy) if row else default_policy(severity)


def policies(session: Session, team: Team) -> dict[int, Policy]:
    """The same for every severity."""
    return {severity: policy(session, team, severity) for severity in SEVERITIES}


def set_policy(session: Session, team: Team, severity: int, wanted: Policy, *, now: datetime) -> None:
    """From now on; what runs already climbs as it began. Raises Invalid."""
    if severity not in SEVERITIES:
        raise Invalid("severity", str(severity), "severity")
    told = checked(wanted).to_json()
    fresh = EscalationPolicy(
        workspace_id=team.workspace_id, id=new_id(now), team_id=team.id, severity=severity, policy=told
    )
    row = the_one(session, _policy(team, severity), fresh)
    row.policy = told
    session.add(row)
    session.flush()


def settings(session: Session, team: Team) -> EscalationSettings:
    """What the team has agreed, or the defaults (then the row is in no store)."""
    row = session.exec(_settings(team)).first()
    return row or EscalationSettings(workspace_id=team.workspace_id, id=0, team_id=team.id)


def change_settings(session: Session, team: Team, *, now: datetime, **wanted: Any) -> EscalationSettings:
    """Set `needs_reason`, `cap_per_hour`, `reopen_within_h` or `check_back_days`. Raises Invalid."""
    for name, (low, high) in BOUNDS.items():
        if name in wanted and not low <= int(wanted[name]) <= high:
            raise Invalid(name, str(wanted[name]), "bounds")
    fresh = EscalationSettings(workspace_id=team.workspace_id, id=new_id(now), team_id=team.id)
    row = the_one(session, _settings(team), fresh)
    for name, value in wanted.items():
        setattr(row, name, value)
    session.add(row)
    session.flush()
    return row


def _policy(team: Team, severity: int) -> SelectOfScalar[EscalationPolicy]:
    return select(EscalationPolicy).where(
        EscalationPolicy.workspace_id == team.workspace_id,
        EscalationPolicy.team_id == team.id,
        EscalationPolicy.severity == severity,
    )


def _settings(team: Team) -> SelectOfScalar[EscalationSettings]:
    return select(EscalationSettings).where(
        EscalationSettings.workspace_id == team.workspace_id, EscalationSettings.team_id == team.id
    )
