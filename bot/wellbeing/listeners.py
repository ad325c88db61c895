"""Answering, confiding and planning: the buttons and modals, and what `/coach` shows of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from slack_bolt import App
from sqlmodel import Session

from cspm_core import errors, people, receipts
from cspm_core.calendars import local_day
from cspm_core.people import Member, Role, Team
from cspm_core.wellbeing import confiding, plans, pulses, rules, talks

from .. import at_once, ids
from ..asking import Ask
from ..blocks import value
from ..escalations import fields
from ..kpi import answers
from ..listening import form, later, listener, opener
from . import drawing, forms, views

DAY = timedelta(days=1)
PLAN_DAYS, KEPT_DAYS = 56, 90


def register(app: App) -> None:
    app.action(ids.PULSE_ANSWER)(ask_questions)
    app.view(ids.PULSE_FORM)(answer)
    app.action(ids.PULSE_SWITCH)(switch)
    app.action(ids.NOTE_NEW)(begin_note)
    app.view(ids.NOTE_FORM)(confide)
    app.action(ids.NOTE_SEEN)(see)
    app.action(ids.NOTE_OVER)(close)
    app.action(ids.NOTE_SHOW)(show_note)
    app.action(ids.PLAN_NEW)(begin_plan)
    app.view(ids.PLAN_FORM)(propose_plan)
    app.action(ids.PLAN_SHOW)(show_plan)
    app.action(ids.PLAN_CONFIRM)(ask_confirm)
    app.view(ids.PLAN_CONFIRM_FORM)(confirm)
    app.action(ids.PLAN_END)(ask_end)
    app.view(ids.PLAN_END_FORM)(end)


@opener
def ask_questions(ask: Ask) -> None:
    """The two questions in a modal."""
    told = ask.pressed()
    ask.opens(forms.questions(str(told["about"]), value(**told), ask.t))


@form
def answer(ask: Ask) -> dict[str, str] | None:
    """Kept without a name; a second one changes nothing."""
    told = fields.carried(ask)
    first, second = (int(fields.chosen(ask, name) or 0) for name in (forms.FIRST, forms.SECOND))
    if not first or not second:
        return {forms.FIRST if not first else forms.SECOND: ask.t("Choose one.")}
    with ask.writing() as session:
        person = _person(session, ask)
        verb = talks.answer if told["about"] == rules.TALK else pulses.answer
        verb(session, ask.workspace_id, int(told["of"]), person, first, second, now=ask.now)
    _deliver_later(ask)
    return None


def show_pulse(ask: Ask, words: str) -> None:
    """`/coach pulse [team]`: what a team said, for the team's leads and managers."""
    with ask.reading() as session:
        team = answers.team_asked(session, ask, words)
        asker = ask.asker(session)
        if not asker.coaches(team.id) and not asker.leads(team.id):
            raise errors.NotForYou(_leads(session, ask, team))
        shown = views.team_results(
            team.id,
            team.name,
            pulses.is_on(session, team),
            pulses.results(session, team),
            pulses.results(session, team, rules.TALK, limit=2),
            asker.leads(team.id),
            ask.t,
        )
    ask.answer(shown)


@listener
def switch(ask: Ask) -> None:
    """Ask from next Monday on, or no more."""
    told = ask.pressed()
    with ask.writing() as session:
        team = people.team(session, ask.workspace_id, int(told["team"]))
        pulses.switch(session, team, ask.asker(session), bool(told["on"]), now=ask.now)
    show_pulse(ask, team.name)


@opener
def begin_note(ask: Ask) -> None:
    """The modal of a note in confidence."""
    open_note(ask, "")


def open_note(ask: Ask, user: str) -> None:
    """The same, with the lead that was mentioned."""
    ask.opens(forms.confide(user, value(note="new"), ask.t))


