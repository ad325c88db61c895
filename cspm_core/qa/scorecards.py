"""A team’s scorecards, and changing one so that no review made with it changes. Callers commit."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select, update
from sqlmodel.sql.expression import Select

from .. import errors
from ..ids import new_id
from ..once import add_once
from ..people import Team, fold
from .rules import Definition
from .scorecard_rules import LONGEST_NAME, check
from .tables import QaReview, QaScorecard, QaScorecardVersion

ON_CHOICE = "none"
"""In the place of a channel: offered for no contact by itself."""


@dataclass(frozen=True, slots=True)
class Card:
    """A scorecard as it stands in one version. `channel`: of the contacts it is offered for first; empty: any."""

    workspace_id: int
    id: int
    team_id: int
    name: str
    channel: str
    version: int
    version_id: int
    definition: Definition
    is_archived: bool
    made_at: datetime
    made_by: int | None
    """A member; None: an operator, or an import."""


def scorecards_of(session: Session, team: Team, *, with_archived: bool = False) -> list[Card]:
    """A team's scorecards in their current versions, the oldest first; archived ones last."""
    query = _current().where(QaScorecard.workspace_id == team.workspace_id, QaScorecard.team_id == team.id)
    if not with_archived:
        query = query.where(col(QaScorecard.archived_at).is_(None))
    found = session.exec(query.order_by(col(QaScorecard.archived_at).is_not(None), col(QaScorecard.id)))
    return [_card(*one) for one in found]


def scorecard(session: Session, workspace_id: int, scorecard_id: int) -> Card:
    """One in its current version, archived or not. Raises UnknownScorecard."""
    found = session.exec(
        _current().where(QaScorecard.workspace_id == workspace_id, QaScorecard.id == scorecard_id)
    ).first()
    if found is None:
        raise errors.UnknownScorecard(str(scorecard_id))
    return _card(*found)


def scorecard_named(session: Session, team: Team, name: str) -> Card:
    """One of a team's by its name, archived or not. Raises UnknownScorecard with the nearest."""
    every = scorecards_of(session, team, with_archived=True)
    found = next((one for one in every if fold(one.name) == fold(name)), None)
    if found is None:
        names = {fold(one.name): one.name for one in every}
        near = difflib.get_close_matches(fold(name), names, n=1, cutoff=0.5)
        raise errors.UnknownScorecard(name, names[near[0]] if near else None, list(names.values())[:10])
    return found


def scorecard_version(session: Session, workspace_id: int, version_id: int) -> Card:
    """One as it stood in a version. Raises UnknownScorecard."""
    version = session.get(QaScorecardVersion, (workspace_id, version_id))
    if version is None:
        raise errors.UnknownScorecard(str(version_id))
    return _card(session.get_one(QaScorecard, (workspace_id, version.scorecard_id)), version)


def card_for(session: Session, team: Team, channel: str) -> Card | None:
    """What a contact of a channel is scored by: the scorecard for the channel, else one for any, else the first."""
    every = sorted(scorecards_of(session, team), key=lambda one: one.channel == ON_CHOICE)
    wanted = (fold(channel), "") if channel and channel != ON_CHOICE else ("",)
    return next((one for word in wanted for one in every if fold(one.channel) == word), every[0] if every else None)


def reviews_with(session: Session, team: Team) -> dict[int, int]:
    """How many reviews were submitted with each of a team's scorecards, in any version; calibrations left out."""
    counted = (
        select(QaScorecardVersion.scorecard_id, func.count())
        .join(QaReview, (col(QaReview.version_id) == QaScorecardVersion.id)
              & (col(QaReview.workspace_id) == QaScorecardVersion.workspace_id))
        .where(QaReview.workspace_id == team.workspace_id, QaReview.team_id == team.id,
               col(QaReview.submitted_at).is_not(None), col(QaReview.calibration_id).is_(None))
        .group_by(col(QaScorecardVersion.scorecard_id))
    )  # fmt: skip
    return dict(session.exec(counted).all())


def save_scorecard(
    session: Session,
    team: Team,
    name: str,
    definition: Definition,
    *,
    channel: str = "",
    by: int | None,
    now: datetime,
    scorecard_id: int | None = None,
    seen: Definition | None = None,
) -> Card:
    """A new scorecard, or a changed one. `by`: a member; None: an operator. `seen`: what the change started from.

    A version that a review was made with, draft or submitted, stays as it is and the change becomes the next one.
    Raises BadScorecard, Taken (the name), UnknownScorecard, Changed.
    """
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise errors.BadScorecard("too_long" if name else "no_name", name, part="name", number=LONGEST_NAME)
    check(definition)
    if scorecard_id is None:
        return _add(session, team, name, definition, channel=channel, by=by, now=now)
    before = _locked(session, team, scorecard_id)
    if seen is not None and seen != before.definition:
        raise errors.Changed
    _rename(session, before, name, channel)
    if definition != before.definition:
        _write(session, before, definition, by=by, now=now)
    return scorecard(session, team.workspace_id, scorecard_id)


