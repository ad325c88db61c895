"""What the Slack app declares about itself: the same file that a workspace is given, with names of its own or not."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import yaml

from .slash import prefixed

_HERE = Path(__file__).resolve().parent
PLACES = (_HERE / "manifest.yaml", _HERE.parent / "manifest.yaml")
"""In an installed package it stands inside `bot`, in a checkout beside it."""
LONGEST_NAME = 35
NAME = re.compile(r"^  name: .*$", re.MULTILINE)
BOT_NAME = re.compile(r"^    display_name: .*$", re.MULTILINE)
UNFIT = re.compile(r"[^a-z0-9._-]+")
"""What Slack takes in no bot user's name."""


def text() -> str:
    """The file, with its comments."""
    return next(path for path in PLACES if path.exists()).read_text(encoding="utf-8")


def written(prefix: str = "", name: str = "") -> str:
    """The same, with every command prefixed and the app called as said."""
    told = prefixed(text(), prefix)
    if not name:
        return told
    told = NAME.sub(lambda _: f"  name: {json.dumps(name, ensure_ascii=False)}", told, count=1)
    bot = UNFIT.sub("-", name.lower()).strip("-")
    return BOT_NAME.sub(f"    display_name: {json.dumps(bot)}", told, count=1) if bot else told


def load() -> dict[str, Any]:
    """The manifest as Slack reads it."""
    found: dict[str, Any] = yaml.safe_load(text())
    return found


def scopes() -> frozenset[str]:
    """What the bot's token must be allowed to do."""
    return frozenset(load()["oauth_config"]["scopes"]["bot"])
