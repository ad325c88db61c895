"""What a team's detectors are set to, and setting them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, select
from sqlmodel.sql.expression import SelectOfScalar

from .. import people, tickets
from ..errors import Invalid, NotForYou
from ..ids import new_id
from ..once import the_one
from ..people import Asker, Role, Team
from . import rules
from .rules import Kind, Settings
from .tables import Detector, Watch
from .watched import by_key


@dataclass(frozen=True, slots=True)
class Chosen:
    """One detector as it stands. `since_at`: only what comes true later is alarmed about; None: nothing yet."""

    kind: Kind
    settings: dict[str, Any]
    is_on: bool
    since_at: datetime | None
    saved_at: datetime | None = None
    saved_by: int | None = None


def chosen(session: Session, team: Team) -> dict[Kind, Chosen]:
    """Every detector of a team, set by somebody or as it is at first."""
    rows = session.exec(select(Detector).where(Detector.workspace_id == team.workspace_id, Detector.team_id == team.id))
    began = watch_of(session, team).began_at
    found = {kind: Chosen(kind, rules.defaults(kind), kind in rules.ON_AT_FIRST, began) for kind in rules.KINDS}
    for row in rows:
        kind = Kind(row.kind)
        kept = {**rules.defaults(kind), **json.loads(row.settings)}
        found[kind] = Chosen(kind, kept, row.is_on, row.since_at, row.saved_at, row.saved_by)
    return found


def watch_of(session: Session, team: Team) -> Watch:
    """How far the team's detectors have looked; before they first did, a row that is in no store."""
    return session.exec(_watch(team)).first() or Watch(workspace_id=team.workspace_id, id=0, team_id=team.id)


def watch_row(session: Session, team: Team, *, now: datetime) -> Watch:
    """The same, in the store."""
    return the_one(session, _watch(team), Watch(workspace_id=team.workspace_id, id=new_id(now), team_id=team.id))


def _watch(team: Team) -> SelectOfScalar[Watch]:
    return select(Watch).where(Watch.workspace_id == team.workspace_id, Watch.team_id == team.id)


def may_choose(session: Session, team: Team, asker: Asker | None, *, now: datetime) -> None:
    """Only leads of the team and admins set detectors; an operator (None) may. Raises NotForYou."""
    if asker is not None and not asker.leads(team.id):
        raise NotForYou([lead.name for lead in people.members_of(session, team, now.date(), Role.LEAD)])


def save(
    session: Session, team: Team, kind: Kind, wanted: Settings, is_on: bool, *, by: Asker | None, now: datetime
) -> Chosen:
    """Set a detector; it alarms about what comes true from now on. Raises Invalid, UnknownMetric and NotForYou."""
    may_choose(session, team, by, now=now)
    kept = by_key(session, team, kind, rules.checked(kind, wanted))
    query = select(Detector).where(
        Detector.workspace_id == team.workspace_id, Detector.team_id == team.id, Detector.kind == kind.value
    )
    fresh = Detector(
        workspace_id=team.workspace_id, id=new_id(now), team_id=team.id, kind=kind.value, since_at=now, saved_at=now
    )
    row = the_one(session, query, fresh)
    reach = tickets.complete_until(session, team, now)
    row.settings, row.is_on, row.saved_at = rules.told(kept), is_on, now
    row.since_at = min(now, reach) if reach else now
    row.saved_by = by.member_id if by else None
    session.add(row)
    session.flush()
    return Chosen(kind, kept, is_on, row.since_at, now, row.saved_by)


def allow_age(session: Session, team: Team, minutes: int, *, by: Asker | None, now: datetime) -> None:
    """How many working minutes old the data may be before the detectors pause. Raises Invalid and NotForYou."""
    may_choose(session, team, by, now=now)
    low, high = rules.DATA_AGE
    if not low <= minutes <= high:
        raise Invalid("data_age_minutes", str(minutes), "bounds")
    row = watch_row(session, team, now=now)
    row.data_age_minutes, row.next_at = minutes, now
    session.add(row)
    session.flush()
