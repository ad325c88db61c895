"""Somebody has left and wants to be forgotten: nothing of them stays but numbers that say nothing about anybody."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Delete, Update
from sqlmodel import Session, col, delete, or_, select, update

from ..coaching.tables import PerformanceTalk, Promise, Suggestion, Talk, TalkNote, TalkRhythm, Training
from ..disputes.tables import Dispute
from ..duty.tables import Absence, Override, Shift
from ..events.tables import TicketEvent
from ..first_days.tables import FirstDay
from ..goals.tables import Goal
from ..matching.tables import NameMatch
from ..notices import Notice
from ..people import Agreement, CodeTry, Look, Member, Team, fold
from ..people.tables import Identity
from ..qa.tables import QaAnswer, QaReview, QaReviewEvent
from ..recognition.tables import Kudos, KudosTo, RewardGrant
from ..tours.tables import Tour
from ..uploads.tables import Upload
from ..welcomes.tables import Objection, ToldLevel, Welcome
from ..wellbeing.tables import ConfidentialNote, ImprovementPlan, PulseAsked
from .tables import LookSummary

NOBODY = "former:"
"""Before the id in the key of a further name that was somebody's: no export writes that."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many names, records and notes are gone, and which names the exports still use for them."""

    names: tuple[str, ...]
    deleted: int
    blanked: int


def anonymise(session: Session, person: Member, pseudonym: str, *, now: datetime) -> Forgotten:
    """Let a person be known by a pseudonym only; their tickets, calls, reviews and kudos keep counting for the team.

    Deleted: talks' notes, training, suggestions, plans, confidential notes, goals of their own, looks, tours, what
    they were told, objections, wrong codes, shifts ahead.
    Blanked: words that they or others wrote about them. What a Slack channel says stays: it is Slack's.
    """
    ws, me = person.workspace_id, person.id
    known = list(session.exec(select(Identity).where(Identity.workspace_id == ws, Identity.member_id == me)))
    names = tuple(one.name for one in known)
    for n, one in enumerate(known):
        one.key, one.name = fold(pseudonym) if n == 0 else f"{NOBODY}{one.id}", pseudonym
        session.add(one)
    _rename(session, ws, names, pseudonym)
    _rename_in_settings(session, ws, {*names, person.name}, pseudonym)
    ids = [one.id for one in known]
    deleted = sum(_did(session, statement) for statement in _deleting(ws, me, now))
    blanked = sum(_did(session, statement) for statement in _blanking(ws, me, ids))
    if person.slack_user_id:
        deleted += _did(session, _unsaid(ws, person.slack_user_id))
        wrong_codes = (col(CodeTry.workspace_id) == ws, col(CodeTry.slack_user) == person.slack_user_id)
        deleted += _did(session, delete(CodeTry).where(*wrong_codes))
        blanked += _did(session, _blank(Notice, ws, col(Notice.place) == person.slack_user_id, place=""))
        blanked += _did(session, _blank(Upload, ws, col(Upload.slack_user) == person.slack_user_id, slack_user=""))
    person.name, person.email, person.slack_user_id = pseudonym, None, None
    person.language = person.slack_locale = person.timezone = None
    person.role, person.last_team_id = "member", None
    person.digest_copy = person.hears_failures = False
    session.add(person)
    session.flush()
    return Forgotten(names, deleted, blanked)


def _rename(session: Session, ws: int, names: Sequence[str], pseudonym: str) -> None:
    """Where a name itself stands in the events of a help desk, from which tickets are told again."""
    for name in names:
        spelt = json.dumps(name), json.dumps(name, ensure_ascii=False)
        mentions = or_(col(TicketEvent.actor) == name, *(col(TicketEvent.value).contains(one) for one in spelt))
        for one in session.exec(select(TicketEvent).where(TicketEvent.workspace_id == ws, mentions)):
            one.actor = pseudonym if one.actor == name else one.actor
            for old in spelt:
                one.value = one.value.replace(old, json.dumps(pseudonym, ensure_ascii=False))
            session.add(one)


def _rename_in_settings(session: Session, ws: int, names: Collection[str], pseudonym: str) -> None:
    """Where it stands who agreed to something, or settled it."""
    for name in names:
        for table, column in ((Agreement, "agreed_by"), (Team, "digest_paused_by"), (FirstDay, "taken_by")):
            where = (col(table.workspace_id) == ws, col(getattr(table, column)) == name)
            session.exec(update(table).where(*where).values({column: pseudonym}))


