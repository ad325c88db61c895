"""The addresses of the workspace: Web API, response and upload addresses, files, page, control API, live pushes."""

from __future__ import annotations

import asyncio
import json
import mimetypes
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import anyio
import anyio.to_thread
from anyio import CapacityLimiter
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from .control import control
from .lines import break_line
from .model import Json
from .socket_mode import link
from .web_api import answer

if TYPE_CHECKING:
    from .workspace import Workspace

PAGE = Path(__file__).parent / "page"
THREADS = 200
HARMLESS = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}


class OwnPagesOnly:
    """Refuses what another site's page sends: this workspace has no login, so a browser must not be led into it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name: value.decode("latin-1") for name, value in scope.get("headers", [])}
        origin = headers.get(b"origin")
        if origin is None or urlsplit(origin).netloc == headers.get(b"host"):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await WebSocket(scope, receive, send).close(4003)
        else:
            await Response("This page belongs to another site.", 403)(scope, receive, send)


async def _in_thread(request: Request, work: Any) -> Any:
    """Work that may wait for the app does not hold up the server's loop."""
    return await anyio.to_thread.run_sync(work, limiter=request.app.state.limiter)


async def _given(request: Request) -> Json:
    """A body as JSON, form or multipart, over the query."""
    given: Json = dict(request.query_params)
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        body = json.loads(await request.body() or b"{}")
        return {**given, **body} if isinstance(body, dict) else given
    async with request.form() as form:
        for name, value in form.items():
            given[name] = (value.filename or "file", await value.read()) if isinstance(value, UploadFile) else value
    return given


async def web_api(request: Request) -> Response:
    """`POST /api/<method>`."""
    workspace: Workspace = request.app.state.workspace
    try:
        given = await _given(request)
    except ValueError:
        return JSONResponse({"ok": False, "error": "invalid_json"})
    token = request.headers.get("authorization", "").removeprefix("Bearer ") or str(given.pop("token", ""))
    method = request.path_params["method"]
    found = await _in_thread(request, partial(answer, workspace, method, given, token))
    if found.hold_s:
        await _held_back(request, found.hold_s)
    if found.close:
        break_line(request.scope)
        await asyncio.sleep(0)  # until the server has noticed, and takes no answer any more
    scopes = {"x-oauth-scopes": ",".join(workspace.manifest.scopes)} if token == workspace.bot_token else {}
    return JSONResponse(found.body, found.status, {**scopes, **found.headers})


async def _held_back(request: Request, seconds: float) -> None:
    """Wait, but no longer than the client does."""
    with anyio.move_on_after(seconds):
        while (await request.receive())["type"] != "http.disconnect":
            pass


async def respond(request: Request) -> Response:
    """`POST /respond/<token>`: a response_url."""
    workspace: Workspace = request.app.state.workspace
    try:
        given = json.loads(await request.body())
    except ValueError:
        return Response("invalid_payload", 400)
    work = partial(workspace.responses.respond, request.path_params["token"], given)
    status, words = await _in_thread(request, work)
    return Response(words, status)


async def upload(request: Request) -> Response:
    """`POST /upload/<file>`: the bytes of an announced file, raw or as multipart."""
    workspace: Workspace = request.app.state.workspace
    if request.headers.get("content-type", "").startswith("multipart/"):
        parts = [one for one in (await _given(request)).values() if isinstance(one, tuple)]
        data = parts[0][1] if parts else b""
    else:
        data = await request.body()
    taken = workspace.file_cabinet.receive(request.path_params["file"], data)
    return Response(f"OK - {len(data)}" if taken else "not expected", 200 if taken else 400)


async def file(request: Request) -> Response:
    """`GET /files/<id>/<name>`: a file's bytes."""
    workspace: Workspace = request.app.state.workspace
    one = workspace.files.get(request.path_params["file"])
    if one is None or one.deleted or not one.uploaded:
        return Response("no such file", 404)
    return Response(one.data, media_type=workspace.file_cabinet.mimetype(one.name), headers=HARMLESS)


async def download(request: Request) -> Response:
    """`GET /files-pri/<team>-<id>/download/<name>`: a file's bytes for the app; without its token a page to log in."""
    workspace: Workspace = request.app.state.workspace
    token = request.headers.get("authorization", "").removeprefix("Bearer ")
    if token != workspace.bot_token or "files:read" not in workspace.manifest.scopes:
        return Response("<html><title>Sign in</title></html>", media_type="text/html; charset=utf-8")
    one = workspace.files.get(request.path_params["file"].partition("-")[2])
    if one is None or one.deleted or not one.uploaded:
        return Response("no such file", 404)
    return Response(one.data, media_type=workspace.file_cabinet.mimetype(one.name), headers=HARMLESS)


async def page(_: Request) -> Response:
    """`GET /`: the page."""
    index = PAGE / "index.html"
    if not index.exists():
        return Response("The page is not part of this installation; /_control has every verb.", 404)
    return Response(index.read_bytes(), media_type="text/html; charset=utf-8")


async def verbs(request: Request) -> Response:
    """`GET` and `POST /_control/<verb>`."""
    workspace: Workspace = request.app.state.workspace
    try:
        given = await _given(request)
    except ValueError:
        refusal = {"ok": False, "error": "invalid_json", "message": "The body is not valid JSON."}
        return JSONResponse(refusal, 400)
    work = partial(control, workspace, request.path_params["verb"], given, request.method == "POST")
    status, found = await _in_thread(request, work)
    return JSONResponse(found, status)


async def live(websocket: WebSocket) -> None:
    """`WS /_control/live?as=U`: what happens, as this person sees it."""
    workspace: Workspace = websocket.app.state.workspace
    try:
        user = workspace.roster.find(websocket.query_params.get("as", "")).id
    except LookupError:
        await websocket.close(4004)
        return
    await websocket.accept()
    loop, happened = asyncio.get_running_loop(), asyncio.Queue[Json]()

    def hear(one: Json) -> None:
        loop.call_soon_threadsafe(happened.put_nowait, one)

    stop = workspace.live.listen(user, hear)
    pushing = asyncio.create_task(_push(websocket, happened))
    try:
        while True:
            await websocket.receive_text()
    except (WebSocketDisconnect, RuntimeError):
        pass
    finally:
        stop()
        pushing.cancel()


async def _push(websocket: WebSocket, happened: asyncio.Queue[Json]) -> None:
    while True:
        await websocket.send_text(json.dumps(await happened.get()))


def application(workspace: Workspace, also: Sequence[BaseRoute] = ()) -> Starlette:
    """The ASGI application of a workspace; the host's own routes come first."""
    mimetypes.add_type("text/javascript", ".js")
    app = Starlette(
        routes=[
            *also,
            Route("/", page),
            Mount("/page", StaticFiles(directory=PAGE, check_dir=False)),
            Route("/api/{method}", web_api, methods=["GET", "POST"]),
            Route("/respond/{token}", respond, methods=["POST"]),
            Route("/upload/{file}", upload, methods=["POST"]),
            Route("/files/{file}/{name}", file),
            Route("/files-pri/{file}/download/{name}", download),
            WebSocketRoute("/link/", link),
            WebSocketRoute("/_control/live", live),
            Route("/_control/{verb}", verbs, methods=["GET", "POST"]),
        ],
        middleware=[Middleware(OwnPagesOnly)],
    )
    app.state.workspace = workspace
    app.state.limiter = CapacityLimiter(THREADS)
    return app
