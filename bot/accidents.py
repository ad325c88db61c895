"""The last net under Bolt: what no listener caught stands in the log with a reference, without what was said."""

from __future__ import annotations

import secrets
from typing import Any

import structlog

log = structlog.get_logger(__name__)


def last_net(error: Exception, body: dict[str, Any]) -> None:
    """Listeners catch their own accidents; this one is for what happens around them."""
    log.error(
        "request failed",
        type=body.get("type"),
        reference=secrets.token_hex(3),
        error=type(error).__name__,
        exc_info=error,
    )
