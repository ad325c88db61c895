"""Beginning a round, scoring in it, and ending it. Callers commit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, delete, select, update

from .. import errors, people
from ..ids import new_id
from ..people import Asker, Team
from ..qa import reviewing, scorecard_version
from ..qa.rules import Stratum
from ..qa.tables import QaAnswer, QaReview, QaReviewEvent
from ..tickets import Ticket
from . import reads, rules, telling
from .contents import Round
from .tables import QaCalibration, QaCalibrationContact, QaCalibrator


def begin(
    session: Session,
    team: Team,
    *,
    by: Asker,
    version_id: int,
    ticket_ids: Sequence[int],
    reviewer_ids: Sequence[int],
    due_on: date,
    name: str = "",
    draw: int = 0,
    now: datetime,
) -> Round:
    """Let some people score some conversations of a team blind, by one version of a scorecard, until a day's end.

    `draw`: so many conversations more, at random. Raises NotReviewer, UnknownScorecard, and Invalid with the field
    `contacts`, `reviewers` or `due_on`.
    """
    if by.member_id is None or not by.reviews(team.id):
        raise errors.NotReviewer(team.name)
    if scorecard_version(session, team.workspace_id, version_id).team_id != team.id:
        raise errors.UnknownScorecard(str(version_id))
    calibration_id = new_id(now)
    chosen = list(dict.fromkeys(ticket_ids))
    if draw:
        chosen += reads.suggested(session, team, draw, seed=calibration_id, besides=chosen, now=now)
    _check_contacts(session, team, chosen)
    known = {one.id for one in reads.calibrators_for(session, team, now)}
    who = sorted(set(reviewer_ids) & known)
    if not rules.FEWEST_REVIEWERS <= len(who) <= rules.MOST_REVIEWERS:
        raise errors.Invalid("reviewers", str(len(who)), "calibration_reviewers")
    due_at = _due_at(session, team, due_on, now)
    row = QaCalibration(
        workspace_id=team.workspace_id,
        id=calibration_id,
        team_id=team.id,
        version_id=version_id,
        name=" ".join(name.split()),
        by_id=by.member_id,
        at=now,
        due_at=due_at,
    )
    session.add(row)
    session.flush()
    whose = team.workspace_id
    session.add_all(
        QaCalibrationContact(workspace_id=whose, id=new_id(now), calibration_id=row.id, ticket_id=one) for one in chosen
    )
    session.add_all(
        QaCalibrator(workspace_id=whose, id=new_id(now), calibration_id=row.id, member_id=one) for one in who
    )
    session.flush()
    found = reads.one(session, team.workspace_id, row.id)
    telling.invite(session, team, found, now=now)
    return found


def _check_contacts(session: Session, team: Team, chosen: Sequence[int]) -> None:
    """Raises Invalid."""
    if not chosen:
        raise errors.Invalid("contacts", "", "calibration_no_contacts")
    if len(chosen) > rules.MOST_CONTACTS:
        raise errors.Invalid("contacts", str(len(chosen)), "calibration_many_contacts")
    for one in chosen:
        ticket = session.get(Ticket, (team.workspace_id, one))
        if ticket is None or ticket.team_id != team.id:
            raise errors.Invalid("contacts", ticket.key if ticket else str(one), "calibration_foreign_contact")
        if ticket.agent_id is None:
            raise errors.Invalid("contacts", ticket.key, "calibration_no_agent")


def _due_at(session: Session, team: Team, due_on: date, now: datetime) -> datetime:
    """The end of the team's day. Raises Invalid."""
    calendar = people.calendar_of(session, team)
    if due_on - calendar.local_day(now) > rules.LATEST:
        raise errors.Invalid("due_on", due_on.isoformat(), "calibration_late")
    due_at = calendar.closing(due_on) or calendar.midnight(due_on + timedelta(days=1))
    if due_at <= now:
        raise errors.Invalid("due_on", due_on.isoformat(), "calibration_over")
    return due_at


