"""Asking and forgetting by itself, and how its messages are drawn when they are delivered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import structlog
from sqlmodel import Session

from cspm_core import people
from cspm_core.coaching.tables import Talk
from cspm_core.notices import Notice
from cspm_core.wellbeing import ConfidentialNote, ImprovementPlan, Pulse, confiding, plans, pulses, rules, talks

from ..blocks import Drawing
from ..notices import Kind
from ..runtime import Runtime
from ..words import Words
from . import drawing, views

log = structlog.get_logger(__name__)


def ask(runtime: Runtime) -> None:
    """Pulses that begin, pulses that are over, and talks that were held."""
    now = runtime.now()
    with runtime.store.reading() as session:
        begin, over = pulses.wanting(session, now=now), [one.id for one in pulses.closing(session, now=now)]
        where = {one.id: one.workspace_id for one in pulses.closing(session, now=now)}
        held = talks.wanting(session, now=now)
    _each(runtime, begin, lambda session, one: pulses.ask(session, people.team(session, *one[:2]), one[2], now=now))
    _each(runtime, over, lambda session, one: _tell(session, where[one], one, now))
    _each(runtime, held, lambda session, one: talks.ask(session, *one, now=now))


def forget(runtime: Runtime) -> None:
    """Plans whose day has come, and notes that have been over for long."""
    with runtime.store.transaction() as session:
        plans.forget(session, now=runtime.now())
        confiding.forget_old(session, now=runtime.now())


def _each(runtime: Runtime, every: Iterable[Any], how: Callable[[Session, Any], object]) -> None:
    """One after another; one's trouble does not keep the others waiting."""
    for one in every:
        try:
            with runtime.store.transaction() as session:
                how(session, one)
        except Exception:
            log.exception("not asked")


def _tell(session: Session, workspace_id: int, pulse_id: int, now: datetime) -> None:
    pulse = session.get(Pulse, (workspace_id, pulse_id))
    if pulse:
        pulses.tell(session, pulse, now=now)


def _pulse(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:
    row, pulse = pulses.asked_of(session, notice.workspace_id, notice.subject_id)
    if notice.slack_ts is None and (row.is_answered or now > pulse.closes_at):
        return None
    return views.asked(rules.PULSE, row.id, row.is_answered, t)


def _result(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:  # noqa: ARG001
    pulse = session.get(Pulse, (notice.workspace_id, notice.subject_id))
    if pulse is None:
        return None
    team = people.team(session, notice.workspace_id, pulse.team_id)
    return views.results(pulses.result_of(session, pulse), team.name, t)


def _after_talk(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:  # noqa: ARG001
    talk = session.get(Talk, (notice.workspace_id, notice.subject_id))
    if talk is None:
        return None
    lead = people.member(session, notice.workspace_id, talk.lead_id).name
    return views.asked(rules.TALK, talk.id, bool(talk.is_answered), t, lead=lead)


def _note(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:  # noqa: ARG001
    row = session.get(ConfidentialNote, (notice.workspace_id, notice.subject_id))
    return drawing.note(session, row, t) if row else None


def _seen(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:  # noqa: ARG001
    row = session.get(ConfidentialNote, (notice.workspace_id, notice.subject_id))
    if row is None:
        return None
    to, sender = (people.member(session, notice.workspace_id, one) for one in (row.to_id, row.from_id))
    return views.note_seen(to.name, row.talk_at, sender.timezone or "UTC", t)


def _plan(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:  # noqa: ARG001
    row = session.get(ImprovementPlan, (notice.workspace_id, notice.subject_id))
    if row is None:
        return None
    reader = people.member_by_slack(session, notice.workspace_id, notice.place)
    return drawing.plan(session, row, reader.id if reader else None, t)


KINDS = {
    pulses.ASKED: Kind(_pulse),
    pulses.TOLD: Kind(_result),
    talks.AFTER: Kind(_after_talk),
    confiding.NOTE: Kind(_note, is_vital=True),
    confiding.SEEN: Kind(_seen),
    plans.PLAN: Kind(_plan),
}
