"""views.* and blocks.validate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..app_shapes import view_shape
from ..blockkit import NEW_BLOCKS, check_blocks, check_view
from ..model import Json
from ..views import Outcome
from .call import Arguments, Method, Refused

if TYPE_CHECKING:
    from ..workspace import Workspace


def _answer(workspace: Workspace, outcome: Outcome) -> Json:
    error, reasons, view = outcome
    if error or view is None:
        raise Refused(error, reasons)
    return {"view": view_shape(workspace, view)}


def opened(workspace: Workspace, arguments: Arguments) -> Json:
    """views.open."""
    trigger = arguments.need("trigger_id")
    return _answer(workspace, workspace.views.open("views.open", trigger, arguments.parsed("view")))


def pushed(workspace: Workspace, arguments: Arguments) -> Json:
    """views.push."""
    trigger = arguments.need("trigger_id")
    return _answer(workspace, workspace.views.open("views.push", trigger, arguments.parsed("view")))


def updated(workspace: Workspace, arguments: Arguments) -> Json:
    """views.update."""
    view_id, external_id = arguments.text("view_id"), arguments.text("external_id")
    if not view_id and not external_id:
        raise Refused("invalid_arguments", ["[ERROR] missing required field: view_id"], defect=True)
    given, digest = arguments.parsed("view"), arguments.text("hash")
    return _answer(workspace, workspace.views.update(given, view_id, external_id, digest))


def published(workspace: Workspace, arguments: Arguments) -> Json:
    """views.publish."""
    user = arguments.need("user_id")
    if user not in workspace.roster.all:
        raise Refused("user_not_found")
    if not workspace.manifest.home:
        raise Refused("not_enabled", defect=True)
    return _answer(workspace, workspace.views.publish(user, arguments.parsed("view"), arguments.text("hash")))


def validated(workspace: Workspace, arguments: Arguments) -> Json:
    """blocks.validate: blocks, or a message's, or a view's; asking is no defect."""
    refused = NEW_BLOCKS if workspace.faults.refuse_new_blocks else frozenset()
    view, message = arguments.parsed("view"), arguments.parsed("message")
    blocks = message.get("blocks") if isinstance(message, dict) else arguments.parsed("blocks")
    if view is not None:
        error, reasons = check_view(view, ("modal", "home"), refused, workspace.file_cabinet.usable)
    elif blocks is not None:
        error, reasons = check_blocks(blocks, "message", refused, workspace.file_cabinet.usable)
    else:
        raise Refused("invalid_arguments", ["[ERROR] one of: blocks, message, view"], defect=True)
    if error:
        raise Refused("invalid_blocks" if view is None else error, reasons, errors=reasons)
    return {}


METHODS = {
    "views.open": Method(opened),
    "views.push": Method(pushed),
    "views.update": Method(updated),
    "views.publish": Method(published),
    "blocks.validate": Method(validated),
}
