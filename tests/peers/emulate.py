"""npm's `emulate`: a Slack Web API that others wrote, running beside the tests as a program of its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

from slack_sdk import WebClient

VERSION = "0.11.0"
PACKAGE = f"emulate@{VERSION}"
HOW = "Debian: `apt-get install nodejs npm`; the package itself comes from the index that npm is set up with"
FETCHING_S, STARTING_S, STOPPING_S = 120, 60, 5

TEAM, LEAD, CHANNEL = "T000000001", "U000000001", "C000000002"
"""Who and what is there when it starts: an admin, who leads here, and a public channel that they are in."""
ANSWERS, ANSWERS_PATH = "C000000001", "/services/T000000001/B000000001/X000000001"
"""An incoming webhook, which stands for a response_url, and the channel that shows what was sent there."""
APP, BOT, BOT_USER, TOKEN = "A0SUPPORTDESK", "B0SUPPORTDESK", "U0SUPPORTDESK", "xoxb-support-desk"
TOKENS = (TOKEN, *(f"{TOKEN}-{n}" for n in range(2, 9)))
TURNS = cycle(TOKENS)


class NotToBeHad(Exception):
    """The package cannot be run on this machine; says why and how to get it."""


class Line(WebClient):
    """The bot's client, which remembers what was answered; a refusal is raised and does not stand there."""

    def __init__(self, **given: Any) -> None:
        super().__init__(retry_handlers=[], **given)
        self.answered: list[tuple[str, dict[str, Any]]] = []

    def api_call(self, api_method: str, **given: Any) -> Any:  # type: ignore[override]
        told = super().api_call(api_method, **given)
        self.answered.append((api_method, dict(told.data)))  # type: ignore[arg-type]
        return told

    def trigger(self) -> str:
        """What a press by the lead would carry; emulate gives it out on request, good for three seconds and once."""
        return str(self.api_call("views.generateTriggerId", json={"user_id": LEAD})["trigger_id"])

    def answers_to(self, method: str) -> list[dict[str, Any]]:
        """What was answered to a method so far."""
        return [told for name, told in self.answered if name == method]


@dataclass(frozen=True)
class Emulate:
    """A running one."""

    url: str

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    @property
    def response_url(self) -> str:
        return self.url + ANSWERS_PATH

    def line(self) -> Line:
        """A client with one of the bot's tokens: each may ask 5,000 times an hour."""
        return Line(token=next(TURNS), base_url=self.api_url, timeout=20)


def fetch(folder: Path) -> str:
    """The path of npx, once it is sure that the package runs here. Raises NotToBeHad."""
    npx = shutil.which("npx")
    if npx is None:
        raise NotToBeHad(f"{PACKAGE} needs Node with npx. {HOW}.")
    try:
        asked = subprocess.run(
            [npx, "--yes", PACKAGE, "--version"],
            cwd=folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=FETCHING_S,
        )
    except subprocess.TimeoutExpired:
        raise NotToBeHad(f"npx did not bring {PACKAGE} within {FETCHING_S} s. {HOW}.") from None
    if asked.returncode or asked.stdout.strip() != VERSION:
        said = next((line for line in asked.stderr.splitlines() if "npm error" in line), asked.stderr.strip()[-200:])
        raise NotToBeHad(f"npx could not run {PACKAGE} ({said}). {HOW}.")
    return npx


@contextmanager
def running(npx: str, folder: Path, scopes: Sequence[str]) -> Iterator[Emulate]:
    """Start it on a free port with our app installed under these scopes, and stop it with all that it started."""
    seed, log, port = folder / "seed.json", folder / "emulate.log", _free_port()
    seed.write_text(json.dumps(_seed(scopes)), encoding="utf-8")
    with log.open("wb") as output:
        process = subprocess.Popen(
            [npx, "--yes", PACKAGE, "--service", "slack", "--port", str(port), "--seed", str(seed)],
            cwd=folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            _wait_until_it_listens(process, port, log)
            yield Emulate(f"http://localhost:{port}")
        finally:
            _stop(process)


def _seed(scopes: Sequence[str]) -> dict[str, Any]:
    """Our app with its token, and emulate as strict about scopes as it can be."""
    names = {"app_id": APP, "bot_id": BOT, "bot_user_id": BOT_USER, "scopes": list(scopes)}
    app = {"client_id": "1.1", "client_secret": "-", "name": "Support Desk", "redirect_uris": []}
    tokens = [{"token": token, "type": "bot", "user": BOT_USER, **names} for token in TOKENS]
    return {"slack": {"strict_scopes": True, "oauth_apps": [{**app, **names}], "tokens": tokens}}


def _environment() -> dict[str, str]:
    """Ours, less what would make emulate speak of another address than its own."""
    kept = {key: value for key, value in os.environ.items() if key != "PORTLESS_URL" and "EMULATE" not in key}
    return {**kept, "npm_config_prefer_offline": "true", "npm_config_update_notifier": "false"}


def _free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        return int(probe.getsockname()[1])


def _wait_until_it_listens(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + STARTING_S
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError), socket.create_connection(("localhost", port), timeout=1):
            return
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.05)
    raise AssertionError(f"{PACKAGE} does not listen on {port}:\n{log.read_text(encoding='utf-8')[-2000:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the whole group: npx starts a shell, which starts Node."""
    for end in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, end)
        with suppress(subprocess.TimeoutExpired):
            process.wait(STOPPING_S)
