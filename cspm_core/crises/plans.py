"""A team's crisis plans by kind: kept, and found."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlmodel import Session, select
from sqlmodel.sql.expression import SelectOfScalar

from ..ids import new_id
from ..once import the_one
from ..people import Team
from . import rules
from .rules import KIND, Plan
from .tables import CrisisPlan


def plan(session: Session, team: Team, kind: str = KIND) -> Plan:
    """How a team meets a crisis of a kind; the ready plan where it has not said."""
    row = session.exec(_row(team, kind)).first()
    return of_row(row) if row else rules.ready_plan(kind)


def kept(session: Session, team: Team, kind: str = KIND) -> CrisisPlan | None:
    """The plan's row, with who approved it when; None: it is the ready one."""
    return session.exec(_row(team, kind)).first()


def plans(session: Session, team: Team) -> dict[str, Plan]:
    """The team's own plans by kind, and always one for `crisis`."""
    query = select(CrisisPlan).where(CrisisPlan.workspace_id == team.workspace_id, CrisisPlan.team_id == team.id)
    return {KIND: rules.ready_plan()} | {row.kind: of_row(row) for row in session.exec(query)}


def set_plan(session: Session, team: Team, wanted: Plan, *, by: str, now: datetime) -> None:
    """From now on; what runs already goes on as it began. `by`: the name of who approved it. Raises Invalid."""
    wanted = rules.checked(wanted)
    values: dict[str, Any] = {
        "name": wanted.name.strip(),
        "checklist": rules.to_json(wanted.checklist),
        "words": json.dumps({key: text.strip() for key, text in wanted.words.items() if text.strip()},
                            separators=(",", ":"), ensure_ascii=False),
        "update_every_s": wanted.update_every_s,
        "approved_by": by,
        "approved_at": now,
    }  # fmt: skip
    fresh = CrisisPlan(workspace_id=team.workspace_id, id=new_id(now), team_id=team.id, kind=wanted.kind, **values)
    row = the_one(session, _row(team, wanted.kind), fresh)
    for name, value in values.items():
        setattr(row, name, value)
    session.add(row)
    session.flush()


def of_row(row: CrisisPlan) -> Plan:
    return Plan(row.kind, row.name, rules.parse(row.checklist), json.loads(row.words), row.update_every_s)


def _row(team: Team, kind: str) -> SelectOfScalar[CrisisPlan]:
    return select(CrisisPlan).where(
        CrisisPlan.workspace_id == team.workspace_id, CrisisPlan.team_id == team.id, CrisisPlan.kind == kind
    )
