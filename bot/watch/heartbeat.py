"""A call to an address that somebody else watches: as long as it comes, no escalation is late."""

from __future__ import annotations

import secrets
from datetime import timedelta
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import structlog

from cspm_core import leases

from ..runtime import Runtime

log = structlog.get_logger(__name__)
LEASE = "heartbeat"
EVERY = timedelta(seconds=50)
"""However many workers there are, no second call comes sooner."""
MAY_TAKE_S = 10.0


def beat(runtime: Runtime) -> None:
    """Call HEARTBEAT_URL, where there is one, at most once a minute. What goes wrong stands in the log, the address
    never: it is a secret."""
    url = runtime.settings.heartbeat_url
    if not url:
        return
    with runtime.store.transaction() as session:
        if not leases.hold(session, LEASE, secrets.token_hex(8), now=runtime.real_now(), ttl=EVERY):
            return
    try:
        with urlopen(Request(url, headers={"User-Agent": "cspm"}), timeout=MAY_TAKE_S):  # noqa: S310 - settings let only http through
            pass
    except HTTPError as error:
        log.warning("heartbeat refused", status=error.code)
        error.close()
    except (OSError, HTTPException, ValueError) as error:
        log.warning("heartbeat not delivered", error=type(error).__name__)
