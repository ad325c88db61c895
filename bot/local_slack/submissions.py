"""Modals filled in, sent and closed: what Slack's client checks itself, and what the app's answer does to the stack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import choices, parts, payloads, values
from .gate import view_refused
from .interactions import TROUBLE, trouble
from .model import Json, Message, Person, View
from .views import MOST_IN_A_STACK

if TYPE_CHECKING:
    from .workspace import Workspace


def fill(workspace: Workspace, person: Person, where: Message | View, given: dict[str, dict[str, Json]]) -> None:
    """Write into fields without telling the app: {block id: {action id: {"value" | "selected_…"}}}.

    Raises LookupError for a field that is not there.
    """
    blocks = where.given["blocks"] if isinstance(where, View) else where.blocks or []
    with workspace.lock:
        filled = where.values if isinstance(where, View) else where.values.setdefault(person.id, {})
        for block_id, inner in given.items():
            for action_id, one in inner.items():
                _, element = parts.find(blocks, action_id, block_id)
                if element["type"] in values.KEYS:
                    filled.setdefault(block_id, {})[action_id] = choices.entry(workspace, element, one)


def submit(workspace: Workspace, person: Person, view: View) -> tuple[str, dict[str, str]]:
    """Send the top modal: (result, errors by block id); what Slack's client checks itself does not reach the app."""
    errors = _client_errors(view)
    if errors:
        return "errors", errors
    answer = workspace.delivery.ask(payloads.submission(workspace, person, view), "interactive")
    if answer.status != "ok":
        trouble(workspace, view, TROUBLE)
        return "timeout", {}
    reply = answer.payload if isinstance(answer.payload, dict) else {}
    return _follow(workspace, person, view, reply)


def _client_errors(view: View) -> dict[str, str]:
    state = values.state(view.given["blocks"], view.values)
    found = {}
    for block, element in parts.elements(view.given["blocks"]):
        if block["type"] == "input":
            current = state[block["block_id"]][element["action_id"]]
            sentence = values.problem(element, bool(block.get("optional")), current)
            if sentence:
                found[block["block_id"]] = sentence
    return found


def _follow(workspace: Workspace, person: Person, view: View, reply: Json) -> tuple[str, dict[str, str]]:
    what = reply.get("response_action")
    if what == "errors":
        known = {block["block_id"] for block in view.given["blocks"] if block["type"] == "input"}
        errors = {str(block): str(sentence) for block, sentence in (reply.get("errors") or {}).items()}
        if not errors or set(errors) - known:
            workspace.complain("view_submission", "invalid_errors", f"{sorted(errors)} are not all inputs of the view")
            trouble(workspace, view, TROUBLE)
            return "timeout", {}
        return "errors", errors
    if what in ("update", "push"):
        error, _ = view_refused(workspace, "view_submission", reply.get("view"), ("modal",))
        full = what == "push" and len(workspace.views.stacks[person.id]) >= MOST_IN_A_STACK
        if error or full:
            if full:
                workspace.complain("view_submission", "push_limit_reached")
            trouble(workspace, view, TROUBLE)
            return "timeout", {}
        with workspace.lock:
            if what == "update":
                workspace.views.redraw(view, reply["view"])
            else:
                workspace.views.push(person.id, reply["view"])
        return ("updated" if what == "update" else "pushed"), {}
    workspace.views.remove(view, everything=what == "clear")
    return ("cleared" if what == "clear" else "closed"), {}


def close(workspace: Workspace, person: Person, view: View) -> None:
    """Close the top modal, or all of them where the view says so; tell the app where it asked for it."""
    everything = bool(view.given.get("clear_on_close"))
    for one in workspace.views.remove(view, everything):
        if one.given.get("notify_on_close"):
            cleared = everything and one is not view
            workspace.delivery.ask(payloads.closing(workspace, person, one, cleared), "interactive")
