"""Handing an escalation over: to a colleague, another team, or a department outside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from slack_bolt import App
from sqlmodel import Session

from cspm_core import escalations, people
from cspm_core.escalations import Card, Origin, Rights

from .. import ids
from ..asking import Ask
from ..blocks import Drawing
from ..listening import form, menu, opener
from . import fields, hand_forms, inputs, listeners
from .form_listeners import carry_on, escalation_of, seen


def register(app: App) -> None:
    app.view(ids.ESCALATION_HAND_FORM)(hand)
    app.action(ids.ESCALATION_HAND_TO)(hand_to)
    app.options(ids.ESCALATION_HAND_TEAM)(find_teams)


@opener
def ask_hand(ask: Ask) -> None:
    """To whom?"""
    with ask.glancing() as session:
        one, _ = seen(session, ask, listeners.pressed(ask), Rights.needs_change)
        teams = _other_teams(session, ask, one)
    ask.opens(hand_forms.hand(one, teams, hand_forms.PERSON, ask.t))


@opener
def hand_to(ask: Ask) -> None:
    """The fields follow the choice; what was typed stays."""
    view, escalation_id = ask.slack.body["view"], escalation_of(ask)
    with ask.glancing() as session:
        one, _ = seen(session, ask, escalation_id, Rights.needs_change)
        drawn = hand_forms.hand(one, _other_teams(session, ask, one), ask.carried, ask.t)
    ask.runtime.client(ask.workspace_id).views_update(view_id=view["id"], hash=view["hash"], view=drawn)


@menu
def find_teams(ask: Ask) -> list[Drawing]:
    """Where there are many teams: those whose names hold what was typed."""
    typed = people.fold(ask.slack.body["value"])
    with ask.glancing() as session:
        teams = people.teams(session, ask.workspace_id)
    return inputs.offered_teams({team.id: team.name for team in teams if typed in people.fold(team.name)})


@form
def hand(ask: Ask) -> dict[str, str] | None:
    """Into other hands."""
    due = fields.moment(ask, hand_forms.DUE)
    if due is not None and due <= ask.now:
        return {hand_forms.DUE: ask.t("That is over already. Choose a moment that lies ahead.")}
    wrong = HANDS[fields.chosen(ask, hand_forms.TO)](ask, due)
    if not wrong:
        carry_on(ask)
    return wrong


def _to_person(ask: Ask, due: datetime | None) -> dict[str, str] | None:  # noqa: ARG001
    user = fields.user(ask, hand_forms.PERSON)
    fields.met(ask, user)
    with ask.writing() as session:
        colleague = fields.person(session, ask, user)
        if colleague is None:
            return {hand_forms.PERSON: ask.t("I cannot write to them in Slack. Choose somebody else.")}
        words, by = fields.text(ask, hand_forms.NOTE), ask.asker(session)
        escalations.assign(
            session,
            ask.workspace_id,
            escalation_of(ask),
            colleague.id,
            by=by,
            words=words,
            origin=Origin.FORM,
            now=ask.now,
        )
    return None


def _to_team(ask: Ask, due: datetime | None) -> dict[str, str] | None:
    with ask.writing() as session:
        to = people.team(session, ask.workspace_id, int(fields.chosen(ask, hand_forms.TEAM)))
        one = escalations.one(session, ask.workspace_id, escalation_of(ask))
        if one.team_id == to.id:
            return {hand_forms.TEAM: ask.t("{team} has it already.", team=to.name)}
        words, by = fields.text(ask, hand_forms.NOTE), ask.asker(session)
        escalations.hand_to_team(
            session, ask.workspace_id, one.id, to, by=by, words=words, due_at=due, origin=Origin.FORM, now=ask.now
        )
    return None


def _to_department(ask: Ask, due: datetime | None) -> dict[str, str] | None:
    name = fields.text(ask, hand_forms.DEPARTMENT)
    if not name:
        return {hand_forms.DEPARTMENT: ask.t("Name the department.")}
    if due is None:
        return {hand_forms.DUE: ask.t("Choose when it should be done.")}
    with ask.writing() as session:
        words, by = fields.text(ask, hand_forms.NOTE), ask.asker(session)
        escalations.hand_outside(
            session,
            ask.workspace_id,
            escalation_of(ask),
            name,
            by=by,
            words=words,
            due_at=due,
            origin=Origin.FORM,
            now=ask.now,
        )
    return None


def _to_nobody(ask: Ask, due: datetime | None) -> dict[str, str] | None:  # noqa: ARG001
    with ask.writing() as session:
        words, by = fields.text(ask, hand_forms.NOTE), ask.asker(session)
        escalations.release(
            session, ask.workspace_id, escalation_of(ask), by=by, words=words, origin=Origin.FORM, now=ask.now
        )
    return None


HANDS: dict[str, Callable[[Ask, datetime | None], dict[str, str] | None]] = {
    hand_forms.PERSON: _to_person,
    hand_forms.TEAM: _to_team,
    hand_forms.DEPARTMENT: _to_department,
    hand_forms.NOBODY: _to_nobody,
}


def _other_teams(session: Session, ask: Ask, one: Card) -> dict[int, str]:
    every = people.teams(session, ask.workspace_id)
    return {team.id: team.name for team in every if team.id != one.team_id}