def _deleting(ws: int, me: int, now: datetime) -> list[Delete]:
    theirs = select(Talk.id).where(Talk.workspace_id == ws, or_(Talk.agent_id == me, Talk.lead_id == me))
    return [
        delete(TalkNote).where(
            col(TalkNote.workspace_id) == ws, or_(col(TalkNote.talk_id).in_(theirs), col(TalkNote.by_id) == me)
        ),
        delete(NameMatch).where(col(NameMatch.workspace_id) == ws, col(NameMatch.member_id) == me),
        delete(Training).where(col(Training.workspace_id) == ws, col(Training.member_id) == me),
        delete(Suggestion).where(col(Suggestion.workspace_id) == ws, col(Suggestion.member_id) == me),
        delete(PerformanceTalk).where(col(PerformanceTalk.workspace_id) == ws, col(PerformanceTalk.agent_id) == me),
        delete(TalkRhythm).where(
            col(TalkRhythm.workspace_id) == ws, or_(col(TalkRhythm.agent_id) == me, col(TalkRhythm.lead_id) == me)
        ),
        delete(ImprovementPlan).where(col(ImprovementPlan.workspace_id) == ws, col(ImprovementPlan.agent_id) == me),
        delete(ConfidentialNote).where(
            col(ConfidentialNote.workspace_id) == ws,
            or_(col(ConfidentialNote.from_id) == me, col(ConfidentialNote.to_id) == me),
        ),
        delete(PulseAsked).where(col(PulseAsked.workspace_id) == ws, col(PulseAsked.member_id) == me),
        delete(Look).where(col(Look.workspace_id) == ws, or_(col(Look.subject_id) == me, col(Look.viewer_id) == me)),
        delete(LookSummary).where(col(LookSummary.workspace_id) == ws, col(LookSummary.member_id) == me),
        delete(Tour).where(col(Tour.workspace_id) == ws, col(Tour.member_id) == me),
        delete(Objection).where(col(Objection.workspace_id) == ws, col(Objection.member_id) == me),
        delete(ToldLevel).where(col(ToldLevel.workspace_id) == ws, col(ToldLevel.member_id) == me),
        delete(Welcome).where(col(Welcome.workspace_id) == ws, col(Welcome.member_id) == me),
        delete(Shift).where(col(Shift.workspace_id) == ws, col(Shift.member_id) == me, col(Shift.starts_at) > now),
        delete(Absence).where(col(Absence.workspace_id) == ws, col(Absence.member_id) == me),
        delete(Override).where(
            col(Override.workspace_id) == ws, col(Override.member_id) == me, col(Override.starts_at) > now
        ),
    ]


def _blanking(ws: int, me: int, identities: list[int]) -> list[Update]:
    reviews = select(QaReview.id).where(QaReview.workspace_id == ws, col(QaReview.agent_id).in_(identities))
    received = select(KudosTo.kudos_id).where(KudosTo.workspace_id == ws, KudosTo.member_id == me)
    return [
        _blank(QaReview, ws, col(QaReview.id).in_(reviews), comment=""),
        _blank(QaAnswer, ws, col(QaAnswer.review_id).in_(reviews), comment="", causes=[]),
        _blank(QaReviewEvent, ws, col(QaReviewEvent.review_id).in_(reviews), facts={}),
        _blank(Dispute, ws, col(Dispute.review_id).in_(reviews), comment="", reason=""),
        _blank(Promise, ws, or_(col(Promise.agent_id) == me, col(Promise.owner_id) == me), words="", line=""),
        _blank(Kudos, ws, or_(col(Kudos.giver_id) == me, col(Kudos.id).in_(received)), reason=""),
        _blank(RewardGrant, ws, col(RewardGrant.member_id) == me, reason=""),
        _blank(Goal, ws, (col(Goal.member_id) == me) & (col(Goal.status).in_(("proposed", "agreed"))),
               status="withdrawn"),
    ]  # fmt: skip


def _blank(table: Any, ws: int, which: Any, **values: Any) -> Update:
    return update(table).where(col(table.workspace_id) == ws, which).values(**values)


def _unsaid(ws: int, place: str) -> Delete:
    """What was still to be said to somebody."""
    return delete(Notice).where(
        col(Notice.workspace_id) == ws, col(Notice.place) == place, col(Notice.slack_ts).is_(None)
    )


def _did(session: Session, statement: Any) -> int:
    return int(session.exec(statement.execution_options(synchronize_session=False)).rowcount)
