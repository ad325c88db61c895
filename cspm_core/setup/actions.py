"""Beginning with a team, coming further with it, and ending. Callers commit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import case
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select, update

from .. import errors, first_days, people
from ..ids import new_id
from ..once import add_once
from ..people import Team, fold
from .rules import STEPS
from .tables import Setup


def begin(session: Session, workspace_id: int, name: str, *, by: int | None, now: datetime, **columns: Any) -> Team:
    """A new team, on its way to its first day. `columns` are those of `Team`, checked by the caller.

    `by` None: an operator adds it, ready as it is. Raises Taken.
    """
    team = people.add_team(session, workspace_id, name, now=now, **columns)
    row = Setup(workspace_id=workspace_id, id=new_id(now), team_id=team.id, begun_by=by, begun_at=now)
    if by is None:
        row.steps_done, row.done_at = ",".join(STEPS), now
    add_once(session, row)
    first_days.expect(session, team, now=now)
    return team


def reach(session: Session, team: Team, step: str) -> None:
    """A step was done. Two people may do two steps at the same time: neither takes the other's away."""
    said = col(Setup.steps_done)
    session.exec(
        update(Setup)
        .where(
            col(Setup.workspace_id) == team.workspace_id,
            col(Setup.team_id) == team.id,
            ("," + said + ",").not_like(f"%,{step},%"),
        )
        .values(steps_done=case((said == "", step), else_=said + f",{step}"))
        .execution_options(synchronize_session=False)
    )


def finish(session: Session, team: Team, *, now: datetime) -> bool:
    """The setup is at its end; False where it was already, or there was none."""
    reach(session, team, STEPS[-1])
    ended = session.exec(
        update(Setup)
        .where(
            col(Setup.workspace_id) == team.workspace_id,
            col(Setup.team_id) == team.id,
            col(Setup.done_at).is_(None),
        )
        .values(done_at=now)
        .execution_options(synchronize_session=False)
    )
    return bool(ended.rowcount)


def held(session: Session, workspace_id: int, team_id: int) -> Team:
    """One team, which nobody else changes before the caller commits. Raises UnknownTeam."""
    query = select(Team).where(Team.workspace_id == workspace_id, Team.id == team_id).with_for_update()
    found = session.exec(query.execution_options(populate_existing=True)).first()
    if found is None:
        raise errors.UnknownTeam(str(team_id))
    return found


def rename(session: Session, team: Team, name: str) -> None:
    """Give a team another name. Raises Taken."""
    written = " ".join(name.split())
    if written == team.name:
        return
    try:
        with session.begin_nested():
            people.change_team(session, team, name=written, name_key=fold(written))
    except IntegrityError:
        session.refresh(team)
        raise errors.Taken(people.team_named(session, team.workspace_id, written).name) from None
