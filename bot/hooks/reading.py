"""The body of a request as it arrives: never more than is taken, never for longer than is fair."""

from __future__ import annotations

from contextlib import suppress

import anyio
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request

from .answers import Refusing

MAY_TAKE_S = 20.0
DRAINED_BYTES, DRAINED_S = 8 * 1024 * 1024, 2.0
"""A sender in the midst of a long body hears a refusal only when somebody reads on; up to here somebody does."""


def check(headers: Headers, most: int) -> None:
    """Whether such a body can be taken at all. Raises Refusing."""
    kind, _, more = headers.get("content-type", "").partition(";")
    charset = more.strip().casefold().removeprefix("charset=").strip('"')
    if kind.strip().casefold() != "application/json" or charset not in ("", "utf-8", "utf8"):
        raise Refusing(415, "wrong_type", "The body must be JSON in UTF-8, with Content-Type: application/json.")
    if headers.get("content-encoding", "identity").strip().casefold() != "identity":
        raise Refusing(415, "wrong_type", "The body must not be compressed.")
    length = headers.get("content-length", "")
    if length.isascii() and length.isdigit() and (len(length) > 15 or int(length) > most):
        raise _too_large(most)


async def body(request: Request, most: int) -> bytes:
    """All of it. Raises Refusing where it is longer than `most` bytes or too slow, ClientDisconnect."""
    taken = bytearray()
    try:
        with anyio.fail_after(MAY_TAKE_S):
            async for part in request.stream():
                taken += part
                if len(taken) > most:
                    raise _too_large(most)
    except TimeoutError:
        raise Refusing(408, "too_slow", "The body did not arrive in time.", headers={"Connection": "close"}) from None
    request.state.is_read = True
    return bytes(taken)


async def drain(request: Request) -> None:
    """Let the sender finish sending, within bounds."""
    if getattr(request.state, "is_read", False):
        return
    passed = 0
    with suppress(ClientDisconnect, RuntimeError), anyio.move_on_after(DRAINED_S):
        while passed < DRAINED_BYTES:
            message = await request.receive()
            passed += len(message.get("body", b""))
            if message["type"] != "http.request" or not message.get("more_body"):
                return


def _too_large(most: int) -> Refusing:
    return Refusing(413, "too_large", f"The body is too large: at most {most // 1024:,} KB are taken.")
