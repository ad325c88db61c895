"""`/cspm names`: names in the data that match nobody, each confirmed by a tap, and what was confirmed before."""

from __future__ import annotations

from typing import Any

from slack_bolt import App

from cspm_core import errors, matching, people

from .. import acquaintance, ids
from ..asking import Ask
from ..blocks import value
from ..escalations import fields
from ..listening import form, later, listener, opener
from ..refusals import mrkdwn
from . import desk, forms, names
from .views import Said


def register(app: App) -> None:
    app.action(ids.MATCHING_SHOW)(show_again)
    app.action(ids.MATCHING_PAGE)(turn)
    app.action(ids.MATCHING_NEXT)(turn)
    app.action(ids.MATCHING_YES)(confirm)
    app.action(ids.MATCHING_ALL)(confirm_all)
    app.action(ids.MATCHING_NOBODY)(call_nobody)
    app.action(ids.MATCHING_OTHER)(choose)
    app.view(ids.MATCHING_FORM)(confirm_chosen)
    app.action(ids.MATCHING_KNOWN)(show_known)
    app.action(ids.MATCHING_UNDO)(undo)


def show_names(ask: Ask, words: str) -> None:
    """For the asker alone: of the team named, else of all they lead. Raises NotForYou, NoTeams, UnknownTeam."""
    ask.answer(desk.page(ask, 0, name=words.strip()))


@listener
def show_again(ask: Ask) -> None:
    """The same from a button."""
    ask.answer(desk.page(ask, int(ask.pressed().get("team") or 0)))


@listener
def turn(ask: Ask) -> None:
    """Another page, in place."""
    desk.again(ask, desk.drawn(ask, ask.pressed()), desk.address(ask))


@listener
def show_known(ask: Ask) -> None:
    """What was said before, in place."""
    desk.again(ask, desk.drawn(ask, {**ask.pressed(), "v": desk.KNOWN}), desk.address(ask))


@listener
def confirm(ask: Ask) -> None:
    """Yes, that is who it is."""
    told = ask.pressed()
    _redraw(ask, told, _tried(ask, told))


@listener
def confirm_all(ask: Ask) -> None:
    """All that the question listed; what somebody else was faster with is said and left."""
    told, done, wrong = ask.pressed(), 0, list[str]()
    for one in told["a"]:
        said = _tried(ask, one)
        done += said.match is not None
        wrong += [] if said.match is not None else [said.text]
    good = [names.are_somebody(done, ask.t)] if done else []
    _redraw(ask, told, Said("\n".join([*good, *wrong])))


@listener
def call_nobody(ask: Ask) -> None:
    """A bot, or a former colleague."""
    told = ask.pressed()
    try:
        with ask.writing() as session:
            asker, _ = desk.allowed(session, ask, int(told["i"]))
            done = matching.call_nobody(
                session, ask.workspace_id, int(told["i"]), by=asker.member_id, now=ask.now
            )  # fmt: skip
            name = matching.name_of(session, ask.workspace_id, int(told["i"]))
        said = Said(names.is_nobody(name, ask.t), done.match_id)
    except (errors.Matched, errors.Changed) as stale:
        said = Said(mrkdwn(stale, ask.t))
    _redraw(ask, told, said)


@listener
def undo(ask: Ask) -> None:
    """It was not right: the name is open again."""
    told = ask.pressed()
    try:
        with ask.writing() as session:
            before = matching.match(session, ask.workspace_id, int(told["x"]))
            asker, _ = desk.allowed(session, ask, before.identity_id)
            row = matching.undo(session, ask.workspace_id, before.id, by=asker.member_id, now=ask.now)
            person = people.member(session, ask.workspace_id, row.member_id).name if row.member_id else ""
            name = matching.name_of(session, ask.workspace_id, row.identity_id)
        said = Said(names.taken_back(name, person, ask.t))
    except errors.Changed as stale:
        said = Said(mrkdwn(stale, ask.t))
    _redraw(ask, told, said)


@opener
def choose(ask: Ask) -> None:
    """Somebody else: who?"""
    told = ask.pressed()
    with ask.glancing() as session:
        desk.allowed(session, ask, int(told["i"]))
        name = matching.name_of(session, ask.workspace_id, int(told["i"]))
        outside = {one.id: one.name for one in matching.without_slack(session, ask.workspace_id)}
    carried = value(i=told["i"], t=told.get("t"), p=told.get("p"), url=desk.address(ask))
    ask.opens(forms.who(name, outside, carried, ask.t))


@form
def confirm_chosen(ask: Ask) -> dict[str, str] | None:
    """Committed before the modal closes; the page is drawn anew after it."""
    told = fields.carried(ask)
    slack_user, listed = fields.user(ask, forms.WHO), fields.chosen(ask, forms.LISTED)
    if not slack_user and not listed:
        return {forms.WHO: ask.t("Choose who it is.")}
    if slack_user:
        wrong = _no_colleague(ask, slack_user)
        if wrong:
            return {forms.WHO: wrong}
    said = _tried(ask, {"i": told["i"], **({"u": slack_user} if slack_user else {"m": listed})})
    later(ask.slack, "matching.chosen", lambda: desk.again(ask, desk.drawn(ask, told, said), str(told["url"])))
    return None


def _no_colleague(ask: Ask, slack_user: str) -> str:
    """Why a Slack user cannot be whose name it is; empty: they can."""
    told = acquaintance.look_up(ask.runtime, ask.workspace_id, slack_user)
    if told is None:
        return ask.t("Slack did not tell me who that is. Try again in a minute.")
    if told.is_bot:
        return ask.t("That is a bot, and figures are about people. “Not ours” sets the name aside.")
    return ask.t("This account is deactivated. “Not ours” sets the name aside.") if told.is_gone else ""


def _tried(ask: Ask, told: dict[str, Any]) -> Said:
    """A confirmation, or why it came to nothing. Raises NotForYou, UnknownMember."""
    identity_id, member_id = int(told["i"]), int(told.get("m") or 0)
    with ask.glancing() as session:
        _, led = desk.allowed(session, ask, identity_id)
        name = matching.name_of(session, ask.workspace_id, identity_id)
        teams = matching.teams_of(session, ask.workspace_id, identity_id, led)
    if not member_id:
        met = desk.meet(ask, str(told["u"]))
        if met is None:
            return Said(names.not_met(name, ask.t))
        member_id = met.id
    try:
        with ask.writing() as session:
            asker = ask.asker(session)
            person = people.member(session, ask.workspace_id, member_id)
            done = matching.confirm(session, identity_id, person, teams=teams, by=asker.member_id, now=ask.now)
            joined = [people.team(session, ask.workspace_id, team_id).name for team_id in done.joined]
    except (errors.Matched, errors.Changed, errors.OwnName) as declined:
        return Said(mrkdwn(declined, ask.t))
    return Said(names.is_somebody(name, person.name, joined, ask.t), done.match_id)


def _redraw(ask: Ask, told: dict[str, Any], said: Said) -> None:
    desk.again(ask, desk.drawn(ask, told, said), desk.address(ask))
