"""A review as its agent and those who decide see it: its state, its window, its dispute and every version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from .. import errors, people, qa, samples
from ..people import Asker, Member, Team
from ..qa.contents import Happened, Review
from ..qa.reads import answer_of
from ..qa.rules import Answer
from ..qa.tables import QaAnswer, QaReview
from . import rules, windows
from .rules import State, Status, Window
from .tables import Dispute

MINE = timedelta(days=92)
"""How far back somebody's own reviews are listed."""


@dataclass(frozen=True, slots=True)
class Objection:
    """A dispute, and how it was decided. `by` and `decided_by`: names."""

    id: int
    by_id: int
    by: str
    at: datetime
    comment: str
    is_not_mine: bool
    proposed: dict[str, float]
    step: int
    next_at: datetime | None
    status: Status
    decided_by_id: int | None
    decided_by: str
    decided_at: datetime | None
    reason: str
    accepted: tuple[str, ...]
    """The criteria whose scores were changed."""
    score_before: float | None
    """Of the review, as it was disputed."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One review and how it stands."""

    review: Review
    state: State
    window: Window
    objection: Objection | None
    shows_reviewer: bool
    waits_for_talk: bool = False

    @property
    def may_confirm(self) -> bool:
        return self.state is State.TOLD

    @property
    def may_dispute(self) -> bool:
        return self.state in (State.TOLD, State.CONFIRMED) and self.window.is_open


def standing(session: Session, workspace_id: int, review_id: int, *, now: datetime) -> Standing:
    """One review, for whoever may see it (`look`). Raises UnknownReview."""
    one = qa.review(session, workspace_id, review_id)
    return standings(session, workspace_id, [one], now)[0]


def of_dispute(session: Session, workspace_id: int, dispute_id: int, *, now: datetime) -> Standing:
    """The review that a dispute is about. Raises UnknownDispute."""
    row = session.get(Dispute, (workspace_id, dispute_id))
    if row is None:
        raise errors.UnknownDispute(str(dispute_id))
    return standing(session, workspace_id, row.review_id, now=now)


def look(session: Session, workspace_id: int, review_id: int, asker: Asker, *, now: datetime) -> Standing:
    """A review for somebody who wants to see the whole of it. Raises UnknownReview, ReviewClosed."""
    found = standing(session, workspace_id, review_id, now=now)
    review = found.review
    is_own = asker.member_id == review.agent_member_id and asker.member_id != review.reviewer_id
    if asker.member_id is not None and is_own:
        if found.state is State.WAITING:
            raise errors.ReviewClosed
        return as_agent(found, asker.member_id)
    if not may_look(found, people.team(session, workspace_id, review.team_id), asker):
        raise errors.ReviewClosed
    return found


def may_look(found: Standing, team: Team, asker: Asker) -> bool:
    """Whether somebody else's review may be shown."""
    review, objection = found.review, found.objection
    decides = objection is not None and (
        asker.member_id == objection.decided_by_id
        or rules.may_decide(
            asker,
            subject_id=objection.by_id,
            reviewer_id=review.reviewer_id,
            team_id=team.id,
            level=team.person_figures,
            step=objection.step,
        )
    )
    return people.may_see_review(
        asker,
        subject_id=review.agent_member_id,
        reviewer_id=review.reviewer_id,
        team_id=team.id,
        level=team.person_figures,
        decides=decides,
    )


def as_agent(found: Standing, member_id: int) -> Standing:
    """As its agent sees it: the reviewer's name only where the team shows it, and nothing of the agent whom it was
    thought to be about before."""
    review, objection = found.review, found.objection
    moved = max((n for n, one in enumerate(review.happened) if one.kind == "moved"), default=None)
    kept = review.happened if moved is None else review.happened[moved:]
    if not found.shows_reviewer:
        kept = tuple(replace(one, by="", by_id=None) if one.by_id == review.reviewer_id else one for one in kept)
        if objection is not None and objection.decided_by_id == review.reviewer_id:
            objection = replace(objection, decided_by="", decided_by_id=None)
        review = replace(review, reviewer="", reviewer_id=None)
    if objection is not None and objection.by_id != member_id:
        objection = None
    return replace(found, review=replace(review, happened=tuple(kept)), objection=objection)


def for_agent(session: Session, workspace_id: int, review_id: int, member_id: int, *, now: datetime) -> Standing:
    """A review as a member sees it whose it is, or was before it was moved. Raises UnknownReview."""
    found = standing(session, workspace_id, review_id, now=now)
    if found.review.agent_member_id != member_id:
        found = replace(found, state=State.MOVED, window=Window(False))
    return as_agent(found, member_id)


def as_told(session: Session, team: Team, one: Standing, member_id: int, *, now: datetime) -> Standing:
    """How a review stands once it is told now."""
    days = samples.plan_of(session, team).dispute_days
    found = windows.window(session, team, member_id, now, days, now=now)
    is_first = dispute_of(session, team.workspace_id, one.review.id) is None  # whoever had it before may have done it
    return replace(one, state=State.TOLD, window=found if is_first else Window(False))


def mine(session: Session, workspace_id: int, member_id: int, *, now: datetime) -> list[Standing]:
    """What somebody was told of their work in the last three months, and what came from another tool, newest first."""
    found = qa.reviews_of(session, workspace_id, member_id, since=now - MINE)
    imported = _imported(session, workspace_id, [one.id for one in found])
    told = [one for one in found if one.told_at is not None or one.id in imported]
    return [as_agent(one, member_id) for one in standings(session, workspace_id, told, now)]


