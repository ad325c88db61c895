"""Everything the bot says unprompted, one row a message in a place, written before it is said."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, UniqueConstraint, false, text
from sqlmodel import Field

from ..store import Row, Utc


class Notice(Row, table=True):
    """`version` is what should be seen, `shown` what Slack shows; whoever holds the claim carries it there."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
        Index(None, "workspace_id", "due_at"),
        Index("ix_notice_subject", "workspace_id", "subject_id", "kind"),
        Index(
            "ix_notice_said",
            "workspace_id",
            "slack_channel",
            "slack_ts",
            sqlite_where=text("slack_ts IS NOT NULL"),
            postgresql_where=text("slack_ts IS NOT NULL"),
        ),
        Index(
            "ix_notice_wanted",
            "workspace_id",
            "due_at",
            "id",
            sqlite_where=text("version > shown AND failed IS NULL"),
            postgresql_where=text("version > shown AND failed IS NULL"),
        ),
    )

    key: str
    """What makes it one: asked for twice, said once."""
    kind: str
    """Which view draws it."""
    subject_id: int = Field(sa_type=BigInteger)
    """The row it is about; its table follows from `kind`."""
    team_id: int = Field(sa_type=BigInteger)
    place: str
    """A Slack channel (id or name) or user id."""
    thread_of: str | None = None
    """The ts of the message in whose thread it stands."""
    thread_id: int | None = Field(default=None, sa_type=BigInteger)
    """The notice in whose thread it stands, once that is shown."""
    broadcast: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """A line of a thread that the channel sees too."""
    language: str = "en"
    due_at: datetime = Field(sa_type=Utc)
    expires_at: datetime | None = Field(default=None, sa_type=Utc)
    """Later than this it is not said any more; an update of what stands is."""
    version: int = 1
    shown: int = 0
    claimed_until: datetime | None = Field(default=None, sa_type=Utc)
    """On real time. A claim that ran out without a record means: look in Slack before saying it again."""
    claim: str | None = None
    attempts: int = 0
    retry_at: datetime | None = Field(default=None, sa_type=Utc)
    failed: str | None = None
    """Slack's error code once it is given up; null: alive."""
    slack_channel: str | None = None
    slack_ts: str | None = None
    shown_at: datetime | None = Field(default=None, sa_type=Utc)
