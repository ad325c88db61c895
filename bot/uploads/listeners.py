"""A file dropped into the bot's direct messages, the buttons of its card, and the form that they open."""

from __future__ import annotations

from typing import Any

from slack_bolt import App, Args

from cspm_core import errors, escalations, people, uploads

from .. import at_once, ids
from ..asking import Ask
from ..blocks import Drawing
from ..escalations import fields, inputs, thread_listeners
from ..listening import Instead, event, form, later, listener, menu, opener
from ..refusals import mrkdwn
from . import forms, looking, work
from .shown import Shown


def register(app: App) -> None:
    """Before whoever listens to other messages: the first that matches listens."""
    app.event({"type": "message", "subtype": "file_share"}, matchers=[_is_for_us])(dropped)
    app.action(ids.UPLOAD_LOOK)(look)
    app.action(ids.UPLOAD_NOT_NOW)(not_now)
    app.action(ids.UPLOAD_KIND)(take_as)
    app.options(ids.UPLOAD_TEAM)(find_teams)
    app.view(ids.UPLOAD_FORM)(rehearse)
    app.view(ids.UPLOAD_IMPORT_FORM)(begin)


def _is_for_us(event: dict[str, Any]) -> bool:
    """A person's files in direct messages with the bot."""
    return event.get("channel_type") == "im" and not event.get("bot_id") and bool(event.get("files"))


def dropped(args: Args) -> None:
    """A file among the answers to an escalation belongs there; all others are for us."""
    said: dict[str, Any] = args.event or {}
    if said.get("thread_ts") in (None, said.get("ts")):
        arrive(args)
    else:
        later(args, "uploads.dropped", lambda: (thread_listeners.message if _is_answer(args, said) else arrive)(args))


def _is_answer(args: Args, said: dict[str, Any]) -> bool:
    with args.context["runtime"].store.reading() as session:
        for workspace in people.workspaces(session):
            if workspace.slack_id == args.context.team_id:
                found = escalations.of_message(session, workspace.id, str(said["channel"]), str(said["thread_ts"]))
                return found is not None
    return False


@event
def arrive(ask: Ask) -> None:
    """Each file has a row first and a card after, however often Slack tells it."""
    said: dict[str, Any] = ask.slack.event or {}
    try:
        found = [_write_down(ask, said, file) for file in said["files"]]
    except errors.NoTeams as none:
        ask.tell({"text": mrkdwn(none, ask.t)})
        return
    for row in found:
        work.look_into(ask.runtime, ask.workspace_id, row.id)
    at_once.deliver(ask.runtime)


def _write_down(ask: Ask, said: dict[str, Any], file: dict[str, Any]) -> uploads.Upload:
    with ask.writing() as session:
        return uploads.arrive(
            session,
            ask.workspace_id,
            ask.asker(session),
            channel=str(said["channel"]),
            ts=str(said["ts"]),
            thread_ts=str(said.get("thread_ts") or said["ts"]),
            file=str(file["id"]),
            name=str(file.get("name") or file.get("title") or "file"),
            mimetype=str(file.get("mimetype") or ""),
            size=int(file.get("size") or 0),
            language=ask.t.language,
            now=ask.now,
        )


@opener
def look(ask: Ask) -> None:
    """The form, once the file was looked into; until then something that says so."""
    upload_id = int(ask.pressed()["upload"])
    shown = Shown.opened(ask, upload_id, forms.loading(ask.t("Looking into the file…"), ask.t))
    if shown is not None:
        later(ask.slack, "uploads.look", lambda: shown.becomes(lambda: looking.offered(ask, upload_id, "")))


@listener
def not_now(ask: Ask) -> None:
    """The card shrinks; the file stays where it is."""
    with ask.writing() as session:
        uploads.put_away(session, ask.workspace_id, int(ask.pressed()["upload"]))
    at_once.deliver(ask.runtime)


@opener
def take_as(ask: Ask) -> None:
    """Another kind: the columns are understood anew."""
    upload_id, kind = int(fields.carried(ask)["upload"]), ask.carried
    shown = Shown.standing(ask, upload_id)
    later(ask.slack, "uploads.take_as", lambda: shown.becomes(lambda: looking.offered(ask, upload_id, kind)))


@menu
def find_teams(ask: Ask) -> list[Drawing]:
    """Where there are many teams: those whose names hold what was typed."""
    typed = people.fold(ask.slack.body["value"])
    with ask.glancing() as session:
        teams = uploads.own_teams(session, ask.workspace_id, ask.asker(session))
    return inputs.offered_teams({one.id: one.name for one in teams if typed in people.fold(one.name)})


@form
def rehearse(ask: Ask) -> dict[str, str] | Instead:
    """What an import would do takes a while: the form becomes something that says so, and then the report."""
    carried = fields.carried(ask)
    upload_id, choice = int(carried["upload"]), looking.chosen(ask, str(carried["kind"]))
    with ask.glancing() as session:
        wrong = looking.wrong(session, ask, choice)
    if wrong:
        return wrong
    shown = Shown.coming(ask, upload_id)
    later(
        ask.slack, "uploads.rehearse", lambda: shown.becomes(lambda: looking.rehearsed(ask, upload_id, choice, shown))
    )
    return Instead(shown.named(forms.loading(ask.t("Looking at every row…"), ask.t)))


@form
def begin(ask: Ask) -> Instead | None:
    """Written down before the modal closes; whoever comes second is told that it is under way."""
    carried = fields.carried(ask)
    choice = uploads.Choice.parse(carried["choice"])
    with ask.writing() as session:
        asker = ask.asker(session)
        is_first = uploads.begin(
            session, ask.workspace_id, int(carried["upload"]), choice, asker, int(carried["rows"]), now=ask.now
        )
    later(ask.slack, "uploads.begun", lambda: work.carry_on(ask.runtime))
    if not is_first:
        said = ask.t("This file is imported already, or just now. The thread under it tells how far it is.")
        return Instead(forms.over(said, ask.t))
    return None
