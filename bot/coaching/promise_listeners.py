"""Promises: made in a talk, closed, moved, reopened, looked at."""

from __future__ import annotations

from slack_bolt import App

from cspm_core import coaching, people
from cspm_core.coaching import PromiseKind, PromiseStatus

from .. import ids
from ..asking import Ask
from ..blocks import value
from ..escalations import fields
from ..listening import form, listener, opener
from . import answers, drafts, forms, note_listeners, places, promise_views


def register(app: App) -> None:
    app.action(ids.COACH_PROMISE)(ask_promise)
    app.action(ids.COACH_METRIC)(foresee)
    app.view(ids.COACH_PROMISE_FORM)(make_promise)
    for button in (ids.COACH_CLOSE, ids.COACH_KEPT, ids.COACH_MISSED):
        app.action(button)(ask_close)
    app.view(ids.COACH_CLOSE_FORM)(close)
    app.action(ids.COACH_DAY)(ask_day)
    app.view(ids.COACH_DAY_FORM)(move_day)
    app.action(ids.COACH_REOPEN)(reopen)
    app.action(ids.COACH_CHECK)(check)


@opener
def ask_promise(ask: Ask) -> None:
    """Who does what by when? Raises NotForYou."""
    carried = places.here(ask)
    with ask.glancing() as session:
        pair = answers.pair(session, ask, int(carried["agent"]))
        draft = drafts.promise(session, ask, pair)
    ask.opens(forms.make_promise(draft, value(**carried), ask.t))


@listener
def foresee(ask: Ask) -> None:
    """Another figure was chosen: what could be seen in it is said before it is promised."""
    carried, metric = fields.carried(ask), fields.chosen(ask, forms.METRIC)
    with ask.reading() as session:
        pair = answers.pair(session, ask, int(carried["agent"]))
        draft = drafts.foreseen(session, ask, pair, metric)
    if draft.told:
        with ask.writing() as session:
            people.log_look(session, ask.workspace_id, pair.lead, pair.agent.id, metric, now=ask.now)
    view = ask.slack.body["view"]
    drawn = forms.make_promise(draft, value(**carried), ask.t)
    ask.runtime.client(ask.workspace_id).views_update(view_id=view["id"], hash=view["hash"], view=drawn)


@form
def make_promise(ask: Ask) -> dict[str, str] | None:
    """Agreed by both in the talk; once for each modal."""
    carried, due_on = fields.carried(ask), fields.day(ask, forms.DUE)
    metric = fields.chosen(ask, forms.METRIC)
    if due_on is None:
        return {forms.DUE: ask.t("Choose a day.")}
    with ask.writing() as session:
        if not note_listeners.is_first(session, ask):
            return None
        talk, by = note_listeners.talk_with(session, ask, int(carried["agent"]))
        coaching.promise(
            session,
            talk,
            owner_id=int(fields.chosen(ask, forms.OWNER) or talk.agent_id),
            words=fields.text(ask, forms.WORDS),
            kind=PromiseKind(fields.chosen(ask, forms.KIND) or PromiseKind.OTHER),
            due_on=due_on,
            metric="" if metric == forms.NO_METRIC else metric,
            by=by,
            now=ask.now,
        )
    places.carry_on(ask, carried)
    return None


@opener
def ask_close(ask: Ask) -> None:
    """How did it go, in one line? Raises NotYourTalk, PromiseClosed."""
    carried = places.here(ask)
    with ask.glancing() as session:
        row, one = answers.promise(session, ask, int(carried["promise"]))
        coaching.check_open(row)
    ending = PromiseStatus.MISSED if ask.action.get("action_id") == ids.COACH_MISSED else PromiseStatus.KEPT
    ask.opens(forms.close_promise(one, ending, value(**carried), ask.t))


@form
def close(ask: Ask) -> dict[str, str] | None:
    """Written down before the modal closes."""
    carried, line = fields.carried(ask), fields.text(ask, forms.LINE)
    status = PromiseStatus(fields.chosen(ask, forms.ENDING))
    with ask.writing() as session:
        if not note_listeners.is_first(session, ask):
            return None
        by, promise_id = ask.asker(session), int(carried["promise"])
        coaching.close_promise(session, ask.workspace_id, promise_id, status, line, by=by, now=ask.now)
    places.carry_on(ask, carried)
    return None


@opener
def ask_day(ask: Ask) -> None:
    """By when then? Raises NotYourTalk, PromiseClosed."""
    carried = places.here(ask)
    with ask.glancing() as session:
        row, one = answers.promise(session, ask, int(carried["promise"]))
        coaching.check_open(row)
    ask.opens(forms.move_day(one, value(**carried), ask.t))


@form
def move_day(ask: Ask) -> dict[str, str] | None:
    """Both see that it was moved."""
    carried, due_on = fields.carried(ask), fields.day(ask, forms.DUE)
    if due_on is None:
        return {forms.DUE: ask.t("Choose a day.")}
    with ask.writing() as session:
        by, promise_id = ask.asker(session), int(carried["promise"])
        coaching.move_promise(session, ask.workspace_id, promise_id, due_on, by=by, now=ask.now)
    places.carry_on(ask, carried)
    return None


@listener
def reopen(ask: Ask) -> None:
    """It was closed by mistake."""
    carried = places.here(ask)
    with ask.writing() as session:
        coaching.reopen(session, ask.workspace_id, int(carried["promise"]), by=ask.asker(session))
    if not places.refresh(ask, carried):
        ask.answer(answers.promise_card(ask, int(carried["promise"])))


@listener
def check(ask: Ask) -> None:
    """One promise as it stands; its lead has looked at how it was closed."""
    promise_id = int(ask.pressed()["promise"])
    with ask.writing() as session:
        asker = ask.asker(session)
        row, one = answers.promise(session, ask, promise_id)
        coaching.check_promise(session, ask.workspace_id, promise_id, by=asker, now=ask.now)
        people.log_look(session, ask.workspace_id, asker, row.agent_id, "promises", now=ask.now)
    ask.answer(promise_views.seen(one, ask.t))
