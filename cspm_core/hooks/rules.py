"""Secrets that are worked out and never stored, and signatures over a body and its time. No database."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from datetime import timedelta

CLOCK_MAY_DIFFER = timedelta(minutes=5)
"""A signature whose timestamp lies further from our clock is refused, so that an old request cannot be sent again."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,49}")


def is_name(text: str) -> bool:
    """Whether a key may be called so: it travels in a header."""
    return _NAME.fullmatch(text) is not None


def secret_of(root: str, workspace_id: int, key_id: int, generation: int) -> str:
    """The secret of a key: 52 small letters and digits that follow from the installation's `root` secret."""
    made = hmac.digest(root.encode(), f"{workspace_id}:{key_id}:{generation}".encode(), hashlib.sha256)
    return base64.b32encode(made).decode().rstrip("=").lower()


def signature_of(secret: str, timestamp: str, body: bytes) -> str:
    """`v1=` and the hexadecimal HMAC-SHA256 of `v1:<timestamp>:` and the body. `timestamp`: Unix seconds as sent."""
    return "v1=" + hmac.new(secret.encode(), f"v1:{timestamp}:".encode() + body, hashlib.sha256).hexdigest()


def is_same(given: str, right: str) -> bool:
    """Compare secrets in a time that tells nothing."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), right.encode())
