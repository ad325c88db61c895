"""Every event of a ticket as it was told, for good, and the tickets whose facts do not say them yet."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKeyConstraint, UniqueConstraint
from sqlmodel import Field

from ..store import Row, Utc


class TicketEvent(Row, table=True):
    """One thing that happened to one ticket of a team. Ids rise in the order of arrival."""

    __tablename__ = "ticket_event"
    __table_args__ = (
        UniqueConstraint("workspace_id", "team_id", "ticket_key", "event_key"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
    )

    team_id: int = Field(sa_type=BigInteger)
    scope: int = Field(default=0, sa_type=BigInteger)
    """Where the ticket's key is unique, as in `ticket`."""
    ticket_key: str
    event_key: str
    """The source's own id of the event; unique within the ticket."""
    at: datetime = Field(sa_type=Utc)
    kind: str
    """One of `rules.KINDS`, or `snapshot`: how the ticket stood in an import before its first event."""
    actor: str = ""
    actor_kind: str = ""
    value: str = "{}"
    """What the event says, as JSON, by the names of `TicketFacts`."""


class TicketBehind(Row, table=True):
    """A ticket of which events are written down that its facts do not say yet. Whoever works on one holds its row."""

    __tablename__ = "ticket_behind"
    __table_args__ = (
        UniqueConstraint("workspace_id", "team_id", "ticket_key"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
    )

    team_id: int = Field(sa_type=BigInteger)
    ticket_key: str
