"""usergroups.*: the groups and who is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..model import Group, Json
from ..roster import SLACKBOT
from .call import Arguments, Method, Refused

if TYPE_CHECKING:
    from ..workspace import Workspace


def _working(workspace: Workspace, one: Group) -> list[str]:
    return [member for member in one.members if not workspace.roster.all[member].deleted]


def _shape(workspace: Workspace, one: Group, arguments: Arguments) -> Json:
    members = _working(workspace, one)
    shape: Json = {
        "id": one.id,
        "team_id": workspace.team_id,
        "is_usergroup": True,
        "is_subteam": True,
        "name": one.name,
        "description": one.description,
        "handle": one.handle,
        "is_external": False,
        "date_create": 0,
        "date_update": 0,
        "date_delete": 0,
        "auto_type": None,
        "auto_provision": False,
        "created_by": SLACKBOT,
        "updated_by": SLACKBOT,
        "deleted_by": None,
        "prefs": {"channels": [], "groups": []},
    }
    if arguments.flag("include_users"):
        shape["users"] = members
    if arguments.flag("include_count"):
        shape["user_count"] = len(members)
    return shape


def listed(workspace: Workspace, arguments: Arguments) -> Json:
    """usergroups.list."""
    return {"usergroups": [_shape(workspace, one, arguments) for one in workspace.groups.all.values()]}


def users(workspace: Workspace, arguments: Arguments) -> Json:
    """usergroups.users.list."""
    one = workspace.groups.all.get(arguments.need("usergroup"))
    if one is None:
        raise Refused("no_such_subteam")
    return {"users": _working(workspace, one)}


METHODS = {
    "usergroups.list": Method(listed, ("usergroups:read",)),
    "usergroups.users.list": Method(users, ("usergroups:read",)),
}
