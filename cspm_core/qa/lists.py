"""Reviews by name: what a list behind a figure shows of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from .. import people
from ..calls import Call
from ..people import Asker, Identity, Member, Team
from ..tickets import Ticket
from .tables import QaReview, QaScorecard, QaScorecardVersion

AT_ONCE = 10_000  # databases limit how many values one statement takes


@dataclass(frozen=True, slots=True)
class Listed:
    """One review that was sent. `agent`: as people know them, else as the source writes them."""

    id: int
    key: str
    """Of the ticket or call."""
    url: str
    """Of a call: its recording."""
    subject: str
    agent: str
    agent_member_id: int | None
    reviewer: str
    reviewer_id: int | None
    scorecard: str
    stratum: str
    reviewed_at: datetime
    score: float | None
    is_passed: bool | None
    critical_failures: int
    is_untold: bool
    """Its agent is to be told, and has not been yet."""


def listed(session: Session, team: Team, ids: Sequence[int]) -> list[Listed]:
    """The reviews of these ids, in their order."""
    found = {row.id: row for row in _rows(session, team.workspace_id, ids)}
    return [found[one] for one in ids if one in found]


def may_see(asker: Asker, team: Team, one: Listed) -> bool:
    """Whether somebody may see a single review; whom it is about, once they were told of it."""
    if one.is_untold and asker.member_id is not None and asker.member_id == one.agent_member_id:
        return False
    return people.may_see_review(
        asker,
        subject_id=one.agent_member_id,
        reviewer_id=one.reviewer_id,
        team_id=team.id,
        level=team.person_figures,
    )


def _rows(session: Session, workspace_id: int, ids: Sequence[int]) -> Iterator[Listed]:
    reviewer, worker = aliased(Member), aliased(Member)
    names = (col(one) for one in (Identity.name, Identity.member_id, worker.name, reviewer.name, QaScorecard.name))
    query = (
        select(QaReview, *names, Ticket, Call)
        .join(QaScorecardVersion, _is(QaScorecardVersion, QaReview, QaReview.version_id))
        .join(QaScorecard, _is(QaScorecard, QaScorecardVersion, QaScorecardVersion.scorecard_id))
        .join(Identity, _is(Identity, QaReview, QaReview.agent_id))
        .outerjoin(worker, _is(worker, Identity, Identity.member_id))
        .outerjoin(reviewer, _is(reviewer, QaReview, QaReview.reviewer_id))
        .outerjoin(Ticket, _is(Ticket, QaReview, QaReview.ticket_id))
        .outerjoin(Call, _is(Call, QaReview, QaReview.call_id))
        .where(col(QaReview.workspace_id) == workspace_id)
    )
    for n in range(0, len(ids), AT_ONCE):
        for row in session.execute(query.where(col(QaReview.id).in_(ids[n : n + AT_ONCE]))):
            yield _listed(*row)


def _is(table: Any, beside: Any, column: Any) -> Any:
    return and_(col(table.workspace_id) == col(beside.workspace_id), col(table.id) == col(column))


def _listed(
    one: QaReview,
    identity: str,
    member_id: int | None,
    worker: str | None,
    reviewer: str | None,
    scorecard: str,
    ticket: Ticket | None,
    call: Call | None,
) -> Listed:
    key, url, subject = one.contact_key, one.recording_url, ""
    if ticket is not None:
        key, url, subject = ticket.key, ticket.url, ticket.subject
    elif call is not None:
        key, url, subject = call.key, one.recording_url or call.recording_url, call.topic
    assert one.submitted_at is not None
    return Listed(
        id=one.id,
        key=key,
        url=url,
        subject=subject,
        agent=worker or identity,
        agent_member_id=member_id,
        reviewer=reviewer or one.reviewer,
        reviewer_id=one.reviewer_id,
        scorecard=scorecard,
        stratum=one.stratum,
        reviewed_at=one.submitted_at,
        score=one.score,
        is_passed=one.is_passed,
        critical_failures=one.critical_failures,
        is_untold=one.tell_at is not None and one.told_at is None,
    )
