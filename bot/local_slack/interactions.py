"""What people do to the app: commands, presses, choices, submissions, shortcuts; and what they see when it fails.

All of it waits for the app's ack and never holds the workspace's lock meanwhile. The sentences are Slack's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import choices, mrkdwn, parts, payloads, values
from .model import Channel, Json, Message, Person, View
from .roster import SLACKBOT, handle

if TYPE_CHECKING:
    from .workspace import Workspace

TIMED_OUT = "Operation timed out. Apps need to respond within 3 seconds."
NOT_CONNECTED = "This app is not responding. Try again later."
TROUBLE = "We had some trouble connecting. Try again?"
NOT_A_COMMAND = (
    '`{0}` is not a valid command. In Slack, all messages that start with the "/" character are interpreted as slash '
    'commands.\nIf you are trying to send a message and not run a slash command, try preceding the "/" with an empty '
    "space."
)
NOT_IN_THREADS = "{0} is not supported in threads. Sorry!"
COMMAND_FAILED = '{0} failed with the error "{1}"'
_ERRORS = {"timeout": "operation_timeout", "unreachable": "dispatch_failed", "lost": "dispatch_failed"}
_SENTENCES = {"timeout": TIMED_OUT, "unreachable": NOT_CONNECTED, "lost": NOT_CONNECTED}


def _slackbot_says(
    workspace: Workspace, person: Person, channel: Channel, text: str, thread_ts: str | None = None
) -> None:
    workspace.conversations.post(
        channel.id, SLACKBOT, text, bot=True, username="Slackbot", only_for=person.id, thread_ts=thread_ts
    )


def command_in_thread(workspace: Workspace, person: Person, channel: Channel, line: str, thread_ts: str) -> str:
    """Slack takes no commands of apps in threads."""
    _slackbot_says(workspace, person, channel, NOT_IN_THREADS.format(line.split()[0]), thread_ts)
    return "unknown"


def command(workspace: Workspace, person: Person, channel: Channel, line: str) -> str:
    """Run a line that begins with "/": "ok", "timeout" or "unknown"."""
    name, _, words = line.strip().partition(" ")
    declared = workspace.manifest.commands.get(name)
    if declared is None:
        _slackbot_says(workspace, person, channel, NOT_A_COMMAND.format(name))
        return "unknown"
    words = words.strip()
    if declared.get("should_escape"):
        people, channels = workspace.conversations.names(person.id)
        handles = {key: handle(one) for key, one in workspace.roster.all.items()}
        words = mrkdwn.as_stored(words, people, channels, workspace.groups.handles(), handles, links=False)
    answer = workspace.delivery.ask(payloads.command(workspace, person, channel, name, words), "slash_commands")
    if answer.status != "ok":
        _slackbot_says(workspace, person, channel, COMMAND_FAILED.format(name, _ERRORS[answer.status]))
        return "timeout"
    if answer.payload:
        workspace.responses.answer(person.id, channel.id, answer.payload)
    return "ok"


def act(workspace: Workspace, person: Person, where: Message | View, found: parts.Found, chosen: Json) -> str:
    """Press a button or choose in a menu: "ok", "timeout", or "kept" where the app is not told.

    `chosen` holds what Slack's action carries: nothing for a button, `selected_option`, `selected_date`, `value` …
    """
    block, element = found
    if element["type"] not in values.STATELESS:
        chosen = choices.entry(workspace, element, chosen)
        _keep(workspace, person, where, found, chosen)
        if block["type"] == "input" and not block.get("dispatch_action"):
            return "kept"
    action = payloads.action(workspace, block, element, chosen)
    answer = workspace.delivery.ask(payloads.block_actions(workspace, person, where, action), "interactive")
    sentence = _SENTENCES.get(answer.status, "")
    if isinstance(where, View):
        trouble(workspace, where, TROUBLE if sentence else "")
    elif sentence or where.failed.get(person.id):
        workspace.conversations.change(where, failed={**where.failed, person.id: sentence})
    return "timeout" if sentence else "ok"


def _keep(workspace: Workspace, person: Person, where: Message | View, found: parts.Found, entry: Json) -> None:
    block, element = found
    with workspace.lock:
        filled = where.values if isinstance(where, View) else where.values.setdefault(person.id, {})
        filled.setdefault(block["block_id"], {})[element["action_id"]] = entry


def trouble(workspace: Workspace, view: View, sentence: str) -> None:
    """Show, or take away, the sentence at the top of a view."""
    if view.error != sentence:
        view.error = sentence
        workspace.views.show(view.user)


def shortcut(workspace: Workspace, person: Person, callback_id: str, message: Message | None) -> str:
    """Use a shortcut: "ok" or "timeout". Raises LookupError when the manifest has none of this name."""
    kind = "message" if message else "global"
    if workspace.manifest.shortcut(callback_id, kind) is None:
        raise LookupError(f"the manifest has no {kind} shortcut {callback_id!r}")
    answer = workspace.delivery.ask(payloads.shortcut(workspace, person, callback_id, message), "interactive")
    if answer.status == "ok":
        return "ok"
    workspace.announce("toast", lambda _: {"text": TROUBLE}, person.id)
    return "timeout"


def options(
    workspace: Workspace, person: Person, where: Message | View, found: parts.Found, query: str
) -> dict[str, Any]:
    """The options that the app offers for what a person typed: {"options": […]} or {"option_groups": […]}."""
    answer = workspace.delivery.ask(payloads.suggestion(workspace, person, where, found, query), "interactive")
    reply = answer.payload if isinstance(answer.payload, dict) else {}
    groups = reply.get("option_groups") or []
    offered = [*(reply.get("options") or []), *(one for group in groups for one in group.get("options") or [])]
    if len(reply.get("options") or []) > 100 or len(groups) > 100:
        workspace.complain("block_suggestion", "too_many_options", str(len(offered)))
        return {"options": [], "option_groups": []}
    return {"options": reply.get("options") or [], "option_groups": groups}
