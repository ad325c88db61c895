"""Fernhill on one fixed Friday: whole, and as a small world of a few days for whoever writes it down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.demo import seed, world
from bot.demo.feed import Feed
from bot.demo.lives import Lives
from bot.demo.living import live
from cspm_core.store import Store
from cspm_core.tables import METADATA

FRIDAY = date(2026, 11, 20)
OPENS_AT = datetime(2026, 11, 20, 13, 40, tzinfo=UTC)
"""Twenty to nine in New York."""


@pytest.fixture(scope="session")
def everything() -> dict[str, Lives]:
    """The whole world, by team."""
    return {centre.name: live(centre, FRIDAY, OPENS_AT) for centre in world.CENTRES}


@dataclass(frozen=True)
class Town:
    """A small world on a store, nothing told yet."""

    store: Store
    workspace_id: int
    feed: Feed


@pytest.fixture(scope="session")
def few() -> tuple[Lives, ...]:
    """Every team's tickets of five days, and of three more."""
    return tuple(live(centre, FRIDAY, OPENS_AT, history=5, horizon=3) for centre in world.CENTRES)


@pytest.fixture
def town(sqlite_store: Store, few: tuple[Lives, ...]) -> Town:
    """To change."""
    return founded(sqlite_store, few)


@pytest.fixture(scope="session")
def told_town(tmp_path_factory: pytest.TempPathFactory, few: tuple[Lives, ...]) -> Iterator[Town]:
    """To look at: told up to the opening."""
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('told') / 'town.db'}")
    METADATA.create_all(store.engine)
    town = founded(store, few)
    town.feed.tell(OPENS_AT)
    yield town
    store.close()


def founded(store: Store, lives: tuple[Lives, ...]) -> Town:
    workspace_id = seed.found(store, FRIDAY, now=OPENS_AT)
    feed = Feed(store, workspace_id, lives, "http://here/tickets/", OPENS_AT + timedelta(days=2))
    return Town(store, workspace_id, feed)
