"""The scorecards that an export of reviews names: made as they come, one version for each set of criteria."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlmodel import Session, col, select, update

from ..ids import new_id
from ..once import the_one
from ..people import fold
from ..qa.rules import FEWEST_POINTS, MOST_POINTS, Criterion, Definition, Section
from ..qa.scorecard_rules import LONGEST_NAME, key_for
from ..qa.tables import QaScorecard, QaScorecardVersion
from .review_rows import Scored

Signature = frozenset[tuple[str, int, float, bool]]
"""What makes a set of criteria one: folded name, points, weight, critical."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a scorecard. `keys`: a criterion's folded name -> its key. `id` 0: a dry run would make it."""

    id: int
    number: int
    definition: Definition
    keys: Mapping[str, str]


@dataclass
class _Card:
    row: QaScorecard
    is_fresh: bool
    base: Definition
    versions: dict[Signature, Version]
    latest_at: datetime | None = None

    @property
    def keys(self) -> dict[str, str]:
        """Keys that its criteria have in any version, by folded name: they stay the same."""
        return {name: key for one in self.versions.values() for name, key in one.keys.items()}


@dataclass
class Cards:
    """The scorecards of one import. `made`: names of those it made; `versions`: how many versions it made."""

    workspace_id: int
    dry_run: bool
    now: datetime
    made: list[str] = field(default_factory=list)
    versions: int = 0
    _known: dict[tuple[int, str], _Card] = field(default_factory=dict)

    def version(self, session: Session, team_id: int, name: str, rows: Iterable[Scored], at: datetime) -> Version:
        """The version that has just these criteria, made where there is none. A scorecard that the import makes stands
        as its latest review has it; one that was there keeps the version that it offers."""
        card = self._card(session, team_id, name)
        criteria = [
            (known_as(row.criterion), fitting(row.criterion), _points(row), row.weight, row.is_critical) for row in rows
        ]
        signature: Signature = frozenset(
            (key, len(scale), weight, critical) for key, _, scale, weight, critical in criteria
        )
        found = card.versions.get(signature)
        if found is None:
            found = self._made(session, card, criteria)
            card.versions[signature] = found
        if card.is_fresh and (card.latest_at is None or at >= card.latest_at):
            card.latest_at = at
            self._offer(session, card, found)
        return found

    def _card(self, session: Session, team_id: int, name: str) -> _Card:
        name = fitting(name)
        key = (team_id, fold(name))
        if key not in self._known:
            self._known[key] = self._read(session, team_id, name)
        return self._known[key]

    def _read(self, session: Session, team_id: int, name: str) -> _Card:
        known = select(QaScorecard).where(
            QaScorecard.workspace_id == self.workspace_id,
            QaScorecard.team_id == team_id,
            QaScorecard.name_key == fold(name),
        )
        standing = session.exec(known).first()
        fresh = QaScorecard(
            workspace_id=self.workspace_id, id=new_id(self.now), team_id=team_id, name=name, name_key=fold(name)
        )
        if standing is None:
            self.made.append(name)
            row = fresh if self.dry_run else the_one(session, known, fresh)
            return _Card(row, True, Definition(()), {})
        query = select(QaScorecardVersion).where(
            QaScorecardVersion.workspace_id == self.workspace_id, QaScorecardVersion.scorecard_id == standing.id
        )
        versions, base = {}, Definition(())
        for one in session.exec(query.order_by(col(QaScorecardVersion.version))):
            definition = Definition.read(one.definition)
            keys = {fold(criterion.name): criterion.key for criterion in definition.criteria}
            versions[_signature(definition)] = Version(one.id, one.version, definition, keys)
            if one.version == standing.version:
                base = definition
        return _Card(standing, False, base, versions)

    def _made(
        self, session: Session, card: _Card, criteria: Iterable[tuple[str, str, tuple[str, ...], float, bool]]
    ) -> Version:
        taken = dict(card.keys)
        made = []
        for folded, name, scale, weight, is_critical in criteria:
            key = taken.get(folded) or key_for(name, set(taken.values()))
            taken[folded] = key
            made.append(Criterion(key, name, scale, weight, is_critical))
        definition = replace(card.base, sections=(Section(card.row.name, tuple(made)),))
        number = max((one.number for one in card.versions.values()), default=0) + 1
        self.versions += 1
        version_id = 0
        if not self.dry_run:
            known = select(QaScorecardVersion).where(
                QaScorecardVersion.workspace_id == self.workspace_id,
                QaScorecardVersion.scorecard_id == card.row.id,
                QaScorecardVersion.version == number,
            )
            fresh = QaScorecardVersion(
                workspace_id=self.workspace_id,
                id=new_id(self.now),
                scorecard_id=card.row.id,
                version=number,
                definition=definition.written(),
                made_at=self.now,
            )
            version_id = the_one(session, known, fresh).id
        return Version(version_id, number, definition, {fold(one.name): one.key for one in made})

    def _offer(self, session: Session, card: _Card, found: Version) -> None:
        if self.dry_run or card.row.version == found.number:
            return
        card.row.version = found.number
        session.exec(
            update(QaScorecard)
            .where(col(QaScorecard.workspace_id) == self.workspace_id, col(QaScorecard.id) == card.row.id)
            .values(version=found.number)
            .execution_options(synchronize_session=False)
        )


def _signature(definition: Definition) -> Signature:
    return frozenset((fold(one.name), len(one.scale), one.weight, one.is_critical) for one in definition.criteria)


def _points(row: Scored) -> tuple[str, ...]:
    """What each point of the scale is called: its number; of a long or a broken scale five that stand for it."""
    steps = row.highest - row.lowest
    whole = steps.is_integer() and FEWEST_POINTS <= steps + 1 <= MOST_POINTS
    points = int(steps) + 1 if whole else MOST_POINTS
    return tuple(f"{row.lowest + steps * n / (points - 1):g}" for n in range(points))


def fitting(name: str) -> str:
    """A name as long as a scorecard takes it."""
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "…"


def known_as(criterion: str) -> str:
    """A criterion's name as it is compared."""
    return fold(fitting(criterion))
