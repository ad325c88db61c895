"""A dropped file as its card shows it, and who may import what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_
from sqlmodel import Session, col, select

from .. import errors, people
from ..people import Asker, Role, Team
from .kinds import KINDS
from .rules import WROTE, Choice, Look, State, Told, seconds_left
from .tables import Upload


@dataclass(frozen=True, slots=True)
class Card:
    """Everything that is said about one file. `leads`: whom to pass it on to; `left_s`: None while nobody knows."""

    id: int
    name: str
    size: int
    state: State
    reason: str
    look: Look
    kind: str
    team: str
    timezone: str
    told: Told | None
    phase: str
    done_rows: int
    all_rows: int
    left_s: float | None
    leads: tuple[str, ...] = ()


def upload(session: Session, workspace_id: int, upload_id: int) -> Upload:
    """Raises Unknown."""
    row = session.get(Upload, (workspace_id, upload_id))
    if row is None:
        raise errors.Unknown(str(upload_id))
    return row


def card(session: Session, workspace_id: int, upload_id: int, *, now: datetime) -> Card:
    """Raises Unknown."""
    row = upload(session, workspace_id, upload_id)
    team, choice = people.team(session, workspace_id, row.team_id), Choice.parse(row.choice) if row.choice else None
    return Card(
        id=row.id,
        name=row.name,
        size=row.size,
        state=State(row.state),
        reason=row.reason,
        look=Look.parse(row.look),
        kind=choice.kind if choice else Look.parse(row.look).kind,
        team=team.name,
        timezone=team.timezone,
        told=Told.parse(row.report) if row.report else None,
        phase=row.phase,
        done_rows=row.done_rows,
        all_rows=row.all_rows,
        left_s=_left(row),
        leads=_leads(session, row, team, now) if row.state == State.DECLINED else (),
    )


def _left(row: Upload) -> float | None:
    if row.phase not in WROTE or row.phase_at is None or row.told_at is None:
        return None
    return seconds_left(row.done_rows, row.all_rows, (row.told_at - row.phase_at).total_seconds())


def _leads(session: Session, row: Upload, team: Team, now: datetime) -> tuple[str, ...]:
    """The leads of a team that the person is in."""
    asker = people.asker(session, row.workspace_id, row.slack_user, now.date())
    if team.id not in asker.team_ids:
        return ()
    return tuple(one.name for one in people.members_of(session, team, now.date(), Role.LEAD)[:3])


def may_import(asker: Asker) -> bool:
    """Whether somebody imports anything at all: admins, and whoever leads or manages a team."""
    return asker.everywhere is Role.ADMIN or any(asker.leads(team_id) for team_id in asker.team_ids)


def own_teams(session: Session, workspace_id: int, asker: Asker) -> list[Team]:
    """The teams into which somebody may import, by name."""
    return [one for one in people.teams(session, workspace_id) if asker.leads(one.id)]


def kinds_for(asker: Asker) -> tuple[str, ...]:
    """What somebody may import."""
    is_admin = asker.everywhere is Role.ADMIN
    return tuple(name for name, kind in KINDS.items() if is_admin or not kind.for_admins)


def wanting(
    session: Session, state: State, *, now: datetime, real_now: datetime, limit: int = 50
) -> Sequence[tuple[int, int]]:
    """(workspace_id, id) of files that somebody must look into (NEW) or import (IMPORTING), over all workspaces; the
    oldest first."""
    return session.exec(
        select(Upload.workspace_id, Upload.id)
        .where(
            col(Upload.state) == state,
            or_(col(Upload.claimed_until).is_(None), col(Upload.claimed_until) < real_now),
            or_(col(Upload.retry_at).is_(None), col(Upload.retry_at) <= now),
        )
        .order_by(col(Upload.id))
        .limit(limit)
    ).all()
