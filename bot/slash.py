"""What the bot's commands are called in a workspace: `/kpi`, or with a prefix of its own `/acme-kpi`."""

from __future__ import annotations

import re
from functools import cache

NAMES = ("kpi", "escalate", "handover", "qa", "coach", "goal", "kudos", "cspm")
"""As the manifest declares them where no name is taken."""
LONGEST_NAME = 32
"""Characters that Slack lets a command have, with its slash."""
LONGEST_PREFIX = LONGEST_NAME - 1 - max(map(len, NAMES))
PREFIX = re.compile(r"[a-z0-9][a-z0-9_-]*[_-]")
"""It ends in - or _, so that `/okpi` is nobody's `/kpi`."""
_HEARD = re.compile(rf"/((?:{PREFIX.pattern})?)({'|'.join(NAMES)})")
_TOLD = re.compile(rf"(?<![\w/.:@-])/({'|'.join(NAMES)})(?![a-zA-Z0-9_/-])")


@cache
def named(name: str) -> re.Pattern[str]:
    """One of our commands, with any prefix: what a listener is registered for."""
    return re.compile(rf"^/(?:{PREFIX.pattern})?{name}$")


def prefix_of(command: str) -> str | None:
    """What stands before one of our names in a command as Slack sends it (`acme-` of `/acme-kpi`); None: not ours."""
    heard = _HEARD.fullmatch(command)
    return heard[1] if heard else None


def is_prefix(text: str) -> bool:
    """Whether Slack takes all our commands with this before their names, and whether they are known again."""
    return bool(PREFIX.fullmatch(text)) and len(text) <= LONGEST_PREFIX


def prefixed(text: str, prefix: str) -> str:
    """A text in which each of our commands has the prefix."""
    return _TOLD.sub(rf"/{prefix}\1", text) if prefix and "/" in text else text
