"""Which messages a review and its dispute have: for the agent, for whoever talks first, for whoever decides."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from .. import duty, notices, people
from ..people import Member, Team
from ..qa.tables import QaReview
from .tables import Dispute

TOLD = "review.told"
"""To the agent: the review. Its key ends with whose it was then."""
HELD = "review.held"
"""To whoever is to talk about it first."""
DECIDE = "dispute.decide"
"""To whoever can decide; its subject is the dispute."""
OUTCOME = "dispute.outcome"
"""How it was decided, to the agent and to the reviewer; its subject is the dispute."""


def told_key(review_id: int, member_id: int) -> str:
    """Of the message to an agent: another agent has another one."""
    return f"review:{review_id}:told:{member_id}"


def member_of(key: str) -> int:
    """For whom a message is."""
    return int(key.split(":")[3])


def tell(session: Session, team: Team, review: QaReview, agent: Member, *, now: datetime) -> None:
    """The review to its agent, now; once, however often it is asked for. What was not said since the moment was not
    good any more is said now."""
    key = told_key(review.id, agent.id)
    if not _post(session, team, TOLD, key, review.id, agent, now, now):
        notices.wake(session, team.workspace_id, key, now=now)


def hold(session: Session, team: Team, review: QaReview, members: Iterable[Member], *, now: datetime) -> None:
    """To whoever is to talk about it first: the reviewer at once, others at a good moment of theirs."""
    for member in members:
        due_at = now if member.id == review.reviewer_id else _moment(session, team, member, now)
        _post(session, team, HELD, f"review:{review.id}:held:{member.id}", review.id, member, due_at, now)


def ask(session: Session, team: Team, dispute: Dispute, members: Iterable[Member], turn: str, *, now: datetime) -> None:
    """To those who can decide, each at a good moment of theirs. `turn`: which time this is."""
    for member in members:
        key = f"dispute:{dispute.id}:decide:{member.id}:{turn}"
        _post(session, team, DECIDE, key, dispute.id, member, _moment(session, team, member, now), now)


def outcome(session: Session, team: Team, dispute: Dispute, members: Iterable[Member], *, now: datetime) -> None:
    """How it was decided."""
    for member in members:
        key = f"dispute:{dispute.id}:outcome:{member.id}"
        _post(session, team, OUTCOME, key, dispute.id, member, _moment(session, team, member, now), now)


def redraw(session: Session, workspace_id: int, review_id: int, dispute_id: int | None = None) -> None:
    """Every message about a review, and about its dispute, is drawn anew."""
    notices.refresh(session, workspace_id, (TOLD, HELD), review_id)
    if dispute_id is not None:
        notices.refresh(session, workspace_id, (DECIDE, OUTCOME), dispute_id)


def _moment(session: Session, team: Team, member: Member, now: datetime) -> datetime:
    return duty.good_moment(session, team, member.id, now) or now


def _post(
    session: Session, team: Team, kind: str, key: str, subject_id: int, to: Member, due_at: datetime, now: datetime
) -> bool:
    if not to.slack_user_id:
        return False
    return notices.post(
        session,
        team.workspace_id,
        key=key,
        kind=kind,
        subject_id=subject_id,
        team_id=team.id,
        place=to.slack_user_id,
        language=people.reader_language(session, to),
        due_at=due_at,
        now=now,
    )
