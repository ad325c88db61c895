"""Signed HTTP: an app with a request URL gets its payloads there, as Slack sends them, and has as long to answer."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import secrets
import ssl
import time as real_time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from .delivery import Answer
from .model import Json

if TYPE_CHECKING:
    from .workspace import Workspace

_FORM, _JSON = "application/x-www-form-urlencoded", "application/json"


class HttpApp:
    """A way to the app over HTTP. Signatures carry real time, as the platform's own deadlines do."""

    in_process = False

    def __init__(self, workspace: Workspace, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("a request URL begins with http:// or https://")
        self._workspace = workspace
        self.url = url
        self._secure, self._host, self._port = parts.scheme == "https", parts.hostname, parts.port
        self._path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")

    def deliver(self, body: Json, kind: str, retry: int, reason: str = "") -> Answer:
        """Post a payload; the answer's body counts when it came in time with 200."""
        if kind == "events_api":
            sent, form = json.dumps(body).encode(), _JSON
        else:
            fields = body if kind == "slash_commands" else {"payload": json.dumps(body)}
            sent, form = urlencode(fields).encode(), _FORM
        again = {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": reason or "http_error"} if retry else {}
        try:
            status, words, came = self._post(sent, {"Content-Type": form, **again})
        except TimeoutError:
            return Answer("timeout", reason="http_timeout")
        except ssl.SSLError:
            return Answer("unreachable", reason="ssl_error")
        except ConnectionRefusedError:
            return Answer("unreachable", reason="connection_failed")
        except (OSError, http.client.HTTPException):
            return Answer("lost", reason="connection_failed")
        if status != 200:
            return Answer("lost", reason="http_error")
        return Answer("ok", _read(words, came))

    def verified(self) -> bool:
        """Whether the app answers the challenge with which Slack looks at a new request URL."""
        challenge = secrets.token_urlsafe(24)
        asked = {"token": "local", "challenge": challenge, "type": "url_verification"}
        try:
            status, words, came = self._post(json.dumps(asked).encode(), {"Content-Type": _JSON})
        except (OSError, http.client.HTTPException):
            return False
        answered = _read(words, came)
        given = answered.get("challenge", answered.get("text")) if isinstance(answered, dict) else None
        return status == 200 and given == challenge

    def refresh(self) -> None:
        """Every request has a connection of its own."""

    def drop(self) -> bool:
        """There is no line that could break between two requests."""
        return False

    def _post(self, body: bytes, headers: dict[str, str]) -> tuple[int, bytes, str]:
        stamp = str(int(real_time.time()))  # noqa: TID251 - a signature's window is in real time
        signed = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": self._signature(stamp, body)}
        kind = http.client.HTTPSConnection if self._secure else http.client.HTTPConnection
        line = kind(self._host, self._port, timeout=self._workspace.ack_seconds)
        try:
            line.request("POST", self._path, body, {**headers, **signed, "User-Agent": "Slackbot 1.0", "Accept": "*/*"})
            answer = line.getresponse()
            return answer.status, answer.read(), answer.headers.get("Content-Type", "")
        finally:
            line.close()

    def _signature(self, stamp: str, body: bytes) -> str:
        base = b"v0:" + stamp.encode() + b":" + body
        return "v0=" + hmac.new(self._workspace.signing_secret.encode(), base, hashlib.sha256).hexdigest()


def _read(words: bytes, content_type: str) -> Any:
    """An answer as a socket's ack would carry it: JSON, or {"text"} for plain words; None for nothing."""
    text = words.decode("utf-8", "replace").strip()
    if not text:
        return None
    if content_type.startswith(_JSON):
        try:
            return json.loads(text)
        except ValueError:
            return None
    return {"text": text}
