"""A file of Slack's on this machine, for as long as somebody reads it. Neither its name nor its content is logged."""

from __future__ import annotations

import codecs
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.client import HTTPResponse
from pathlib import Path
from typing import IO, Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from cspm_core.uploads import plain_name
from cspm_core.uploads.rules import LARGEST

PREFIX = "cspm-upload-"
LOOK, IMPORT = "look", "import"
PIECE = 1 << 18
PATIENCE_S = 20
FORGOTTEN = timedelta(hours=6)
"""A folder that old was left by a process that died."""
GONE = frozenset({"file_not_found", "file_deleted", "not_visible", "access_denied"})


class FileGone(Exception):
    """Slack has the file no more, or does not show it to the bot."""


class FileTooLarge(Exception):
    """It is larger than what is taken, whatever Slack said before."""


class NotReached(Exception):
    """Slack did not give the file this time."""


class _NoDetours(HTTPRedirectHandler):
    """The token goes to Slack's own address and nowhere else."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


_OPENER = build_opener(_NoDetours)


@contextmanager
def downloaded(
    client: WebClient, upload_id: int, file: str, name: str, *, most: int = LARGEST, purpose: str = LOOK
) -> Iterator[Path]:
    """A dropped file in a folder of its own, or its first whole lines up to `most` bytes; both are gone afterwards.

    Raises FileGone, FileTooLarge, NotReached.
    """
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{upload_id}-{purpose}-"))
    path = folder / plain_name(name)
    try:
        _fetch(client, file, path, most)
        yield path
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def clear(upload_id: int) -> None:
    """Remove what an import of this file left that died; whoever holds the claim on it is the only one."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}{upload_id}-{IMPORT}-*"):
        shutil.rmtree(folder, ignore_errors=True)


def tidy(now: datetime) -> None:
    """Remove what processes that died have left."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        try:
            is_old = folder.stat().st_mtime < (now - FORGOTTEN).timestamp()
        except OSError:
            continue
        if is_old and not folder.is_symlink():
            shutil.rmtree(folder, ignore_errors=True)


def _fetch(client: WebClient, file: str, path: Path, most: int) -> None:
    try:
        about = client.files_info(file=file)["file"]
    except SlackApiError as error:
        raise (FileGone if error.response.get("error") in GONE else NotReached) from None
    except OSError:
        raise NotReached from None
    url = str(about.get("url_private_download") or about.get("url_private") or "")
    if not url or about.get("mode") == "tombstone":
        raise FileGone
    if not _is_slacks(url, client):
        raise NotReached
    is_whole_wanted = most >= LARGEST
    request = Request(url, headers={"Authorization": f"Bearer {client.token}"})  # noqa: S310 - Slack's own, see above
    try:
        with _OPENER.open(request, timeout=PATIENCE_S) as answer, path.open("wb") as target:
            _copy(answer, target, most, is_whole_wanted)
    except HTTPError as error:
        error.close()
        raise (FileGone if error.code in (403, 404, 410) else NotReached) from None
    except OSError:
        raise NotReached from None


def _is_slacks(url: str, client: WebClient) -> bool:
    """Whether an address is Slack's: its token goes nowhere else."""
    parts, own = urlsplit(url), urlsplit(client.base_url)
    host = parts.hostname or ""
    if (parts.scheme, parts.netloc) == (own.scheme, own.netloc):
        return True
    return parts.scheme == "https" and (host == "slack.com" or host.endswith((".slack.com", ".slack-files.com")))


def _copy(answer: HTTPResponse, target: IO[bytes], most: int, is_whole_wanted: bool) -> None:
    if "text/html" in (answer.headers.get("Content-Type") or ""):  # a page to log in: the token may not read files
        raise FileGone
    left = most
    while piece := answer.read(min(PIECE, left + 1)):
        if len(piece) > left:
            if is_whole_wanted:
                raise FileTooLarge
            target.write(piece[:left])
            _cut_to_lines(target)
            return
        target.write(piece)
        left -= len(piece)


def _cut_to_lines(target: IO[bytes]) -> None:
    """The beginning of a file ends with its last whole line; in UTF-16 with a whole character."""
    target.flush()
    held = Path(target.name).read_bytes()
    is_wide = held.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if end := len(held) // 2 * 2 if is_wide else held.rfind(b"\n") + 1:
        target.truncate(end)
