"""The message of a team's first day with data."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKeyConstraint, UniqueConstraint, text
from sqlmodel import Field

from ..store import Row, Utc


class FirstDay(Row, table=True):
    """One a team that was set up: expected until its first data comes, then told once, as of an instant."""

    __tablename__ = "first_day"
    __table_args__ = (
        UniqueConstraint("workspace_id", "team_id"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
    )

    team_id: int = Field(sa_type=BigInteger)
    expected_at: datetime = Field(sa_type=Utc)
    """Since when the team waits for its first data."""
    told_at: datetime | None = Field(default=None, sa_type=Utc)
    """When the message was asked for; None: there is no data yet."""
    day: date | None = None
    """The team's local day that it stands for: it gets no other digest then."""
    as_of: datetime | None = Field(default=None, sa_type=Utc)
    """How far the data reached; every figure in the message is as of then."""
    first_at: datetime | None = Field(default=None, sa_type=Utc)
    """Where the data began then."""
    tickets: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """How many there were then, whatever their state."""
    names: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """Of people who worked on them, as the message was first said."""
    unmatched: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """How many of those names were nobody yet."""
    taken: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    """The suggested targets that were taken, as JSON: value by figure."""
    taken_by: str | None = None
