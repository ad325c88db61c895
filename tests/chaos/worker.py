"""A worker as it runs in production, `process.run`, on a clock that is turned and with times that are shortened.

It is forked from a process that has imported the libraries, so that it starts at once; its sockets, its connections and
its name as a holder of the lease are its own.
"""

from __future__ import annotations

import importlib
import os
import sys
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from .bounds import Bounds
from .clock import TurnedClock

PRELOADED = ["bot.app", "bot.delivery", "bot.logs", "bot.running.web", "psycopg", "apscheduler.schedulers.background"]


@dataclass(frozen=True)
class Wiring:
    """What a worker is told: where things are, and how far its times are shortened."""

    database_url: str
    api_url: str
    bot_token: str
    app_token: str
    clock: Path
    log: Path
    bounds: Bounds
    blind: bool = False
    """Nothing is looked up before it is repeated: a run has to find that."""


def run(wiring: Wiring) -> None:
    """The whole bot, until it is killed or told to stop."""
    log = wiring.log.open("a", buffering=1, encoding="utf-8")
    os.dup2(log.fileno(), sys.stdout.fileno())
    os.dup2(log.fileno(), sys.stderr.fileno())
    from bot import logs

    logs.set_up("INFO", log)
    _shorten(wiring.bounds)
    if wiring.blind:
        from bot import delivery

        delivery.find = lambda *_: None  # type: ignore[assignment]
    from bot import schedule
    from bot.running import process

    importlib.reload(schedule)  # it was imported before this process was, and names whoever holds its lease
    assert f":{os.getpid()}:" in schedule.HOLDER, "two workers would beat under one name"
    schedule.LEASE_FOR = timedelta(seconds=wiring.bounds.lease_s)
    listening = partial(process.SocketModeHandler, ping_interval=wiring.bounds.ping_s)
    process.SocketModeHandler = listening  # type: ignore[misc,assignment]
    process.run(_runtime(wiring), started=lambda port: print(f"started on port {port}"))  # noqa: T201 - its log


def _shorten(bounds: Bounds) -> None:
    """In this process alone."""
    from cspm_core.notices import rules

    rules.CLAIM = timedelta(seconds=bounds.claim_s)
    rules.MARGIN = timedelta(seconds=bounds.margin_s)
    from bot import delivery

    delivery.MARGIN = rules.MARGIN


def _runtime(wiring: Wiring) -> Any:
    from slack_sdk import WebClient

    from bot.runtime import Runtime
    from bot.settings import Settings

    from .databases import opened

    settings = Settings(
        _env_file=None,
        database_url=wiring.database_url,
        slack_bot_token=wiring.bot_token,
        slack_app_token=wiring.app_token,
        slack_api_url=wiring.api_url,
        port=0,
    )
    client = WebClient(
        token=wiring.bot_token, base_url=wiring.api_url, timeout=max(1.0, wiring.bounds.call_s), retry_handlers=[]
    )
    return Runtime(opened(wiring.database_url, wiring.bounds), client, settings, now=TurnedClock(wiring.clock))
