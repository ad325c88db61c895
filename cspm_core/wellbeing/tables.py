"""The other direction: what agents say of talks and of their team, in confidence, and a plan when it goes badly."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, UniqueConstraint, false, text
from sqlmodel import Field

from ..store import Row, Utc


class Pulse(Row, table=True):
    """Two questions to a team, every second week."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "team_id", "week"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
    )

    team_id: int = Field(sa_type=BigInteger)
    week: date
    """The local Monday."""
    at: datetime = Field(sa_type=Utc)
    closes_at: datetime = Field(sa_type=Utc)
    is_told: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """Its result was said."""


class PulseSettings(Row, table=True):
    """Whether a team is asked; without a row it is not."""

    __tablename__ = "pulse_settings"
    __table_args__ = (
        UniqueConstraint("workspace_id", "team_id"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
    )

    team_id: int = Field(sa_type=BigInteger)
    is_on: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    first_week: date | None = None


class PulseAsked(Row, table=True):
    """Somebody was asked; whether they answered, and never what."""

    __tablename__ = "pulse_asked"
    __table_args__ = (
        UniqueConstraint("workspace_id", "pulse_id", "member_id"),
        ForeignKeyConstraint(["workspace_id", "pulse_id"], ["pulse.workspace_id", "pulse.id"]),
        ForeignKeyConstraint(["workspace_id", "member_id"], ["member.workspace_id", "member.id"]),
    )

    pulse_id: int = Field(sa_type=BigInteger)
    member_id: int = Field(sa_type=BigInteger)
    is_answered: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


class Opinion(Row, table=True):
    """An answer to two questions, of a pulse or after a talk. It says neither who nor when: its id is random, not
    time-ordered."""

    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
        Index("ix_opinion_of", "workspace_id", "team_id", "about", "week"),
    )

    team_id: int = Field(sa_type=BigInteger)
    about: str
    """pulse or talk."""
    week: date
    """The Monday of the pulse; of talks the first day of the quarter."""
    first: int
    """1 to 5."""
    second: int


class ConfidentialNote(Row, table=True):
    """What somebody tells a lead of their choice about a conflict: no ticket, no channel, a date to talk."""

    __tablename__ = "confidential_note"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "from_id"], ["member.workspace_id", "member.id"]),
        ForeignKeyConstraint(["workspace_id", "to_id"], ["member.workspace_id", "member.id"]),
        Index("ix_confidential_note_to", "workspace_id", "to_id"),
    )

    from_id: int = Field(sa_type=BigInteger)
    to_id: int = Field(sa_type=BigInteger)
    at: datetime = Field(sa_type=Utc)
    words: str
    talk_at: datetime | None = Field(default=None, sa_type=Utc)
    seen_at: datetime | None = Field(default=None, sa_type=Utc)
    over_at: datetime | None = Field(default=None, sa_type=Utc)


class ImprovementPlan(Row, table=True):
    """When it does not go well: what is to be reached with which support. Gone on its day."""

    __tablename__ = "improvement_plan"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
        ForeignKeyConstraint(["workspace_id", "agent_id"], ["member.workspace_id", "member.id"]),
        ForeignKeyConstraint(["workspace_id", "lead_id"], ["member.workspace_id", "member.id"]),
        ForeignKeyConstraint(["workspace_id", "manager_id"], ["member.workspace_id", "member.id"]),
        Index("ix_improvement_plan_gone", "workspace_id", "gone_on"),
    )

    team_id: int = Field(sa_type=BigInteger)
    agent_id: int = Field(sa_type=BigInteger)
    lead_id: int = Field(sa_type=BigInteger)
    manager_id: int | None = Field(default=None, sa_type=BigInteger)
    """The one manager who sees it too."""
    goal: str
    support: str
    """What the lead offers."""
    starts_on: date
    checks_on: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    """Days to look at it together, ISO, comma separated."""
    ends_on: date
    gone_on: date
    """The day on which it is deleted."""
    lead_confirmed_at: datetime | None = Field(default=None, sa_type=Utc)
    agent_confirmed_at: datetime | None = Field(default=None, sa_type=Utc)
    agent_words: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    outcome: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    """reached, partly, not_reached; empty: not over."""
