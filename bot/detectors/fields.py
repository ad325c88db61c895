"""What was filled into the detectors' modals, as the core takes it."""

from __future__ import annotations

import json
from typing import Any

from cspm_core.detectors import SETTINGS, Kind

from ..asking import Ask
from . import forms


def carried(ask: Ask) -> dict[str, Any]:
    """What the modal was opened with."""
    told: dict[str, Any] = json.loads(
        (ask.slack.view or ask.slack.body.get("view") or {}).get("private_metadata") or "{}"
    )
    return told


def settings(ask: Ask, kind: Kind) -> dict[str, Any]:
    """The settings of a kind as they were typed."""
    return {name: _element(ask, name).get("value") or "" for name in SETTINGS[kind]}


def is_on(ask: Ask) -> bool:
    """Whether it should run."""
    return bool(_element(ask, forms.IS_ON).get("selected_options"))


def ticket(ask: Ask) -> int:
    """The ticket chosen."""
    return int((_element(ask, forms.TICKET).get("selected_option") or {}).get("value") or 0)


def person(ask: Ask) -> str:
    """The Slack user chosen."""
    return str(_element(ask, forms.PERSON).get("selected_user") or "")


def _element(ask: Ask, block_id: str) -> dict[str, Any]:
    view = ask.slack.view or ask.slack.body.get("view") or {}
    return next(iter(view["state"]["values"].get(block_id, {}).values()), None) or {}
