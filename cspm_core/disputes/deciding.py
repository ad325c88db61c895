"""Deciding a dispute, once: what was accepted changes the review, and every version of it stays. Callers commit."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select, update

from .. import errors, people, qa
from ..people import Asker, Identity, Member, Role, Team, calendar_of
from ..qa.rules import Stratum
from ..qa.tables import QaReview
from . import announcing, reads, rules, telling
from .rules import Status, Verdict
from .tables import Dispute


def decide(session: Session, workspace_id: int, dispute_id: int, verdict: Verdict, *, by: Asker, now: datetime) -> None:
    """Accept, accept in part or reject. The first decides; whoever comes later is told who did.

    Raises UnknownDispute, NotYourDispute, Decided, Invalid (`reason`, `verdict`, `criteria`, `agent`), OwnWork.
    """
    dispute, review = locked(session, workspace_id, dispute_id)
    team = people.team(session, workspace_id, dispute.team_id)
    _check_right(session, dispute, review, team, by, now)
    if dispute.status == Status.OPEN:
        rules.check_verdict(verdict, dispute.proposed, is_not_mine=dispute.is_not_mine)
    decided = session.exec(
        update(Dispute)
        .where(
            col(Dispute.workspace_id) == workspace_id,
            col(Dispute.id) == dispute_id,
            col(Dispute.status) == Status.OPEN.value,
        )
        .values(
            status=verdict.status.value,
            reason=verdict.reason.strip(),
            decided_by=by.member_id,
            decided_at=now,
            next_at=None,
        )
        .execution_options(synchronize_session=False)
    )
    if decided.rowcount != 1:
        raise already(session, dispute, team)
    session.refresh(dispute)
    _apply(session, dispute, review, verdict, by, now)
    telling.redraw(session, workspace_id, review.id, dispute.id)
    telling.outcome(session, team, dispute, _told(session, dispute, review, by), now=now)


def locked(session: Session, workspace_id: int, dispute_id: int) -> tuple[Dispute, QaReview]:
    """A dispute and its review, which nobody else changes until the transaction ends. Raises UnknownDispute."""
    known = session.get(Dispute, (workspace_id, dispute_id))
    if known is None:
        raise errors.UnknownDispute(str(dispute_id))
    review = qa.locked(session, workspace_id, known.review_id)
    dispute = session.exec(
        select(Dispute)
        .where(Dispute.workspace_id == workspace_id, Dispute.id == dispute_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    return dispute, review


def check_may_decide(session: Session, workspace_id: int, dispute_id: int, asker: Asker, *, now: datetime) -> None:
    """Whether somebody can decide a dispute now. Raises UnknownDispute, NotYourDispute, Decided."""
    dispute = session.get(Dispute, (workspace_id, dispute_id))
    if dispute is None:
        raise errors.UnknownDispute(str(dispute_id))
    review = session.get_one(QaReview, (workspace_id, dispute.review_id))
    team = people.team(session, workspace_id, dispute.team_id)
    _check_right(session, dispute, review, team, asker, now)
    if dispute.status != Status.OPEN:
        raise already(session, dispute, team)


def _check_right(session: Session, dispute: Dispute, review: QaReview, team: Team, by: Asker, now: datetime) -> None:
    if not may_decide(dispute, review, team, by):
        leads = people.members_of(session, team, calendar_of(session, team).local_day(now), Role.LEAD)
        raise errors.NotYourDispute([one.name for one in leads])


def may_decide(dispute: Dispute, review: QaReview, team: Team, asker: Asker) -> bool:
    """Whether somebody decides it, as it lies now."""
    return rules.may_decide(
        asker,
        subject_id=dispute.by_id,
        reviewer_id=review.reviewer_id,
        team_id=team.id,
        level=team.person_figures,
        step=dispute.step,
    )


def already(session: Session, dispute: Dispute, team: Team) -> errors.Decided:
    """Who decided it."""
    session.refresh(dispute)
    by = session.get(Member, (dispute.workspace_id, dispute.decided_by)) if dispute.decided_by else None
    return errors.Decided(by.name if by else "", dispute.decided_at, team.timezone)


def _apply(session: Session, dispute: Dispute, review: QaReview, verdict: Verdict, by: Asker, now: datetime) -> None:
    changes = rules.accepted(verdict, dispute.proposed, is_not_mine=dispute.is_not_mine)
    facts: dict[str, Any] = {"reason": verdict.reason.strip(), "criteria": sorted(changes), "dispute": dispute.id}
    if changes:
        stood = {one.criterion: one for one in reads.answers_of(session, review)}
        answers = [
            replace(stood[key], score=score, causes=stood[key].causes if score < stood[key].highest else ())
            for key, score in changes.items()
            if key in stood
        ]
        qa.amend(session, review, answers, by=by, kind=verdict.status, facts=facts, now=now)
        return
    qa.note(session, review, verdict.status, by=by, facts=facts, now=now)
    if verdict.status is Status.ACCEPTED:
        _move(session, review, verdict, by, now)


def _move(session: Session, review: QaReview, verdict: Verdict, by: Asker, now: datetime) -> None:
    """It was not theirs: whose it was gets it, or it is taken out."""
    if verdict.agent_id is None:
        was, review.stratum, review.revision = review.stratum, Stratum.WITHDRAWN.value, review.revision + 1
        session.add(review)
        session.flush()
        facts = {"withdrawn": True, "stratum": was, **qa.whole(session, review)}
        qa.note(session, review, "changed", by=by, facts=facts, now=now)
        qa.figures_changed(session, review)
        return
    if verdict.agent_id == review.agent_id or session.get(Identity, (review.workspace_id, verdict.agent_id)) is None:
        raise errors.Invalid("agent", "", "whose_ticket")
    qa.move_to_agent(session, review, verdict.agent_id, by=by, now=now)
    session.refresh(review)
    announcing.give_anew(session, review, now=now)


def _told(session: Session, dispute: Dispute, review: QaReview, by: Asker) -> list[Member]:
    """The agent who disputed it, and the reviewer where somebody else decided."""
    ids = dict.fromkeys((dispute.by_id, review.reviewer_id))
    found = [session.get(Member, (dispute.workspace_id, one)) for one in ids if one not in (None, by.member_id)]
    return [one for one in found if one is not None]
