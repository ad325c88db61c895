"""What Slack was heard to send, and trials of the whole way by hand."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import UniqueConstraint, text
from sqlmodel import Field

from ..store import Row, Utc


class Heard(Row, table=True):
    """When a kind of thing last came from Slack: a command by its name, an event by its type, a press, a modal."""

    __table_args__ = (UniqueConstraint("workspace_id", "what"),)

    what: str
    """`command:/kpi`, `event:app_home_opened`, `press`, `submission`, `shortcut`."""
    at: datetime = Field(sa_type=Utc)


class Trial(Row, table=True):
    """One run of `cspm doctor --live`, which waits for somebody to press a button and send a modal in Slack.

    Whichever process hears of it writes it here, since Slack gives each press to any one of the bot's connections.
    """

    begun_at: datetime = Field(sa_type=Utc)
    pressed_at: datetime | None = Field(default=None, sa_type=Utc)
    opened_at: datetime | None = Field(default=None, sa_type=Utc)
    submitted_at: datetime | None = Field(default=None, sa_type=Utc)
    trouble: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    """Slack's error code where the modal could not be opened."""
