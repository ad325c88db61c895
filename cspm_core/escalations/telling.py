"""Which messages an escalation has: its card in the channel, cards for people, lines in the thread. All are notices."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from .. import notices, people
from ..ids import new_id
from ..notices import Notice
from ..once import the_one
from ..people import Member, Role, Team, calendar_of
from . import policies
from .changing import change
from .rules import CONFIDENTIAL, URGENT
from .tables import Escalation, EscalationBundle, EscalationEvent

CARD = "escalation.card"
"""In the channel; its thread is the escalation's."""
DIRECT = "escalation.direct"
"""To somebody whom a step tells."""
RAISED = "escalation.raised"
"""To whoever raised it."""
ASK = "escalation.ask"
"""To its owner: is it still yours, was the promise kept, is the customer satisfied."""
CALL = "escalation.call"
"""Into the channel, aloud: nobody has taken it."""
LINE = "escalation.line"
"""One line of the timeline in the thread; its subject is the event."""
BUNDLE = "escalation.bundle"
"""Many escalations of one hour in one message; its subject is the bundle."""
UNINVITED = "escalation.uninvited"
"""To the leads: the bot cannot speak in the channel, and what to do."""
SOURCE = "escalation.source_line"
"""In the thread of the message that it was raised from."""
BOARD = "crisis.board"
"""Of a crisis, which `crises` asks for: who leads it follows from the escalation."""
CARDS = (CARD, DIRECT, RAISED, ASK, CALL, SOURCE, BOARD)
"""What shows the state of an escalation and is edited when that changes; their subject is the escalation."""
HOUR = timedelta(hours=1)
SOURCE_WITHIN = timedelta(minutes=9)
"""Where the bot is not in the channel of that message, nothing is said there, nor tried for longer."""


def card_key(escalation: Escalation) -> str:
    """Its card's key; another channel has another card."""
    return f"escalation:{escalation.id}:card:{escalation.channel}"


def card(session: Session, escalation: Escalation) -> Notice | None:
    """The notice of its card in the channel where it belongs now, if it has one of its own."""
    return session.exec(
        select(Notice).where(Notice.workspace_id == escalation.workspace_id, Notice.key == card_key(escalation))
    ).first()


def show_in_channel(
    session: Session, team: Team, escalation: Escalation, *, now: datetime, alone: bool = False
) -> None:
    """Ask for its card; where the channel had enough this hour, for a place in the hour's bundle instead.

    `alone`: a card of its own whatever the hour has seen.
    """
    if not escalation.channel:
        return
    if not alone and escalation.severity != URGENT and _is_full(session, team, escalation, now):
        _bundle(session, team, escalation, now)
        return
    _post(session, escalation, CARD, card_key(escalation), escalation.channel, team.language, now)
    notices.wake(session, escalation.workspace_id, card_key(escalation), now=now)


def _is_full(session: Session, team: Team, escalation: Escalation, now: datetime) -> bool:
    counted = session.exec(
        select(func.count())
        .select_from(Notice)
        .where(
            Notice.workspace_id == escalation.workspace_id,
            Notice.kind == CARD,
            Notice.place == escalation.channel,
            col(Notice.due_at) > now - HOUR,
            col(Notice.due_at) <= now,
        )
    ).one()
    return counted >= policies.settings(session, team).cap_per_hour


def _bundle(session: Session, team: Team, escalation: Escalation, now: datetime) -> None:
    place, hour = str(escalation.channel), now.replace(minute=0, second=0, microsecond=0)
    one = select(EscalationBundle).where(
        EscalationBundle.workspace_id == team.workspace_id,
        EscalationBundle.team_id == team.id,
        EscalationBundle.place == place,
        EscalationBundle.hour_at == hour,
    )
    fresh = EscalationBundle(workspace_id=team.workspace_id, id=new_id(now), team_id=team.id, place=place, hour_at=hour)
    bundle = the_one(session, one, fresh)
    change(session, escalation, bundle_id=bundle.id)
    notices.post(
        session,
        team.workspace_id,
        key=f"escalation:bundle:{bundle.id}",
        kind=BUNDLE,
        subject_id=bundle.id,
        team_id=team.id,
        place=place,
        language=team.language,
        now=now,
    )
    notices.refresh(session, team.workspace_id, BUNDLE, bundle.id)


def show_raiser(session: Session, escalation: Escalation, member_id: int | None, *, now: datetime) -> None:
    """Whoever raised it, or reported it too, keeps a card in their direct messages."""
    if member_id is None:
        return
    raiser = people.member(session, escalation.workspace_id, member_id)
    if raiser.slack_user_id:
        key = f"escalation:{escalation.id}:raised:{raiser.id}"
        language = people.reader_language(session, raiser)
        _post(session, escalation, RAISED, key, raiser.slack_user_id, language, now)


