"""Taking a roster over: what a newer file says of a person, against what is known of them. Callers commit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, delete, select

from ..ids import new_id
from .activities import Kind, activity_key, kind_of
from .spans import Stretch
from .tables import Shift


@dataclass(frozen=True, slots=True)
class Plan:
    """One shift as a file says it."""

    starts_at: datetime
    ends_at: datetime
    activity: str

    @property
    def key(self) -> tuple[str, datetime]:
        return activity_key(self.activity), self.starts_at

    @property
    def is_duty(self) -> bool:
        return kind_of(activity_key(self.activity)) is Kind.DUTY


@dataclass(frozen=True, slots=True)
class Whose:
    """Whom a roster is about, and what kind of file it came from (csv or ics)."""

    workspace_id: int
    team_id: int
    member_id: int
    source: str


@dataclass(frozen=True)
class Compared:
    """What a file changes about one person's shifts."""

    whose: Whose
    new: tuple[Plan, ...]
    changed: tuple[tuple[Shift, Plan], ...]
    removed: tuple[Shift, ...]
    unchanged: int


def compare(
    session: Session, whose: Whose, plans: Iterable[Plan], covered: Stretch | None, covers: frozenset[bool]
) -> Compared:
    """The difference. What began in the stretch `covered` (None: nowhere) and is not in the file any more is removed:
    duty shifts where `covers` holds True, others where it holds False. Of two alike the longer counts."""
    wanted: dict[tuple[str, datetime], Plan] = {}
    for plan in plans:
        if plan.key not in wanted or wanted[plan.key].ends_at < plan.ends_at:
            wanted[plan.key] = plan
    known = {(row.activity_key, row.starts_at): row for row in _known(session, whose)}
    changed = [(known[key], plan) for key, plan in wanted.items() if key in known and _differs(known[key], plan)]
    gone = [
        row
        for key, row in known.items()
        if covered is not None
        and key not in wanted
        and covered[0] <= row.starts_at < covered[1]
        and (kind_of(row.activity_key) is Kind.DUTY) in covers
    ]
    new = tuple(plan for key, plan in wanted.items() if key not in known)
    return Compared(whose, new, tuple(changed), tuple(gone), len(wanted) - len(new) - len(changed))


def apply(session: Session, compared: Compared, *, now: datetime) -> None:
    """Write a difference down."""
    whose = compared.whose
    for row, plan in compared.changed:
        row.ends_at, row.activity = plan.ends_at, plan.activity
        session.add(row)
    if compared.removed:
        ids = [row.id for row in compared.removed]
        session.exec(delete(Shift).where(col(Shift.workspace_id) == whose.workspace_id, col(Shift.id).in_(ids)))
    session.flush()
    rows = [_row(whose, plan, now).model_dump() for plan in compared.new]
    if rows:
        insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
        session.connection().execute(insert(Shift).on_conflict_do_nothing(), rows)


def _known(session: Session, whose: Whose) -> list[Shift]:
    query = select(Shift).where(
        Shift.workspace_id == whose.workspace_id,
        Shift.team_id == whose.team_id,
        Shift.member_id == whose.member_id,
        Shift.source == whose.source,
    )
    return list(session.exec(query))


def _differs(row: Shift, plan: Plan) -> bool:
    return (row.ends_at, row.activity) != (plan.ends_at, plan.activity)


def _row(whose: Whose, plan: Plan, now: datetime) -> Shift:
    return Shift(
        workspace_id=whose.workspace_id,
        id=new_id(now),
        team_id=whose.team_id,
        member_id=whose.member_id,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        activity=plan.activity,
        activity_key=plan.key[0],
        source=whose.source,
    )
