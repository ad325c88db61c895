"""What is answered in the thread of a card, or of the message it was raised from, is part of the escalation."""

from __future__ import annotations

from typing import Any

from slack_bolt import App, Args

from cspm_core import escalations, people
from cspm_core.escalations import Escalation

from ..asking import Ask
from ..listening import event, later
from . import messages

WRITTEN = (None, "file_share", "thread_broadcast")
"""Subtypes of what somebody writes; edits, deletions and what apps say have others."""


def register(app: App) -> None:
    app.event("message")(message)


def message(args: Args) -> None:
    """Most messages are no answers, and most answers are none of ours: those cost one look into an index."""
    said: dict[str, Any] = args.event or {}
    if _is_answer(said):
        later(args, "escalations.answered", lambda: _follow(args, said))


def _is_answer(said: dict[str, Any]) -> bool:
    in_thread = said.get("thread_ts") not in (None, said.get("ts"))
    by_person = said.get("user") and not said.get("bot_id")
    return bool(in_thread and by_person and said.get("subtype") in WRITTEN)


def _follow(args: Args, said: dict[str, Any]) -> None:
    if _escalation(args, said) is not None:
        note(args)


@event
def note(ask: Ask) -> None:
    """One more line of its timeline; the same message once, however often Slack tells it."""
    said: dict[str, Any] = ask.slack.event or {}
    found = _escalation(ask.slack, said)
    if found is None:
        return
    with ask.writing() as session:
        member = people.member_by_slack(session, ask.workspace_id, ask.user)
        words = messages.words(session, ask.workspace_id, said)
        if member is not None and words:
            escalations.note_answer(
                session, ask.workspace_id, found.id, by=member.id, ts=str(said["ts"]), words=words, now=ask.now
            )


def _escalation(args: Args, said: dict[str, Any]) -> Escalation | None:
    """Whose thread it is."""
    with args.context["runtime"].store.reading() as session:
        for workspace in people.workspaces(session):
            if workspace.slack_id == args.context.team_id:
                return escalations.of_message(session, workspace.id, str(said["channel"]), str(said["thread_ts"]))
    return None
