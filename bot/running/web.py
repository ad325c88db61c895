"""The HTTP side: health for whoever watches, and Slack's requests where it reaches us that way."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Sequence

import uvicorn
from slack_bolt import App
from slack_bolt.adapter.starlette.handler import to_bolt_request, to_starlette_response
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from .health import Health

MAY_TAKE_S = 5.0
"""How long requests under way may still take when the process is asked to stop."""


def pages(look: Callable[[], Health], bolt: App | None = None, also: Sequence[BaseRoute] = ()) -> Starlette:
    """GET /livez, GET /healthz, POST /slack/events where `bolt` takes Slack's requests over HTTP; `also`: more."""

    async def livez(_request: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def healthz(_request: Request) -> Response:
        health = await run_in_threadpool(look)
        return JSONResponse(health.as_json(), status_code=200 if health.is_well else 503)

    async def slack_events(request: Request) -> Response:
        assert bolt is not None
        asked = to_bolt_request(request, await request.body())
        # Bolt's own adapter dispatches on the event loop, which would stand still meanwhile.
        return to_starlette_response(await run_in_threadpool(bolt.dispatch, asked))

    routes: list[BaseRoute] = [Route("/livez", livez), Route("/healthz", healthz), *also]
    if bolt is not None:
        routes.append(Route("/slack/events", slack_events, methods=["POST"]))
    return Starlette(routes=routes)


class Port:
    """Pages served from a thread of their own."""

    def __init__(self, app: Starlette, host: str, port: int) -> None:
        """Take the port. Raises OSError where somebody else has it."""
        self._socket = socket.create_server((host, port), family=_family(host))
        config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=5)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), name="web", daemon=True)
        self.port: int = self._socket.getsockname()[1]

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Finish what is under way and close."""
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join(MAY_TAKE_S + 1)
        self._socket.close()


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET
