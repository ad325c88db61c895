"""What an escalation is called in one line: somebody's words, or what a detector found."""

from __future__ import annotations

from typing import Any, Protocol

from cspm_core import escalations

from ..blocks import escape, is_address, short
from ..detectors import names as detectors
from ..words import Words

TITLE = 90


class Named(Protocol):
    """What a title is made of."""

    @property
    def number(self) -> int: ...
    @property
    def what(self) -> str: ...
    @property
    def rule(self) -> str: ...


def title(one: Named, facts: Any, t: Words, *, limit: int = TITLE) -> str:
    """The first line of what somebody wrote, or the detector's sentence; plain text, not escaped."""
    said = one.what.strip().splitlines()[0] if one.what.strip() else ""
    if not said and one.rule:
        said = detectors.sentence(one.rule, facts, t)
    return short(said or t("confidential"), limit)


def called(number: int) -> str:
    """E12."""
    return escalations.name(number)


def ticket_link(key: str, url: str) -> str:
    """A ticket's key as mrkdwn, linked where its address can be."""
    name = escape(short(key, 40))
    return f"<{url}|{name}>" if is_address(url) else f"*{name}*"
