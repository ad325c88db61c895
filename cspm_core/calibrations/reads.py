"""Rounds from the store: who is to score what, how far they are, and, at the end, how they scored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from .. import errors, people, tickets
from ..people import Identity, Member, Team
from ..qa.rules import Answer, Definition
from ..qa.tables import QaAnswer, QaReview, QaScorecard, QaScorecardVersion
from ..tickets import Ticket
from . import rules
from .comparing import Given, compare
from .contents import Calibrator, Contact, Result, Round
from .tables import QaCalibration, QaCalibrationContact, QaCalibrator

LOOKED_BACK = timedelta(days=14)
LISTED = 10


def one(session: Session, workspace_id: int, calibration_id: int) -> Round:
    """One round. Raises UnknownCalibration."""
    row = session.get(QaCalibration, (workspace_id, calibration_id))
    if row is None:
        raise errors.UnknownCalibration(str(calibration_id))
    return _round(session, row)


def rounds(session: Session, team: Team, limit: int = LISTED) -> list[Round]:
    """A team's rounds, the newest first."""
    query = select(QaCalibration).where(
        QaCalibration.workspace_id == team.workspace_id, QaCalibration.team_id == team.id
    )
    return [_round(session, row) for row in session.exec(query.order_by(col(QaCalibration.id).desc()).limit(limit))]


def rounds_of(session: Session, workspace_id: int, member_id: int, since: datetime) -> list[Round]:
    """The rounds that somebody scores in and that are open, or were closed since an instant; the first due first."""
    query = (
        select(QaCalibration)
        .join(
            QaCalibrator,
            (col(QaCalibrator.workspace_id) == QaCalibration.workspace_id)
            & (col(QaCalibrator.calibration_id) == QaCalibration.id),
        )
        .where(
            QaCalibration.workspace_id == workspace_id,
            QaCalibrator.member_id == member_id,
            col(QaCalibration.closed_at).is_(None) | (col(QaCalibration.closed_at) >= since),
        )
        .order_by(col(QaCalibration.due_at), col(QaCalibration.id))
    )
    return [_round(session, row) for row in session.exec(query)]


def due(session: Session, *, now: datetime) -> list[tuple[int, int]]:
    """(workspace_id, id) of the open rounds, over all workspaces, whose date has come."""
    query = select(QaCalibration.workspace_id, QaCalibration.id).where(
        col(QaCalibration.closed_at).is_(None), col(QaCalibration.due_at) <= now
    )
    return [(workspace_id, found) for workspace_id, found in session.exec(query.order_by(col(QaCalibration.due_at)))]


def result(session: Session, workspace_id: int, calibration_id: int) -> Result:
    """What came of a closed round. Raises UnknownCalibration, CalibrationOpen: before the end nobody sees it."""
    found = one(session, workspace_id, calibration_id)
    if found.closed_at is None:
        raise errors.CalibrationOpen(found.due_at, found.timezone)
    given = _given(session, workspace_id, calibration_id)
    comparison = compare(found.definition, given, seed=calibration_id)
    took_part = len({one.reviewer_id for one in given})
    return Result(found, took_part, comparison, rules.verdict(comparison.alpha), rules.is_sure(comparison.alpha))


def calibrators_for(session: Session, team: Team, now: datetime) -> list[Member]:
    """Who could score in a team's round today: its reviewers, leads and managers, by name."""
    day = people.calendar_of(session, team).local_day(now)
    roles = (people.Role.QA_REVIEWER, people.Role.LEAD, people.Role.MANAGER)
    found = {one.id: one for role in roles for one in people.members_of(session, team, day, role)}
    return sorted(found.values(), key=lambda one: people.fold(one.name))


def suggested(session: Session, team: Team, n: int, *, seed: int, besides: Sequence[int], now: datetime) -> list[int]:
    """Some tickets at random among those that the team solved in the last two weeks of its data and that were never in
    a round; `besides`: not these."""
    end = min(now, tickets.complete_until(session, team, now) or now)
    known = select(QaCalibrationContact.ticket_id).where(QaCalibrationContact.workspace_id == team.workspace_id)
    query = select(Ticket.id).where(
        Ticket.workspace_id == team.workspace_id,
        Ticket.team_id == team.id,
        col(Ticket.solved_at) > end - LOOKED_BACK,
        col(Ticket.solved_at) <= end,
        col(Ticket.is_solved).is_(True),
        Ticket.left_out == "",
        col(Ticket.agent_id).is_not(None),
        col(Ticket.id).not_in(known),
    )
    return rules.drawn([found for found in session.exec(query) if found not in besides], n, seed)