def start_scoring(
    session: Session, workspace_id: int, calibration_id: int, ticket_id: int, *, by: Asker, now: datetime
) -> QaReview:
    """One's own blind draft of a conversation of a round, found or made.

    Raises UnknownCalibration, CalibrationOver, NotReviewer (not asked to score), UnknownContact, OwnWork, ReviewSent.
    """
    found = reads.one(session, workspace_id, calibration_id)
    contact, own = found.contact(ticket_id), found.calibrator(by.member_id)
    if own is None:
        raise errors.NotReviewer(found.team)
    if contact is None:
        raise errors.UnknownContact(str(ticket_id))
    if found.closed_at is not None:
        raise errors.CalibrationOver
    if ticket_id in own.done:
        raise errors.ReviewSent(contact.key)
    return reviewing.start(
        session,
        people.team(session, workspace_id, found.team_id),
        by,
        ticket_id=ticket_id,
        stratum=Stratum.CALIBRATION,
        calibration_id=calibration_id,
        version_id=found.version_id,
        now=now,
    )


def scored(session: Session, review: QaReview, now: datetime) -> None:
    """A review of a round was sent: the messages say so, and when it was the last one the round ends.

    Raises CalibrationOver where the round ended meanwhile: then the review must not be sent.
    """
    if review.calibration_id is None:
        return
    row = session.exec(
        select(QaCalibration)
        .where(QaCalibration.workspace_id == review.workspace_id, QaCalibration.id == review.calibration_id)
        .with_for_update(key_share=True)  # of two who send the last ones at once, the second sees the first's
        .execution_options(populate_existing=True)
    ).one()
    if row.closed_at is not None:
        raise errors.CalibrationOver
    session.flush()
    telling.show(session, row.workspace_id, row.id)
    if reads.one(session, row.workspace_id, row.id).is_finished:
        _end(session, row.workspace_id, row.id, now)


def close(session: Session, workspace_id: int, calibration_id: int, *, by: Asker, now: datetime) -> bool:
    """End a round before its date; whether it was open. Raises UnknownCalibration, NotForYou (the names of who may)."""
    found = reads.one(session, workspace_id, calibration_id)
    if by.member_id != found.by_id and not by.coaches(found.team_id):
        raise errors.NotForYou([found.by])
    return _end(session, workspace_id, calibration_id, now)


def end_when_due(session: Session, workspace_id: int, calibration_id: int, *, now: datetime) -> bool:
    """End a round whose date has come; whether it did."""
    row = session.get(QaCalibration, (workspace_id, calibration_id))
    return row is not None and row.due_at <= now and _end(session, workspace_id, calibration_id, now)


def _end(session: Session, workspace_id: int, calibration_id: int, now: datetime) -> bool:
    """Once; what was begun and not sent is dropped, since nobody could send it any more."""
    ended = session.exec(
        update(QaCalibration)
        .where(
            col(QaCalibration.workspace_id) == workspace_id,
            col(QaCalibration.id) == calibration_id,
            col(QaCalibration.closed_at).is_(None),
        )
        .values(closed_at=now)
        .execution_options(synchronize_session=False)
    )
    if ended.rowcount != 1:
        return False
    session.expire_all()
    _drop_drafts(session, workspace_id, calibration_id)
    found = reads.one(session, workspace_id, calibration_id)
    telling.tell_result(session, people.team(session, workspace_id, found.team_id), found, now=now)
    telling.show(session, workspace_id, calibration_id)
    return True


def _drop_drafts(session: Session, workspace_id: int, calibration_id: int) -> None:
    drafts = select(QaReview.id).where(
        QaReview.workspace_id == workspace_id,
        QaReview.calibration_id == calibration_id,
        col(QaReview.submitted_at).is_(None),
    )
    for table in (QaAnswer, QaReviewEvent):
        its = (col(table.workspace_id) == workspace_id, col(table.review_id).in_(drafts))
        session.exec(delete(table).where(*its).execution_options(synchronize_session=False))
    own = (col(QaReview.workspace_id) == workspace_id, col(QaReview.calibration_id) == calibration_id)
    session.exec(
        delete(QaReview).where(*own, col(QaReview.submitted_at).is_(None)).execution_options(synchronize_session=False)
    )
