"""What in a message of Slack's could name a ticket: its words and addresses, wherever they stand in it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..escalations.messages import plain

SAID = ("text", "title", "title_link", "url", "fallback", "pretext", "from_url", "alt_text")
"""Where words and addresses stand in blocks and attachments."""
SHORT = re.compile(r"(?<![\w#./-])\d{1,3}(?![\w/-])")
"""A number that is rather a count or an hour than a ticket, unless a # stands before it."""
PLAINLY = re.compile(r"https?://\S+")


def words(message: Mapping[str, Any]) -> str:
    """Everything that is written in a message, its blocks and what it quotes, without small bare numbers."""
    said = [str(message.get("text") or ""), *_said(message.get("blocks")), *_said(message.get("attachments"))]
    whole = " ".join(plain(one) for one in dict.fromkeys(said) if one)
    return " ".join(one if PLAINLY.match(one) else SHORT.sub(" ", one) for one in whole.split())


def _said(part: Any) -> Iterator[str]:
    if isinstance(part, Mapping):
        for name, inner in part.items():
            if name in SAID and isinstance(inner, str):
                yield inner
            else:
                yield from _said(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _said(inner)
