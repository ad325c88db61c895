"""Files: an address to upload to, the bytes, and Slack's look at them, which comes a moment after the upload."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .model import StoredFile

if TYPE_CHECKING:
    from .workspace import Workspace


class Files:
    """Every file by id. A file is ready for an image block after the first `files.info` that asks for it."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.all: dict[str, StoredFile] = {}

    def begin(self, name: str, user: str, alt_txt: str = "", size: int = 0) -> StoredFile:
        """A file that is announced but not there yet."""
        workspace = self._workspace
        with workspace.lock:
            one = StoredFile(workspace.new_id("F"), name, name, user, size, alt_txt=alt_txt)
            one.created_at = workspace.now()
            self.all[one.id] = one
            return one

    def receive(self, key: str, data: bytes) -> bool:
        """The bytes of an announced file; False when none was announced or the length is another."""
        one = self.all.get(key)
        if one is None or one.complete or (one.size and one.size != len(data)):
            return False
        one.data, one.size, one.uploaded = data, len(data), True
        return True

    def usable(self, reference: Mapping[str, Any]) -> bool:
        """Whether an image may show this file: {"id"} or {"url"}."""
        for one in self.all.values():
            url = f"{self._workspace.base_url}/files/{one.id}/{one.name}"
            if reference.get("id") == one.id or reference.get("url") == url:
                return one.ready and not one.deleted and self.mimetype(one.name).startswith("image/")
        return False

    @staticmethod
    def mimetype(name: str) -> str:
        """The type by the name's ending."""
        return mimetypes.guess_type(name)[0] or "application/octet-stream"
