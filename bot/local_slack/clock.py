"""The workspace's clock: what it shows, and turning it where the host allows it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from .model import Json

if TYPE_CHECKING:
    from .workspace import Workspace


def reading(workspace: Workspace) -> Json:
    """{"now": ISO instant, "offset_s": seconds turned so far, "can_turn": bool}."""
    return {
        "now": workspace.now().isoformat(),
        "offset_s": workspace.turned_s,
        "can_turn": workspace.turn is not None,
    }


def turn(workspace: Workspace, body: Json) -> Json:
    """Turn by `advance_s`, to an instant `to`, or to the next morning where the person `as` (or the first one) lives.

    Raises ValueError when the host gave no `turn`, for a time in the past, or for a body that says none of it.
    """
    if workspace.turn is None:
        raise ValueError("the clock of this workspace cannot be turned")
    now = workspace.now()
    to = _wanted(workspace, body, now)
    if to < now:
        raise ValueError("the clock only turns forward")
    workspace.turned_s += (to - now).total_seconds()
    workspace.turn(to)
    shown = reading(workspace)
    workspace.announce("clock", lambda _: {"clock": shown})
    return shown


def _wanted(workspace: Workspace, body: Json, now: datetime) -> datetime:
    if "advance_s" in body:
        return now + timedelta(seconds=float(body["advance_s"]))
    if body.get("to"):
        to = datetime.fromisoformat(str(body["to"]))
        if to.tzinfo is None:
            raise ValueError("the instant “to” needs a zone")
        return to
    if not body.get("next_morning"):
        raise ValueError("one of “advance_s”, “to” and “next_morning” is needed")
    if workspace.next_morning:
        return workspace.next_morning(workspace.roster.find(body["as"]).id if body.get("as") else "")
    person = workspace.roster.find(body["as"]) if body.get("as") else workspace.roster.people[0]
    local = now.astimezone(ZoneInfo(person.tz))
    return datetime.combine(local.date() + timedelta(days=1), workspace.morning, local.tzinfo).astimezone(now.tzinfo)
