"""Files that people drop into the bot's direct messages, and what became of each."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, UniqueConstraint, false, text
from sqlmodel import Field

from ..store import Row, Utc


class Upload(Row, table=True):
    """One file in one message. The file itself stays in Slack; `look`, `choice` and `report` are JSON of `rules`."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "slack_channel", "slack_ts", "slack_file"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
        Index(
            "ix_upload_wanting",
            "workspace_id",
            "id",
            sqlite_where=text("state IN ('new', 'importing')"),
            postgresql_where=text("state IN ('new', 'importing')"),
        ),
    )

    slack_channel: str
    slack_ts: str
    """Of the message that brought it; its card stands in the thread of `thread_ts`."""
    thread_ts: str
    slack_file: str
    slack_user: str
    name: str
    size: int = Field(sa_type=BigInteger)
    team_id: int = Field(sa_type=BigInteger)
    """The team whose business it is, as far as anybody knows: chosen, else one of the person's, else any."""
    language: str
    state: str
    reason: str = ""
    """Why it was declined or failed: a key of `rules.Reason`, or an `Unreadable` as JSON."""
    look: str = ""
    choice: str = ""
    report: str = ""
    phase: str = ""
    done_rows: int = Field(default=0, sa_type=BigInteger)
    all_rows: int = Field(default=0, sa_type=BigInteger)
    phase_at: datetime | None = Field(default=None, sa_type=Utc)
    told_at: datetime | None = Field(default=None, sa_type=Utc)
    """When `done_rows` was written down."""
    claim: str | None = None
    claimed_until: datetime | None = Field(default=None, sa_type=Utc)
    """On real time. A claim that ran out means a crash: the work is begun again."""
    attempts: int = 0
    """How often it was begun without an end; the report says so where it was more than once."""
    retry_at: datetime | None = Field(default=None, sa_type=Utc)
    shares_refused: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """The file of refused rows may stand in the thread already: look before sharing it again."""
    arrived_at: datetime = Field(sa_type=Utc)
    begun_at: datetime | None = Field(default=None, sa_type=Utc)
    ended_at: datetime | None = Field(default=None, sa_type=Utc)
