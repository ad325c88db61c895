"""users.*: people with locale and zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..app_shapes import channel_shape, user_shape
from ..model import Json, Person
from .call import ANY_READ, Arguments, Method, Refused, page
from .conversations import of_types

if TYPE_CHECKING:
    from ..workspace import Workspace


def _shape(workspace: Workspace, one: Person, arguments: Arguments) -> Json:
    email = "users:read.email" in workspace.manifest.scopes
    return user_shape(workspace, one, arguments.flag("include_locale"), email)


def info(workspace: Workspace, arguments: Arguments) -> Json:
    """users.info."""
    one = workspace.roster.all.get(arguments.need("user"))
    if one is None:
        raise Refused("user_not_found")
    return {"user": _shape(workspace, one, arguments)}


def listed(workspace: Workspace, arguments: Arguments) -> Json:
    """users.list."""
    rows, cursor = page(list(workspace.roster.all.values()), arguments, 100, 1000)
    found = [_shape(workspace, one, arguments) for one in rows]
    return {"members": found, "cache_ts": 0, "response_metadata": {"next_cursor": cursor}}


def conversations(workspace: Workspace, arguments: Arguments) -> Json:
    """users.conversations: where a person, or the app itself, is a member."""
    user = arguments.text("user") or workspace.bot_user_id
    if user not in workspace.roster.all:
        raise Refused("user_not_found")
    rows, cursor = page(of_types(workspace, arguments, user), arguments, 100, 999)
    channels = [channel_shape(workspace, one) for one in rows]
    return {"channels": channels, "response_metadata": {"next_cursor": cursor}}


def by_email(workspace: Workspace, arguments: Arguments) -> Json:
    """users.lookupByEmail."""
    wanted = arguments.need("email").casefold()
    for one in workspace.roster.people:
        if one.email.casefold() == wanted:
            return {"user": _shape(workspace, one, arguments)}
    raise Refused("users_not_found")


METHODS = {
    "users.info": Method(info, ("users:read",)),
    "users.list": Method(listed, ("users:read",)),
    "users.conversations": Method(conversations, ANY_READ),
    "users.lookupByEmail": Method(by_email, ("users:read.email",)),
}
