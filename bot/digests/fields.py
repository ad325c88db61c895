"""What was filled into the digest's modals, as the core takes it, and what is wrong with it."""

from __future__ import annotations

from typing import Any

from ..asking import Ask
from ..words import Words
from . import forms

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def settings(ask: Ask) -> dict[str, Any]:
    """Columns of a team: channel, digest_at, digest_days, language, digest_on_holidays."""
    days = _one(ask, forms.DAYS)
    if days == "chosen":
        days = ",".join(WEEKDAYS[int(number)] for number in sorted(_many(ask, forms.WEEKDAYS)))
    return {
        "channel": _element(ask, forms.CHANNEL).get("selected_conversation"),
        "digest_at": _element(ask, forms.AT).get("selected_time") or "",
        "digest_days": days,
        "language": _one(ask, forms.LANGUAGE),
        "digest_on_holidays": bool(_many(ask, forms.HOLIDAYS)),
    }


def wrong(filled: dict[str, Any], t: Words) -> dict[str, str]:
    """What to mend, by field."""
    found = {}
    if not filled["channel"]:
        found[forms.CHANNEL] = t("Choose the channel where the digest should come.")
    if not filled["digest_at"]:
        found[forms.AT] = t("Choose a time.")
    if not filled["digest_days"]:
        found[forms.WEEKDAYS] = t("Choose at least one weekday.")
    return found


def pause(ask: Ask) -> str:
    """next, week or resumed."""
    return _one(ask, forms.PAUSE)


def _element(ask: Ask, block_id: str) -> dict[str, Any]:
    values: dict[str, Any] = (ask.slack.view or {})["state"]["values"]
    return next(iter(values.get(block_id, {}).values()), None) or {}


def _one(ask: Ask, block_id: str) -> str:
    return str((_element(ask, block_id).get("selected_option") or {}).get("value") or "")


def _many(ask: Ask, block_id: str) -> list[str]:
    return [str(option["value"]) for option in _element(ask, block_id).get("selected_options") or []]