@form
def confide(ask: Ask) -> dict[str, str] | None:
    """Written down before the modal closes, once; the lead is told at once."""
    user = fields.user(ask, forms.TO)
    if not user:
        return {forms.TO: ask.t("Choose a person.")}
    fields.met(ask, user)
    with ask.writing() as session:
        to = fields.person(session, ask, user)
        if to is None or not confiding.is_lead(session, to, ask.now):
            return {forms.TO: ask.t("Choose somebody who leads or manages a team.")}
        if not receipts.first_time(session, ask.workspace_id, f"note:{ask.view_id}", now=ask.now):
            return None
        talk_at = fields.moment(ask, forms.TALK_AT)
        if talk_at is not None and talk_at <= ask.now:
            receipts.forget(session, ask.workspace_id, f"note:{ask.view_id}")
            return {forms.TALK_AT: ask.t("Choose a moment that lies ahead.")}
        words = fields.text(ask, forms.WORDS)
        confiding.confide(session, _person(session, ask), to, words, talk_at=talk_at, now=ask.now)
    _deliver_later(ask)
    return None


@listener
def see(ask: Ask) -> None:
    """Its writer hears that it was read."""
    _mark(ask, confiding.see)


@listener
def close(ask: Ask) -> None:
    """They have talked."""
    _mark(ask, confiding.close)


def _mark(ask: Ask, how: Callable[..., bool]) -> None:
    with ask.writing() as session:
        asker = ask.asker(session)
        how(session, confiding.note_of(session, ask.workspace_id, int(ask.pressed()["note"]), asker), asker,
            now=ask.now)  # fmt: skip
    at_once.deliver(ask.runtime)


@listener
def show_note(ask: Ask) -> None:
    """A note again, to whom it was told."""
    with ask.reading() as session:
        row = confiding.note_of(session, ask.workspace_id, int(ask.pressed()["note"]), ask.asker(session))
        shown = drawing.note(session, row, ask.t)
    ask.tell(shown)


@opener
def begin_plan(ask: Ask) -> None:
    """The modal of an improvement plan, from a talk."""
    told = ask.pressed()
    with ask.glancing() as session:
        agent = people.member(session, ask.workspace_id, int(told["agent"]))
    open_plan(ask, agent)


def open_plan(ask: Ask, agent: Member) -> None:
    """The same with somebody of a team that the asker leads. Raises NotForYou, NoTeamOf."""
    with ask.glancing() as session:
        team = _coached(session, ask, agent)
        managers = {one.id: one.name for one in people.members_of(session, team, ask.now.date(), Role.MANAGER)}
    first = local_day(ask.now, team.timezone)
    last = first + PLAN_DAYS * DAY
    private = value(team=team.id, agent=agent.id)
    ask.opens(forms.plan(agent.name, managers, first, last, last + KEPT_DAYS * DAY, private, ask.t))


@form
def propose_plan(ask: Ask) -> dict[str, str] | None:
    """Written down once; both and the manager are told at a good moment of their day."""
    told = fields.carried(ask)
    days = {name: fields.day(ask, name) for name in (forms.STARTS, forms.ENDS, forms.GONE)}
    checks = _checks(fields.text(ask, forms.CHECKS))
    if checks is None:
        return {forms.CHECKS: ask.t("Write days as 2026-12-07, with commas between.")}
    starts, ends, gone = days.values()
    if starts is None or ends is None or gone is None:
        return {forms.ENDS: ask.t("Choose a day.")}
    with ask.writing() as session:
        team = people.team(session, ask.workspace_id, int(told["team"]))
        manager = fields.chosen(ask, forms.MANAGER)
        try:
            if not receipts.first_time(session, ask.workspace_id, f"plan:{ask.view_id}", now=ask.now):
                return None
            plans.draft(
                session,
                team,
                ask.asker(session),
                people.member(session, ask.workspace_id, int(told["agent"])),
                goal=fields.text(ask, forms.GOAL),
                support=fields.text(ask, forms.SUPPORT),
                starts_on=starts,
                ends_on=ends,
                checks_on=checks,
                gone_on=gone,
                manager=people.member(session, ask.workspace_id, int(manager)) if manager else None,
                now=ask.now,
            )
        except errors.Invalid as wrong:
            receipts.forget(session, ask.workspace_id, f"plan:{ask.view_id}")
            return {wrong.field: ask.t(drawing.WRONG.get(wrong.reason, drawing.WRONG["plan_days"]))}
    _deliver_later(ask)
    return None


