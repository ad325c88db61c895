"""The gate that every message and view passes: refused as Slack would, and a complaint when the app should know better.

No complaint is made where the workspace itself is the cause: block types refused on purpose, a picture still looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .blockkit import NEW_BLOCKS, check_blocks, check_view

if TYPE_CHECKING:
    from .workspace import Workspace

Refusal = tuple[str, list[str]]
_NONE: frozenset[str] = frozenset()


def blocks_refused(workspace: Workspace, method: str, blocks: Any, surface: str = "message") -> Refusal:
    """(error, reasons) for blocks; error is "" when Slack would take them."""
    refused = NEW_BLOCKS if workspace.faults.refuse_new_blocks else _NONE
    error, reasons = check_blocks(blocks, surface, refused, workspace.file_cabinet.usable)
    own_fault, _ = check_blocks(blocks, surface)
    if own_fault:
        workspace.complain(method, own_fault, "; ".join(reasons))
    return error, reasons


def view_refused(workspace: Workspace, method: str, view: Any, surfaces: tuple[str, ...]) -> Refusal:
    """(error, reasons) for a view; `surfaces` are the types that the method takes."""
    refused = NEW_BLOCKS if workspace.faults.refuse_new_blocks else _NONE
    error, reasons = check_view(view, surfaces, refused, workspace.file_cabinet.usable)
    own_fault, own_reasons = check_view(view, surfaces)
    if own_fault:
        workspace.complain(method, own_fault, "; ".join(own_reasons))
    return error, reasons
