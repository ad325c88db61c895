"""The fields that the modals of escalations share. Block ids are the fields' names, so that errors find them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from slackblocks import (
    DatePicker,
    DateTimePicker,
    ExternalSelectMenu,
    InputBlock,
    Option,
    PlainTextInput,
    StaticSelectMenu,
)

from ..blocks import Drawing, option, short
from ..words import Words
from .names import KINDS, SEVERITIES

FEW_TEAMS = 20
"""So many stand in the menu itself; of more Slack asks for them as somebody types."""
LONGEST_TEXT = 3_000


def line(block_id: str, label: str, *, said: str = "", hint: str = "", placeholder: str = "", optional: bool = True,
         longest: int = 150) -> InputBlock:  # fmt: skip
    """One line to type."""
    element = PlainTextInput(
        block_id,
        initial_value=short(said, longest) or None,
        max_length=longest,
        placeholder=short(placeholder, 150) or None,
    )
    return InputBlock(label, element, block_id=block_id, hint=hint or None, optional=optional)


def words(block_id: str, label: str, *, said: str = "", hint: str = "", placeholder: str = "",
          optional: bool = True) -> InputBlock:  # fmt: skip
    """Several lines to type."""
    element = PlainTextInput(
        block_id,
        initial_value=short(said, LONGEST_TEXT) or None,
        multiline=True,
        max_length=LONGEST_TEXT,
        placeholder=short(placeholder, 150) or None,
    )
    return InputBlock(label, element, block_id=block_id, hint=hint or None, optional=optional)


def severity(block_id: str, now: int, t: Words) -> InputBlock:
    """1 to 4."""
    options = {str(number): t(label) for number, label in SEVERITIES.items()}
    hint = t("Severity 1 reaches people day and night; the others in working hours, unless the team says otherwise.")
    return InputBlock(t("Severity"), menu(block_id, options, str(now)), block_id=block_id, hint=hint)


def kind(block_id: str, now: str, t: Words) -> InputBlock:
    """What it is about."""
    options = {key: t(label) for key, label in KINDS.items()}
    hint = t("Conduct is shown to the leads alone, never in a channel.")
    return InputBlock(t("Kind"), menu(block_id, options, now), block_id=block_id, hint=hint)


def menu(
    block_id: str, options: Mapping[str, str], now: str | None = None, placeholder: str | None = None
) -> StaticSelectMenu:
    """One of several, by key and label."""
    offered = [option(label, key) for key, label in options.items()]
    chosen = next((one for one, key in zip(offered, options, strict=True) if key == now), None)
    return StaticSelectMenu(block_id, offered, initial_option=chosen, placeholder=placeholder)


def team(
    block_id: str, action_id: str, label: str, teams: Mapping[int, str], now: int | None, t: Words, *, hint: str = ""
) -> InputBlock:
    """One of the teams."""
    element: StaticSelectMenu | ExternalSelectMenu
    if len(teams) > FEW_TEAMS:
        known = option(teams[now], str(now)) if now is not None and now in teams else None
        element = ExternalSelectMenu(action_id, initial_option=known, min_query_length=0, placeholder=t("Team"))
    else:
        element = menu(action_id, {str(i): name for i, name in teams.items()}, str(now))
    return InputBlock(label, element, block_id=block_id, hint=hint or None)


def offered_teams(teams: Mapping[int, str]) -> list[Drawing]:
    """What Slack is given where it asks for the teams."""
    return [{"text": {"type": "plain_text", "text": short(name, 75)}, "value": str(i)} for i, name in teams.items()]


def moment(
    block_id: str, label: str, *, at: datetime | None = None, hint: str = "", optional: bool = True
) -> InputBlock:
    """A day and a time, in the reader's own zone."""
    element = DateTimePicker(block_id, initial_datetime=int(at.timestamp()) if at else None)
    return InputBlock(label, element, block_id=block_id, hint=hint or None, optional=optional)


def day(block_id: str, label: str, *, on: date | None = None, hint: str = "") -> InputBlock:
    """A day."""
    element = DatePicker(block_id, initial_date=on.isoformat() if on else None)
    return InputBlock(label, element, block_id=block_id, hint=hint or None, optional=True)


def described(label: str, key: str, description: str) -> Option:
    """A choice with a line under it."""
    return Option(short(label, 75), key, description=short(description, 75))
