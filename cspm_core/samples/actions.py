"""What people do with picks: replace one with a reason, take one that nobody has, review one. Callers commit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select, update

from .. import errors, people
from ..ids import new_id
from ..once import add_once
from ..people import Asker, Identity, Role, Team
from ..qa.rules import PROMPTED, Stratum
from ..qa.tables import QaReview
from . import drawing, population, reads, rules, telling
from .contents import Replaced
from .rules import Chosen, Reason, Status
from .tables import QaDraw, QaPick

DRAWN = (Stratum.RANDOM, *PROMPTED)


def replace(
    session: Session, workspace_id: int, pick_id: int, *, by: Asker, reason: str, said: str = "", now: datetime
) -> Replaced:
    """Another one for a pick: the next in the shuffled order of its cell. It is counted and kept with its reason, and
    the old one makes no random review any more. For its reviewer and for the team's leads.

    Raises Invalid without a reason, UnknownPick, NotForYou, PickClosed where it is open no more.
    """
    kept = _reason(reason, said)
    row = _open(session, workspace_id, pick_id)
    _may(session, row, by)
    values = {"reason": kept, "replaced_by": by.member_id, "replaced_at": now}
    if not _move(session, row, Status.REPLACED, **values):
        raise errors.PickClosed(reads.pick(session, workspace_id, pick_id).key)
    team = people.team(session, workspace_id, row.team_id)
    fresh = _next(session, team, row, now)
    telling.changed(session, row)
    if fresh is not None and fresh.reviewer_id != row.reviewer_id:
        telling.changed(session, fresh)
    before = reads.pick(session, workspace_id, pick_id)
    return Replaced(before, reads.pick(session, workspace_id, fresh.id) if fresh else None)


def _reason(reason: str, said: str) -> str:
    if reason not in set(Reason):
        raise errors.Invalid("reason", reason, "pick_reason")
    if reason == Reason.OTHER and not said.strip():
        raise errors.Invalid("said", said, "pick_said")
    return rules.why(Reason(reason), said)


def _open(session: Session, workspace_id: int, pick_id: int) -> QaPick:
    row = session.get(QaPick, (workspace_id, pick_id), populate_existing=True)
    if row is None:
        raise errors.UnknownPick(str(pick_id))
    if row.status != Status.OPEN:
        raise errors.PickClosed(reads.pick(session, workspace_id, pick_id).key)
    return row


def _may(session: Session, row: QaPick, by: Asker) -> None:
    if by.member_id is None or not (row.reviewer_id == by.member_id or by.coaches(row.team_id)):
        team = people.team(session, row.workspace_id, row.team_id)
        raise errors.NotForYou([one.name for one in people.members_of(session, team, row.due_at.date(), Role.LEAD)])


def _move(session: Session, row: QaPick, status: Status, **values: Any) -> bool:
    """An open pick becomes something else, once."""
    moved = session.exec(
        update(QaPick)
        .where(
            col(QaPick.workspace_id) == row.workspace_id,
            col(QaPick.id) == row.id,
            col(QaPick.status) == Status.OPEN,
        )
        .values(status=status.value, **values)
    )
    session.refresh(row)
    return bool(moved.rowcount == 1)


def _next(session: Session, team: Team, row: QaPick, now: datetime) -> QaPick | None:
    """The next of its cell, for the same reviewer unless it is their own work; None: the cell has no more."""
    draw = session.get_one(QaDraw, (row.workspace_id, row.draw_id))
    due_at = max(row.due_at, rules.due_at(people.calendar_of(session, team), now, 1))
    for chosen in _after(session, team, draw, row):
        reviewer = _reviewer(session, team, draw, row, chosen, now=now, due_at=due_at)
        fresh = QaPick(
            workspace_id=row.workspace_id,
            id=new_id(now),
            team_id=row.team_id,
            draw_id=row.draw_id,
            ticket_id=chosen.ticket_id,
            agent_id=chosen.agent_id,
            stratum=row.stratum,
            cell=row.cell,
            place=chosen.place,
            reviewer_id=reviewer,
            due_at=due_at,
        )
        if add_once(session, fresh):
            return fresh
    return None


def _after(session: Session, team: Team, draw: QaDraw, row: QaPick) -> list[Chosen]:
    """What of a cell was not drawn yet, in the order of its seed."""
    gone = set(session.exec(select(QaPick.ticket_id).where(QaPick.workspace_id == row.workspace_id,
                                                           QaPick.draw_id == row.draw_id)))  # fmt: skip
    known = population.of_week(session, team, draw.week)
    if row.stratum == Stratum.RANDOM:
        plan, whole = draw.facts["plan"], known.solved
        cells, numbers = whole.cells(rules.strata_of(plan["strata"], plan["unit"]))
        names = [rules.cell_name(cells[n]) for n in numbers.tolist()]
    else:
        whole = population.prompted(session, team, draw.week, [row.stratum], known)[row.stratum]
        names = [row.cell] * len(whole)
    mine = [i for i in rules.queue_of(whole, draw.seed) if names[i] == row.cell]
    return [
        Chosen(whole.ids[i], whole.agents[i], row.stratum, row.cell, place)
        for place, i in enumerate(mine)
        if whole.ids[i] not in gone
    ]


def _reviewer(
    session: Session, team: Team, draw: QaDraw, row: QaPick, chosen: Chosen, *, now: datetime, due_at: datetime
) -> int | None:
    agent = session.get(Identity, (team.workspace_id, chosen.agent_id))
    if row.reviewer_id is not None and (agent is None or agent.member_id != row.reviewer_id):
        return row.reviewer_id
    loads = _loads(session, draw)
    [given] = drawing.shared(session, team, [chosen.agent_id], now=now, due_at=due_at, seed=draw.seed, loads=loads)
    return given


def _loads(session: Session, draw: QaDraw) -> dict[int, int]:
    rows = session.exec(
        select(QaPick.reviewer_id, func.count())
        .where(QaPick.workspace_id == draw.workspace_id, QaPick.draw_id == draw.id, QaPick.status != Status.REPLACED)
        .group_by(col(QaPick.reviewer_id))
    ).all()
    return {reviewer: n for reviewer, n in rows if reviewer is not None}


def take(session: Session, workspace_id: int, pick_id: int, *, by: Asker) -> QaPick:
    """A lead or a reviewer takes a pick that nobody has; never their own work. Raises UnknownPick, NotReviewer,
    OwnWork, PickClosed where somebody has it, or it is over."""
    row = _open(session, workspace_id, pick_id)
    team = people.team(session, workspace_id, row.team_id)
    if by.member_id is None or not by.reviews(team.id):
        raise errors.NotReviewer(team.name)
    if row.agent_id in people.identities_of(session, workspace_id, by.member_id):
        raise errors.OwnWork(reads.pick(session, workspace_id, pick_id).key)
    taken = session.exec(
        update(QaPick)
        .where(
            col(QaPick.workspace_id) == workspace_id,
            col(QaPick.id) == pick_id,
            col(QaPick.status) == Status.OPEN,
            col(QaPick.reviewer_id).is_(None),
        )
        .values(reviewer_id=by.member_id)
    )
    session.refresh(row)
    if taken.rowcount != 1 and row.reviewer_id != by.member_id:
        raise errors.PickClosed(reads.pick(session, workspace_id, pick_id).key)
    telling.changed(session, row)
    return row


def reviewed(session: Session, review: QaReview, *, now: datetime) -> int | None:  # noqa: ARG001
    """A review is sent: it closes the open pick of its ticket and its reviewer, and has that pick's stratum. Where
    there is none, it was chosen, whatever it said of itself: a replaced or lapsed pick makes no random review. The
    pick's id."""
    if review.calibration_id is not None:
        return None
    known = _closed_by(session, review)
    if known is not None:
        return known
    for row in _open_for(session, review):
        if _move(session, row, Status.DONE, review_id=review.id):
            review.stratum = row.stratum
            session.add(review)
            session.flush()
            telling.changed(session, row)
            return row.id
    if review.stratum in DRAWN:
        review.stratum = Stratum.CHOSEN.value
        session.add(review)
        session.flush()
    return None


def _closed_by(session: Session, review: QaReview) -> int | None:
    mine = (QaPick.workspace_id == review.workspace_id, QaPick.review_id == review.id)
    return session.exec(select(QaPick.id).where(*mine, QaPick.ticket_id == review.ticket_id)).first()


def _open_for(session: Session, review: QaReview) -> list[QaPick]:
    if review.ticket_id is None or review.reviewer_id is None:
        return []
    query = select(QaPick).where(
        QaPick.workspace_id == review.workspace_id,
        QaPick.ticket_id == review.ticket_id,
        QaPick.reviewer_id == review.reviewer_id,
        QaPick.status == Status.OPEN,
    )
    return list(session.exec(query.order_by(col(QaPick.due_at))))
