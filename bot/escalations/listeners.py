"""What people press on an escalation: take it, keep it, give it back, say how it went."""

from __future__ import annotations

from collections.abc import Callable

from slack_bolt import App
from sqlmodel import Session

from cspm_core import errors, escalations, people
from cspm_core.escalations import Done, Origin
from cspm_core.people import Asker

from .. import at_once, ids
from ..asking import Ask
from ..listening import later, listener
from . import replies, views

Verb = Callable[[Session, int, int, Asker, Ask], Done]


def register(app: App) -> None:
    app.action(ids.ESCALATION_TAKE)(take)
    app.action(ids.ESCALATION_KEEP)(keep)
    app.action(ids.ESCALATION_RELEASE)(release)
    app.action(ids.ESCALATION_PROMISE_KEPT)(promise_kept)
    app.action(ids.ESCALATION_SATISFIED)(satisfied)
    app.action(ids.ESCALATION_UNSATISFIED)(unsatisfied)
    app.action(ids.ESCALATION_REOPEN)(reopen)
    app.action(ids.ESCALATION_SHOW)(show)


@listener
def take(ask: Ask) -> None:
    """Mine. The first has it; whoever comes later is told who was first."""
    done = _do(ask, lambda s, w, e, by, a: escalations.acknowledge(s, w, e, by=by, origin=Origin.BUTTON, now=a.now))
    ask.answer({"text": said_of_taking(ask, done)})


def said_of_taking(ask: Ask, done: Done) -> str:
    """Yours, or who was first."""
    return replies.taken(done, _owner(ask, done), ask.t)


@listener
def keep(ask: Ask) -> None:
    """Still mine."""
    done = _do(ask, lambda s, w, e, by, a: escalations.keep(s, w, e, by=by, origin=Origin.BUTTON, now=a.now))
    ask.answer({"text": replies.kept(done, ask.t)})


@listener
def release(ask: Ask) -> None:
    """Not mine any more."""
    done = _do(ask, lambda s, w, e, by, a: escalations.release(s, w, e, by=by, origin=Origin.BUTTON, now=a.now))
    ask.answer({"text": replies.released(done, ask.t)})


@listener
def promise_kept(ask: Ask) -> None:
    """The customer has what was promised."""
    done = _do(ask, lambda s, w, e, by, a: escalations.keep_promise(s, w, e, by=by, origin=Origin.BUTTON, now=a.now))
    ask.answer({"text": replies.promise_kept(done, ask.t)})


@listener
def satisfied(ask: Ask) -> None:
    """The customer says that all is well."""
    _check(ask, satisfied=True)


@listener
def unsatisfied(ask: Ask) -> None:
    """The customer says that it is not: it is open again."""
    _check(ask, satisfied=False)


def _check(ask: Ask, *, satisfied: bool) -> None:
    done = _do(
        ask,
        lambda s, w, e, by, a: escalations.check(s, w, e, satisfied=satisfied, by=by, origin=Origin.BUTTON, now=a.now),
    )
    ask.answer({"text": replies.checked(done, satisfied, ask.t)})


@listener
def reopen(ask: Ask) -> None:
    """It is not over."""
    done = _do(ask, lambda s, w, e, by, a: escalations.open_again(s, w, e, by=by, origin=Origin.BUTTON, now=a.now))
    ask.answer({"text": replies.reopened(done, ask.t)})


@listener
def show(ask: Ask) -> None:
    """One of many, for the asker alone, with its buttons."""
    escalation_id = int(ask.pressed()["escalation"])
    ask.answer(shown(ask, escalation_id))


def shown(ask: Ask, escalation_id: int) -> dict[str, object]:
    """Its card, where the asker may see it. Raises NotYours."""
    with ask.reading() as session:
        one = escalations.one(session, ask.workspace_id, escalation_id)
        team = people.team(session, ask.workspace_id, one.team_id)
        escalations.rights(session, one, team, ask.asker(session)).needs_sight()
        found = escalations.card(session, ask.workspace_id, escalation_id, now=ask.now)
    if found is None:
        raise errors.UnknownEscalation(str(escalation_id))
    return views.card(found, ask.t)


def pressed(ask: Ask) -> int:
    """Of which escalation a button was pressed, or something chosen in its menu."""
    told = ask.pressed()
    return int(told["e"] if "e" in told else told["escalation"])


def _do(ask: Ask, verb: Verb) -> Done:
    """Commit, then let everybody see it; whoever pressed does not wait for that."""
    escalation_id = pressed(ask)
    with ask.writing() as session:
        done = verb(session, ask.workspace_id, escalation_id, ask.asker(session), ask)
    later(ask.slack, "escalations.pressed", lambda: at_once.carry_on(ask.runtime))
    return done


def _owner(ask: Ask, done: Done) -> str:
    """The name of who has it."""
    if done.owner_id is None:
        return ""
    with ask.glancing() as session:
        return people.member(session, ask.workspace_id, done.owner_id).name
