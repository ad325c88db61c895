"""Talks between a lead and an agent, what was noted and promised in them, and what the data suggests to talk about."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from ..store import Row, Utc


class TalkRhythm(Row, table=True):
    """How often a lead and an agent mean to talk."""

    __tablename__ = "talk_rhythm"
    __table_args__ = (
        UniqueConstraint("workspace_id", "lead_id", "agent_id"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
        ForeignKeyConstraint(["workspace_id", "lead_id"], ["member.workspace_id", "member.id"]),
        ForeignKeyConstraint(["workspace_id", "agent_id"], ["member.workspace_id", "member.id"]),
    )

    team_id: int = Field(sa_type=BigInteger)
    lead_id: int = Field(sa_type=BigInteger)
    agent_id: int = Field(sa_type=BigInteger)
    every: str = "monthly"
    """weekly, biweekly, monthly or never."""


class Talk(Row, table=True):
    """One coaching talk. At most one of a pair is planned at a time (`pair` is unique while it is)."""

    __tablename__ = "coaching_talk"
    __table_args__ = (
        UniqueConstraint("workspace_id", "pair"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
        ForeignKeyConstraint(["workspace_id", "lead_id"], ["member.workspace_id", "member.id"]),
        ForeignKeyConstraint(["workspace_id", "agent_id"], ["member.workspace_id", "member.id"]),
        Index("ix_coaching_talk_lead", "workspace_id", "lead_id", "planned_at"),
        Index("ix_coaching_talk_agent", "workspace_id", "agent_id", "planned_at"),
        Index("ix_coaching_talk_status", "workspace_id", "status", "planned_at"),
    )

    team_id: int = Field(sa_type=BigInteger)
    lead_id: int = Field(sa_type=BigInteger)
    agent_id: int = Field(sa_type=BigInteger)
    pair: str | None = None
    """`lead:agent` while it is planned; null once it is over."""
    status: str = "planned"
    """planned, held, cancelled."""
    planned_at: datetime = Field(sa_type=Utc)
    minutes: int = 30
    held_at: datetime | None = Field(default=None, sa_type=Utc)
    moved: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    proposed_by: int | None = Field(default=None, sa_type=BigInteger)
    """Who chose the time last: the other is asked whether it fits. Null: nobody proposed one yet, it holds what was
    noted and promised until then."""
    agreed_at: datetime | None = Field(default=None, sa_type=Utc)
    """It fits both."""
    reminded_at: datetime | None = Field(default=None, sa_type=Utc)
    late_at: datetime | None = Field(default=None, sa_type=Utc)
    """When somebody was told that it is late."""
    is_answered: bool | None = None
    """The two questions to the agent afterwards: null: not asked, False: asked, True: answered."""


class TalkNote(Row, table=True):
    """What one of the two wrote down. A private one is shown to its writer alone, and its subject may ask to see it."""

    __tablename__ = "talk_note"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "talk_id"], ["coaching_talk.workspace_id", "coaching_talk.id"]),
        ForeignKeyConstraint(["workspace_id", "by_id"], ["member.workspace_id", "member.id"]),
        Index("ix_talk_note_talk", "workspace_id", "talk_id"),
    )

    talk_id: int = Field(sa_type=BigInteger)
    by_id: int = Field(sa_type=BigInteger)
    at: datetime = Field(sa_type=Utc)
    is_private: bool = False
    words: str


class Promise(Row, table=True):
    """Something that one of the two will do by a day, and the figure that it should move."""

    __tablename__ = "coaching_promise"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
        ForeignKeyConstraint(["workspace_id", "talk_id"], ["coaching_talk.workspace_id", "coaching_talk.id"]),
        ForeignKeyConstraint(["workspace_id", "owner_id"], ["member.workspace_id", "member.id"]),
        ForeignKeyConstraint(["workspace_id", "lead_id"], ["member.workspace_id", "member.id"]),
        ForeignKeyConstraint(["workspace_id", "agent_id"], ["member.workspace_id", "member.id"]),
        Index("ix_coaching_promise_agent", "workspace_id", "agent_id", "made_at"),
        Index("ix_coaching_promise_owner", "workspace_id", "owner_id", "status", "due_on"),
        Index("ix_coaching_promise_status", "workspace_id", "status", "due_on"),
    )

    team_id: int = Field(sa_type=BigInteger)
    talk_id: int | None = Field(default=None, sa_type=BigInteger)
    owner_id: int = Field(sa_type=BigInteger)
    """Who does it: the lead or the agent."""
    lead_id: int = Field(sa_type=BigInteger)
    agent_id: int = Field(sa_type=BigInteger)
    words: str
    kind: str = "other"
    """By which effects are pooled: knowledge, tone, process, speed, tool, other."""
    due_on: date
    """A day of the owner's own calendar."""
    metric: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    """The figure of the agent that it should move; empty: none."""
    made_at: datetime = Field(sa_type=Utc)
    prompted_from: datetime | None = Field(default=None, sa_type=Utc)
    """Since when the weeks that prompted it count: they are left out of “before”."""
    status: str = "open"
    """open, kept, missed, dropped."""
    closed_at: datetime | None = Field(default=None, sa_type=Utc)
    closed_by: int | None = Field(default=None, sa_type=BigInteger)
    line: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    """What was said when it was kept or not."""
    reminded_at: datetime | None = Field(default=None, sa_type=Utc)
    """Told on the day itself."""
    late_at: datetime | None = Field(default=None, sa_type=Utc)
    """Told once more, when it was late."""
    climbed_at: datetime | None = Field(default=None, sa_type=Utc)
    """The lead was told."""
    moved: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """How often its day was moved."""
    checked_at: datetime | None = Field(default=None, sa_type=Utc)
    """The lead has seen how it was closed."""


