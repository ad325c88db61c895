"""What the words of help desks mean in ours: statuses, who opened, counts, and what stands for nothing."""

from __future__ import annotations

from ..tickets.words import OPENED_BY, STATUS

__all__ = ["NOBODY", "NOTHING", "NOT_ANSWERED", "OPENED_BY", "STATUS", "count"]

NOTHING = frozenset(("nan", "null", "none", "n/a", "na", "nat", "<na>", "-", "--", "—", "#n/a"))
"""Stand for nothing where a time, a count, a status or a person is expected; in a subject they are words."""
NOBODY = NOTHING | frozenset(("unassigned", "not assigned", "no agent"))
NOT_ANSWERED = NOTHING | frozenset(("offered", "unoffered", "not rated", "unrated", "not offered"))
"""Zendesk writes `offered` where a survey was sent and nobody answered."""


def count(text: str) -> int:
    """A whole number, also as pandas writes it (`3.0`). Raises ValueError."""
    try:
        return int(text)
    except ValueError:
        number = float(text)
        if not number.is_integer():
            raise
        return int(number)
