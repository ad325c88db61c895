"""The modals behind an escalation's card: opened where the asker may, committed before they close."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from slack_bolt import App
from sqlmodel import Session

from cspm_core import errors, escalations, people
from cspm_core.calendars import NeverOpen
from cspm_core.escalations import Card, Edit, Origin, Rights
from cspm_core.people import Asker, Team

from .. import at_once, ids
from ..asking import Ask
from ..listening import form, later, opener
from . import fields, forms, listeners

WEEK = timedelta(days=7)


def register(app: App) -> None:
    app.view(ids.ESCALATION_TAKE_FORM)(take)
    app.view(ids.ESCALATION_SNOOZE_FORM)(snooze)
    app.view(ids.ESCALATION_CHANGE_FORM)(change)


@opener
def ask_note(ask: Ask) -> None:
    """Take it, and say something with it."""
    with ask.glancing() as session:
        one, _ = seen(session, ask, listeners.pressed(ask), Rights.needs_answer)
    ask.opens(forms.take(one, ask.t))


@form
def take(ask: Ask) -> None:
    """Mine. Whoever was faster has it: then the note is in the timeline, and the asker is told who it was."""
    words = fields.text(ask, forms.NOTE)
    with ask.writing() as session:
        by = ask.asker(session)
        done = escalations.acknowledge(
            session, ask.workspace_id, escalation_of(ask), by=by, origin=Origin.FORM, now=ask.now, words=words
        )
    later(ask.slack, "escalations.taken", lambda: _taken(ask, done))


def _taken(ask: Ask, done: escalations.Done) -> None:
    at_once.carry_on(ask.runtime)
    if not done.first:
        ask.tell({"text": listeners.said_of_taking(ask, done)})


@opener
def ask_snooze(ask: Ask) -> None:
    """Until when shall it rest?"""
    with ask.glancing() as session:
        one, team = seen(session, ask, listeners.pressed(ask), Rights.needs_change)
        morning = _morning(session, team, ask.now)
    ask.opens(forms.snooze(one, morning, ask.t))


def _morning(session: Session, team: Team, now: datetime) -> datetime | None:
    """When the team begins on another day, within a week."""
    calendar = people.calendar_of(session, team)
    try:
        at = calendar.next_open(calendar.midnight(calendar.local_day(now) + timedelta(days=1)))
    except NeverOpen:
        return None
    return at if at <= now + WEEK else None


@form
def snooze(ask: Ask) -> dict[str, str] | None:
    """It rests until then, and goes on where it was."""
    moment, choice = fields.moment(ask, forms.UNTIL), fields.chosen(ask, forms.FOR)
    if moment is not None and not ask.now < moment <= ask.now + WEEK:
        return {forms.UNTIL: ask.t("Choose a moment within the next seven days.")}
    if moment is None:
        morning = datetime.fromtimestamp(int(fields.carried(ask)["morning"]), ask.now.tzinfo)
        moment = morning if choice == forms.MORNING else ask.now + timedelta(seconds=int(choice))
    if moment <= ask.now:
        return {forms.FOR: ask.t("That is over already. Choose again.")}
    with ask.writing() as session:
        by = ask.asker(session)
        escalations.snooze(
            session, ask.workspace_id, escalation_of(ask), moment, by=by, origin=Origin.FORM, now=ask.now
        )
    carry_on(ask)
    return None


@opener
def ask_change(ask: Ask) -> None:
    """Another severity, kind or promise; for how long it is held."""
    with ask.glancing() as session:
        one, _ = seen(session, ask, listeners.pressed(ask), Rights.needs_change)
    ask.opens(forms.change(one, ask.t))


@form
def change(ask: Ask) -> dict[str, str] | None:
    """What is as it was is not touched."""
    promise, until = fields.text(ask, forms.PROMISE), fields.moment(ask, forms.PROMISE_UNTIL)
    holds = fields.chosen(ask, forms.HOLDS)
    with ask.writing() as session:
        before = escalations.one(session, ask.workspace_id, escalation_of(ask))
        is_new = (promise, until) != (before.promise, before.promise_due_at)
        if wrong := _wrong_promise(ask, promise, until) if is_new else {}:
            return wrong
        edit = Edit(
            severity=int(fields.chosen(ask, forms.SEVERITY)),
            kind=fields.chosen(ask, forms.KIND),
            promise=promise if is_new and until else None,
            promise_due_at=until if is_new else None,
        )
        by = ask.asker(session)
        escalations.edit(session, ask.workspace_id, before.id, edit, by=by, origin=Origin.FORM, now=ask.now)
        if holds != forms.AS_USUAL:
            escalations.hold_for(
                session, ask.workspace_id, before.id, int(holds), by=by, origin=Origin.FORM, now=ask.now
            )
    carry_on(ask)
    return None


def _wrong_promise(ask: Ask, promise: str, until: datetime | None) -> dict[str, str]:
    if until is None:
        said = ask.t("Until when was it promised? Choose a day and a time.")
        return {forms.PROMISE_UNTIL: said} if promise else {}
    if until <= ask.now:
        return {forms.PROMISE_UNTIL: ask.t("That is over already. Choose when the customer hears from you.")}
    return {}


def seen(session: Session, ask: Ask, escalation_id: int, needs: Callable[[Rights], object]) -> tuple[Card, Team]:
    """One as it stands and its team, where the asker has the right. Raises NotYours, Over is for the verbs."""
    one = escalations.one(session, ask.workspace_id, escalation_id)
    team = people.team(session, ask.workspace_id, one.team_id)
    by: Asker = ask.asker(session)
    needs(escalations.rights(session, one, team, by))
    found = escalations.card(session, ask.workspace_id, escalation_id, now=ask.now)
    if found is None:
        raise errors.UnknownEscalation(str(escalation_id))
    return found, team


def carry_on(ask: Ask) -> None:
    """What was committed is said now."""
    later(ask.slack, "escalations.carry_on", lambda: at_once.carry_on(ask.runtime))


def escalation_of(ask: Ask) -> int:
    """Which one a submitted modal is about."""
    return int(fields.carried(ask)["escalation"])
