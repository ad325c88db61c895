"""What delivery has to know about a kind of notice. Subjects say it in their `jobs.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from cspm_core.notices import Notice

from .blocks import Drawing
from .words import Words


class NotNow(Exception):
    """It is nothing for this hour: its reader is away, or does not work. `until`: when to look again."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until.isoformat())
        self.until = until


@dataclass(frozen=True)
class Kind:
    """How to draw it (None: there is nothing left to say; raises NotNow where it waits), and what follows in the
    transaction that records it."""

    draw: Callable[[Session, Notice, Words, datetime], Drawing | None]
    arrived: Callable[[Session, Notice], None] | None = None
    """It stands in Slack for the first time."""
    refused: Callable[[Session, Notice, str, datetime], None] | None = None
    """Slack does not take it, with this code, until a person does something."""
    needs_thread: bool = False
    """A line of a thread: where that never came there is nothing to say."""
    is_vital: bool = False
    """Deleted by somebody, it is said again."""
