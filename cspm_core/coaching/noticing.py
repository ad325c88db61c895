"""What single reviews suggest to talk about, and what every suggestion is made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from ..people import Identity, Team
from ..qa.rules import LOW_BELOW, Definition
from ..qa.tables import QaAnswer, QaReview, QaScorecardVersion
from .tables import Suggestion

LOW_WITHIN = timedelta(days=30)
LOW_TIMES = 2


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something about one person. `facts`: ids, counts and names, never what a customer wrote."""

    member_id: int
    kind: str
    key: str
    facts: Mapping[str, object]


def low_criteria(session: Session, team: Team, *, now: datetime) -> Iterator[Noticed]:
    """Two low scores of somebody on one criterion within 30 days, that no suggestion has named yet."""
    of_agent = (col(Identity.workspace_id) == QaReview.workspace_id) & (col(Identity.id) == QaReview.agent_id)
    of_review = (col(QaAnswer.workspace_id) == QaReview.workspace_id) & (col(QaAnswer.review_id) == QaReview.id)
    points = (col(QaAnswer.score) - col(QaAnswer.lowest)) / (col(QaAnswer.highest) - col(QaAnswer.lowest)) * 100
    rows = session.exec(
        select(Identity.member_id, QaAnswer.criterion, QaReview.id, QaReview.version_id)
        .join_from(QaReview, Identity, of_agent)
        .join(QaAnswer, of_review)
        .where(
            QaReview.workspace_id == team.workspace_id,
            QaReview.team_id == team.id,
            col(QaReview.submitted_at) > now - LOW_WITHIN,
            col(QaReview.submitted_at) <= now,
            col(QaReview.calibration_id).is_(None),
            col(Identity.member_id).is_not(None),
            col(QaAnswer.is_na).is_(False),
            col(QaAnswer.highest) > col(QaAnswer.lowest),
            points < LOW_BELOW,
        )
        .order_by(col(QaReview.submitted_at), col(QaReview.id))
    ).all()
    known = named(session, team, "low_criterion", "reviews")
    found: dict[tuple[int, str], list[tuple[int, int]]] = defaultdict(list)
    for member_id, criterion, review_id, version_id in rows:
        if member_id is not None and f"{review_id}:{criterion}" not in known:
            found[member_id, criterion].append((review_id, version_id))
    for (member_id, criterion), reviews in found.items():
        if len(reviews) >= LOW_TIMES:
            facts = {
                "criterion": _criterion(session, team, reviews[-1][1], criterion),
                "times": len(reviews),
                "days": LOW_WITHIN.days,
                "reviews": [f"{review_id}:{criterion}" for review_id, _ in reviews],
            }
            key = f"low_criterion:{member_id}:{criterion}:{reviews[LOW_TIMES - 1][0]}"
            yield Noticed(member_id, "low_criterion", key, facts)


def _criterion(session: Session, team: Team, version_id: int, key: str) -> str:
    """A criterion as its scorecard words it."""
    row = session.get(QaScorecardVersion, (team.workspace_id, version_id))
    try:
        return Definition.read(row.definition).criterion(key).name if row else key
    except KeyError:
        return key


def named(session: Session, team: Team, kind: str, fact: str) -> frozenset[str]:
    """What suggestions of a kind have rested on already."""
    rows = session.exec(
        select(Suggestion.facts).where(
            Suggestion.workspace_id == team.workspace_id, Suggestion.team_id == team.id, Suggestion.kind == kind
        )
    )
    return frozenset(str(one) for facts in rows for one in facts.get(fact, ()))
