"""Reviews as people see them: one, or many in as many statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from .. import errors
from ..calls import Call
from ..people import Identity, Member, Team
from ..tickets import Ticket
from . import drafts
from .contents import Contact, Happened, Review
from .rules import Answer, Definition, Scored, score_of
from .tables import QaAnswer, QaReview, QaReviewEvent, QaScorecard, QaScorecardVersion

AT_ONCE = 10_000  # databases limit how many values one statement takes


def review(session: Session, workspace_id: int, review_id: int) -> Review:
    """One review, draft or sent, with everything that happened to it. Raises UnknownReview."""
    found = _reviews(session, workspace_id, col(QaReview.id) == review_id, with_history=True)
    if not found:
        raise errors.UnknownReview(str(review_id))
    return found[0]


def reviews(session: Session, workspace_id: int, ids: Sequence[int]) -> list[Review]:
    """Some reviews, in the order of their ids given, without their history."""
    found: dict[int, Review] = {}
    for n in range(0, len(ids), AT_ONCE):
        some = _reviews(session, workspace_id, col(QaReview.id).in_(ids[n : n + AT_ONCE]))
        found |= {one.id: one for one in some}
    return [found[one] for one in ids if one in found]


def reviews_of(
    session: Session,
    workspace_id: int,
    member_id: int,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[Review]:
    """What was reviewed of somebody's work between two instants, newest first: sent, told or not; no calibrations."""
    is_own = col(Identity.workspace_id) == workspace_id, col(Identity.member_id) == member_id
    own = select(col(Identity.id)).where(*is_own)
    chosen: list[Any] = [
        col(QaReview.agent_id).in_(own),
        col(QaReview.submitted_at).is_not(None),
        col(QaReview.calibration_id).is_(None),
    ]
    if since is not None:
        chosen.append(col(QaReview.submitted_at) >= since)
    if until is not None:
        chosen.append(col(QaReview.submitted_at) < until)
    found = _reviews(session, workspace_id, *chosen)
    return sorted(found, key=lambda one: (one.submitted_at, one.id), reverse=True)


def drafts_of(session: Session, workspace_id: int, member_id: int) -> list[Review]:
    """Somebody's drafts that are no part of a calibration, the last begun first."""
    found = _reviews(
        session,
        workspace_id,
        col(QaReview.reviewer_id) == member_id,
        col(QaReview.submitted_at).is_(None),
        col(QaReview.calibration_id).is_(None),
    )
    return sorted(found, key=lambda one: (one.started_at, one.id), reverse=True)


def reviewed_before(session: Session, workspace_id: int, one: Review) -> list[Review]:
    """Other reviews that were sent of the same contact, newest first; no calibrations."""
    same = (
        col(QaReview.ticket_id) == one.contact.ticket_id
        if one.contact.ticket_id is not None
        else and_(col(QaReview.team_id) == one.team_id, col(QaReview.contact_key) == one.contact.key)
    )
    found = _reviews(
        session,
        workspace_id,
        same,
        col(QaReview.id) != one.id,
        col(QaReview.submitted_at).is_not(None),
        col(QaReview.calibration_id).is_(None),
    )
    return sorted(found, key=lambda other: (other.submitted_at, other.id), reverse=True)


def _reviews(session: Session, workspace_id: int, *chosen: Any, with_history: bool = False) -> list[Review]:
    reviewer, agent, worker = aliased(Member), aliased(Identity), aliased(Member)
    query = (
        select(QaReview, QaScorecardVersion, QaScorecard, Team, agent, worker, reviewer, Ticket, Call)
        .join(QaScorecardVersion, _is(QaScorecardVersion, QaReview.version_id))
        .join(
            QaScorecard,
            and_(
                col(QaScorecard.workspace_id) == col(QaScorecardVersion.workspace_id),
                col(QaScorecard.id) == col(QaScorecardVersion.scorecard_id),
            ),
        )
        .join(Team, _is(Team, QaReview.team_id))
        .join(agent, _is(agent, QaReview.agent_id))
        .outerjoin(
            worker,
            and_(col(worker.workspace_id) == col(agent.workspace_id), col(worker.id) == col(agent.member_id)),
        )
        .outerjoin(reviewer, _is(reviewer, QaReview.reviewer_id))
        .outerjoin(Ticket, _is(Ticket, QaReview.ticket_id))
        .outerjoin(Call, _is(Call, QaReview.call_id))
        .where(col(QaReview.workspace_id) == workspace_id, *chosen)
    )
    rows = session.execute(query).all()
    ids = [row[0].id for row in rows]
    answers = _answers(session, workspace_id, ids)
    happened = _happened(session, workspace_id, ids) if with_history else {}
    definitions = {row[1].id: Definition.read(row[1].definition) for row in {row[1].id: row for row in rows}.values()}
    return [
        _review(tuple(row), definitions[row[1].id], answers.get(row[0].id, {}), happened.get(row[0].id, ()))
        for row in rows
    ]


def _is(table: Any, column: Any) -> Any:
    return and_(col(table.workspace_id) == col(QaReview.workspace_id), col(table.id) == col(column))


