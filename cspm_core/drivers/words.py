"""What a value of a dimension is called: as one of its own tickets says it."""

from __future__ import annotations

from sqlmodel import Session, col, select

from ..calls.tables import Call
from ..metrics import UNKNOWN, Columns, Reviews
from ..people import Identity, Member, Team
from ..tickets import Ticket
from .rules import HOURS, Dimension

OF_CALLS = {Dimension.CATEGORY: "topic"}
CALLED = "phone"
"""The channel of a call, which no call says of itself."""


def word_of(session: Session, team: Team, dimension: Dimension, code: int, facts: Columns, row: int) -> str:
    """The word of a code, read from the ticket or call of a row that has it; empty where there is none."""
    if dimension is Dimension.HOUR:
        return HOURS[code - 1]
    if code <= 0:
        return ""
    if dimension is Dimension.AGENT:
        return _name(session, team, code)
    is_call, own_id = _contact(facts, row)
    found = session.get(Call if is_call else Ticket, (team.workspace_id, own_id))
    if found is None:
        return ""
    return str(getattr(found, OF_CALLS.get(dimension, dimension) if is_call else dimension, CALLED))


def _contact(facts: Columns, row: int) -> tuple[bool, int]:
    """Whether a row is about a call, and the id of the call or the ticket."""
    if isinstance(facts, Reviews):
        is_call = bool(facts.ticket[row] == UNKNOWN)
        return is_call, int((facts.call if is_call else facts.ticket)[row])
    calls = getattr(facts, "is_call", None)
    return hasattr(facts, "queued") if calls is None else bool(calls[row]), int(facts.id[row])


def _name(session: Session, team: Team, identity_id: int) -> str:
    query = (
        select(Identity.name, Member.name)
        .join(
            Member,
            (col(Member.workspace_id) == Identity.workspace_id) & (col(Member.id) == Identity.member_id),
            isouter=True,
        )
        .where(Identity.workspace_id == team.workspace_id, Identity.id == identity_id)
    )
    row = session.exec(query).first()
    return (row[1] or row[0]) if row else ""
