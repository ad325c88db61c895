"""Crisis plans, the crises that ran by them, their checklists, and the customers who have to hear."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from ..store import Row, Utc


class CrisisPlan(Row, table=True):
    """How a team meets a crisis of a kind, as somebody approved it."""

    __tablename__ = "crisis_plan"
    __table_args__ = (
        UniqueConstraint("workspace_id", "team_id", "kind"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
    )

    team_id: int = Field(sa_type=BigInteger)
    kind: str
    """One of an escalation's kinds; the one of `crisis` begins by itself."""
    name: str = ""
    checklist: str
    """`rules.PlanTask`s as JSON."""
    words: str = "{}"
    """JSON: language to text, with {what}, {since} and {team}."""
    update_every_s: int
    approved_by: str = ""
    """A name."""
    approved_at: datetime | None = Field(default=None, sa_type=Utc)


class Crisis(Row, table=True):
    """One crisis, beside its escalation. The plan is copied: editing it bends nothing that runs."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "escalation_id"),
        ForeignKeyConstraint(["workspace_id", "escalation_id"], ["escalation.workspace_id", "escalation.id"]),
        Index(
            "ix_crisis_due",
            "workspace_id",
            "next_at",
            "id",
            sqlite_where=text("next_at IS NOT NULL"),
            postgresql_where=text("next_at IS NOT NULL"),
        ),
        Index(
            "ix_crisis_running",
            "workspace_id",
            "id",
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    escalation_id: int = Field(sa_type=BigInteger)
    plan_kind: str
    plan_name: str = ""
    words: str = "{}"
    approved_by: str = ""
    approved_at: datetime | None = Field(default=None, sa_type=Utc)
    update_every_s: int
    begun_at: datetime = Field(sa_type=Utc)
    gathered: int = 0
    """How many gathered escalations were looked through for customers."""

    updated_at: datetime | None = Field(default=None, sa_type=Utc)
    updated_by: int | None = Field(default=None, sa_type=BigInteger)
    update_words: str = ""
    update_due_at: datetime | None = Field(default=None, sa_type=Utc)
    """By then everybody should have heard again; null: it is over."""
    reminded: int = 0
    """How often somebody was reminded of that update."""

    ended_at: datetime | None = Field(default=None, sa_type=Utc)
    ended_by: int | None = Field(default=None, sa_type=BigInteger)
    all_clear: str = ""
    review_at: datetime | None = Field(default=None, sa_type=Utc)
    review_asked: int = 0
    reviewed_at: datetime | None = Field(default=None, sa_type=Utc)
    reviewed_by: int | None = Field(default=None, sa_type=BigInteger)
    happened: str = ""
    went_well: str = ""

    next_at: datetime | None = Field(default=None, sa_type=Utc)
    """When it is looked at next."""
    revision: int = 1


class CrisisTask(Row, table=True):
    """One line of a running checklist."""

    __tablename__ = "crisis_task"
    __table_args__ = (
        UniqueConstraint("workspace_id", "crisis_id", "position"),
        ForeignKeyConstraint(["workspace_id", "crisis_id"], ["crisis.workspace_id", "crisis.id"]),
    )

    crisis_id: int = Field(sa_type=BigInteger)
    position: int
    key: str
    what: str
    owner: str
    """lead, duty, manager, member:ID."""
    taken_by: int | None = Field(default=None, sa_type=BigInteger)
    done_at: datetime | None = Field(default=None, sa_type=Utc)
    done_by: int | None = Field(default=None, sa_type=BigInteger)


class CrisisCustomer(Row, table=True):
    """A customer or organisation that is hit and should hear of it."""

    __tablename__ = "crisis_customer"
    __table_args__ = (
        UniqueConstraint("workspace_id", "crisis_id", "key"),
        ForeignKeyConstraint(["workspace_id", "crisis_id"], ["crisis.workspace_id", "crisis.id"]),
    )

    crisis_id: int = Field(sa_type=BigInteger)
    key: str
    """The organisation, else the customer, folded."""
    customer: str = ""
    organisation: str = ""
    tier: str = ""
    ticket_key: str = ""
    """The first of their tickets that was gathered."""
    url: str = ""
    told_at: datetime | None = Field(default=None, sa_type=Utc)
    told_by: int | None = Field(default=None, sa_type=BigInteger)
