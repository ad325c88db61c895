"""The buttons under the card of what is at risk, the list of detectors, and the modals behind them."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt import App, Args
from sqlmodel import Session

from cspm_core import detectors, people
from cspm_core.detectors import Kind
from cspm_core.people import Team

from .. import at_once, ids
from ..asking import Ask
from ..blocks import Drawing, escape
from ..kpi import answers
from ..listening import Instead, form, later, listener, opener
from . import fields, forms, jobs, views
from .views import Board, Listed


def register(app: App) -> None:
    app.action(ids.RISK_TAKE)(take)
    app.action(ids.RISK_GIVE)(ask_give)
    app.view(ids.RISK_GIVE_FORM)(gave)
    app.action(ids.RISK_DETECTORS)(show_of_card)
    app.action(ids.DETECTOR_CHANGE)(ask_change)
    app.action(ids.DETECTOR_REHEARSE)(rehearse)
    app.view(ids.DETECTOR_FORM)(changed)
    app.action(re.compile(re.escape(ids.DETECTOR_JUDGE)))(judge)


def show(ask: Ask, words: str) -> None:
    """The detectors of a team: the one named, else the asker's own. Raises Refusal."""
    with ask.reading() as session:
        shown = _board(session, ask, answers.team_asked(session, ask, words.strip()))
    ask.answer(views.board(shown, ask.t))


@listener
def show_of_card(ask: Ask) -> None:
    """The detectors of the card's team."""
    with ask.reading() as session:
        shown = _board(session, ask, _team(session, ask, int(ask.pressed()["team"])))
    ask.answer(views.board(shown, ask.t))


@listener
def take(ask: Ask) -> None:
    """The first to press has it; the second is told who was first."""
    chosen = ask.pressed()
    with ask.writing() as session:
        team = people.team(session, ask.workspace_id, int(chosen["team"]))
        taken = detectors.take(session, team, int(chosen["ticket"]), ask.asker(session), now=ask.now)
        own = ask.asker(session).member_id == taken.member_id
    at_once.carry_on(ask.runtime)
    told = {"ticket": escape(taken.ticket_key), "person": escape(taken.name)}
    if own:
        ask.answer({"text": ask.t("You have {ticket} now.", **told)})
    else:
        moment = ask.t.clock(taken.at, team.timezone)
        ask.answer({"text": ask.t("{person} was first: {ticket} is theirs since {moment}.", moment=moment, **told)})


@opener
def ask_give(ask: Ask) -> None:
    """Which ticket, and to whom?"""
    chosen = ask.pressed()
    with ask.glancing() as session:
        team = _led(session, ask, int(chosen["team"]))
        risk = detectors.card(session, team, int(chosen["card"]), now=ask.now)
    if risk is None or not risk.tickets:
        ask.answer({"text": ask.t("Nothing is at risk now.")})
    else:
        ask.opens(forms.give(risk, ask.t))


@form
def _give(ask: Ask) -> dict[str, str] | None:
    with ask.writing() as session:
        team = _led(session, ask, int(fields.carried(ask)["team"]))
        member = people.member_by_slack(session, ask.workspace_id, fields.person(ask))
        if member is None:
            return {forms.PERSON: ask.t("I have not met this person yet.")}
        if member.id not in {one.id for one in people.members_of(session, team, ask.now.date())}:
            return {forms.PERSON: ask.t("{person} is not in {team}.", person=member.name, team=team.name)}
        detectors.give(session, team, fields.ticket(ask), member, ask.asker(session), now=ask.now)
    return None


def gave(args: Args) -> None:
    """The card shows at once who has it, and they are told."""
    _give(args)
    later(args, "detectors.gave", lambda: at_once.carry_on(args.context["runtime"]))


@opener
def ask_change(ask: Ask) -> None:
    """How should a detector be set?"""
    chosen = ask.pressed()
    with ask.glancing() as session:
        team, kind = _led(session, ask, int(chosen["team"])), detectors.kind_named(str(chosen["kind"]))
        now = detectors.chosen(session, team)[kind]
    ask.opens(forms.detector(forms.Form(team.id, team.name, kind, now.settings, now.is_on), ask.t))


@listener
def rehearse(ask: Ask) -> None:
    """Play what is filled in over the last days, and show it in the modal."""
    with ask.glancing() as session:
        drawn = _rehearsed(session, ask)
    view = ask.slack.body["view"]
    ask.runtime.client(ask.workspace_id).views_update(view_id=view["id"], hash=view["hash"], view=drawn)


@form
def _change(ask: Ask) -> dict[str, str] | Instead | None:
    """Saved where these very settings were rehearsed; else they are rehearsed first."""
    told, filled = fields.carried(ask), _filled(ask)
    with ask.glancing() as session:
        _led(session, ask, int(told["team"]))
        if told["rehearsed"] != forms.fingerprint(filled):
            return Instead(_rehearsed(session, ask))
    with ask.writing() as session:
        team = people.team(session, ask.workspace_id, int(told["team"]))
        is_on, asker = fields.is_on(ask), ask.asker(session)
        detectors.save(session, team, Kind(told["kind"]), filled, is_on, by=asker, now=ask.now)
    return None


def changed(args: Args) -> None:
    """The team is looked at with the new settings."""
    _change(args)
    later(args, "detectors.changed", lambda: jobs.watch(args.context["runtime"]))


@listener
def judge(ask: Ask) -> None:
    """Whether an alarm was worth it."""
    told = ask.pressed()
    is_useful = bool(told["useful"])
    with ask.writing() as session:
        asker, escalation_id = ask.asker(session), int(told["escalation"])
        detectors.judge(session, ask.workspace_id, escalation_id, is_useful, asker, now=ask.now)
    noted = ask.t("Noted as useful. Thank you.") if is_useful else ask.t("Noted as not useful. Thank you.")
    ask.answer({"text": noted})


def _filled(ask: Ask) -> dict[str, Any]:
    kind = Kind(fields.carried(ask)["kind"])
    return detectors.checked(kind, fields.settings(ask, kind))


def _rehearsed(session: Session, ask: Ask) -> Drawing:
    told = fields.carried(ask)
    team, kind, filled = _led(session, ask, int(told["team"])), Kind(told["kind"]), _filled(ask)
    found = detectors.rehearse(session, team, kind, filled, now=ask.now)
    return forms.detector(forms.Form(team.id, team.name, kind, filled, fields.is_on(ask), found), ask.t)


def _board(session: Session, ask: Ask, team: Team) -> Board:
    month = ask.now.date().replace(day=1)
    every = detectors.chosen(session, team).values()
    listed = tuple(
        Listed(one.kind, one.settings, one.is_on, detectors.hit_rate(session, team, one.kind, month)) for one in every
    )
    age = detectors.watch_of(session, team).data_age_minutes
    paused = detectors.paused_since(session, team, now=ask.now)
    return Board(team.id, team.name, month, age, listed, team.timezone, paused)


def _team(session: Session, ask: Ask, team_id: int) -> Team:
    """A team of the asker's, or one they look after. Raises NotYourTeam."""
    team = people.team(session, ask.workspace_id, team_id)
    return answers.team_asked(session, ask, team.name)


def _led(session: Session, ask: Ask, team_id: int) -> Team:
    """A team that the asker leads, or looks after as an admin. Raises NotForYou with the leads' names."""
    team = people.team(session, ask.workspace_id, team_id)
    detectors.may_choose(session, team, ask.asker(session), now=ask.now)
    return team