class Suggestion(Row, table=True):
    """Something the data suggests to talk about or to thank for. Nothing happens by itself: the lead decides."""

    __tablename__ = "coaching_suggestion"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
        ForeignKeyConstraint(["workspace_id", "member_id"], ["member.workspace_id", "member.id"]),
        ForeignKeyConstraint(["workspace_id", "decided_by"], ["member.workspace_id", "member.id"]),
        Index("ix_coaching_suggestion_team", "workspace_id", "team_id", "status"),
    )

    team_id: int = Field(sa_type=BigInteger)
    member_id: int = Field(sa_type=BigInteger)
    """Whom it is about."""
    kind: str
    """signal_worse, signal_better, low_criterion, low_ratings, praise, rose."""
    key: str
    at: datetime = Field(sa_type=Utc)
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """What it rests on."""
    status: str = "open"
    """open, taken, dismissed, over."""
    decided_by: int | None = Field(default=None, sa_type=BigInteger)
    decided_at: datetime | None = Field(default=None, sa_type=Utc)


class PerformanceTalk(Row, table=True):
    """The bigger talk over a period: its page is made from the records; here stands what the two said."""

    __tablename__ = "performance_talk"
    __table_args__ = (
        UniqueConstraint("workspace_id", "agent_id", "lead_id", "first_day", "last_day"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
        ForeignKeyConstraint(["workspace_id", "agent_id"], ["member.workspace_id", "member.id"]),
        ForeignKeyConstraint(["workspace_id", "lead_id"], ["member.workspace_id", "member.id"]),
    )

    team_id: int = Field(sa_type=BigInteger)
    agent_id: int = Field(sa_type=BigInteger)
    lead_id: int = Field(sa_type=BigInteger)
    first_day: date
    last_day: date
    at: datetime = Field(sa_type=Utc)
    readiness: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    """For a next step: not_asked, growing, ready_soon, ready; empty: not said yet."""
    lead_words: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    agent_words: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    shared_at: datetime | None = Field(default=None, sa_type=Utc)
    """When the lead shared the page; before that it is the lead's alone."""


class Training(Row, table=True):
    """A course or certificate that somebody has done or is to do."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "member_id", "name_key"),
        ForeignKeyConstraint(["workspace_id", "member_id"], ["member.workspace_id", "member.id"]),
    )

    member_id: int = Field(sa_type=BigInteger)
    name: str
    name_key: str
    done_on: date | None = None
    due_on: date | None = None
