"""A browser for the page of the local Slack, and a desk app that does what a test tells it to.

Without Chromium or Playwright every test here is skipped with `REASON`; their names stand in `WAITING`.
"""

from __future__ import annotations

import importlib.util
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.local_slack import Server, Workspace

from .desk import Desk, support_centre
from .seeing import expect

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, ViewportSize

HERE = Path(__file__).parent
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
READY = CHROMIUM is not None and importlib.util.find_spec("playwright") is not None
REASON = "needs Chromium (Debian: apt-get install chromium) and playwright (pip install playwright)"
WAITING: list[str] = []
PATIENCE_MS = 20_000  # what a busy machine may take; nothing waits longer than it has to
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-prefers-reduced-motion",
]
DESK: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if not READY:
                item.add_marker(pytest.mark.skip(reason=REASON))
                WAITING.append(item.nodeid)


@pytest.fixture(scope="package")
def browser() -> Iterator[BrowserContext]:
    """One browser for all tests here, closed before tests elsewhere run: Playwright holds the thread's event loop."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = chromium.new_context(locale="en-US")
        context.set_default_timeout(PATIENCE_MS)
        expect.set_options(timeout=PATIENCE_MS)
        yield context
        chromium.close()


@pytest.fixture(scope="package")
def port() -> int:
    """One free port for every test's own workspace, so that the browser keeps the page's files."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def place() -> Workspace:
    return support_centre()


@pytest.fixture
def server(place: Workspace, port: int) -> Iterator[Server]:
    with Server(place, port=port) as running:
        yield running


@pytest.fixture
def desk(place: Workspace, server: Server) -> Desk:
    return Desk(place, server)


def opened(browser: BrowserContext, server: Server, size: ViewportSize) -> Iterator[Page]:
    """A page at Mina's desk in #returns; whatever the page's scripts complain of fails the test."""
    page = browser.new_page()
    page.set_viewport_size(size)
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("console", lambda message: trouble.append(message.text) if message.type == "error" else None)
    page.goto(f"{server.url}/?as=Mina#returns")
    page.wait_for_selector("html[data-ready]")
    yield page
    page.close()
    assert trouble == []


@pytest.fixture
def page(browser: BrowserContext, server: Server, desk: Desk) -> Iterator[Page]:
    yield from opened(browser, server, DESK)


@pytest.fixture
def phone(browser: BrowserContext, server: Server, desk: Desk) -> Iterator[Page]:
    yield from opened(browser, server, PHONE)
