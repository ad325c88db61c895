"""A workspace on a port, an app connected to it in process, and the people."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from bot.local_slack import Seat, Server, Workspace

from . import stage


@pytest.fixture
def place() -> Workspace:
    return stage.workspace()


@pytest.fixture(scope="session")
def one_server() -> Iterator[Server]:
    """Starting and stopping takes longer than most tests: one port for all of them."""
    with Server(stage.workspace()) as running:
        yield running


@pytest.fixture
def server(one_server: Server, place: Workspace) -> Server:
    one_server.shows(place)
    return one_server


@pytest.fixture
def app(place: Workspace, server: Server) -> App:
    made = stage.bolt_app(place, server)
    stage.connect_bolt(place, made)
    return made


@pytest.fixture
def client(place: Workspace, server: Server) -> WebClient:
    return WebClient(token=place.bot_token, base_url=server.api_url, retry_handlers=[])


@pytest.fixture
def mina(place: Workspace) -> Seat:
    return place.person("Mina")
