"""Who the app is, which workspace this is, and where its socket is: auth.test, team.info, apps.connections.open."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from ..model import Json
from .call import Arguments, Method, Refused

if TYPE_CHECKING:
    from ..workspace import Workspace

MOST_CONNECTIONS = 10


def test(_: Workspace, arguments: Arguments) -> Json:
    """api.test."""
    if arguments.text("error"):
        raise Refused(arguments.text("error"))
    return {"args": arguments.given}


def auth(workspace: Workspace, _: Arguments) -> Json:
    """auth.test."""
    return {
        "url": f"{workspace.base_url}/",
        "team": workspace.name,
        "user": workspace.manifest.bot_name,
        "team_id": workspace.team_id,
        "user_id": workspace.bot_user_id,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": False,
    }


def team(workspace: Workspace, _: Arguments) -> Json:
    """team.info."""
    domain = workspace.name.casefold().replace(" ", "-")
    return {"team": {"id": workspace.team_id, "name": workspace.name, "domain": domain, "email_domain": "", "icon": {}}}


def bot(workspace: Workspace, arguments: Arguments) -> Json:
    """bots.info."""
    if arguments.text("bot") not in ("", workspace.bot_id):
        raise Refused("bot_not_found")
    return {
        "bot": {
            "id": workspace.bot_id,
            "deleted": False,
            "name": workspace.manifest.bot_name,
            "updated": 0,
            "app_id": workspace.app_id,
            "user_id": workspace.bot_user_id,
            "icons": {},
        }
    }


def connection(workspace: Workspace, _: Arguments) -> Json:
    """apps.connections.open: a socket's address, good for one connection."""
    if workspace.delivery.connected >= MOST_CONNECTIONS:
        raise Refused("too_many_websockets")
    ticket = secrets.token_urlsafe(16)
    workspace.delivery.tickets.add(ticket)
    address = workspace.base_url.replace("http", "ws", 1)
    return {"url": f"{address}/link/?ticket={ticket}&app_id={workspace.app_id}"}


METHODS = {
    "api.test": Method(test),
    "auth.test": Method(auth),
    "team.info": Method(team, ("team:read",)),
    "bots.info": Method(bot, ("users:read",)),
    "apps.connections.open": Method(connection, app_token=True),
}
