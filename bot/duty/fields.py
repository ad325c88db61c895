"""What was filled into the duty modals, as the core takes it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from cspm_core.errors import Invalid

from ..asking import Ask


def carried(ask: Ask) -> dict[str, Any]:
    """What the modal was opened with: the team, and where the board stands."""
    told: dict[str, Any] = json.loads((ask.slack.view or {}).get("private_metadata") or "{}")
    return told


def user(ask: Ask, block_id: str) -> str:
    """The Slack user chosen; empty: none."""
    return str(_element(ask, block_id).get("selected_user") or "")


def moment(ask: Ask, block_id: str) -> datetime:
    """The moment chosen. Raises Invalid."""
    chosen = _element(ask, block_id).get("selected_date_time")
    if not chosen:
        raise Invalid(block_id, "", "no_moment")
    return datetime.fromtimestamp(int(chosen), UTC)


def text(ask: Ask, block_id: str) -> str:
    """What was typed."""
    return str(_element(ask, block_id).get("value") or "")


def _element(ask: Ask, block_id: str) -> dict[str, Any]:
    values: dict[str, Any] = (ask.slack.view or {})["state"]["values"]
    return next(iter(values.get(block_id, {}).values()), None) or {}
