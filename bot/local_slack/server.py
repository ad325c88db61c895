"""The workspace on a port: uvicorn in a thread of its own."""

from __future__ import annotations

import errno
import socket
import threading
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from .lines import Breakable
from .routes import application

if TYPE_CHECKING:
    from .workspace import Workspace

PORTS_TO_TRY = 50
START_SECONDS = 15.0


class _Uvicorn(uvicorn.Server):
    """Says when it listens; leaves the process's signals alone."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listening.set()


class Server:
    """Serves a workspace. Port 0 is any free one; with `port_moves` a taken port moves on to the next free one.

    `also`: the host's own pages at the same address.
    """

    def __init__(
        self,
        workspace: Workspace,
        host: str = "127.0.0.1",
        port: int = 0,
        port_moves: bool = False,
        also: Sequence[BaseRoute] = (),
    ) -> None:
        self.workspace = workspace
        self._also = also
        self._host = host
        self._port = port
        self._port_moves = port_moves
        self._application: Starlette | None = None
        self._uvicorn: _Uvicorn | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """The address, without a slash at the end."""
        return self.workspace.base_url

    @property
    def api_url(self) -> str:
        """What SLACK_API_URL is set to."""
        return f"{self.url}/api/"

    def start(self) -> Server:
        """Listen; returns when a request would be answered. Raises OSError when the port is taken."""
        bound = self._bound()
        shown = "127.0.0.1" if self._host in ("0.0.0.0", "") else self._host  # noqa: S104 - shown, not bound
        self.workspace.base_url = f"http://{shown}:{bound.getsockname()[1]}"
        self._application = application(self.workspace, self._also)
        config = uvicorn.Config(
            Breakable(self._application),
            log_config=None,
            access_log=False,
            lifespan="off",
            ws="websockets-sansio",
            ws_ping_interval=None,
            timeout_graceful_shutdown=1,
        )
        self._uvicorn = _Uvicorn(config)
        self._thread = threading.Thread(
            target=self._uvicorn.run, kwargs={"sockets": [bound]}, name="local-slack", daemon=True
        )
        self._thread.start()
        if not self._uvicorn.listening.wait(START_SECONDS):
            raise OSError("the local Slack did not start")
        return self

    def shows(self, workspace: Workspace) -> None:
        """Serve another workspace at the same address from now on; open connections keep theirs."""
        workspace.base_url = self.url
        self.workspace = workspace
        if self._application:
            self._application.state.workspace = workspace

    def stop(self) -> None:
        """Stop listening and close every connection."""
        if self._uvicorn and self._thread:
            self._uvicorn.should_exit = True
            self._thread.join(START_SECONDS)

    def __enter__(self) -> Server:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _bound(self) -> socket.socket:
        tries = PORTS_TO_TRY if self._port_moves and self._port else 1
        for port in range(self._port, self._port + tries):
            one = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                one.bind((self._host, port))
            except OSError as taken:
                one.close()
                if taken.errno != errno.EADDRINUSE or port == self._port + tries - 1:
                    raise
            else:
                one.listen(128)
                return one
        raise OSError(errno.EADDRINUSE, "no free port")
