"""Who is planned to work when, whose turn it is, and what was changed about that."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from ..store import Row, Utc


class Shift(Row, table=True):
    """A stretch that somebody is planned to spend on something, as a roster or a calendar said."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "team_id", "member_id", "source", "activity_key", "starts_at"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
        ForeignKeyConstraint(["workspace_id", "member_id"], ["member.workspace_id", "member.id"]),
        Index(None, "workspace_id", "member_id", "ends_at"),
    )

    team_id: int = Field(sa_type=BigInteger)
    member_id: int = Field(sa_type=BigInteger)
    starts_at: datetime = Field(sa_type=Utc)
    ends_at: datetime = Field(sa_type=Utc)
    activity: str = ""
    """As it was written."""
    activity_key: str = ""
    """The same, folded for comparison."""
    source: str = "csv"
    """What kind of file said so, csv or ics: each replaces only what it said itself."""


class Rotation(Row, table=True):
    """A team whose people take turns."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "team_id"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
    )

    team_id: int = Field(sa_type=BigInteger)
    member_ids: list[int] = Field(default_factory=list, sa_type=JSON)
    """In the order of their turns."""
    starts_on: date
    """The team-local day of the first turn."""
    days: int = 7
    """How long a turn is."""
    handover: str = "09:00"
    """Local wall time HH:MM at which the next one begins."""
    clock: str = "working"
    """`working`: only while the team works; `always`: around the clock."""


class Absence(Row, table=True):
    """Somebody is not there, whatever the plan says."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "member_id", "starts_at"),
        ForeignKeyConstraint(["workspace_id", "member_id"], ["member.workspace_id", "member.id"]),
        ForeignKeyConstraint(["workspace_id", "by_id"], ["member.workspace_id", "member.id"]),
    )

    member_id: int = Field(sa_type=BigInteger)
    starts_at: datetime = Field(sa_type=Utc)
    ends_at: datetime = Field(sa_type=Utc)
    note: str = ""
    by_id: int | None = Field(default=None, sa_type=BigInteger)
    """Who said so; None: an operator."""


class Override(Row, table=True):
    """Somebody is on duty who was not planned to be: put there by the lead, or by themselves."""

    __tablename__ = "duty_override"
    __table_args__ = (
        UniqueConstraint("workspace_id", "team_id", "member_id", "instead_of_id", "starts_at", "ends_at"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
        ForeignKeyConstraint(["workspace_id", "member_id"], ["member.workspace_id", "member.id"]),
        ForeignKeyConstraint(["workspace_id", "instead_of_id"], ["member.workspace_id", "member.id"]),
        ForeignKeyConstraint(["workspace_id", "by_id"], ["member.workspace_id", "member.id"]),
        Index(None, "workspace_id", "team_id", "ends_at"),
    )

    team_id: int = Field(sa_type=BigInteger)
    member_id: int = Field(sa_type=BigInteger)
    instead_of_id: int | None = Field(default=None, sa_type=BigInteger)
    """Whom they stand in for; None: for everybody who was on duty."""
    starts_at: datetime = Field(sa_type=Utc)
    ends_at: datetime = Field(sa_type=Utc)
    kind: str
    """swap or takeover."""
    by_id: int | None = Field(default=None, sa_type=BigInteger)
