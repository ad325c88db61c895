"""What escalations do by themselves: they climb when it is time, and are drawn when they are delivered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import structlog
from slack_sdk.errors import SlackApiError, SlackClientError
from sqlmodel import Session

from cspm_core import escalations, people
from cspm_core.escalations import Deck, Escalation
from cspm_core.notices import Notice
from cspm_core.people import Member

from .. import troubles
from ..blocks import Drawing
from ..notices import Kind
from ..runtime import Runtime
from ..words import Words
from . import bundles, line_views, uninvited, views

log = structlog.get_logger(__name__)
TOGETHER = 100
"""Escalations that move on in one transaction."""
ASKED_TOGETHER = 50
"""People whose quiet hours Slack tells in one answer."""


def sweep(runtime: Runtime) -> None:
    """Let everything that is due move on; one escalation's trouble does not keep the others waiting."""
    now, seen = runtime.now(), set[int]()
    while True:
        with runtime.store.reading() as session:
            due = [one for one in escalations.due(session, now=now) if one.id not in seen]
            asked = escalations.asked_for(session, due, now=now)
        if not due:
            return
        seen |= {one.id for one in due}
        quiet = {
            member: until
            for workspace_id, members in asked.items()
            for member, until in _quiet(runtime, workspace_id, members, now).items()
        }
        ordered = sorted(due, key=lambda one: (one.workspace_id, one.id))
        for n in range(0, len(ordered), TOGETHER):
            _move(runtime, ordered[n : n + TOGETHER], Deck(now, quiet))


def _move(runtime: Runtime, due: Sequence[Escalation], deck: Deck) -> None:
    try:
        with runtime.store.transaction() as session:
            escalations.move_on(session, [(one.workspace_id, one.id) for one in due], deck)
    except Exception:
        if len(due) == 1:
            log.exception("escalation did not move on", escalation=due[0].id)
            return
        for one in due:
            _move(runtime, [one], Deck(deck.now, deck.quiet))


def _quiet(runtime: Runtime, workspace_id: int, members: Sequence[Member], now: datetime) -> dict[int, datetime]:
    """Who wants no disturbance now, and until when, as Slack says; where it does not answer, nobody does."""
    by_slack = {str(member.slack_user_id): member.id for member in members if member.slack_user_id}
    users, found = sorted(by_slack), dict[int, datetime]()
    for n in range(0, len(users), ASKED_TOGETHER):
        try:
            told = runtime.client(workspace_id).dnd_teamInfo(users=users[n : n + ASKED_TOGETHER])["users"]
        except (SlackApiError, SlackClientError, OSError) as error:
            log.warning("quiet hours unknown", error=type(error).__name__)
            continue
        for user, dnd in told.items():
            if until := _until(dnd, now):
                found[by_slack[user]] = until
    return found


def _until(dnd: dict[str, object], now: datetime) -> datetime | None:
    """The end of quiet hours that run now."""
    at = now.timestamp()
    spans = []
    if dnd.get("dnd_enabled"):
        spans.append((float(str(dnd.get("next_dnd_start_ts") or 0)), float(str(dnd.get("next_dnd_end_ts") or 0))))
    if dnd.get("snooze_enabled"):
        spans.append((0.0, float(str(dnd.get("snooze_endtime") or 0))))
    ends = [end for start, end in spans if start <= at < end]
    return datetime.fromtimestamp(max(ends), UTC) if ends else None


def _card(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:
    one = escalations.card(session, notice.workspace_id, notice.subject_id, now=now)
    if one is None or _is_stale(notice, one):
        return None
    return views.veiled(one, t) if _is_veiled(notice, one) else views.card(one, t)


def _raised(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:
    one = escalations.card(session, notice.workspace_id, notice.subject_id, now=now)
    return views.raised(one, t) if one else None


def _call(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:
    one = escalations.card(session, notice.workspace_id, notice.subject_id, now=now)
    if one is None or _is_stale(notice, one):
        return None
    return views.veiled(one, t) if _is_veiled(notice, one) else line_views.call(one, t)


def _ask(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:
    one = escalations.card(session, notice.workspace_id, notice.subject_id, now=now)
    why = notice.key.split(":")[3]
    return line_views.ask(one, why, t) if one else None


def _is_veiled(notice: Notice, one: escalations.Card) -> bool:
    """It stands in a channel, and became confidential since."""
    return one.is_confidential and notice.kind in (escalations.CARD, escalations.CALL, escalations.SOURCE)


def _is_stale(notice: Notice, one: escalations.Card) -> bool:
    """Never said, and over before it could be."""
    return notice.slack_ts is None and one.status == escalations.Status.RESOLVED


def _line(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:  # noqa: ARG001
    found = escalations.line(session, notice.workspace_id, notice.subject_id)
    if found is None:
        return None
    one = escalations.one(session, notice.workspace_id, found[0].escalation_id)
    return line_views.veiled(t) if one.kind in escalations.CONFIDENTIAL else line_views.line(found[1], t)


def _source(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:
    one = escalations.card(session, notice.workspace_id, notice.subject_id, now=now)
    if one is None or _is_stale(notice, one):
        return None
    return views.veiled(one, t) if _is_veiled(notice, one) else line_views.source(one, t)


def _bundle(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:  # noqa: ARG001
    rows = escalations.bundled(session, notice.workspace_id, notice.subject_id)
    team = people.team(session, notice.workspace_id, notice.team_id)
    return bundles.bundle(rows, team.name, t) if rows else None


def _uninvited(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:  # noqa: ARG001
    """The reason stands in the notice's key."""
    one = escalations.one(session, notice.workspace_id, notice.subject_id)
    card = escalations.card_notice(session, one)
    team = people.team(session, notice.workspace_id, notice.team_id)
    stands = card is not None and card.slack_ts is not None
    code = notice.key.split(":")[3]
    return uninvited.uninvited(team.name, one.number, str(one.channel), code, t, team.id, stands=stands)


def _refused(session: Session, notice: Notice, code: str, now: datetime) -> None:
    """Gone: on to the next step at once. Uninvited: the leads hear how to invite."""
    if code in troubles.GONE:
        escalations.gone(session, notice.workspace_id, notice.subject_id, code, notice.place, now=now)
    if notice.kind == escalations.CARD:
        escalations.tell_uninvited(session, notice, code, now=now)


KINDS = {
    escalations.CARD: Kind(_card, refused=_refused, arrived=escalations.heal_uninvited, is_vital=True),
    escalations.DIRECT: Kind(_card, refused=_refused, is_vital=True),
    escalations.RAISED: Kind(_raised),
    escalations.CALL: Kind(_call),
    escalations.ASK: Kind(_ask, refused=_refused),
    escalations.LINE: Kind(_line, needs_thread=True),
    escalations.SOURCE: Kind(_source),
    escalations.BUNDLE: Kind(_bundle, is_vital=True),
    escalations.UNINVITED: Kind(_uninvited),
}
