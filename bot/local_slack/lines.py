"""Breaking a connection without a word, which ASGI has no message for: the server's own transport is closed."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

_KEY = "local_slack.transport"


class Breakable:
    """Keeps each connection's transport in its scope; stands around the whole application, next to uvicorn."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope[_KEY] = getattr(getattr(send, "__self__", None), "transport", None)
        await self._app(scope, receive, send)


def break_line(scope: Scope) -> None:
    """Close the connection of this scope at once, without an answer or a goodbye. On the server's loop."""
    transport = scope.get(_KEY)
    if transport is not None:
        transport.abort()
