"""What a team's detectors are set to, what they alarmed about, who took which ticket, and how far they have looked."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from ..store import Row, Utc


class Detector(Row, table=True):
    """One kind of detector of a team, as somebody set it; without a row it is as `rules` has it."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "team_id", "kind"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
        ForeignKeyConstraint(["workspace_id", "saved_by"], ["member.workspace_id", "member.id"]),
    )

    team_id: int = Field(sa_type=BigInteger)
    kind: str
    settings: str = "{}"
    """As JSON, by the names of `rules.SETTINGS`."""
    is_on: bool = True
    since_at: datetime = Field(sa_type=Utc)
    """Only what comes true later is alarmed about."""
    saved_at: datetime = Field(sa_type=Utc)
    saved_by: int | None = Field(default=None, sa_type=BigInteger)
    """None: an operator."""


class Alarm(Row, table=True):
    """A detector found something, once; and whether that was useful."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "team_id", "key"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
        ForeignKeyConstraint(["workspace_id", "ticket_id"], ["ticket.workspace_id", "ticket.id"]),
        ForeignKeyConstraint(["workspace_id", "escalation_id"], ["escalation.workspace_id", "escalation.id"]),
        ForeignKeyConstraint(["workspace_id", "judged_by"], ["member.workspace_id", "member.id"]),
        Index("ix_alarm_at", "workspace_id", "team_id", "kind", "at"),
        Index("ix_alarm_escalation", "workspace_id", "escalation_id"),
    )

    team_id: int = Field(sa_type=BigInteger)
    kind: str
    key: str
    """Kind, ticket, category or figure, and what it was held against: a target that moves may alarm anew."""
    ticket_id: int | None = Field(default=None, sa_type=BigInteger)
    subject: str = ""
    """A burst's category, folded; the key of a figure that signals."""
    due_at: datetime | None = Field(default=None, sa_type=Utc)
    happened_at: datetime = Field(sa_type=Utc)
    """When it came true."""
    at: datetime = Field(sa_type=Utc)
    """When it was noticed."""
    escalation_id: int | None = Field(default=None, sa_type=BigInteger)
    is_useful: bool | None = None
    judged_by: int | None = Field(default=None, sa_type=BigInteger)
    judged_at: datetime | None = Field(default=None, sa_type=Utc)


class BurstTicket(Row, table=True):
    """A ticket gathered under a crisis, so that it is not raised by itself."""

    __tablename__ = "burst_ticket"
    __table_args__ = (
        UniqueConstraint("workspace_id", "escalation_id", "ticket_id"),
        ForeignKeyConstraint(["workspace_id", "escalation_id"], ["escalation.workspace_id", "escalation.id"]),
        ForeignKeyConstraint(["workspace_id", "ticket_id"], ["ticket.workspace_id", "ticket.id"]),
        Index(None, "workspace_id", "ticket_id"),
    )

    escalation_id: int = Field(sa_type=BigInteger)
    ticket_id: int = Field(sa_type=BigInteger)
    at: datetime = Field(sa_type=Utc)


class TicketTake(Row, table=True):
    """Somebody has a ticket that is at risk: they took it, or a lead gave it to them."""

    __tablename__ = "ticket_take"
    __table_args__ = (
        UniqueConstraint("workspace_id", "ticket_id"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
        ForeignKeyConstraint(["workspace_id", "ticket_id"], ["ticket.workspace_id", "ticket.id"]),
        ForeignKeyConstraint(["workspace_id", "member_id"], ["member.workspace_id", "member.id"]),
        ForeignKeyConstraint(["workspace_id", "by_id"], ["member.workspace_id", "member.id"]),
        Index(None, "workspace_id", "team_id"),
    )

    team_id: int = Field(sa_type=BigInteger)
    ticket_id: int = Field(sa_type=BigInteger)
    member_id: int = Field(sa_type=BigInteger)
    by_id: int = Field(sa_type=BigInteger)
    """Who said so: themselves or a lead."""
    at: datetime = Field(sa_type=Utc)


class RiskCard(Row, table=True):
    """A team's card of one day: what is at risk now, edited in place."""

    __tablename__ = "risk_card"
    __table_args__ = (
        UniqueConstraint("workspace_id", "team_id", "day"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
    )

    team_id: int = Field(sa_type=BigInteger)
    day: date
    shown: str = ""
    """A fingerprint of what it says: it is edited only when that changes."""


class Watch(Row, table=True):
    """How far a team's detectors have looked, and when they look again."""

    __tablename__ = "detector_watch"
    __table_args__ = (
        UniqueConstraint("workspace_id", "team_id"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
    )

    team_id: int = Field(sa_type=BigInteger)
    began_at: datetime | None = Field(default=None, sa_type=Utc)
    """The end of the data when they first looked: what came true before is old."""
    as_of: datetime | None = Field(default=None, sa_type=Utc)
    """What they last looked at; it never goes back."""
    seen: str = ""
    """What of the data and the settings they have seen, as one word: another word means that there is news."""
    next_at: datetime | None = Field(default=None, sa_type=Utc)
    """The next instant at which anything changes by itself."""
    data_age_minutes: int = 120
    """Data older than so many working minutes pauses them."""
