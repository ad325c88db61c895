"""Raising an escalation: from the shortcut, a message, a ticket or `/escalate`, through one modal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import structlog
from slack_bolt import App
from slack_sdk.errors import SlackApiError, SlackClientError
from sqlmodel import Session

from cspm_core import errors, escalations, people, receipts
from cspm_core.escalations import Cause, Raised
from cspm_core.people import Asker, Team
from cspm_core.tickets import Ticket

from .. import at_once, ids
from ..asking import Ask
from ..blocks import Drawing, value
from ..listening import form, later, menu, opener
from . import fields, inputs, messages, raise_forms, replies
from .raise_forms import Draft

log = structlog.get_logger(__name__)


def register(app: App) -> None:
    app.shortcut(ids.ESCALATE)(begin)
    app.shortcut(ids.ESCALATE_MESSAGE)(begin_from_message)
    app.action(ids.ESCALATE_BUTTON)(begin)
    app.action(ids.ESCALATE_TICKET)(begin_from_ticket)
    app.options(ids.ESCALATE_TEAM)(find_teams)
    app.view(ids.ESCALATE_FORM)(submit)


@opener
def begin(ask: Ask) -> None:
    """An empty modal."""
    open_form(ask, "")


def open_form(ask: Ask, words: str) -> None:
    """The modal, with what was typed; a ticket's key in front stands in its own field. Raises NoTeams."""
    with ask.glancing() as session:
        one = _draft(session, ask)
        team = people.team(session, ask.workspace_id, one.team_id) if one.team_id else None
        key, what = escalations.key_first(session, team, words)
    ask.opens(raise_forms.draft(replace(one, about=key, what=what, carried=value(source="person")), ask.t))


@opener
def begin_from_message(ask: Ask) -> None:
    """The message's words, its place, and the thread that then belongs to the escalation."""
    message: dict[str, Any] = ask.slack.body["message"]
    ts = str(message["ts"])
    root = str(message.get("thread_ts") or ts)
    carried = value(source="message", channel=ask.channel, ts=ts, root=root)
    with ask.glancing() as session:
        known = escalations.of_message(session, ask.workspace_id, ask.channel, root)
        what = messages.words(session, ask.workspace_id, message)
        one = replace(_draft(session, ask), what=what, carried=carried, from_message=True)
    if known is not None and known.kind not in escalations.CONFIDENTIAL and known.status != "resolved":
        one = replace(one, known_as=escalations.name(known.number))
    ask.opens(raise_forms.draft(one, ask.t))


@opener
def begin_from_ticket(ask: Ask) -> None:
    """A ticket out of a list. Raises NotYourTeam."""
    pressed = ask.pressed()
    with ask.glancing() as session:
        team = people.team(session, ask.workspace_id, int(pressed["team"]))
        if not ask.asker(session).may_see_team(team.id):
            raise errors.NotYourTeam(team.name)
        ticket = session.get(Ticket, (ask.workspace_id, int(pressed["ticket"])))
        if ticket is None:
            raise errors.Unknown(ask.t("Ticket"))
        carried = value(source="ticket", ticket=ticket.id, key=ticket.key)
        one = replace(_draft(session, ask), team_id=team.id, about=ticket.key, carried=carried, subject=ticket.subject)
    ask.opens(raise_forms.draft(one, ask.t))


@menu
def find_teams(ask: Ask) -> list[Drawing]:
    """Where there are many teams: those whose names hold what was typed."""
    typed = people.fold(ask.slack.body["value"])
    with ask.glancing() as session:
        names = _names(session, ask.workspace_id)
    return inputs.offered_teams({i: name for i, name in names.items() if typed in people.fold(name)})


@form
def submit(ask: Ask) -> dict[str, str] | None:
    """Written down before the modal closes, once for each modal; then everybody whom it concerns is told."""
    team_id = fields.chosen(ask, raise_forms.TEAM)
    if not team_id:
        return {raise_forms.TEAM: ask.t("Choose a team.")}
    if wrong := _wrong(ask):
        return wrong
    carried = fields.carried(ask)
    with ask.writing() as session:
        team = people.team(session, ask.workspace_id, int(team_id))
        if not receipts.first_time(session, ask.workspace_id, f"escalate:{ask.view_id}", now=ask.now):
            return None
        cause = _cause(session, ask, team, carried)
        raised = escalations.raise_one(session, team, cause, now=ask.now)
    later(ask.slack, "escalations.raised", lambda: _carry_on(ask, raised, cause, carried))
    return None


