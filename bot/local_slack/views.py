"""Modals and Home tabs: opening, pushing, updating, publishing, and the stack of three that a person has."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from . import people_shapes, values
from .filled import with_ids
from .gate import view_refused
from .model import Json, View

if TYPE_CHECKING:
    from .workspace import Workspace

MOST_IN_A_STACK = 3
Outcome = tuple[str, list[str], View | None]


class Views:
    """Each person's open modals, bottom first, and their Home tab."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}

    def open(self, method: str, trigger: str, given: Any) -> Outcome:
        """`views.open` and `views.push`: (error, reasons, view)."""
        error, reasons = view_refused(self._workspace, method, given, ("modal",))
        if error:
            return error, reasons, None
        with self._workspace.lock:
            error, user, inside = self._workspace.triggers.exchange(trigger)
            stack = self.stacks.get(user, [])
            on_top = inside is not None and any(one.id == inside for one in stack)
            if not error and method == "views.push" and not on_top:
                error = "not_found"
            if not error and on_top and len(stack) >= MOST_IN_A_STACK:
                error = "push_limit_reached"
            if not error and self._taken(given, None):
                error = "duplicate_external_id"
            if error:
                return error, [], None
            return "", [], self.push(user, given) if on_top else self._restart(user, given)

    def update(self, given: Any, view_id: str, external_id: str, expected_hash: str) -> Outcome:
        """`views.update`: by id or external id, and only if the hash is still the last one, when one is given."""
        view = self.find(view_id, external_id)
        surfaces = (view.given["type"],) if view else ("modal", "home")
        error, reasons = view_refused(self._workspace, "views.update", given, surfaces)
        if error:
            return error, reasons, None
        with self._workspace.lock:
            if view is None:
                return "not_found", [], None
            if expected_hash and expected_hash != view.hash:
                return "hash_conflict", [], None
            if self._taken(given, view):
                return "duplicate_external_id", [], None
            self.redraw(view, given)
            return "", [], view

    def publish(self, user: str, given: Any, expected_hash: str) -> Outcome:
        """`views.publish`: a person's Home tab."""
        error, reasons = view_refused(self._workspace, "views.publish", given, ("home",))
        if error:
            return error, reasons, None
        with self._workspace.lock:
            view = self.homes.get(user)
            if view is None:
                view = self.homes[user] = self._made(user, given)
            elif expected_hash and expected_hash != view.hash:
                return "hash_conflict", [], None
            self.redraw(view, given)
            return "", [], view

    def push(self, user: str, given: Json) -> View:
        """Put a modal on top of those that are open."""
        stack = self.stacks.setdefault(user, [])
        view = self._made(user, given)
        view.root_id = stack[0].id if stack else view.id
        view.previous_id = stack[-1].id if stack else None
        stack.append(view)
        self.show(user)
        return view

    def redraw(self, view: View, given: Json) -> None:
        """Other content in the same view; what was filled in stays where the ids are the same."""
        view.given = {**given, "blocks": with_ids(given["blocks"])}
        view.hash = f"{self._workspace.next_ts()}.{secrets.token_hex(4)}"
        view.error = ""
        kept = values.state(view.given["blocks"], view.values)
        view.values = {
            block: {action: one for action, one in inner.items() if action in view.values.get(block, {})}
            for block, inner in kept.items()
        }
        self.show(view.user)

    def find(self, view_id: str, external_id: str = "") -> View | None:
        """An open modal or a Home tab."""
        everything = [*self.homes.values(), *(one for stack in self.stacks.values() for one in stack)]
        for view in everything:
            if view.id == view_id or (external_id and view.given.get("external_id") == external_id):
                return view
        return None

    def remove(self, view: View, everything: bool = False) -> list[View]:
        """Close a view and those above it, or the whole stack; the closed ones, top first."""
        with self._workspace.lock:
            stack = self.stacks.get(view.user, [])
            keep = 0 if everything or view not in stack else stack.index(view)
            closed = stack[keep:][::-1]
            del stack[keep:]
            self.show(view.user)
            return closed

    def show(self, user: str) -> None:
        """Tell the person's pages what is open and what Home shows."""
        stack = [people_shapes.view(self._workspace, one) for one in self.stacks.get(user, [])]
        home = self.homes.get(user)
        shown = people_shapes.view(self._workspace, home) if home else None
        self._workspace.announce("view", lambda _: {"stack": stack}, user)
        if shown:
            self._workspace.announce("home", lambda _: {"home": shown}, user)

    def _restart(self, user: str, given: Json) -> View:
        self.stacks[user] = []
        return self.push(user, given)

    def _made(self, user: str, given: Json) -> View:
        digest = f"{self._workspace.next_ts()}.{secrets.token_hex(4)}"
        return View(self._workspace.new_id("V"), digest, {**given, "blocks": with_ids(given["blocks"])}, user)

    def _taken(self, given: Json, own: View | None) -> bool:
        other = self.find("", given["external_id"]) if given.get("external_id") else None
        return other is not None and other is not own
