"""With whom a dispute lies: the reviewer, then the team's leads, then its manager. It reminds, then climbs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from .. import duty, people, qa
from ..people import Member, Role, Team, calendar_of
from ..qa.tables import QaReview
from . import deciding, telling, windows
from .rules import LEADS, MANAGER, REVIEWER, STUCK_DAYS, Status
from .tables import Dispute


def begin(session: Session, team: Team, dispute: Dispute, review: QaReview, *, now: datetime) -> None:
    """Put a new dispute to the first who can decide; where there is nobody, it is looked for somebody each day."""
    first = _following(session, team, dispute, review, REVIEWER, now)
    _put(session, team, dispute, review, *(first or (REVIEWER, [])), now)


def due(session: Session, *, now: datetime, limit: int = 100) -> Sequence[tuple[int, int]]:
    """(workspace_id, dispute id) of what a deadline has reached, workspace by workspace, the longest due first."""
    found: list[tuple[int, int]] = []
    for workspace in people.workspaces(session):
        query = select(Dispute.workspace_id, Dispute.id).where(
            Dispute.workspace_id == workspace.id, col(Dispute.next_at) <= now
        )
        found += session.exec(query.order_by(col(Dispute.next_at), col(Dispute.id)).limit(limit)).all()
    return found


def move_on(session: Session, workspace_id: int, dispute_id: int, *, now: datetime) -> bool:
    """Remind those with whom it lies, or let it climb to the next; False where nothing is due."""
    dispute, review = deciding.locked(session, workspace_id, dispute_id)
    if dispute.next_at is None or dispute.next_at > now or dispute.status != Status.OPEN:
        return False
    team = people.team(session, workspace_id, dispute.team_id)
    here = _deciders(session, team, dispute, review, dispute.step, now)
    following = _following(session, team, dispute, review, dispute.step + 1, now)
    if here and dispute.reminded_at is None:
        _remind(session, team, dispute, review, here, 1 if following else STUCK_DAYS, now)
    elif following:
        _put(session, team, dispute, review, *following, now)
    else:
        _remind(session, team, dispute, review, here, STUCK_DAYS, now)
    telling.redraw(session, workspace_id, review.id, dispute.id)
    return True


def _following(
    session: Session, team: Team, dispute: Dispute, review: QaReview, step: int, now: datetime
) -> tuple[int, list[Member]] | None:
    """The first step from one on that has somebody new, and who; those before can still decide."""
    before = {one.id for one in _deciders(session, team, dispute, review, step - 1, now)} if step > REVIEWER else set()
    for n in range(step, MANAGER + 1):
        found = [one for one in _deciders(session, team, dispute, review, n, now) if one.id not in before]
        if found:
            return n, found
    return None


def _put(
    session: Session, team: Team, dispute: Dispute, review: QaReview, step: int, told: Sequence[Member], now: datetime
) -> None:
    """It lies with them from now on."""
    if step > REVIEWER:
        qa.note(session, review, "climbed", by=None, facts={"step": step}, now=now)
    dispute.step, dispute.reminded_at = step, None
    dispute.next_at = windows.days_later(calendar_of(session, team), now, 1)
    session.add(dispute)
    session.flush()
    telling.ask(session, team, dispute, told, str(step), now=now)


def _remind(
    session: Session,
    team: Team,
    dispute: Dispute,
    review: QaReview,
    here: Sequence[Member],
    days: int,
    now: datetime,
) -> None:
    calendar = calendar_of(session, team)
    if here:
        qa.note(session, review, "reminded", by=None, facts={"step": dispute.step}, now=now)
    dispute.reminded_at = now
    dispute.next_at = windows.days_later(calendar, now, days)
    session.add(dispute)
    session.flush()
    telling.ask(session, team, dispute, here, f"{dispute.step}:{calendar.local_day(now)}", now=now)


def _deciders(
    session: Session, team: Team, dispute: Dispute, review: QaReview, step: int, now: datetime
) -> list[Member]:
    """Who can decide at a step and can be told: never whose review it is, nor a reviewer who left or is away."""
    day = calendar_of(session, team).local_day(now)
    match step:
        case n if n == REVIEWER:
            reviewer = session.get(Member, (team.workspace_id, review.reviewer_id)) if review.reviewer_id else None
            found = [reviewer] if reviewer is not None and _is_here(session, team, reviewer, now) else []
        case n if n == LEADS:
            found = people.members_of(session, team, day, Role.LEAD)
        case _:
            found = people.members_of(session, team, day, Role.MANAGER)
    return [one for one in found if one.id != dispute.by_id and one.slack_user_id]


def _is_here(session: Session, team: Team, reviewer: Member, now: datetime) -> bool:
    """Still with us, and back by the next working day."""
    day = calendar_of(session, team).local_day(now)
    held = people.memberships(session, team.workspace_id, reviewer.id)
    if not any(people.holds(one.from_day, one.to_day, day) for one in held):
        return False
    until = duty.away_until(session, team.workspace_id, reviewer.id, now)
    return until is None or until <= windows.days_later(calendar_of(session, team), now, 1)
