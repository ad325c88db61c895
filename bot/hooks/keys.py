"""Who sends: a key's name in one header, and its secret in another or a signature made with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.datastructures import Headers

from cspm_core import hooks
from cspm_core.hooks import HookKey
from cspm_core.store import EPOCH

from .answers import Refusing

TIMESTAMP = re.compile(r"[0-9]{1,11}")
CHALLENGE = {"WWW-Authenticate": "Bearer"}


class NotLetIn(Refusing):
    """Nobody we know; counted by the sender's address."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(401, code, message, headers=CHALLENGE)


@dataclass(frozen=True)
class Shown:
    """What a request shows of itself: a key's name, and a secret or a signature with its time."""

    name: str
    secret: str = ""
    timestamp: str = ""
    signature: str = ""

    @property
    def is_signed(self) -> bool:
        return bool(self.signature)

    def of(self, keys: Sequence[HookKey], root: str, body: bytes = b"") -> HookKey:
        """The key that it is. Raises NotLetIn."""
        for key in keys:
            secret = hooks.secret_of(root, key.workspace_id, key.id, key.generation)
            right = hooks.signature_of(secret, self.timestamp, body) if self.is_signed else secret
            if hooks.is_same(self.signature if self.is_signed else self.secret, right):
                return key
        if self.is_signed:
            raise NotLetIn(
                "wrong_signature",
                "The key or the signature is not right. It is `v1=` and the hexadecimal HMAC-SHA256 of "
                "`v1:<timestamp>:<body>`, over the very bytes that are sent.",
            )
        raise NotLetIn("wrong_secret", "The key or its secret is not right.")


def shown(headers: Headers, now: datetime) -> Shown:
    """What the headers say; the clock is this machine's. Raises NotLetIn."""
    name, signature = headers.get("x-cspm-key", "").strip(), headers.get("x-cspm-signature", "").strip()
    secret = headers.get("x-cspm-secret", "").strip() or _bearer(headers)
    if not hooks.is_name(name):
        raise NotLetIn("no_key", "Name your key in the header X-Cspm-Key; `cspm hook list` shows which there are.")
    if not signature and not secret:
        raise NotLetIn(
            "no_secret",
            "Send the secret in X-Cspm-Secret (or Authorization: Bearer), or sign the body with it in X-Cspm-Signature "
            "and X-Cspm-Timestamp.",
        )
    if not signature:
        return Shown(name, secret)
    timestamp = headers.get("x-cspm-timestamp", "").strip()
    if not TIMESTAMP.fullmatch(timestamp):
        raise NotLetIn("no_timestamp", "A signature needs X-Cspm-Timestamp: seconds since 1970, digits only.")
    if abs(EPOCH + timedelta(seconds=int(timestamp)) - now) > hooks.CLOCK_MAY_DIFFER:
        raise NotLetIn("old_timestamp", "X-Cspm-Timestamp lies more than five minutes from this server's clock.")
    return Shown(name, "", timestamp, signature)


def _bearer(headers: Headers) -> str:
    kind, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if kind.casefold() == "bearer" else ""
