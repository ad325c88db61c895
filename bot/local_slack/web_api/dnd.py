"""dnd.*: who wants no notifications now. Slack keeps the `snooze_*` fields for the person who asks about themselves,
so an app sees of others only from when until when: `dnd_enabled` and an instant between `next_dnd_start_ts` and
`next_dnd_end_ts`; without any such time both are 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..app_shapes import dnd_shape
from ..model import Json
from .call import Arguments, Method, Refused

if TYPE_CHECKING:
    from ..workspace import Workspace

MOST_USERS = 50


def info(workspace: Workspace, arguments: Arguments) -> Json:
    """dnd.info: one person, the app's own bot user when nobody is named."""
    user = arguments.text("user") or workspace.bot_user_id
    if user not in workspace.roster.all:
        raise Refused("user_not_found")
    shape = dnd_shape(workspace, workspace.roster.all[user])
    return {**shape, "snooze_enabled": False} if user == workspace.bot_user_id else shape


def team(workspace: Workspace, arguments: Arguments) -> Json:
    """dnd.teamInfo: several people, 50 at most; who is not known is left out."""
    arguments.need("users")
    users = arguments.names("users")
    if len(users) > MOST_USERS:
        raise Refused("too_many_users", defect=True)
    everybody = workspace.roster.all
    return {"users": {one: dnd_shape(workspace, everybody[one]) for one in users if one in everybody}}


METHODS = {
    "dnd.info": Method(info, ("dnd:read",)),
    "dnd.teamInfo": Method(team, ("dnd:read",)),
}
