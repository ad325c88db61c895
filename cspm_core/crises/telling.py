"""Which messages a crisis has: its board in the thread of its escalation, reminders, the review. All are notices."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, select

from .. import notices, people
from ..escalations import Escalation, telling
from ..notices import Notice
from ..people import Member, Role, Team, calendar_of
from .tables import Crisis

BOARD = telling.BOARD
"""In the thread of the escalation's card, shown to the channel once; its subject is the escalation."""
UPDATE_DUE = "crisis.update_due"
"""To whoever should tell how it stands; its key ends with the due instant and the member."""
REVIEW = "crisis.review"
"""The review: in the thread, and to whoever should write it."""
REMINDERS = (UPDATE_DUE, REVIEW)


def show_board(session: Session, team: Team, crisis: Crisis, one: Escalation, *, now: datetime) -> None:
    """Ask for its board where the escalation stands; a team without a channel has it in its leads' messages."""
    if one.channel:
        telling.show_in_channel(session, team, one, now=now, alone=True)
    card = telling.card(session, one) if one.channel else None
    if card is not None:
        key = _board_key(crisis, str(one.channel))
        _post(session, team, crisis, BOARD, key, card.place, team.language, now, thread_id=card.id, broadcast=True)
        return
    for lead in people.members_of(session, team, calendar_of(session, team).local_day(now), Role.LEAD):
        if lead.slack_user_id:
            language = people.reader_language(session, lead)
            key = f"crisis:{crisis.id}:board:{lead.id}"
            _post(session, team, crisis, BOARD, key, lead.slack_user_id, language, now)


def has_board(session: Session, crisis: Crisis, channel: str) -> bool:
    """Whether its board was asked for in a channel."""
    query = select(Notice.id).where(
        Notice.workspace_id == crisis.workspace_id, Notice.key == _board_key(crisis, channel)
    )
    return session.exec(query).first() is not None


def _board_key(crisis: Crisis, channel: str) -> str:
    return f"crisis:{crisis.id}:board:{channel}"


def remind(
    session: Session, team: Team, crisis: Crisis, members: Iterable[Member], kind: str, why: str, *, now: datetime
) -> None:
    """A direct message to each, once for each `why`."""
    for member in members:
        if member.slack_user_id:
            key = f"{kind}:{crisis.id}:{why}:{member.id}"
            language = people.reader_language(session, member)
            _post(session, team, crisis, kind, key, member.slack_user_id, language, now)


def show_review(session: Session, team: Team, crisis: Crisis, one: Escalation, *, now: datetime) -> None:
    """Its card in the thread."""
    card = telling.card(session, one) if one.channel else None
    if card is not None:
        key = f"{REVIEW}:{crisis.id}:thread:{crisis.ended_at}"
        _post(session, team, crisis, REVIEW, key, card.place, team.language, now, thread_id=card.id)


def redraw(session: Session, crisis: Crisis) -> None:
    """Every message that shows its state is drawn anew."""
    notices.refresh(session, crisis.workspace_id, BOARD, crisis.escalation_id)
    notices.refresh(session, crisis.workspace_id, REMINDERS, crisis.id)


def _post(
    session: Session,
    team: Team,
    crisis: Crisis,
    kind: str,
    key: str,
    place: str,
    language: str,
    now: datetime,
    *,
    thread_id: int | None = None,
    broadcast: bool = False,
) -> None:
    notices.post(
        session,
        crisis.workspace_id,
        key=key,
        kind=kind,
        subject_id=crisis.escalation_id if kind == BOARD else crisis.id,
        team_id=team.id,
        place=place,
        language=language,
        now=now,
        thread_id=thread_id,
        broadcast=broadcast,
    )