def _round(session: Session, row: QaCalibration) -> Round:
    team = people.team(session, row.workspace_id, row.team_id)
    version = session.get_one(QaScorecardVersion, (row.workspace_id, row.version_id))
    card = session.get_one(QaScorecard, (row.workspace_id, version.scorecard_id))
    contacts = _contacts(session, row)
    return Round(
        row.id,
        team.id,
        team.name,
        team.timezone,
        row.name,
        card.name,
        version.id,
        Definition.read(version.definition),
        row.by_id,
        people.member(session, row.workspace_id, row.by_id).name,
        row.at,
        row.due_at,
        row.closed_at,
        contacts,
        _calibrators(session, row, contacts),
    )


def _contacts(session: Session, row: QaCalibration) -> tuple[Contact, ...]:
    query = (
        select(Ticket, Identity.member_id)
        .join(
            QaCalibrationContact,
            (col(QaCalibrationContact.workspace_id) == Ticket.workspace_id)
            & (col(QaCalibrationContact.ticket_id) == Ticket.id),
        )
        .join(
            Identity,
            (col(Identity.workspace_id) == Ticket.workspace_id) & (col(Identity.id) == Ticket.agent_id),
            isouter=True,
        )
        .where(QaCalibrationContact.workspace_id == row.workspace_id, QaCalibrationContact.calibration_id == row.id)
        .order_by(col(QaCalibrationContact.id))
    )
    return tuple(Contact(one.id, one.key, one.url, one.subject, agent) for one, agent in session.exec(query))


def _calibrators(session: Session, row: QaCalibration, contacts: Sequence[Contact]) -> tuple[Calibrator, ...]:
    sent: dict[int, dict[int, datetime]] = defaultdict(dict)
    reviews = select(QaReview.reviewer_id, QaReview.ticket_id, QaReview.submitted_at).where(
        QaReview.workspace_id == row.workspace_id,
        QaReview.calibration_id == row.id,
        col(QaReview.submitted_at).is_not(None),
    )
    for reviewer_id, ticket_id, at in session.exec(reviews):
        if reviewer_id is not None and ticket_id is not None and at is not None:
            sent[reviewer_id][ticket_id] = at
    query = (
        select(Member)
        .join(
            QaCalibrator,
            (col(QaCalibrator.workspace_id) == Member.workspace_id) & (col(QaCalibrator.member_id) == Member.id),
        )
        .where(QaCalibrator.workspace_id == row.workspace_id, QaCalibrator.calibration_id == row.id)
    )
    return tuple(
        Calibrator(
            who.id,
            who.name,
            who.slack_user_id,
            frozenset(one.ticket_id for one in contacts if one.agent_member_id != who.id),
            frozenset(sent[who.id]),
            max(sent[who.id].values(), default=None),
        )
        for who in sorted(session.exec(query).all(), key=lambda who: people.fold(who.name))
    )


def _given(session: Session, workspace_id: int, calibration_id: int) -> list[Given]:
    """What was sent: of several of one reviewer and conversation the first."""
    reviews = session.exec(
        select(QaReview)
        .where(
            QaReview.workspace_id == workspace_id,
            QaReview.calibration_id == calibration_id,
            col(QaReview.submitted_at).is_not(None),
        )
        .order_by(col(QaReview.submitted_at), col(QaReview.id))
    ).all()
    first: dict[tuple[int, int], QaReview] = {}
    for one in reviews:
        if one.reviewer_id is not None and one.ticket_id is not None:
            first.setdefault((one.reviewer_id, one.ticket_id), one)
    answers: dict[int, dict[str, Answer]] = defaultdict(dict)
    query = select(QaAnswer).where(
        QaAnswer.workspace_id == workspace_id, col(QaAnswer.review_id).in_([one.id for one in first.values()])
    )
    for row in session.exec(query):
        answers[row.review_id][row.criterion] = Answer(
            row.criterion, row.score, row.lowest, row.highest, row.weight, row.is_critical, row.is_na
        )
    return [Given(who, which, one.score, answers[one.id]) for (who, which), one in first.items()]
