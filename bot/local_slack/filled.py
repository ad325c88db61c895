"""Blocks as Slack keeps them: a copy in which every block and every element has an id."""

from __future__ import annotations

import copy
import secrets

from . import parts
from .model import Json


def with_ids(blocks: list[Json]) -> list[Json]:
    """A deep copy with made-up block and action ids where the app gave none."""
    kept = [{name: inner for name, inner in one.items() if inner is not None} for one in copy.deepcopy(blocks)]
    for block in parts.flat(kept):
        block.setdefault("block_id", secrets.token_urlsafe(4))
    for _, element in parts.elements(kept):
        element.setdefault("action_id", secrets.token_urlsafe(4))
    return kept
