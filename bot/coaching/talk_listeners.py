"""Buttons and forms about when a talk is: planned, moved, fitting, held, cancelled."""

from __future__ import annotations

from datetime import UTC, datetime

from slack_bolt import App

from cspm_core import coaching, people
from cspm_core.coaching import Every
from cspm_core.coaching import reads as core

from .. import ids
from ..asking import Ask
from ..blocks import escape, value
from ..escalations import fields
from ..listening import form, listener, opener
from . import answers, forms, places

MOST = 3


def register(app: App) -> None:
    app.action(ids.COACH_PLAN)(ask_plan)
    app.view(ids.COACH_PLAN_FORM)(plan)
    app.action(ids.COACH_MOVE)(ask_move)
    app.view(ids.COACH_MOVE_FORM)(move)
    app.action(ids.COACH_FITS)(fits)
    app.action(ids.COACH_HOLD)(hold)
    app.action(ids.COACH_CANCEL)(cancel)


@opener
def ask_plan(ask: Ask) -> None:
    """When, and how often? Raises NotForYou."""
    carried = places.here(ask)
    with ask.glancing() as session:
        pair = answers.pair(session, ask, int(carried["agent"]))
        assert pair.lead.member_id is not None
        planned = coaching.planned_of(session, ask.workspace_id, pair.lead.member_id, pair.agent.id)
        begin = ask.now + coaching.SOON
        slots = coaching.slots(session, pair.team, pair.lead.member_id, pair.agent.id, begin, MOST)
        every = coaching.rhythm(session, ask.workspace_id, pair.lead.member_id, pair.agent.id)
        seen = core.talk(session, planned) if planned and planned.proposed_by else None
    agent = coaching.Person(pair.agent.id, pair.agent.name, pair.agent.slack_user_id)
    ask.opens(forms.plan_talk(agent, every, seen, slots, pair.team.timezone, value(**carried), ask.t))


@form
def plan(ask: Ask) -> dict[str, str] | None:
    """Written down before the modal closes; the same talk however often it is sent."""
    carried, at = fields.carried(ask), _chosen(ask)
    every = Every(fields.chosen(ask, forms.EVERY) or Every.NEVER)
    if at is None:
        return {forms.MOMENT: ask.t("Choose a day and a time.")}
    with ask.writing() as session:
        pair = answers.pair(session, ask, int(carried["agent"]))
        coaching.plan_talk(session, pair.team, lead=pair.lead, agent=pair.agent, at=at, every=every, now=ask.now)
    places.carry_on(ask, carried)
    return None


def _chosen(ask: Ask) -> datetime | None:
    """A moment of one's own before one of the proposed."""
    own, slot = fields.moment(ask, forms.MOMENT), fields.chosen(ask, forms.SLOT)
    return own or (datetime.fromtimestamp(int(slot), UTC) if slot else None)


@opener
def ask_move(ask: Ask) -> None:
    """The next three times that both have. Raises NotYourTalk, TalkOver."""
    carried = places.here(ask)
    with ask.glancing() as session:
        row, one, reader_id = answers.talk(session, ask, int(carried["talk"]))
        coaching.check_planned(row)
        slots = coaching.proposals(session, row, now=ask.now, n=MOST)
    ask.opens(forms.move_talk(one, reader_id, slots, value(**carried), ask.t))


@form
def move(ask: Ask) -> dict[str, str] | None:
    """Proposed to the other, who is asked whether it fits."""
    carried, at = fields.carried(ask), _chosen(ask)
    if at is None:
        return {forms.MOMENT: ask.t("Choose a day and a time.")}
    with ask.writing() as session:
        by = ask.asker(session)
        coaching.move_talk(session, ask.workspace_id, int(carried["talk"]), at, by=by, now=ask.now)
    places.carry_on(ask, carried)
    return None


@listener
def fits(ask: Ask) -> None:
    """It fits; the message says so for both."""
    carried = places.here(ask)
    with ask.writing() as session:
        by, talk_id = ask.asker(session), int(carried["talk"])
        coaching.fits(session, ask.workspace_id, talk_id, by=by, moved=int(carried["moved"]), now=ask.now)
    places.refresh(ask, carried)


@listener
def hold(ask: Ask) -> None:
    """The talk was held, and the next is planned by the rhythm; pressed twice it was held once."""
    carried = places.here(ask)
    with ask.writing() as session:
        by = ask.asker(session)
        following = coaching.hold_talk(session, ask.workspace_id, int(carried["talk"]), by=by, now=ask.now)
        agent = people.member(session, ask.workspace_id, _agent(session, ask, int(carried["talk"])))
        zone = people.team(session, ask.workspace_id, following.team_id).timezone if following else ""
    said = ask.t("Your talk with {person} is held.", person=escape(agent.name))
    if following:
        moment = ask.t.moment(following.planned_at, zone)
        said = ask.t.sentences(said, ask.t("The next is proposed for {moment}.", moment=moment))
    places.refresh(ask, carried)
    ask.answer({"text": said})


def _agent(session: object, ask: Ask, talk_id: int) -> int:
    return answers.talk(session, ask, talk_id)[0].agent_id  # type: ignore[arg-type]


@listener
def cancel(ask: Ask) -> None:
    """It does not take place; the message says so for both."""
    carried = places.here(ask)
    with ask.writing() as session:
        coaching.cancel_talk(session, ask.workspace_id, int(carried["talk"]), by=ask.asker(session))
    places.refresh(ask, carried)
