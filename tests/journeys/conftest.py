"""A house to live in: the product, a local Slack, and one clock for both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

from bot.local_slack import Server, Workspace
from cspm_core.store import Store

from . import house as houses
from .house import MANIFEST, House


@pytest.fixture(scope="session")
def slack_server() -> Iterator[Server]:
    """One port for every journey: starting takes longer than most of them."""
    nobody = Workspace(name="-", people=[], channels=[], manifest=MANIFEST, now=lambda: datetime.max)
    with Server(nobody) as running:
        yield running


@pytest.fixture
def house_at(sqlite_store: Store, slack_server: Server) -> Callable[[datetime], House]:
    """A house whose clock stands at an instant."""
    return lambda at: houses.build(sqlite_store, slack_server, at)


@pytest.fixture
def house(house_at: Callable[[datetime], House], now: datetime) -> House:
    """A house on the Monday that tests begin on."""
    return house_at(now)