def standings(session: Session, workspace_id: int, some: Sequence[Review], now: datetime) -> list[Standing]:
    """Some reviews and how each stands, in their order."""
    ids = [one.id for one in some]
    objections = _objections(session, workspace_id, some)
    imported = _imported(session, workspace_id, ids)
    held = _held(session, workspace_id, ids)
    open_in = _windows(session, workspace_id, some, objections, now)
    shows: dict[int, bool] = {}
    for team_id in {one.team_id for one in some}:
        shows[team_id] = samples.plan_of(session, people.team(session, workspace_id, team_id)).shows_reviewer
    return [
        Standing(
            review=one,
            state=_state(one, objections.get(one.id), one.id in imported),
            window=open_in.get(one.id, Window(False)),
            objection=objections.get(one.id),
            shows_reviewer=shows[one.team_id],
            waits_for_talk=one.id in held,
        )
        for one in some
    ]


def _state(one: Review, objection: Objection | None, is_imported: bool) -> State:
    if objection is not None and objection.by_id == one.agent_member_id:
        return State.DISPUTED if objection.status is Status.OPEN else State(objection.status.value)
    if one.confirmed_at is not None:
        return State.CONFIRMED
    if one.told_at is not None:
        return State.TOLD
    return State.EARLIER if is_imported else State.WAITING


def _windows(
    session: Session, workspace_id: int, some: Sequence[Review], objections: dict[int, Objection], now: datetime
) -> dict[int, Window]:
    """Of those that may still be disputed, or could have been."""
    found: dict[int, Window] = {}
    grouped: dict[tuple[int, int], list[tuple[int, datetime]]] = {}
    for one in some:
        if one.told_at is not None and one.agent_member_id is not None and one.id not in objections:
            grouped.setdefault((one.team_id, one.agent_member_id), []).append((one.id, one.told_at))
    for (team_id, member_id), told in grouped.items():
        team = people.team(session, workspace_id, team_id)
        days = samples.plan_of(session, team).dispute_days
        ends = windows.windows(session, team, member_id, [at for _, at in told], days, now=now)
        found |= dict(zip((review_id for review_id, _ in told), ends, strict=True))
    return found


def dispute_of(session: Session, workspace_id: int, review_id: int) -> Dispute | None:
    """The dispute of a review, if there is one."""
    return session.exec(
        select(Dispute).where(Dispute.workspace_id == workspace_id, Dispute.review_id == review_id)
    ).first()


def answers_of(session: Session, review: QaReview) -> list[Answer]:
    """What a review says, as it stands."""
    rows = session.exec(
        select(QaAnswer).where(QaAnswer.workspace_id == review.workspace_id, QaAnswer.review_id == review.id)
    )
    return [answer_of(row) for row in rows]


def _objections(session: Session, workspace_id: int, some: Sequence[Review]) -> dict[int, Objection]:
    rows = session.exec(
        select(Dispute).where(
            Dispute.workspace_id == workspace_id, col(Dispute.review_id).in_([one.id for one in some])
        )
    ).all()
    wanted = {one for row in rows for one in (row.by_id, row.decided_by)}
    members = select(Member.id, Member.name).where(Member.workspace_id == workspace_id, col(Member.id).in_(wanted))
    names = dict(session.exec(members).all())
    reviews = {one.id: one for one in some}
    return {row.review_id: _objection(row, names, reviews[row.review_id]) for row in rows}


def _objection(row: Dispute, names: dict[int, str], review: Review) -> Objection:
    before, accepted = _before(review.happened, row)
    return Objection(
        id=row.id,
        by_id=row.by_id,
        by=names.get(row.by_id, ""),
        at=row.at,
        comment=row.comment,
        is_not_mine=row.is_not_mine,
        proposed=dict(row.proposed),
        step=row.step,
        next_at=row.next_at,
        status=Status(row.status),
        decided_by_id=row.decided_by,
        decided_by=names.get(row.decided_by or 0, ""),
        decided_at=row.decided_at,
        reason=row.reason,
        accepted=accepted,
        score_before=before,
    )


def _before(happened: Sequence[Happened], row: Dispute) -> tuple[float | None, tuple[str, ...]]:
    """The score as it was disputed, and the criteria that the decision changed."""
    score: float | None = None
    for one in happened:
        if one.facts.get("dispute") == row.id:
            return score, tuple(one.facts.get("criteria", ()))
        score = one.facts.get("score", score)
    return score, ()


def _imported(session: Session, workspace_id: int, ids: Sequence[int]) -> set[int]:
    query = select(QaReview.id).where(
        QaReview.workspace_id == workspace_id, col(QaReview.id).in_(ids), col(QaReview.source_key).is_not(None)
    )
    return set(session.exec(query))


def _held(session: Session, workspace_id: int, ids: Sequence[int]) -> set[int]:
    """Those that wait for a talk."""
    query = select(QaReview.id).where(
        QaReview.workspace_id == workspace_id,
        col(QaReview.id).in_(ids),
        col(QaReview.in_person).is_(True),
        col(QaReview.submitted_at).is_not(None),
        col(QaReview.spoken_at).is_(None),
        col(QaReview.told_at).is_(None),
        col(QaReview.tell_at).is_not(None),
    )
    return set(session.exec(query))