def _checks(text: str) -> list[date] | None:
    """The days typed; None where one is none."""
    try:
        return [date.fromisoformat(one) for one in re.split(r"[\s,;、]+", text.strip()) if one]
    except ValueError:
        return None


@listener
def show_plan(ask: Ask) -> None:
    """A plan again, to one of its people."""
    with ask.reading() as session:
        asker = ask.asker(session)
        row = plans.plan_of(session, ask.workspace_id, int(ask.pressed()["plan"]), asker)
        shown = drawing.plan(session, row, asker.member_id, ask.t)
    ask.tell(shown)


@opener
def ask_confirm(ask: Ask) -> None:
    """The agent's own words, or none. Raises UnknownPlan to anybody else."""
    with ask.glancing() as session:
        asker = ask.asker(session)
        row = plans.plan_of(session, ask.workspace_id, int(ask.pressed()["plan"]), asker)
        plans.check_agent(row, asker)
    ask.opens(forms.confirm(value(**ask.pressed()), ask.t))


@form
def confirm(ask: Ask) -> dict[str, str] | None:
    """Confirmed once."""
    with ask.writing() as session:
        asker = ask.asker(session)
        row = plans.plan_of(session, ask.workspace_id, int(fields.carried(ask)["plan"]), asker)
        plans.confirm(session, row, asker, fields.text(ask, forms.WORDS), now=ask.now)
    _deliver_later(ask)
    return None


@opener
def ask_end(ask: Ask) -> None:
    """What became of it? Raises UnknownPlan to anybody but its lead."""
    with ask.glancing() as session:
        asker = ask.asker(session)
        row = plans.plan_of(session, ask.workspace_id, int(ask.pressed()["plan"]), asker)
        plans.check_lead(row, asker)
    ask.opens(forms.end(value(**ask.pressed()), ask.t))


@form
def end(ask: Ask) -> dict[str, str] | None:
    """Said once."""
    with ask.writing() as session:
        asker = ask.asker(session)
        row = plans.plan_of(session, ask.workspace_id, int(fields.carried(ask)["plan"]), asker)
        plans.end(session, row, asker, fields.chosen(ask, forms.OUTCOME), now=ask.now)
    _deliver_later(ask)
    return None


def _deliver_later(ask: Ask) -> None:
    later(ask.slack, "wellbeing.deliver", lambda: at_once.deliver(ask.runtime))


def _coached(session: Session, ask: Ask, agent: Member) -> Team:
    asker = ask.asker(session)
    held = people.memberships(session, ask.workspace_id, agent.id)
    today = ask.now.date()
    own = [one.team_id for one in held if people.holds(one.from_day, one.to_day, today)]
    if not own:
        raise errors.NoTeamOf(agent.name)
    led = [one for one in own if asker.coaches(one)]
    if not led or asker.member_id == agent.id:
        raise errors.NotForYou(_leads(session, ask, people.team(session, ask.workspace_id, own[0])))
    return people.team(session, ask.workspace_id, led[0])


def _leads(session: Session, ask: Ask, team: Team) -> list[str]:
    return [one.name for one in people.members_of(session, team, ask.now.date(), Role.LEAD)]


def _person(session: Session, ask: Ask) -> Member:
    person = people.member_by_slack(session, ask.workspace_id, ask.user)
    if person is None:
        raise errors.NoTeam
    return person
