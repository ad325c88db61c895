"""What was filled into the modals of escalations, as the core takes it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

from sqlmodel import Session

from cspm_core import people
from cspm_core.people import Member

from .. import acquaintance
from ..asking import Ask


def carried(ask: Ask) -> dict[str, Any]:
    """What the modal was opened with."""
    told: dict[str, Any] = json.loads((ask.slack.body.get("view") or {}).get("private_metadata") or "{}")
    return told


def text(ask: Ask, block_id: str) -> str:
    """What was typed, without the blanks around it."""
    return str(_element(ask, block_id).get("value") or "").strip()


def chosen(ask: Ask, block_id: str) -> str:
    """The value of the option chosen; empty: none."""
    return str((_element(ask, block_id).get("selected_option") or {}).get("value") or "")


def ticked(ask: Ask, block_id: str) -> bool:
    """Whether a box is ticked."""
    return bool(_element(ask, block_id).get("selected_options"))


def moment(ask: Ask, block_id: str) -> datetime | None:
    """The moment chosen."""
    at = _element(ask, block_id).get("selected_date_time")
    return datetime.fromtimestamp(int(at), UTC) if at else None


def day(ask: Ask, block_id: str) -> date | None:
    """The day chosen."""
    on = _element(ask, block_id).get("selected_date")
    return date.fromisoformat(on) if on else None


def user(ask: Ask, block_id: str) -> str:
    """The Slack user chosen; empty: none."""
    return str(_element(ask, block_id).get("selected_user") or "")


def users(ask: Ask, block_id: str) -> list[str]:
    """The Slack users chosen."""
    return list(_element(ask, block_id).get("selected_users") or [])


def conversation(ask: Ask, block_id: str) -> str:
    """The conversation chosen; empty: none."""
    return str(_element(ask, block_id).get("selected_conversation") or "")


def chosen_many(ask: Ask, block_id: str) -> list[str]:
    """The values of the options chosen, or of the boxes ticked."""
    return [str(one["value"]) for one in _element(ask, block_id).get("selected_options") or []]


def met(ask: Ask, slack_user: str) -> None:
    """Get to know somebody who was chosen, so that they are a person of ours."""
    acquaintance.of(ask.runtime, str(ask.slack.context.team_id or ""), slack_user, now=ask.now, in_haste=True)


def person(session: Session, ask: Ask, slack_user: str) -> Member | None:
    """Who that is; None where Slack did not say, so that nobody can be asked."""
    return people.member_by_slack(session, ask.workspace_id, slack_user)


def _element(ask: Ask, block_id: str) -> dict[str, Any]:
    values: dict[str, Any] = (ask.slack.body.get("view") or {}).get("state", {}).get("values", {})
    return next(iter(values.get(block_id, {}).values()), None) or {}
