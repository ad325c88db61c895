"""Pictures in Slack: uploaded once, waited for until Slack knows them, and remembered while this process lives."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

log = structlog.get_logger(__name__)

WAITS_S = (0.1, 0.2, 0.4, 0.8, 1.5, 2.0)
"""Slack works on a picture after it was uploaded; it can be shown once its type is known."""
ALT_CHARACTERS = 1_000
REMEMBERED = 2_000


class Pictures:
    """The latest pictures that were uploaded, by what they show: what was drawn once is shown again."""

    def __init__(self) -> None:
        self._files: OrderedDict[Hashable, str] = OrderedDict()
        self._lock = threading.Lock()

    def known(self, key: Hashable) -> str | None:
        """The file of a picture that is in Slack already."""
        with self._lock:
            return self._files.get(key)

    def of(self, key: Hashable, make: Callable[[], str | None]) -> str | None:
        """The same, made where it is not there yet; None where it could not be."""
        if found := self.known(key):
            return found
        made = make()
        if made:
            with self._lock:
                self._files[key] = made
                while len(self._files) > REMEMBERED:
                    self._files.popitem(last=False)
        return made


def uploaded(client: WebClient, content: bytes, filename: str, *, title: str, alt: str) -> str | None:
    """The id of a picture that may stand in a message; None where Slack did not take it in time."""
    try:
        told = client.files_upload_v2(content=content, filename=filename, title=title, alt_txt=alt[:ALT_CHARACTERS])
        file: str = told["files"][0]["id"]
        for wait in WAITS_S:
            if client.files_info(file=file)["file"].get("mimetype"):
                return file
            time.sleep(wait)
    except (SlackClientError, OSError) as error:
        log.warning("picture not uploaded", error=str(error))
    return None
