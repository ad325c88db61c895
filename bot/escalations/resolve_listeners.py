"""Resolving: the modal with what is like it, and what is written down at the end."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

from slack_bolt import App
from sqlmodel import Session

from cspm_core import errors, escalations, people
from cspm_core.escalations import Ending, Escalation, Origin, Rights
from cspm_core.people import Team

from .. import ids
from ..asking import Ask
from ..listening import form, opener
from . import fields, listeners, resolve_forms
from .form_listeners import carry_on, seen
from .resolve_forms import Similar


def register(app: App) -> None:
    app.action(ids.ESCALATION_RESOLVE)(ask_resolve)
    app.view(ids.ESCALATION_RESOLVE_FORM)(resolve)


@opener
def ask_resolve(ask: Ask) -> None:
    """What was it, and what helped? Raises Over where it is resolved already."""
    with ask.glancing() as session:
        one, team = seen(session, ask, listeners.pressed(ask), Rights.needs_change)
        if one.resolved_at is not None:
            raise errors.Over(one.number, one.resolved_by.name if one.resolved_by else "", one.resolved_at)
        row = escalations.one(session, ask.workspace_id, one.id)
        similar = [_similar(row, other) for other in escalations.similar(session, row, now=ask.now)]
        back = None
        if one.kind == "complaint":
            back = people.calendar_of(session, team).local_day(escalations.check_back_at(session, team, ask.now))
    ask.opens(resolve_forms.resolve(one, similar, back, ask.t))


def _similar(one: Escalation, other: Escalation) -> Similar:
    return Similar(
        other.id,
        other.number,
        other.what,
        other.rule,
        json.loads(other.rule_facts),
        other.ticket_key,
        other.url or other.message_url,
        other.opened_at,
        bool(one.customer_key) and one.customer_key == other.customer_key,
        other.solution,
    )


@form
def resolve(ask: Ask) -> dict[str, str] | None:
    """Written down before the modal closes."""
    if wrong := _wrong_days(ask):
        return wrong
    owner = fields.user(ask, resolve_forms.PREVENT_OWNER)
    if owner:
        fields.met(ask, owner)
    with ask.writing() as session:
        escalation_id = int(fields.carried(ask)["escalation"])
        one = escalations.one(session, ask.workspace_id, escalation_id)
        team = people.team(session, ask.workspace_id, one.team_id)
        member = fields.person(session, ask, owner) if owner else None
        if owner and member is None:
            return {resolve_forms.PREVENT_OWNER: ask.t("I cannot write to them in Slack. Choose somebody else.")}
        ending = _ending(session, ask, team, member.id if member else None)
        by = ask.asker(session)
        escalations.resolve(session, ask.workspace_id, one.id, ending, by=by, origin=Origin.FORM, now=ask.now)
    carry_on(ask)
    return None


def _wrong_days(ask: Ask) -> dict[str, str]:
    today = (ask.now - timedelta(hours=12)).date()
    for block_id in (resolve_forms.PREVENT_DAY, resolve_forms.CHECK_BACK):
        on = fields.day(ask, block_id)
        if on is not None and on < today:
            return {block_id: ask.t("That day is over. Choose today or later.")}
    is_assigned = fields.user(ask, resolve_forms.PREVENT_OWNER) or fields.day(ask, resolve_forms.PREVENT_DAY)
    if is_assigned and not fields.text(ask, resolve_forms.PREVENT):
        return {resolve_forms.PREVENT: ask.t("Say what is to be done, or leave the person and the day empty.")}
    return {}


def _ending(session: Session, ask: Ask, team: Team, owner: int | None) -> Ending:
    like = fields.chosen(ask, resolve_forms.LIKE)
    return Ending(
        cause_found=fields.text(ask, resolve_forms.CAUSE),
        solution=fields.text(ask, resolve_forms.SOLUTION),
        like_id=int(like) if like else None,
        promise_kept=fields.ticked(ask, resolve_forms.KEPT),
        prevent_what=fields.text(ask, resolve_forms.PREVENT),
        prevent_owner=owner,
        prevent_due_at=_end_of(session, ask, team, fields.day(ask, resolve_forms.PREVENT_DAY)),
        check_back_at=_start_of(session, ask, team, fields.day(ask, resolve_forms.CHECK_BACK)),
    )


def _start_of(session: Session, ask: Ask, team: Team, on: date | None) -> datetime | None:
    """When the team begins on a day, or that day's midnight; not before now."""
    if on is None:
        return None
    calendar = people.calendar_of(session, team)
    return max(calendar.opening(on) or calendar.midnight(on), ask.now + timedelta(minutes=1))


def _end_of(session: Session, ask: Ask, team: Team, on: date | None) -> datetime | None:
    if on is None:
        return None
    calendar = people.calendar_of(session, team)
    return max(calendar.closing(on) or calendar.midnight(on + timedelta(days=1)), ask.now + timedelta(minutes=1))
