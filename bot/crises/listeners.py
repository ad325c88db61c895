"""What people do in a crisis: tick, say how it stands, tell customers, give the all-clear, look back."""

from __future__ import annotations

import re

from slack_bolt import App
from sqlmodel import Session

from cspm_core import crises, errors, escalations, people
from cspm_core.crises import Board
from cspm_core.escalations import Ending
from cspm_core.people import Team

from .. import at_once, ids
from ..asking import Ask
from ..blocks import escape
from ..escalations import fields as filled
from ..listening import form, later, listener, opener
from . import fields, forms, plan_listeners, review_forms, sheets

PAGES = re.compile(rf"{re.escape(ids.CRISIS_CUSTOMERS_PAGE)}\..*")
open_plan = plan_listeners.open_plan
open_edit = plan_listeners.open_edit


def register(app: App) -> None:
    app.action(ids.CRISIS_TICK)(tick)
    app.action(ids.CRISIS_UPDATE)(ask_update)
    app.view(ids.CRISIS_UPDATE_FORM)(update)
    app.action(ids.CRISIS_CLEAR)(ask_clear)
    app.view(ids.CRISIS_CLEAR_FORM)(clear)
    app.action(ids.CRISIS_WORDS)(show_words)
    app.action(ids.CRISIS_CUSTOMERS)(ask_customers)
    app.action(PAGES)(turn_page)
    app.view(ids.CRISIS_CUSTOMERS_FORM)(customers)
    app.action(ids.CRISIS_CUSTOMERS_CSV)(sheet)
    app.action(ids.CRISIS_REVIEW)(ask_review)
    app.view(ids.CRISIS_REVIEW_FORM)(review)
    plan_listeners.register(app)


@listener
def tick(ask: Ask) -> None:
    """A line of the checklist is taken, done, or not done after all; whoever comes second hears who was first."""
    pressed = ask.pressed()
    with ask.writing() as session:
        crisis_id, task_id = int(pressed["c"]), int(pressed["t"])
        done = crises.tick(
            session, ask.workspace_id, crisis_id, task_id, str(pressed["do"]), by=ask.asker(session), now=ask.now
        )
        by = people.member(session, ask.workspace_id, done.by).name if done.by else ""
    at_once.carry_on(ask.runtime)
    if not done.first:
        said = ask.t("{person} was first.", person=escape(by)) if by else ask.t("That was done already.")
        ask.answer({"text": said})


@opener
def ask_update(ask: Ask) -> None:
    """How does it stand?"""
    ask.opens(forms.update(_open_one(ask), ask.t))


@form
def update(ask: Ask) -> dict[str, str] | None:
    """Said once for each modal; the next one is due an interval later."""
    words = filled.text(ask, forms.UPDATE)
    if not words:
        return {forms.UPDATE: ask.t("Say how it stands, in a few words.")}
    with ask.writing() as session:
        crises.post_update(
            session, ask.workspace_id, _crisis(ask), words, by=ask.asker(session), key=view_id(ask), now=ask.now
        )
    carry_on(ask)
    return None


@opener
def ask_clear(ask: Ask) -> None:
    """Is it over?"""
    one = _open_one(ask)
    with ask.glancing() as session:
        team = people.team(session, ask.workspace_id, one.team_id)
        needs_reason = escalations.settings(session, team).needs_reason
    ask.opens(forms.clear(one, ask.t, needs_reason=needs_reason))


@form
def clear(ask: Ask) -> dict[str, str] | None:
    """The crisis is over, its escalation resolved, and what was gathered under it where that is wanted."""
    words = filled.text(ask, forms.CLEAR)
    if not words:
        return {forms.CLEAR: ask.t("Say what everybody should know, in a few words.")}
    ending = Ending(filled.text(ask, forms.CAUSE), filled.text(ask, forms.SOLUTION))
    try:
        with ask.writing() as session:
            crises.all_clear(
                session, ask.workspace_id, _crisis(ask), words, ending,
                with_gathered=filled.ticked(ask, forms.GATHERED), by=ask.asker(session), now=ask.now,
            )  # fmt: skip
    except errors.Invalid as wrong:
        if wrong.reason != "empty":
            raise
        return {wrong.field: ask.t("Your team has agreed that this is filled in.")}
    carry_on(ask)
    return None


@opener
def show_words(ask: Ask) -> None:
    """In four languages, ready to copy."""
    ask.opens(forms.words(seen(ask, int(ask.pressed()["crisis"])), ask.t))


@opener
def ask_customers(ask: Ask) -> None:
    """Whom to tell."""
    one = seen(ask, int(ask.pressed()["crisis"]))
    with ask.glancing() as session:
        every = crises.customers(session, ask.workspace_id, one.id)
    ask.opens(forms.customers(one, every, 0, ask.t))


