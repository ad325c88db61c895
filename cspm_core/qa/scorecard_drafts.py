"""Editing a scorecard: every change is kept in a draft of the editor's own, and saving makes it the scorecard's.

Callers commit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, delete, select
from sqlmodel.sql.expression import SelectOfScalar

from ..ids import new_id
from ..once import the_one
from ..people import Team
from . import scorecards
from .rules import Definition
from .scorecard_edits import Edit
from .scorecard_rules import Change, changes
from .scorecards import Card
from .tables import QaScorecardDraft


@dataclass(frozen=True, slots=True)
class Draft:
    """A scorecard as somebody is changing it. `card`: as it stands; `is_outdated`: somebody else saved meanwhile."""

    card: Card
    name: str
    channel: str
    definition: Definition
    is_outdated: bool

    @property
    def changes(self) -> tuple[Change, ...]:
        """What saving would change, in the definition."""
        return changes(self.card.definition, self.definition)

    @property
    def is_changed(self) -> bool:
        return bool(self.changes) or (self.name, self.channel) != (self.card.name, self.card.channel)


def editing(session: Session, workspace_id: int, scorecard_id: int, by: int, *, now: datetime) -> Draft:
    """One's draft of a scorecard; begun from the current version where there is none. Raises UnknownScorecard."""
    card = scorecards.scorecard(session, workspace_id, scorecard_id)
    fresh = QaScorecardDraft(
        workspace_id=workspace_id,
        id=new_id(now),
        scorecard_id=scorecard_id,
        by_id=by,
        name=card.name,
        channel=card.channel,
        seen=card.definition.written(),
        definition=card.definition.written(),
        changed_at=now,
    )
    return _draft(card, the_one(session, _mine(workspace_id, scorecard_id, by), fresh))


def change_draft(
    session: Session,
    workspace_id: int,
    scorecard_id: int,
    by: int,
    how: Edit,
    *,
    now: datetime,
) -> Draft:
    """Let the draft's definition be what `how` makes of it. Raises UnknownScorecard, what `how` raises."""
    card, row = _locked(session, workspace_id, scorecard_id, by, now)
    row.definition, row.changed_at = how(Definition.read(row.definition)).written(), now
    session.add(row)
    session.flush()
    return _draft(card, row)


def change_draft_settings(
    session: Session,
    workspace_id: int,
    scorecard_id: int,
    by: int,
    name: str,
    channel: str,
    how: Edit,
    *,
    now: datetime,
) -> Draft:
    """The same with the scorecard's name and channel."""
    card, row = _locked(session, workspace_id, scorecard_id, by, now)
    row.name, row.channel = " ".join(name.split()), channel
    row.definition, row.changed_at = how(Definition.read(row.definition)).written(), now
    session.add(row)
    session.flush()
    return _draft(card, row)


def save_draft(session: Session, team: Team, scorecard_id: int, by: int, *, now: datetime) -> tuple[Draft, Card]:
    """What was changed, and the scorecard as it is now. Raises BadScorecard, Taken, UnknownScorecard, Changed where
    somebody else saved meanwhile."""
    card, row = _locked(session, team.workspace_id, scorecard_id, by, now)
    before = _draft(card, row)
    saved = scorecards.save_scorecard(
        session,
        team,
        row.name,
        before.definition,
        channel=row.channel,
        by=by,
        now=now,
        scorecard_id=scorecard_id,
        seen=Definition.read(row.seen),
    )
    discard_draft(session, team.workspace_id, scorecard_id, by)
    return before, saved


def discard_draft(session: Session, workspace_id: int, scorecard_id: int, by: int) -> None:
    """Forget what was changed."""
    session.exec(
        delete(QaScorecardDraft).where(
            col(QaScorecardDraft.workspace_id) == workspace_id,
            col(QaScorecardDraft.scorecard_id) == scorecard_id,
            col(QaScorecardDraft.by_id) == by,
        )
    )


def _mine(workspace_id: int, scorecard_id: int, by: int) -> SelectOfScalar[QaScorecardDraft]:
    return select(QaScorecardDraft).where(
        QaScorecardDraft.workspace_id == workspace_id,
        QaScorecardDraft.scorecard_id == scorecard_id,
        QaScorecardDraft.by_id == by,
    )


def _locked(
    session: Session, workspace_id: int, scorecard_id: int, by: int, now: datetime
) -> tuple[Card, QaScorecardDraft]:
    editing(session, workspace_id, scorecard_id, by, now=now)
    query = _mine(workspace_id, scorecard_id, by).with_for_update().execution_options(populate_existing=True)
    return scorecards.scorecard(session, workspace_id, scorecard_id), session.exec(query).one()


def _draft(card: Card, row: QaScorecardDraft) -> Draft:
    is_outdated = Definition.read(row.seen) != card.definition
    return Draft(card, row.name, row.channel, Definition.read(row.definition), is_outdated)
