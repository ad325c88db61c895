"""The buttons under a digest, and its two modals."""

from __future__ import annotations

import json

from slack_bolt import App, Args
from slack_sdk.errors import SlackApiError
from sqlmodel import Session

from cspm_core import digests, errors, people
from cspm_core.digests import Digest
from cspm_core.people import Role, Team

from .. import delivery, ids
from ..asking import Ask
from ..blocks import escape
from ..kpi import answers
from ..kpi import views as kpi_views
from ..listening import form, later, listener, opener
from . import failure_views, fields, forms, ticket_views


def register(app: App) -> None:
    app.action(ids.DIGEST_DETAILS)(details)
    app.action(ids.DIGEST_TICKETS)(tickets)
    app.action(ids.DIGEST_PAUSE)(ask_pause)
    app.action(ids.DIGEST_RESUME)(resume)
    app.action(ids.DIGEST_SETTINGS)(ask_settings)
    app.view(ids.DIGEST_PAUSE_FORM)(paused)
    app.view(ids.DIGEST_SETTINGS_FORM)(set_up)


@listener
def details(ask: Ask) -> None:
    """The team's scorecard over the days that the digest's figures stand on, as of the digest."""
    with ask.reading() as session:
        digest, team = _told(session, ask)
        period = f"{int(ask.pressed().get('days', 7))}d"
        found = answers.seen(session, team, period, asked_at=digest.as_of, as_of=digest.as_of)
        shown = answers.scorecard(session, ask, found)
    ask.answer(kpi_views.scorecard(shown, ask.t))


@listener
def tickets(ask: Ask) -> None:
    """Every ticket that wanted somebody as the digest was made."""
    with ask.reading() as session:
        digest, _ = _told(session, ask)
        content = digests.content(session, digest)
        every = digests.waiting_tickets(session, digest, ticket_views.FITS)
    ask.answer(ticket_views.tickets(content, every, ask.t))


@opener
def ask_pause(ask: Ask) -> None:
    """How long shall it be silent?"""
    with ask.glancing() as session:
        team = _led(session, ask, int(ask.pressed()["team"]))
        rhythm = digests.rhythm(session, team)
    until = {choice: digests.pause_until(rhythm, choice, ask.now) for choice in ("next", "week")}
    back = {choice: digests.back_on(rhythm, at) for choice, at in until.items()}
    ask.opens(forms.pause(team.id, team.name, back, ask.t))


@form
def _pause(ask: Ask) -> None:
    with ask.writing() as session:
        team = _led(session, ask, _team_of(ask))
        digests.pause(session, team, fields.pause(ask), ask.asker(session).name, now=ask.now)


def paused(args: Args) -> None:
    """Silent from now on; the message in the channel says so and by whom."""
    _pause(args)
    later(args, "digests.paused", lambda: delivery.deliver(args.context["runtime"]))


@listener
def resume(ask: Ask) -> None:
    """Digests come again; the button and the line about the pause disappear."""
    with ask.writing() as session:
        team = _led(session, ask, int(ask.pressed()["team"]))
        resumed = digests.resume(session, team, now=ask.now)
    delivery.deliver(ask.runtime)
    name = escape(team.name)
    said = ask.t("The digest of {team} comes again.", team=name)
    ask.answer({"text": said if resumed else ask.t("The digest of {team} is not paused.", team=name)})


@opener
def ask_settings(ask: Ask) -> None:
    """When and where shall it come?"""
    with ask.glancing() as session:
        team = _led(session, ask, int(ask.pressed()["team"]))
    ask.opens(forms.settings(digests.settings(team), ask.t))


@form
def _set_up(ask: Ask) -> dict[str, str] | None:
    """Committed before the modal closes; saying it twice changes nothing."""
    filled = fields.settings(ask)
    with ask.glancing() as session:
        team = _led(session, ask, _team_of(ask))
    if wrong := fields.wrong(filled, ask.t):
        return wrong
    if filled["channel"] != team.channel and (why := _out_of_reach(ask, str(filled["channel"]))):
        return {forms.CHANNEL: why}
    with ask.writing() as session:
        team = people.team(session, ask.workspace_id, team.id)
        digests.change(session, team, now=ask.now, **filled)
    return None


def set_up(args: Args) -> None:
    """What is still to be said today goes where the settings say now."""
    _set_up(args)
    later(args, "digests.set_up", lambda: delivery.deliver(args.context["runtime"]))


def _out_of_reach(ask: Ask, channel: str) -> str | None:
    """Why nothing could be said in a channel, found out before it is chosen; None where all is well."""
    try:
        told = ask.runtime.client(ask.workspace_id).conversations_info(channel=channel)["channel"]
    except SlackApiError as error:
        if error.response["error"] != "channel_not_found":
            raise
        return ask.t("I cannot see that channel. Write `/invite {bot}` there, then save again.", bot=failure_views.BOT)
    if told.get("is_archived"):
        return ask.t("That channel is archived. Choose another.")
    if not told.get("is_member"):
        return ask.t("I am not in that channel. Write `/invite {bot}` there, then save again.", bot=failure_views.BOT)
    return None


def _told(session: Session, ask: Ask) -> tuple[Digest, Team]:
    """The digest under which a button was pressed. Raises NotYourTeam."""
    digest = digests.digest(session, ask.workspace_id, int(ask.pressed()["digest"]))
    if digest is None:
        raise errors.Unknown(ask.t("digest"))
    team = people.team(session, ask.workspace_id, digest.team_id)
    if not ask.asker(session).may_see_team(team.id):
        raise errors.NotYourTeam(team.name)
    return digest, team


def _led(session: Session, ask: Ask, team_id: int) -> Team:
    """A team that the asker leads, or looks after as an admin. Raises NotForYou with the leads' names."""
    team = people.team(session, ask.workspace_id, team_id)
    if not ask.asker(session).leads(team.id):
        leads = people.members_of(session, team, ask.now.date(), Role.LEAD)
        raise errors.NotForYou([lead.name for lead in leads])
    return team


def _team_of(ask: Ask) -> int:
    view = ask.slack.view or {}
    return int(json.loads(view.get("private_metadata") or "{}")["team"])
