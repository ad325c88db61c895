"""One emulate for all tests here; where it cannot be had they wait."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from . import emulate as peers
from .emulate import Emulate, Line

MANIFEST = yaml.safe_load((Path(__file__).resolve().parents[2] / "manifest.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def emulate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulate]:
    """emulate with our app in it, under the scopes of our manifest and no others."""
    folder = tmp_path_factory.mktemp("emulate")
    with (tmp_path_factory.getbasetemp().parent / "npx.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # npx unpacks into one place, and several workers may start at once
        try:
            npx = peers.fetch(folder)
        except peers.NotToBeHad as why:
            pytest.skip(str(why))
    with peers.running(npx, folder, MANIFEST["oauth_config"]["scopes"]["bot"]) as running:
        yield running


@pytest.fixture
def line(emulate: Emulate) -> Line:
    """The bot's client, speaking to emulate."""
    return emulate.line()
