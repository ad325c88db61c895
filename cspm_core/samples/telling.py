"""What reviewers hear of their picks: once as they are drawn, once on the day they are due, once when they are late.

Each message is about the first pick of a reviewer in a draw (`first_of`), and is drawn with what stands then.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, or_, select, update

from .. import duty, notices, people
from ..duty import Board
from ..people import Role, Team
from .rules import DAY, LAPSES_AFTER, Status
from .tables import QaDraw, QaPick

DRAWN, DUE, LATE, UNASSIGNED = "sample.drawn", "sample.due", "sample.late", "sample.unassigned"
OWN = (DRAWN, DUE, LATE)
AHEAD, BEFORE = timedelta(days=21), DAY


def of_draw(session: Session, team: Team, draw: QaDraw, *, now: datetime) -> None:
    """Every reviewer's queue, within their own working time; and to the leads, what nobody may review."""
    first = _firsts(session, team, draw.id)
    board = duty.board(session, team, now - BEFORE, now + AHEAD)
    for reviewer_id, pick_id in first.items():
        if reviewer_id is None:
            _tell_leads(session, team, draw, now)
        else:
            at = duty.moment_on(board, reviewer_id, now) or now
            _post(session, team, DRAWN, draw.id, reviewer_id, pick_id, now=now, due_at=at)


def _firsts(session: Session, team: Team, draw_id: int) -> dict[int | None, int]:
    rows = session.exec(
        select(QaPick.reviewer_id, func.min(col(QaPick.id)))
        .where(QaPick.workspace_id == team.workspace_id, QaPick.draw_id == draw_id)
        .group_by(col(QaPick.reviewer_id))
    ).all()
    return dict(rows)


def first_of(session: Session, pick: QaPick) -> int | None:
    """What the messages to a pick's reviewer about its draw are about; None: it has none."""
    if pick.reviewer_id is None:
        return None
    query = select(func.min(col(QaPick.id))).where(
        QaPick.workspace_id == pick.workspace_id,
        QaPick.draw_id == pick.draw_id,
        QaPick.reviewer_id == pick.reviewer_id,
    )
    return session.exec(query).one()


def changed(session: Session, pick: QaPick) -> None:
    """A pick is done, replaced or taken: what was said about it is shown again."""
    first = first_of(session, pick)
    if first is not None:
        notices.refresh(session, pick.workspace_id, OWN, first)
    notices.refresh(session, pick.workspace_id, UNASSIGNED, pick.draw_id)


def _post(
    session: Session,
    team: Team,
    kind: str,
    draw_id: int,
    member_id: int,
    subject_id: int,
    *,
    now: datetime,
    due_at: datetime | None = None,
) -> None:
    one = people.member(session, team.workspace_id, member_id)
    if one.slack_user_id:
        notices.post(
            session,
            team.workspace_id,
            key=f"{kind}:{draw_id}:{member_id}",
            kind=kind,
            subject_id=subject_id,
            team_id=team.id,
            place=one.slack_user_id,
            language=people.reader_language(session, one),
            now=now,
            due_at=due_at,
        )


def _tell_leads(session: Session, team: Team, draw: QaDraw, now: datetime) -> None:
    day = people.calendar_of(session, team).local_day(now)
    for lead in people.members_of(session, team, day, Role.LEAD):
        _post(session, team, UNASSIGNED, draw.id, lead.id, draw.id, now=now)


def to_remind(session: Session, now: datetime) -> list[tuple[int, int]]:
    """Workspace and team wherever something open comes near its due time, or is past it, and that was not said."""
    rows = session.exec(
        select(QaPick.workspace_id, QaPick.team_id)
        .where(
            col(QaPick.status) == Status.OPEN,
            col(QaPick.reviewer_id).is_not(None),
            col(QaPick.due_at) > now - LAPSES_AFTER,
            col(QaPick.due_at) < now + DAY,
            or_(col(QaPick.reminded_at).is_(None), col(QaPick.reminded_at) < col(QaPick.due_at)),
        )
        .distinct()
    ).all()
    return [(workspace_id, team_id) for workspace_id, team_id in rows]


def remind(session: Session, team: Team, *, now: datetime) -> int:
    """On the day itself, and once when late: each at a good moment of the reviewer's own; how many messages."""
    calendar = people.calendar_of(session, team)
    board = duty.board(session, team, now - LAPSES_AFTER - BEFORE, now + AHEAD)
    said = 0
    for draw_id, reviewer_id, due_at in _waiting(session, team, now):
        is_late = due_at <= now
        day = calendar.local_day(due_at - timedelta(seconds=1))
        since = due_at if is_late else calendar.opening(day) or calendar.midnight(day)
        if not _is_moment(board, reviewer_id, since, now):
            continue
        if _mark(session, team, draw_id, reviewer_id, due_at, is_late=is_late, now=now):
            first = _first(session, team, draw_id, reviewer_id)
            _post(session, team, LATE if is_late else DUE, draw_id, reviewer_id, first, now=now)
            said += 1
    return said


def _waiting(session: Session, team: Team, now: datetime) -> list[tuple[int, int, datetime]]:
    rows = session.exec(
        select(QaPick.draw_id, QaPick.reviewer_id, QaPick.due_at)
        .where(
            QaPick.workspace_id == team.workspace_id,
            QaPick.team_id == team.id,
            QaPick.status == Status.OPEN,
            col(QaPick.reviewer_id).is_not(None),
            col(QaPick.due_at) > now - LAPSES_AFTER,
            col(QaPick.due_at) < now + DAY,
        )
        .distinct()
        .order_by(col(QaPick.due_at), col(QaPick.draw_id), col(QaPick.reviewer_id))
    ).all()
    return [(draw_id, reviewer_id, due_at) for draw_id, reviewer_id, due_at in rows if reviewer_id is not None]


def _is_moment(board: Board, reviewer_id: int, since: datetime, now: datetime) -> bool:
    """Whether somebody may hear of it now: from `since` on, and at a good moment of their own."""
    return since <= now and duty.moment_on(board, reviewer_id, now) == now


def _mark(
    session: Session, team: Team, draw_id: int, reviewer_id: int, due_at: datetime, *, is_late: bool, now: datetime
) -> bool:
    """Once on the day, once when late; False where that was said."""
    never = col(QaPick.reminded_at).is_(None)
    unsaid = or_(never, col(QaPick.reminded_at) < col(QaPick.due_at)) if is_late else never
    marked = session.exec(
        update(QaPick)
        .where(
            col(QaPick.workspace_id) == team.workspace_id,
            col(QaPick.draw_id) == draw_id,
            col(QaPick.reviewer_id) == reviewer_id,
            col(QaPick.status) == Status.OPEN,
            col(QaPick.due_at) == due_at,
            unsaid,
        )
        .values(reminded_at=now)
        .execution_options(synchronize_session=False)
    )
    return marked.rowcount > 0


def _first(session: Session, team: Team, draw_id: int, reviewer_id: int) -> int:
    query = select(func.min(col(QaPick.id))).where(
        QaPick.workspace_id == team.workspace_id, QaPick.draw_id == draw_id, QaPick.reviewer_id == reviewer_id
    )
    return int(session.exec(query).one() or 0)
