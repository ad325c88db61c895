"""What the Slack app declares about itself: the same file that a workspace is given."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

_HERE = Path(__file__).resolve().parent
PLACES = (_HERE / "manifest.yaml", _HERE.parent / "manifest.yaml")
"""In an installed package it stands inside `bot`, in a checkout beside it."""


def load() -> dict[str, Any]:
    """The manifest as Slack reads it."""
    place = next(path for path in PLACES if path.exists())
    found: dict[str, Any] = yaml.safe_load(place.read_text(encoding="utf-8"))
    return found


def scopes() -> frozenset[str]:
    """What the bot's token must be allowed to do."""
    return frozenset(load()["oauth_config"]["scopes"]["bot"])
