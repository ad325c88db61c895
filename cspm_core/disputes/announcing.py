"""When an agent gets a review: within their shift and never in its last hour, or after they were told in person.

`tell_at` of a review is when it is looked at next; whether the moment is good is decided then, since shifts change.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session, col, select, update

from .. import duty, errors, notices, people, qa, samples
from ..notices import Notice
from ..notices.rules import MOOT
from ..people import Asker, Identity, Member, PersonFigures, Role, Team, calendar_of
from ..qa.tables import QaReview
from . import telling, windows
from .rules import MAY_CORRECT

LOOK_AGAIN = timedelta(days=7)
"""Where somebody is not planned to work for weeks."""


def announce(session: Session, review: QaReview, *, in_person: bool, now: datetime) -> datetime | None:
    """A review was sent: its agent gets it. When at the earliest; None: there is nobody to tell.

    `in_person`: the reviewer wants it told in a talk first, which holds below the limit of the team's plan only.
    """
    agent = agent_of(session, review)
    review.in_person, review.tell_at = False, None
    if review.calibration_id is None and agent is not None and agent.slack_user_id:
        team = people.team(session, review.workspace_id, review.team_id)
        plan = samples.plan_of(session, team)
        review.in_person = in_person and review.score is not None and review.score < plan.told_below
        earliest = now + MAY_CORRECT
        if review.in_person:
            earliest = max(earliest, windows.hold_until(session, team, now, plan.hold_days))
            telling.hold(session, team, review, _talkers(session, team, review, agent, now), now=now)
        review.tell_at = _moment(session, team, agent, earliest)
    session.add(review)
    session.flush()
    return review.tell_at


def agent_of(session: Session, review: QaReview) -> Member | None:
    """Whose work it is, where we know who that is."""
    worker = session.get_one(Identity, (review.workspace_id, review.agent_id))
    return session.get(Member, (review.workspace_id, worker.member_id)) if worker.member_id is not None else None


def _moment(session: Session, team: Team, agent: Member, at: datetime) -> datetime:
    return duty.good_moment(session, team, agent.id, at) or at + LOOK_AGAIN


def _talkers(session: Session, team: Team, review: QaReview, agent: Member, now: datetime) -> list[Member]:
    """The reviewer, and the leads where they may see it."""
    found = [session.get(Member, (review.workspace_id, review.reviewer_id))] if review.reviewer_id else []
    if team.person_figures == PersonFigures.LEAD:
        found += people.members_of(session, team, calendar_of(session, team).local_day(now), Role.LEAD)
    return list({one.id: one for one in found if one is not None and one.id != agent.id}.values())


def told_in_person(session: Session, workspace_id: int, agent_id: int, by: Asker, *, now: datetime) -> int:
    """A talk with an agent was held: what waited for it, of what `by` may see, reaches the agent now. How many."""
    query = (
        select(QaReview)
        .join(Identity, (col(Identity.workspace_id) == QaReview.workspace_id) & (col(Identity.id) == QaReview.agent_id))
        .where(
            QaReview.workspace_id == workspace_id,
            Identity.member_id == agent_id,
            col(QaReview.in_person).is_(True),
            col(QaReview.submitted_at) <= now,
            col(QaReview.tell_at).is_not(None),
            col(QaReview.told_at).is_(None),
        )
        .with_for_update(of=QaReview)
    )
    found = [one for one in session.exec(query).all() if _may_tell(session, one, agent_id, by)]
    return sum(_release(session, one, agent_id, by, now) for one in found)


def tell_now(session: Session, workspace_id: int, review_id: int, *, by: Asker, now: datetime) -> bool:
    """ "I have told them": False where that was said before, or they have it. Raises UnknownReview, ReviewClosed."""
    review = qa.locked(session, workspace_id, review_id)
    agent = agent_of(session, review)
    if agent is None or not _may_tell(session, review, agent.id, by):
        raise errors.ReviewClosed
    return _release(session, review, agent.id, by, now)


def _may_tell(session: Session, review: QaReview, agent_id: int, by: Asker) -> bool:
    level = people.team(session, review.workspace_id, review.team_id).person_figures
    return by.member_id != agent_id and people.may_see_review(
        by, subject_id=agent_id, reviewer_id=review.reviewer_id, team_id=review.team_id, level=level
    )


def _release(session: Session, review: QaReview, agent_id: int, by: Asker, now: datetime) -> bool:
    earliest = max(now, (review.submitted_at or now) + MAY_CORRECT)
    freed = session.exec(
        update(QaReview)
        .where(
            col(QaReview.workspace_id) == review.workspace_id,
            col(QaReview.id) == review.id,
            col(QaReview.in_person).is_(True),
            col(QaReview.spoken_at).is_(None),
            col(QaReview.told_at).is_(None),
        )
        .values(spoken_at=now, tell_at=earliest)
        .execution_options(synchronize_session=False)
    )
    if freed.rowcount != 1:
        return False
    session.refresh(review)
    qa.note(session, review, "told", by=by, facts={"in_person": True, "agent": agent_id}, now=now)
    telling.redraw(session, review.workspace_id, review.id)
    return True


def due(session: Session, *, now: datetime, limit: int = 200) -> list[tuple[int, int]]:
    """(workspace_id, review id) of what its agent may get now, and of windows that may have ended; workspace by
    workspace, at most `limit` of each sort."""
    found: list[tuple[int, int]] = []
    waits = (col(QaReview.tell_at) <= now) & col(QaReview.told_at).is_(None)
    for workspace in people.workspaces(session):
        for is_due in (waits, col(QaReview.disputable_until) <= now):
            query = select(QaReview.workspace_id, QaReview.id).where(QaReview.workspace_id == workspace.id, is_due)
            found += session.exec(query.order_by(col(QaReview.id)).limit(limit)).all()
    return found


def move_on(session: Session, workspace_id: int, review_id: int, *, now: datetime) -> None:
    """Tell its agent, where that is a good moment, else look again at the next one; close what is over."""
    review = qa.locked(session, workspace_id, review_id)
    team = people.team(session, workspace_id, review.team_id)
    agent = agent_of(session, review)
    if review.disputable_until is not None and review.disputable_until <= now:
        _look_at_window(session, team, review, agent, now)
    if review.told_at is None and review.tell_at is not None and review.tell_at <= now:
        _tell(session, team, review, agent, now)
    session.add(review)
    session.flush()


def _tell(session: Session, team: Team, review: QaReview, agent: Member | None, now: datetime) -> None:
    if agent is None or not agent.slack_user_id or _is_given_up(session, review, agent):
        review.tell_at = None
        return
    review.tell_at = _moment(session, team, agent, now)
    if review.tell_at <= now:
        telling.tell(session, team, review, agent, now=now)


def _is_given_up(session: Session, review: QaReview, agent: Member) -> bool:
    """Slack does not take it: they have left, say."""
    query = select(Notice.failed).where(
        Notice.workspace_id == review.workspace_id, Notice.key == telling.told_key(review.id, agent.id)
    )
    return session.exec(query).first() not in (None, MOOT)


def is_good_moment(session: Session, team: Team, member_id: int, now: datetime) -> bool:
    """Whether it may be said now."""
    return duty.good_moment(session, team, member_id, now) == now


def arrived(session: Session, notice: Notice) -> None:
    """The agent has it: from now on it may be disputed."""
    at = session.exec(
        select(Notice.shown_at).where(Notice.workspace_id == notice.workspace_id, Notice.id == notice.id)
    ).one()
    review = qa.locked(session, notice.workspace_id, notice.subject_id)
    agent_id = telling.member_of(notice.key)
    agent = agent_of(session, review)
    if at is None or review.told_at is not None or agent is None or agent.id != agent_id:
        return
    team = people.team(session, notice.workspace_id, review.team_id)
    review.told_at = at
    _look_at_window(session, team, review, agent, at)
    session.add(review)
    qa.note(session, review, "told", by=None, facts={"agent": agent_id}, now=at)
    notices.refresh(session, notice.workspace_id, telling.HELD, review.id)


def _look_at_window(session: Session, team: Team, review: QaReview, agent: Member | None, now: datetime) -> None:
    """Until when it may be disputed, as it looks now; the agent's message says so."""
    before, review.disputable_until = review.disputable_until, None
    days = samples.plan_of(session, team).dispute_days
    if agent is not None and review.told_at is not None and days > 0:
        found = windows.window(session, team, agent.id, review.told_at, days, now=now)
        if found.is_open:
            review.disputable_until = found.until or now + LOOK_AGAIN
    if before is not None:
        notices.refresh(session, review.workspace_id, telling.TOLD, review.id)


def give_anew(session: Session, review: QaReview, *, now: datetime) -> None:
    """It was moved to another agent, who gets it now."""
    agent = agent_of(session, review)
    review.in_person, review.tell_at, review.disputable_until = False, None, None
    if agent is not None and agent.slack_user_id:
        team = people.team(session, review.workspace_id, review.team_id)
        review.tell_at = _moment(session, team, agent, now)
    session.add(review)
    session.flush()
