"""When a message that could not be said is tried again. No database."""

from __future__ import annotations

from datetime import timedelta

CLAIM = timedelta(minutes=2)
"""How long whoever carries a notice has for it, in real time."""
MARGIN = timedelta(seconds=45)
"""Nothing is sent on a claim with less left than this: a call to Slack may take that long."""
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
MENDING = timedelta(minutes=10)
"""How often it is tried while a person has to do something first, such as invite the bot."""
MOST_ATTEMPTS = 8
"""After so many accidents of our own in a row a notice is given up; what Slack may mend is tried until it expires."""
MOOT = "moot"
"""In the place of Slack's code: it was over before it could be said."""


def wait(attempts: int, at_least: timedelta = timedelta(0)) -> timedelta:
    """How long to wait after so many failed attempts (0 after the first): doubling, within bounds."""
    doubled = FIRST_WAIT * (1 << min(attempts, 10))
    return max(min(doubled, LONGEST_WAIT), at_least)
