"""What the people's side can be asked: the state, messages, open views, complaints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import clock, people_shapes
from .asked import home_of, need, seat_of, stack_of
from .model import Json

if TYPE_CHECKING:
    from .workspace import Workspace


def state(workspace: Workspace, body: Json) -> Json:
    """Everything that the page needs to begin; as the first person of the cast where nobody is named."""
    if not body.get("as"):
        body = {**body, "as": next(one.id for one in workspace.roster.people if one.cast)}
    seat, manifest = seat_of(workspace, body), workspace.manifest
    bot = people_shapes.person(workspace.roster.bot)
    kinds = {
        kind: [dict(one) for one in manifest.shortcuts if one.get("type") == kind] for kind in ("global", "message")
    }
    return {
        "workspace": {"name": workspace.name, "id": workspace.team_id, "icon": workspace.name[:1]},
        "me": people_shapes.person(seat.who),
        "people": [people_shapes.person(one) for one in workspace.roster.all.values()],
        "groups": [people_shapes.group(one) for one in workspace.groups.all.values()],
        "channels": [
            people_shapes.channel(workspace, one, seat.id) for one in workspace.conversations.seen_by(seat.id)
        ],
        "apps": [{**bot, "app_id": workspace.app_id, "home": manifest.home, "dm": seat.dm().id}],
        "commands": [
            {name: one.get(name, "") for name in ("command", "description", "usage_hint")}
            for one in manifest.commands.values()
        ],
        "shortcuts": kinds,
        "clock": clock.reading(workspace),
        "levers": [{"id": one.id, "label": one.label, "hint": one.hint} for one in workspace.levers],
        "faults": workspace.faults.shown(),
        "http": http(workspace, {})["http"],
        "script": workspace.script,
    }


def http(workspace: Workspace, _: Json) -> Json:
    """Where payloads go over HTTP, and the secret that an app checks their signatures with."""
    return {"http": {"url": workspace.request_url, "signing_secret": workspace.signing_secret}}


def messages(workspace: Workspace, body: Json) -> Json:
    """A conversation or a thread as this person sees it."""
    seat = seat_of(workspace, body)
    if str(body.get("fresh", "")) in ("1", "true"):
        seat.reloads()
    channel = workspace.channel(need(body, "channel"))
    if channel not in workspace.conversations.seen_by(seat.id):
        raise LookupError(f"{seat.name} does not see {channel.name}")
    seen = workspace.conversations.read_by(seat.id, channel.id, body.get("thread_ts") or None)
    shown = seen[-int(body.get("limit") or 200) :]
    return {"messages": [people_shapes.message(workspace, one, seat.id) for one in shown]}


def views(workspace: Workspace, body: Json) -> Json:
    """What is open, and Home."""
    seat = seat_of(workspace, body)
    return {"stack": stack_of(workspace, seat), "home": home_of(workspace, seat)}


def complaints(workspace: Workspace, _: Json) -> Json:
    """What the app did that Slack would never take."""
    return {"complaints": [vars(one) for one in workspace.complaints]}