def _review(
    row: tuple[Any, ...], definition: Definition, said: Mapping[str, QaAnswer], happened: Sequence[Happened]
) -> Review:
    one, version, card, team, agent, worker, reviewer, ticket, call = row
    order = {criterion.key: n for n, criterion in enumerate(definition.criteria)}
    ordered = sorted(said.values(), key=lambda answer: (order.get(answer.criterion, len(order)), answer.criterion))
    is_draft = one.submitted_at is None
    opened = frozenset(answer.criterion for answer in ordered if answer.is_open)
    answers = tuple(answer_of(answer) for answer in ordered if not is_draft or _says(answer, one.is_quick))
    return Review(
        id=one.id,
        team_id=team.id,
        team=team.name,
        timezone=team.timezone,
        scorecard_id=card.id,
        scorecard=card.name,
        version_id=version.id,
        definition=definition,
        agent_id=agent.id,
        agent=worker.name if worker else agent.name,
        agent_member_id=agent.member_id,
        reviewer_id=one.reviewer_id,
        reviewer=reviewer.name if reviewer else one.reviewer,
        contact=_contact(one, ticket, call),
        stratum=one.stratum,
        calibration_id=one.calibration_id,
        started_at=one.started_at,
        submitted_at=one.submitted_at,
        answers=answers,
        opened=opened,
        comment=one.comment,
        is_quick=one.is_quick,
        scored=_scored(one, definition, answers, opened),
        revision=one.revision,
        in_person=one.in_person,
        tell_at=one.tell_at,
        told_at=one.told_at,
        confirmed_at=one.confirmed_at,
        happened=tuple(happened),
    )


def _says(row: QaAnswer, is_quick: bool) -> bool:
    """Whether something was said of a criterion; in quick mode only the exceptions count."""
    return (row.is_open or not is_quick) and bool(row.score is not None or row.is_na or row.causes or row.comment)


def answer_of(row: QaAnswer) -> Answer:
    """A row as the rules take it."""
    return Answer(
        row.criterion,
        row.score,
        row.lowest,
        row.highest,
        row.weight,
        row.is_critical,
        row.is_na,
        tuple(row.causes),
        row.comment,
    )


def _scored(one: QaReview, definition: Definition, answers: tuple[Answer, ...], opened: frozenset[str]) -> Scored:
    if one.submitted_at is None:
        said = {answer.criterion: answer for answer in answers}
        return score_of(definition, drafts.standing(definition, said, opened, is_quick=one.is_quick))
    failures = tuple(answer.criterion for answer in answers if answer.has_failed)
    rated = sum(answer.points is not None for answer in answers)
    return Scored(one.score, one.score_without_critical, one.is_passed, failures, rated)


def _contact(one: QaReview, ticket: Ticket | None, call: Call | None) -> Contact:
    if ticket is not None:
        first = ticket.first_response_at
        return Contact(
            key=ticket.key,
            ticket_id=ticket.id,
            call_id=one.call_id,
            url=ticket.url,
            recording_url=one.recording_url or (call.recording_url if call else ""),
            subject=ticket.subject,
            channel=ticket.channel,
            category=ticket.category,
            priority=ticket.priority,
            customer=ticket.customer,
            created_at=ticket.created_at,
            solved_at=ticket.solved_at,
            first_response_s=(first - ticket.created_at).total_seconds() if first else None,
            reopens=ticket.reopens,
            csat=ticket.csat,
            csat_scale=ticket.csat_scale,
            csat_good=ticket.csat_good,
            csat_comment=ticket.csat_comment,
        )
    if call is not None:
        answered = call.answered_at
        return Contact(
            key=call.key,
            call_id=call.id,
            recording_url=one.recording_url or call.recording_url,
            channel="phone",
            category=call.topic,
            customer=call.customer,
            created_at=call.queued_at,
            solved_at=call.ended_at,
            first_response_s=(answered - call.queued_at).total_seconds() if answered else None,
            csat=call.rating,
            csat_scale=call.rating_scale,
            csat_good=call.rating_good,
        )
    return Contact(key=one.contact_key, recording_url=one.recording_url)


def _answers(session: Session, workspace_id: int, ids: Sequence[int]) -> dict[int, dict[str, QaAnswer]]:
    found: dict[int, dict[str, QaAnswer]] = defaultdict(dict)
    for n in range(0, len(ids), AT_ONCE):
        query = select(QaAnswer).where(
            col(QaAnswer.workspace_id) == workspace_id, col(QaAnswer.review_id).in_(ids[n : n + AT_ONCE])
        )
        for row in session.scalars(query.execution_options(populate_existing=True)):
            found[row.review_id][row.criterion] = row
    return found


def _happened(session: Session, workspace_id: int, ids: Sequence[int]) -> dict[int, list[Happened]]:
    found: dict[int, list[Happened]] = defaultdict(list)
    query = (
        select(QaReviewEvent, col(Member.name))
        .outerjoin(
            Member,
            and_(
                col(Member.workspace_id) == col(QaReviewEvent.workspace_id), col(Member.id) == col(QaReviewEvent.by_id)
            ),
        )
        .where(col(QaReviewEvent.workspace_id) == workspace_id, col(QaReviewEvent.review_id).in_(ids))
        .order_by(col(QaReviewEvent.at), col(QaReviewEvent.id))
    )
    for row, name in session.execute(query):
        found[row.review_id].append(Happened(row.kind, row.at, row.by_id, name or "", dict(row.facts)))
    return found
