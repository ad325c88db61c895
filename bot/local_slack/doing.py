"""What the people's side can do: type, press, submit, open, drop, read, pull a lever."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from . import interactions, looking, membership, parts, people_shapes, submissions
from .asked import Refusal, home_of, message_of, need, seat_of, stack_of, view_of, where_of
from .faults import changed
from .model import Json
from .seat import pressed

if TYPE_CHECKING:
    from .workspace import Workspace

CHOSEN = (
    "value",
    "selected_option",
    "selected_options",
    "selected_user",
    "selected_users",
    "selected_channel",
    "selected_channels",
    "selected_conversation",
    "selected_conversations",
    "selected_date",
    "selected_time",
    "selected_date_time",
    "rich_text_value",
    "files",
)


def typed(workspace: Workspace, body: Json) -> Json:
    """Words or a command."""
    seat, text = seat_of(workspace, body), need(body, "text")
    channel = workspace.channel(need(body, "channel"))
    thread = seat.message(channel.id, body["thread_ts"]) if body.get("thread_ts") else None
    answer = seat.types(text, channel, thread)
    if isinstance(answer, str):
        return {"command": text.split()[0], "result": answer}
    return {"message": people_shapes.message(workspace, answer.raw, seat.id)}


def press(workspace: Workspace, body: Json) -> Json:
    """A button pressed, a choice made."""
    seat = seat_of(workspace, body)
    where = where_of(workspace, seat, body)
    submissions.fill(workspace, seat.who, where.raw, body.get("values") or {})
    found = parts.find(where.blocks, need(body, "action_id"), body.get("block_id"))
    chosen = {name: body[name] for name in CHOSEN if name in body}
    if found[1]["type"] in ("button", "workflow_button"):
        chosen = {}
    elif found[1]["type"] in ("icon_button", "feedback_buttons"):
        chosen = pressed(found[1], str(body.get("value", "")))
    return {"result": interactions.act(workspace, seat.who, where.raw, found, chosen)}


def options(workspace: Workspace, body: Json) -> Json:
    """Suggestions of an external menu."""
    seat = seat_of(workspace, body)
    where = where_of(workspace, seat, body)
    found = parts.find(where.blocks, need(body, "action_id"), body.get("block_id"))
    return interactions.options(workspace, seat.who, where.raw, found, str(body.get("query", "")))


def submit(workspace: Workspace, body: Json) -> Json:
    """A modal sent."""
    seat = seat_of(workspace, body)
    view = view_of(workspace, seat, body).raw
    submissions.fill(workspace, seat.who, view, body.get("values") or {})
    result, errors = submissions.submit(workspace, seat.who, view)
    return {"result": result, "errors": errors, "views": stack_of(workspace, seat)}


def close(workspace: Workspace, body: Json) -> Json:
    """A modal closed."""
    seat = seat_of(workspace, body)
    submissions.close(workspace, seat.who, view_of(workspace, seat, body).raw)
    return {"views": stack_of(workspace, seat)}


def home(workspace: Workspace, body: Json) -> Json:
    """The Home tab opened."""
    seat = seat_of(workspace, body)
    seat.opens_home()
    return {"home": home_of(workspace, seat)}


def shortcut(workspace: Workspace, body: Json) -> Json:
    """A shortcut used."""
    seat = seat_of(workspace, body)
    message = message_of(workspace, seat, body).raw if body.get("ts") else None
    return {"result": interactions.shortcut(workspace, seat.who, need(body, "callback_id"), message)}


def upload(workspace: Workspace, body: Json) -> Json:
    """A file dropped into a conversation, or put in a field of a form; `file` is (name, bytes)."""
    seat = seat_of(workspace, body)
    name, data = body["file"]
    if not body.get("channel"):
        return {"file": people_shapes.file(workspace, membership.keep(workspace, seat.id, name, data))}
    channel = workspace.channel(need(body, "channel"))
    thread = seat.message(channel.id, body["thread_ts"]) if body.get("thread_ts") else None
    seen = seat.uploads(name, data, channel, str(body.get("alt_txt", "")), thread)
    return {"message": people_shapes.message(workspace, seen.raw, seat.id)}


def direct(workspace: Workspace, body: Json) -> Json:
    """The direct messages with a person or the app."""
    seat = seat_of(workspace, body)
    other = workspace.roster.find(str(body.get("user") or "app")).id
    channel = workspace.conversations.between(seat.id, other)
    return {"channel": people_shapes.channel(workspace, channel, seat.id)}


def read(workspace: Workspace, body: Json) -> Json:
    """Read up to here."""
    seat = seat_of(workspace, body)
    message = seat.message(workspace.channel(body["channel"]).id, body["ts"]) if body.get("ts") else None
    seat.marks_read(workspace.channel(need(body, "channel")), message)
    return {}


def lever(workspace: Workspace, body: Json) -> Json:
    """A lever of the host pressed."""
    wanted = need(body, "id")
    for one in workspace.levers:
        if one.id == wanted:
            return {"markdown": one.press()}
    raise Refusal("no_such_lever", f"There is no lever “{wanted}”.", 404)


def faults(workspace: Workspace, body: Json) -> Json:
    """The faults, changed where the body says so."""
    changes = {name: value for name, value in body.items() if name != "as"}
    try:
        with workspace.lock:
            changed(workspace.faults, changes)
    except ValueError as wrong:
        raise Refusal("unknown_fault", f"{str(wrong)[:1].upper()}{str(wrong)[1:]}.") from None
    if changes:
        workspace.faults_changed()
    return {"faults": workspace.faults.shown()}


def drop_sockets(workspace: Workspace, body: Json) -> Json:
    """Every socket broken, and none let in for some seconds."""
    return {"dropped": workspace.drop_sockets(float(body.get("refuse_s") or 0))}


def http(workspace: Workspace, body: Json) -> Json:
    """Payloads sent to a request URL as well, or no more."""
    workspace.sends_to(str(body.get("url") or ""))
    return looking.http(workspace, {})


def person(workspace: Workspace, body: Json) -> Json:
    """Another language or zone in a person's profile; their account deactivated or given back; notifications paused."""
    seat = seat_of(workspace, body)
    until = datetime.fromisoformat(str(body["dnd_until"])) if body.get("dnd_until") else None
    if "deactivated" in body and not isinstance(body["deactivated"], bool):
        raise Refusal("not_possible", "“deactivated” is true or false.")
    if body.get("locale") or body.get("tz"):
        seat.changes(body.get("locale"), body.get("tz"))
    if "deactivated" in body:
        seat.is_deactivated(body["deactivated"])
    if until:
        seat.does_not_disturb(until=until)
    elif "dnd_until" in body:
        seat.may_be_disturbed()
    return {"person": people_shapes.person(seat.who)}