def show_source(session: Session, escalation: Escalation, channel: str, ts: str, *, now: datetime) -> None:
    """One line under the message that it was raised from, in its thread; none where only its people may know."""
    if not ts or escalation.kind in CONFIDENTIAL:
        return
    team = people.team(session, escalation.workspace_id, escalation.team_id)
    notices.post(
        session,
        escalation.workspace_id,
        key=f"escalation:{escalation.id}:source:{channel}:{ts}",
        kind=SOURCE,
        subject_id=escalation.id,
        team_id=team.id,
        place=channel,
        language=team.language,
        now=now,
        expires_at=now + SOURCE_WITHIN,
        thread_of=ts,
    )


def veil(session: Session, escalation: Escalation) -> None:
    """It became confidential: what stands in the channel, its thread's lines too, is drawn anew without its words."""
    events = session.exec(
        select(EscalationEvent.id).where(
            EscalationEvent.workspace_id == escalation.workspace_id, EscalationEvent.escalation_id == escalation.id
        )
    ).all()
    for event_id in events:
        notices.refresh(session, escalation.workspace_id, LINE, event_id)
    redraw(session, escalation)


def show_to(
    session: Session,
    escalation: Escalation,
    readers: Iterable[tuple[Member, str]],
    *,
    why: str,
    now: datetime,
    kind: str = DIRECT,
) -> None:
    """A card in the direct messages of some people, in their languages, once for each `why` (a round and step, a
    question)."""
    for member, language in readers:
        if member.slack_user_id:
            key = f"escalation:{escalation.id}:{kind}:{why}:{member.id}"
            _post(session, escalation, kind, key, member.slack_user_id, language, now)


def call_channel(session: Session, team: Team, escalation: Escalation, *, why: str, now: datetime) -> None:
    """Say aloud in the channel, in the thread of its card, that nobody has taken it."""
    show_in_channel(session, team, escalation, now=now, alone=True)
    standing = card(session, escalation)
    if standing is not None:
        key = f"escalation:{escalation.id}:call:{why}"
        _post(session, escalation, CALL, key, standing.place, team.language, now, standing, broadcast=True)


def line(session: Session, escalation: Escalation, event: EscalationEvent | None, *, now: datetime) -> None:
    """One line of the timeline in the thread of the card, where it has one."""
    standing = card(session, escalation) if event is not None and escalation.channel else None
    if event is None or standing is None:
        return
    notices.post(
        session,
        escalation.workspace_id,
        key=f"escalation:{escalation.id}:line:{event.id}",
        kind=LINE,
        subject_id=event.id,
        team_id=escalation.team_id,
        place=standing.place,
        language=standing.language,
        now=now,
        thread_id=standing.id,
    )


def redraw(session: Session, escalation: Escalation) -> None:
    """Every message that shows its state is drawn anew."""
    notices.refresh(session, escalation.workspace_id, CARDS, escalation.id)
    if escalation.bundle_id is not None:
        notices.refresh(session, escalation.workspace_id, BUNDLE, escalation.bundle_id)


def _post(
    session: Session,
    escalation: Escalation,
    kind: str,
    key: str,
    place: str,
    language: str,
    now: datetime,
    thread: Notice | None = None,
    *,
    broadcast: bool = False,
) -> None:
    notices.post(
        session,
        escalation.workspace_id,
        key=key,
        kind=kind,
        subject_id=escalation.id,
        team_id=escalation.team_id,
        place=place,
        language=language,
        now=now,
        thread_id=thread.id if thread else None,
        broadcast=broadcast,
    )


def tell_uninvited(session: Session, notice: Notice, code: str, *, now: datetime) -> None:
    """Slack does not take a card in the team's channel: each lead is told once a day and reason."""
    team = people.team(session, notice.workspace_id, notice.team_id)
    day = calendar_of(session, team).local_day(now)
    for lead in people.members_of(session, team, day, Role.LEAD):
        if lead.slack_user_id:
            notices.post(
                session,
                team.workspace_id,
                key=f"escalation:uninvited:{team.id}:{code}:{day}:{lead.id}",
                kind=UNINVITED,
                subject_id=notice.subject_id,
                team_id=team.id,
                place=lead.slack_user_id,
                language=people.reader_language(session, lead),
                now=now,
                expires_at=now + timedelta(days=1),
            )


def heal_uninvited(session: Session, notice: Notice) -> None:
    """It stands in the channel after all."""
    notices.refresh(session, notice.workspace_id, UNINVITED, notice.subject_id)
