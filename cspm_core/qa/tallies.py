"""What some reviews add up to: by criterion, by stratum, by root cause, by reviewer, and how they were disputed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, cast, distinct, func, select
from sqlmodel import Session, col

from ..disputes.tables import Dispute
from ..people import Identity
from .rules import HUNDRED, LOW_BELOW, Criterion, Definition, Stratum
from .tables import QaAnswer, QaReview, QaScorecard, QaScorecardVersion

NEAR = 1e-9


@dataclass(frozen=True, slots=True)
class CriterionScore:
    """One criterion of one scorecard, over some reviews. `name`: as the newest version with it calls it."""

    scorecard: str
    key: str
    name: str
    is_critical: bool
    n: int
    """Answers that rated it; not applicable is none."""
    mean: float
    """Points, 0 to 100."""
    low: int
    """How many were under half of the points."""

    @property
    def low_share(self) -> float:
        return self.low / self.n


@dataclass(frozen=True, slots=True)
class StratumScore:
    """Reviews that were picked for a reason, and are not in the score. `mean` in points; None: nothing was rated."""

    stratum: str
    n: int
    mean: float | None


@dataclass(frozen=True, slots=True)
class Disputes:
    """How many of some reviews were disputed, and how it ended."""

    open: int = 0
    accepted: int = 0
    accepted_in_part: int = 0
    rejected: int = 0

    @property
    def total(self) -> int:
        return self.open + self.accepted + self.accepted_in_part + self.rejected


Some = tuple[ColumnElement[bool], ...]
"""What makes a review one of some, as `frames.sent` says it."""


def by_criterion(session: Session, some: Some) -> tuple[CriterionScore, ...]:
    """Every criterion that was rated in random reviews, the weakest first. Versions of one scorecard count together."""
    highest, lowest = col(QaAnswer.highest), col(QaAnswer.lowest)
    points = (col(QaAnswer.score) - lowest) * HUNDRED / (highest - lowest)
    is_low = case((points < LOW_BELOW - NEAR, 1), else_=0)
    which = col(QaReview.version_id), col(QaAnswer.criterion)
    query = (
        select(*which, func.count(), func.sum(points), func.sum(is_low))
        .select_from(QaReview)
        .join(QaAnswer, _of_review(QaAnswer))
        .where(
            *some,
            col(QaReview.stratum) == Stratum.RANDOM.value,
            col(QaAnswer.is_na).is_(False),
            col(QaAnswer.score).is_not(None),
            highest > lowest,
        )
        .group_by(*which)
    )
    return _named(session, {(version, key): tuple(sums) for version, key, *sums in session.execute(query)})


def by_stratum(session: Session, some: Some) -> tuple[StratumScore, ...]:
    """Those that were not drawn at random, by how they were picked, the most first."""
    score, stratum = col(QaReview.score), col(QaReview.stratum)
    query = select(stratum, func.count(), func.avg(score)).where(*some, stratum != Stratum.RANDOM.value)
    found = session.execute(query.group_by(stratum))
    told = (StratumScore(key, n, None if mean is None else float(mean)) for key, n, mean in found)
    return tuple(sorted(told, key=lambda one: (-one.n, one.stratum)))


def how_many(session: Session, some: Some) -> int:
    """All of them."""
    return int(session.execute(select(func.count()).select_from(QaReview).where(*some)).scalar_one())


def causes(session: Session, some: Some) -> Counter[str]:
    """Root causes that reviews gave, as they are worded: how often each."""
    said = cast(col(QaAnswer.causes), String)
    query = select(said, func.count()).select_from(QaReview).join(QaAnswer, _of_review(QaAnswer))
    found: Counter[str] = Counter()
    for told, n in session.execute(query.where(*some, said.not_in(("[]", "null"))).group_by(said)):
        for cause in json.loads(told):
            found[cause] += n
    return found


def disputes(session: Session, some: Some) -> Disputes | None:
    """How some reviews were disputed; None: none was. Give those that were withdrawn after one too."""
    status = col(Dispute.status)
    query = select(status, func.count()).select_from(QaReview).join(Dispute, _of_review(Dispute))
    found: Counter[str] = Counter()
    for key, n in session.execute(query.where(*some).group_by(status)):
        found[key] += n
    return Disputes(**found) if found else None


def by_reviewer(session: Session, some: Some) -> tuple[int, ...]:
    """How many reviews each reviewer made, the most first; who they are is not told."""
    who = col(QaReview.reviewer_id), case((col(QaReview.reviewer_id).is_(None), col(QaReview.reviewer)), else_="")
    found = session.execute(select(func.count()).select_from(QaReview).where(*some).group_by(*who))
    return tuple(sorted(found.scalars(), reverse=True))


def people(session: Session, some: Some) -> int:
    """Whose work some reviews are about: how many people."""
    who = func.count(distinct(func.coalesce(col(Identity.member_id), col(Identity.id))))
    same = and_(col(Identity.workspace_id) == col(QaReview.workspace_id), col(Identity.id) == col(QaReview.agent_id))
    return int(session.execute(select(who).select_from(QaReview).join(Identity, same).where(*some)).scalar_one())


def _of_review(table: Any) -> Any:
    return and_(col(table.workspace_id) == col(QaReview.workspace_id), col(table.review_id) == col(QaReview.id))


Sums = tuple[float, ...]
"""Of one criterion in one version: how many, the sum of their points, how many were low."""


def _named(session: Session, counted: Mapping[tuple[int, str], Sums]) -> tuple[CriterionScore, ...]:
    """The versions of a scorecard together, called as the newest of them calls it."""
    together: dict[tuple[int, str], Sums] = {}
    words: dict[tuple[int, str], tuple[str, Criterion | None]] = {}
    for version, scorecard in _versions(session, {version for version, _ in counted}):
        known = {one.key: one for one in Definition.read(version.definition).criteria}
        for (of, key), sums in counted.items():
            if of == version.id:
                at = version.scorecard_id, key
                together[at] = tuple(a + b for a, b in zip(together.get(at, (0, 0, 0)), sums, strict=True))
                words[at] = scorecard, known.get(key)
    told = [_told(*words[card, key], key, *sums) for (card, key), sums in together.items()]
    return tuple(sorted(told, key=lambda one: (one.mean, -one.n, one.scorecard, one.name)))


def _versions(session: Session, ids: Collection[int]) -> Iterator[tuple[QaScorecardVersion, str]]:
    """Each with its scorecard's name, the newest last."""
    same = and_(
        col(QaScorecard.workspace_id) == col(QaScorecardVersion.workspace_id),
        col(QaScorecard.id) == col(QaScorecardVersion.scorecard_id),
    )
    query = select(QaScorecardVersion, col(QaScorecard.name)).join(QaScorecard, same)
    found = query.where(col(QaScorecardVersion.id).in_(ids)).order_by(col(QaScorecardVersion.version))
    yield from (tuple(row) for row in session.execute(found))


def _told(scorecard: str, one: Criterion | None, key: str, n: float, total: float, low: float) -> CriterionScore:
    name, is_critical = (one.name, one.is_critical) if one else (key, False)
    return CriterionScore(scorecard, key, name, is_critical, int(n), total / n, int(low))