def archive_scorecard(session: Session, workspace_id: int, scorecard_id: int, *, now: datetime) -> None:
    """It is offered no more; its reviews stay. Raises UnknownScorecard."""
    row = session.get(QaScorecard, (workspace_id, scorecard_id))
    if row is None:
        raise errors.UnknownScorecard(str(scorecard_id))
    row.archived_at = row.archived_at or now
    session.add(row)
    session.flush()


def unarchive_scorecard(session: Session, workspace_id: int, scorecard_id: int) -> None:
    """It is offered again. Raises UnknownScorecard."""
    row = session.get(QaScorecard, (workspace_id, scorecard_id))
    if row is None:
        raise errors.UnknownScorecard(str(scorecard_id))
    row.archived_at = None
    session.add(row)
    session.flush()


def is_used(session: Session, workspace_id: int, version_id: int) -> bool:
    """Whether a review, draft or submitted, was made with a version."""
    used = exists().where(col(QaReview.workspace_id) == workspace_id, col(QaReview.version_id) == version_id)
    return bool(session.exec(select(used)).one())


def _add(
    session: Session, team: Team, name: str, definition: Definition, *, channel: str, by: int | None, now: datetime
) -> Card:
    row = QaScorecard(
        workspace_id=team.workspace_id,
        id=new_id(now),
        team_id=team.id,
        name=name,
        name_key=fold(name),
        channel=channel,
    )
    if not add_once(session, row):
        raise errors.Taken(scorecard_named(session, team, name).name)
    add_once(session, _version(row.workspace_id, row.id, 1, definition, by, now))
    return scorecard(session, team.workspace_id, row.id)


def _locked(session: Session, team: Team, scorecard_id: int) -> Card:
    """The current version, which gets no review until the transaction ends: a review points at its row."""
    row = scorecard(session, team.workspace_id, scorecard_id)
    if row.team_id != team.id:
        raise errors.UnknownScorecard(str(scorecard_id))
    session.exec(
        select(QaScorecardVersion)
        .where(QaScorecardVersion.workspace_id == team.workspace_id, QaScorecardVersion.id == row.version_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    found = scorecard(session, team.workspace_id, scorecard_id)
    if found.version_id != row.version_id:
        raise errors.Changed
    return found


def _rename(session: Session, before: Card, name: str, channel: str) -> None:
    if (name, channel) == (before.name, before.channel):
        return
    row = session.get_one(QaScorecard, (before.workspace_id, before.id))
    row.name, row.name_key, row.channel = name, fold(name), channel
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError:
        raise errors.Taken(name) from None


def _write(session: Session, before: Card, definition: Definition, *, by: int | None, now: datetime) -> None:
    """In place where nothing was scored with it yet, else as the next version; the unique key decides between two."""
    workspace_id = before.workspace_id
    if not is_used(session, workspace_id, before.version_id):
        row = session.get_one(QaScorecardVersion, (workspace_id, before.version_id))
        row.definition, row.made_at, row.made_by = definition.written(), now, by
        session.add(row)
        session.flush()
        return
    numbers = select(func.max(QaScorecardVersion.version)).where(
        QaScorecardVersion.workspace_id == workspace_id, QaScorecardVersion.scorecard_id == before.id
    )
    number = (session.exec(numbers).one() or 0) + 1  # an import may have made later ones that are not offered
    if not add_once(session, _version(workspace_id, before.id, number, definition, by, now)):
        raise errors.Changed
    moved = session.connection().execute(
        update(QaScorecard)
        .where(
            col(QaScorecard.workspace_id) == workspace_id,
            col(QaScorecard.id) == before.id,
            col(QaScorecard.version) == before.version,
        )
        .values(version=number)
    )
    if moved.rowcount != 1:
        raise errors.Changed
    session.expire(session.get_one(QaScorecard, (workspace_id, before.id)))


def _current() -> Select[QaScorecard, QaScorecardVersion]:
    """Scorecards, each with its current version."""
    return select(QaScorecard, QaScorecardVersion).join(
        QaScorecardVersion,
        (col(QaScorecardVersion.workspace_id) == QaScorecard.workspace_id)
        & (col(QaScorecardVersion.scorecard_id) == QaScorecard.id)
        & (col(QaScorecardVersion.version) == QaScorecard.version),
    )


def _card(row: QaScorecard, version: QaScorecardVersion) -> Card:
    return Card(
        row.workspace_id,
        row.id,
        row.team_id,
        row.name,
        row.channel,
        version.version,
        version.id,
        Definition.read(version.definition),
        row.archived_at is not None,
        version.made_at,
        version.made_by,
    )


def _version(
    workspace_id: int, scorecard_id: int, number: int, definition: Definition, by: int | None, now: datetime
) -> QaScorecardVersion:
    return QaScorecardVersion(
        workspace_id=workspace_id,
        id=new_id(now),
        scorecard_id=scorecard_id,
        version=number,
        definition=definition.written(),
        made_at=now,
        made_by=by,
    )
