"""Everything that is kept about one person, in one place: what they get when they ask for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, SQLModel, col, or_, select

from ..calls.tables import Call
from ..coaching.tables import (
    PerformanceTalk,
    Promise,
    Suggestion,
    Talk,
    TalkNote,
    Training,
)
from ..disputes.tables import Dispute
from ..duty.tables import Absence, Shift
from ..escalations.tables import Escalation
from ..goals.tables import Goal
from ..handovers.tables import Handover
from ..matching.tables import NameMatch
from ..people import Look, Member, Membership
from ..people.tables import Identity
from ..qa.tables import QaAnswer, QaReview, QaReviewEvent
from ..recognition.tables import Kudos, KudosTo, RewardGrant
from ..tickets.tables import Ticket
from ..tours.tables import Tour
from ..welcomes.tables import Objection, ToldLevel, Welcome
from ..wellbeing.tables import ConfidentialNote, ImprovementPlan, PulseAsked

INNER = ("workspace_id", "id")
Record = dict[str, Any]


def record(session: Session, person: Member) -> Record:
    """As JSON can hold it, by subject. Notes that somebody keeps about them in private are part of it; what others
    wrote in confidence to a third person is not."""
    ws, me = person.workspace_id, person.id
    names = select(Identity).where(Identity.workspace_id == ws, Identity.member_id == me)
    known = [one.id for one in session.exec(names)]
    talks = _rows(session, select(Talk).where(Talk.workspace_id == ws, or_(Talk.agent_id == me, Talk.lead_id == me)))
    reviews = _rows(
        session,
        select(QaReview).where(
            QaReview.workspace_id == ws,
            col(QaReview.agent_id).in_(known),
            col(QaReview.submitted_at).is_not(None),
            col(QaReview.calibration_id).is_(None),
        ),
    )
    return {
        "person": _told(person),
        "known_as": [one.name for one in session.exec(names)],
        "names_said_to_be_theirs": _every(
            session, select(NameMatch).where(NameMatch.workspace_id == ws, NameMatch.member_id == me)
        ),
        "roles": _every(session, select(Membership).where(Membership.workspace_id == ws, Membership.member_id == me)),
        "tickets_assigned": _count(session, Ticket, ws, known),
        "calls_taken": _count(session, Call, ws, known),
        "escalations_raised": _counted(session, Escalation, ws, col(Escalation.raised_by) == me),
        "escalations_owned": _counted(session, Escalation, ws, col(Escalation.owner_id) == me),
        "shifts_handed_over": _counted(session, Handover, ws, or_(Handover.from_id == me, Handover.to_id == me)),
        "welcome": _every(session, select(Welcome).where(Welcome.workspace_id == ws, Welcome.member_id == me)),
        "told_who_sees_figures": _every(
            session, select(ToldLevel).where(ToldLevel.workspace_id == ws, ToldLevel.member_id == me)
        ),
        "objections": _every(session, select(Objection).where(Objection.workspace_id == ws, Objection.member_id == me)),
        "tours": _every(session, select(Tour).where(Tour.workspace_id == ws, Tour.member_id == me)),
        "looks": _every(session, select(Look).where(Look.workspace_id == ws, Look.subject_id == me)),
        "reviews": [_review(session, one) for one in reviews],
        "disputes": _every(session, select(Dispute).where(Dispute.workspace_id == ws, Dispute.by_id == me)),
        "talks": [_talk(session, one, me) for one in talks],
        "promises": _every(
            session,
            select(Promise).where(Promise.workspace_id == ws, or_(Promise.agent_id == me, Promise.owner_id == me)),
        ),
        "performance_talks": _every(
            session, select(PerformanceTalk).where(PerformanceTalk.workspace_id == ws, PerformanceTalk.agent_id == me)
        ),
        "suggestions": _every(
            session, select(Suggestion).where(Suggestion.workspace_id == ws, Suggestion.member_id == me)
        ),
        "trainings": _every(session, select(Training).where(Training.workspace_id == ws, Training.member_id == me)),
        "goals": _every(session, select(Goal).where(Goal.workspace_id == ws, Goal.member_id == me)),
        "kudos_received": _kudos(session, ws, me),
        "kudos_given": _every(session, select(Kudos).where(Kudos.workspace_id == ws, Kudos.giver_id == me)),
        "rewards": _every(
            session, select(RewardGrant).where(RewardGrant.workspace_id == ws, RewardGrant.member_id == me)
        ),
        "improvement_plans": _every(
            session, select(ImprovementPlan).where(ImprovementPlan.workspace_id == ws, ImprovementPlan.agent_id == me)
        ),
        "confidential_notes_written": _every(
            session,
            select(ConfidentialNote).where(ConfidentialNote.workspace_id == ws, ConfidentialNote.from_id == me),
        ),
        "pulses_asked": _every(
            session, select(PulseAsked).where(PulseAsked.workspace_id == ws, PulseAsked.member_id == me)
        ),
        "shifts": _every(session, select(Shift).where(Shift.workspace_id == ws, Shift.member_id == me)),
        "absences": _every(session, select(Absence).where(Absence.workspace_id == ws, Absence.member_id == me)),
    }


def _review(session: Session, one: QaReview) -> Record:
    answers = select(QaAnswer).where(QaAnswer.workspace_id == one.workspace_id, QaAnswer.review_id == one.id)
    events = select(QaReviewEvent).where(
        QaReviewEvent.workspace_id == one.workspace_id, QaReviewEvent.review_id == one.id
    )
    return {
        **_told(one),
        "answers": _every(session, answers),
        "history": _every(session, events.order_by(col(QaReviewEvent.at))),
    }


def _talk(session: Session, one: Talk, me: int) -> Record:
    """Notes of both; somebody's own private ones about another person are that person's to ask for."""
    notes = select(TalkNote).where(TalkNote.workspace_id == one.workspace_id, TalkNote.talk_id == one.id)
    if one.agent_id != me:
        notes = notes.where(or_(col(TalkNote.is_private).is_(False), TalkNote.by_id == me))
    return {**_told(one), "notes": _every(session, notes.order_by(col(TalkNote.at)))}


def _kudos(session: Session, workspace_id: int, me: int) -> list[Record]:
    received = (
        select(Kudos)
        .join(KudosTo, (col(KudosTo.workspace_id) == Kudos.workspace_id) & (col(KudosTo.kudos_id) == Kudos.id))
        .where(Kudos.workspace_id == workspace_id, KudosTo.member_id == me)
    )
    return _every(session, received)


def _count(session: Session, table: type[Ticket | Call], workspace_id: int, identities: list[int]) -> int:
    return _counted(session, table, workspace_id, col(table.agent_id).in_(identities))


def _counted(session: Session, table: Any, workspace_id: int, which: Any) -> int:
    return int(session.exec(select(func.count()).where(table.workspace_id == workspace_id, which)).one())


def _rows(session: Session, query: Any) -> list[Any]:
    return list(session.exec(query))


def _every(session: Session, query: Any) -> list[Record]:
    return [_told(one) for one in _rows(session, query)]


def _told(row: SQLModel) -> Record:
    return {name: _plain(value) for name, value in row.model_dump().items() if name not in INNER}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, str | int | float | bool | dict) or value is None:
        return value
    return list(value) if isinstance(value, Iterable) else str(value)
