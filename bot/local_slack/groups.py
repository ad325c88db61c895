"""User groups: people who are called together, as @handle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .model import Group

if TYPE_CHECKING:
    from .workspace import Workspace


class Groups:
    """Every user group by id; found by handle too."""

    def __init__(self, workspace: Workspace, groups: Sequence[Group]) -> None:
        self.all: dict[str, Group] = {}
        for given in groups:
            one = Group(**vars(given))
            one.id = one.id or workspace.new_id("S")
            one.handle = one.handle.removeprefix("@")
            one.name = one.name or one.handle
            one.members = [workspace.roster.find(member).id for member in given.members]
            self.all[one.id] = one

    def find(self, which: str) -> Group:
        """A group by id, handle or "@handle". Raises LookupError."""
        handle = which.removeprefix("@").casefold()
        for one in self.all.values():
            if which == one.id or one.handle.casefold() == handle:
                return one
        raise LookupError(f"there is no user group {which!r}")

    def handles(self) -> dict[str, str]:
        """Handles to ids, for mentions."""
        return {one.handle: one.id for one in self.all.values()}
