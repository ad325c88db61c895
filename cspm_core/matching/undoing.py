"""Taking back what was said of a name: it was wrong, and what came with it goes. Callers commit."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, delete, select, update

from .. import errors, people
from ..ids import first_id
from ..people import Identity, Membership, Role
from .actions import ALWAYS, is_, refresh
from .tables import NameMatch
from .work import has_work


def undo(session: Session, workspace_id: int, match_id: int, *, by: int | None, now: datetime) -> NameMatch:
    """Take back what was said of a name: it is nobody's again, and who became an agent with it is none any more.

    Raises Changed where it was taken back before, or the name is another's by now.
    """
    taken = session.exec(
        update(NameMatch)
        .where(
            col(NameMatch.workspace_id) == workspace_id,
            col(NameMatch.id) == match_id,
            col(NameMatch.undone_at).is_(None),
        )
        .values(undone_at=now, undone_by=by)
    )
    if taken.rowcount != 1:
        raise errors.Changed
    row = session.get_one(NameMatch, (workspace_id, match_id), populate_existing=True)
    _free(session, row)
    _leave(session, row)
    return row


def _free(session: Session, row: NameMatch) -> None:
    """The name is open again. Raises Changed where it is another's by now."""
    freed = session.exec(
        update(Identity)
        .where(
            col(Identity.workspace_id) == row.workspace_id,
            col(Identity.id) == row.identity_id,
            is_(Identity.member_id, row.member_id),
        )
        .values(member_id=None, is_nobody=False)
    )
    if freed.rowcount != 1:
        raise errors.Changed
    refresh(session, row.workspace_id, row.identity_id)


def _leave(session: Session, row: NameMatch) -> None:
    """What was wrong never was: a place that came with a name goes, unless another of their names has work there too,
    or somebody has changed the place since."""
    if row.member_id is None:
        return
    others = people.identities_of(session, row.workspace_id, row.member_id)
    came = select(NameMatch).where(NameMatch.workspace_id == row.workspace_id, is_(NameMatch.member_id, row.member_id))
    for said in session.exec(came).all():
        for team_id in (int(one) for one in said.joined.split(",") if one):
            if not any(has_work(session, row.workspace_id, other, team_id) for other in others):
                _give_up(session, said, team_id)


def _give_up(session: Session, said: NameMatch, team_id: int) -> None:
    """The very place that came with a saying, as its id tells: none that somebody was given since."""
    session.exec(
        delete(Membership).where(
            col(Membership.workspace_id) == said.workspace_id,
            col(Membership.team_id) == team_id,
            col(Membership.member_id) == said.member_id,
            col(Membership.role) == Role.AGENT,
            col(Membership.from_day) == ALWAYS,
            col(Membership.to_day).is_(None),
            col(Membership.id).between(first_id(said.at), said.id),
        )
    )