def _wrong(ask: Ask) -> dict[str, str]:
    """What to mend, by field."""
    until = fields.moment(ask, raise_forms.PROMISE_UNTIL)
    if not fields.text(ask, raise_forms.WHAT):
        return {raise_forms.WHAT: ask.t("Say what happened, in a few words.")}
    if until is None and fields.text(ask, raise_forms.PROMISE):
        return {raise_forms.PROMISE_UNTIL: ask.t("Until when was it promised? Choose a day and a time.")}
    if until is not None and until <= ask.now:
        said = ask.t("That is over already. Choose when the customer hears from you, or leave it empty and say above "
                     "that the promise was broken.")  # fmt: skip
        return {raise_forms.PROMISE_UNTIL: said}
    return {}


def _cause(session: Session, ask: Ask, team: Team, carried: Mapping[str, Any]) -> Cause:
    typed = fields.text(ask, raise_forms.ABOUT)
    about = escalations.subject(session, team, typed)
    if carried.get("ticket") and typed == carried["key"]:
        about = escalations.Subject(int(carried["ticket"]), typed)
    return Cause(
        source=str(carried.get("source") or "person"),
        what=fields.text(ask, raise_forms.WHAT),
        kind=fields.chosen(ask, raise_forms.KIND),
        severity=int(fields.chosen(ask, raise_forms.SEVERITY)),
        by=ask.asker(session).member_id,
        ticket_id=about.ticket_id,
        ticket_key=about.ticket_key,
        customer=about.customer,
        call_key=fields.text(ask, raise_forms.CALL),
        promise=fields.text(ask, raise_forms.PROMISE),
        promise_due_at=fields.moment(ask, raise_forms.PROMISE_UNTIL),
        message_channel=str(carried.get("channel") or ""),
        message_ts=str(carried.get("root") or ""),
    )


def _carry_on(ask: Ask, raised: Raised, cause: Cause, carried: Mapping[str, Any]) -> None:
    """The message's address, which Slack has to be asked for; the cards; and who reported it once more is answered."""
    if carried.get("ts"):
        _link(ask, raised, carried)
    at_once.carry_on(ask.runtime)
    if raised.state != "opened" or cause.by is None:
        ask.tell({"text": replies.raised(raised, ask.t)})


def _link(ask: Ask, raised: Raised, carried: Mapping[str, Any]) -> None:
    client = ask.runtime.client(ask.workspace_id)
    try:
        told = client.chat_getPermalink(channel=carried["channel"], message_ts=carried["ts"])
    except (SlackApiError, SlackClientError, OSError) as error:  # of a conversation that the bot is not in
        log.info("message without an address", error=type(error).__name__)
        return
    with ask.writing() as session:
        escalations.link_message(session, ask.workspace_id, raised.escalation_id, str(told["permalink"]))


def _draft(session: Session, ask: Ask) -> Draft:
    names = _names(session, ask.workspace_id)
    if not names:
        raise errors.NoTeams
    return Draft(names, _own_team(session, ask.asker(session), names, ask))


def _names(session: Session, workspace_id: int) -> dict[int, str]:
    return {team.id: team.name for team in people.teams(session, workspace_id)}


def _own_team(session: Session, asker: Asker, names: Mapping[int, str], ask: Ask) -> int | None:
    """The asker's own, the last they asked for where they have several; else whose channel it is; else the only one."""
    own = [i for i in names if i in asker.team_ids]
    if own:
        return asker.last_team_id if asker.last_team_id in own else own[0]
    here = [team.id for team in people.teams(session, ask.workspace_id) if ask.channel and team.channel == ask.channel]
    if here:
        return here[0]
    return next(iter(names)) if len(names) == 1 else None