@opener
def turn_page(ask: Ask) -> None:
    """Keep what is ticked, and show another page."""
    pressed, view = ask.pressed(), ask.slack.body["view"]
    crisis_id, page = int(pressed["crisis"]), int(pressed["page"])
    _keep_told(ask, crisis_id, _page(ask))
    one = seen(ask, crisis_id)
    with ask.glancing() as session:
        every = crises.customers(session, ask.workspace_id, crisis_id)
    client = ask.runtime.client(ask.workspace_id)
    client.views_update(view_id=view["id"], hash=view["hash"], view=forms.customers(one, every, page, ask.t))
    carry_on(ask)


@form
def customers(ask: Ask) -> None:
    """Those that are ticked were told."""
    _keep_told(ask, _crisis(ask), _page(ask))
    carry_on(ask)


def _keep_told(ask: Ask, crisis_id: int, page: int) -> None:
    with ask.writing() as session:
        every = crises.customers(session, ask.workspace_id, crisis_id)
        shown = {one.id for one in every[page * forms.PAGE : (page + 1) * forms.PAGE]}
        ticked = fields.ticked(ask, f"{forms.TOLD}_")
        shown |= ticked  # somebody new may have moved the pages since this one was drawn
        crises.tell_customers(session, ask.workspace_id, crisis_id, shown, ticked, by=ask.asker(session), now=ask.now)


@listener
def sheet(ask: Ask) -> None:
    """Every customer as a file."""
    one = seen(ask, int(ask.pressed()["crisis"]))
    with ask.reading() as session:
        every = crises.customers(session, ask.workspace_id, one.id)
    name = escalations.name(one.number)
    title = ask.t("Customers of {name}", name=name)
    ask.hand_over(f"{name.lower()}-customers.csv", sheets.customers(every, one.timezone, ask.t), title)


@opener
def ask_review(ask: Ask) -> None:
    """What do we learn from it?"""
    one = seen(ask, int(ask.pressed()["crisis"]))
    if one.reviewed_at and one.reviewed_by:
        ask.answer({"text": ask.t("{person} wrote the review already.", person=escape(one.reviewed_by.name))})
        return
    ask.opens(review_forms.review(one, ask.t))


@form
def review(ask: Ask) -> dict[str, str] | None:
    """Committed before the modal closes; the thread has the summary then."""
    happened, went_well = filled.text(ask, review_forms.HAPPENED), filled.text(ask, review_forms.WENT_WELL)
    if not happened:
        return {review_forms.HAPPENED: ask.t("Say what happened, in a few words.")}
    for n in range(1, review_forms.ACTIONS + 1):
        if user := filled.user(ask, f"{review_forms.OWNER}_{n}"):
            filled.met(ask, user)
    with ask.writing() as session:
        _, _, team = crises.one(session, ask.workspace_id, _crisis(ask))
        actions = fields.actions(session, ask, team)
        is_first = crises.review(
            session, ask.workspace_id, _crisis(ask), happened, went_well, actions, by=ask.asker(session), now=ask.now
        )
    if not is_first and not _is_mine(ask, happened):
        return {review_forms.HAPPENED: ask.t("Somebody else has written the review meanwhile.")}
    carry_on(ask)
    return None


def _is_mine(ask: Ask, happened: str) -> bool:
    """Whether what was written already is this very form, sent twice."""
    with ask.glancing() as session:
        return crises.board(session, ask.workspace_id, _crisis(ask), now=ask.now).happened == happened


def seen(ask: Ask, crisis_id: int) -> Board:
    """A crisis that the asker may see. Raises NotYours, UnknownCrisis."""
    with ask.glancing() as session:
        _may_see(session, ask, crisis_id)
        return crises.board(session, ask.workspace_id, crisis_id, now=ask.now)


def _may_see(session: Session, ask: Ask, crisis_id: int) -> Team:
    _, one, team = crises.one(session, ask.workspace_id, crisis_id)
    escalations.rights(session, one, team, ask.asker(session)).needs_sight()
    return team


def _open_one(ask: Ask) -> Board:
    """A crisis that goes on, and that the asker may change. Raises NotYours, Over."""
    crisis_id = int(ask.pressed()["crisis"])
    with ask.glancing() as session:
        _, one, team = crises.one(session, ask.workspace_id, crisis_id)
        escalations.rights(session, one, team, ask.asker(session)).needs_change()
        found = crises.board(session, ask.workspace_id, crisis_id, now=ask.now)
    if found.ended_at is not None:
        raise errors.Over(found.number, found.ended_by.name if found.ended_by else "", found.ended_at)
    return found


def carry_on(ask: Ask) -> None:
    """Everybody sees it, after the modal has closed."""
    later(ask.slack, "crises.carried_on", lambda: at_once.carry_on(ask.runtime))


def view_id(ask: Ask) -> str:
    return str((ask.slack.view or {})["id"])


def _crisis(ask: Ask) -> int:
    return int(filled.carried(ask)["crisis"])


def _page(ask: Ask) -> int:
    return int(fields.carried(ask.slack.view or ask.slack.body["view"])["page"])
