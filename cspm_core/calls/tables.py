"""Calls: contacts of full rank beside tickets."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from ..store import Row, Utc


class Call(Row, table=True):
    """One call. Instants and lengths are facts of the source; null: it does not say."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "scope", "key"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
        ForeignKeyConstraint(["workspace_id", "agent_id"], ["identity.workspace_id", "identity.id"]),
        Index("ix_call_queued", "workspace_id", "team_id", "queued_at"),
    )

    team_id: int = Field(sa_type=BigInteger)
    agent_id: int | None = Field(default=None, sa_type=BigInteger)
    """Who took it: an `identity`."""
    scope: int = Field(default=0, sa_type=BigInteger)
    """Where `key` is unique: 0 in the whole workspace (the source names the team), else in this team."""
    key: str
    """The source's own id."""
    queue: str = ""
    direction: str = "inbound"
    """inbound or outbound."""
    customer: str = ""
    ticket: str = ""
    """The key of the ticket it belongs to."""
    topic: str = ""
    language: str = ""
    queued_at: datetime = Field(sa_type=Utc)
    """When it entered the queue."""
    answered_at: datetime | None = Field(default=None, sa_type=Utc)
    ended_at: datetime | None = Field(default=None, sa_type=Utc)
    is_answered: bool = False
    """Also where nobody says when, or `answered_at` was impossible and set aside."""
    is_abandoned: bool = False
    """The caller hung up before anybody answered."""
    talk_s: int | None = None
    hold_s: int | None = None
    wrap_s: int | None = None
    """After-call work."""
    transfers: int | None = None
    is_resolved: bool | None = None
    rating: str | None = None
    """The raw answer."""
    rating_scale: str | None = None
    rating_good: bool | None = None
    rating_score: float | None = None
    recording_url: str = ""
    set_aside: str = ""
    """Facts that were impossible, by column name, comma separated."""
    known_at: datetime = Field(sa_type=Utc)
    """How far the data reached that said this; older data does not overwrite it."""
