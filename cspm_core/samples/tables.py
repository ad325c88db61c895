"""What a team draws for review each week, and what became of each pick."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKeyConstraint, Index, UniqueConstraint, false, text, true
from sqlmodel import Field

from ..store import Row, Utc


class QaPlan(Row, table=True):
    """How a team reviews: what is drawn, by when, and how its agents hear of it. Without a row: as the defaults say."""

    __tablename__ = "qa_plan"
    __table_args__ = (
        UniqueConstraint("workspace_id", "team_id"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
    )

    team_id: int = Field(sa_type=BigInteger)
    is_on: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """Whether a sample is drawn each week."""
    first_week: date | None = None
    """The first week (its local Monday) that is drawn from, set when it was switched on."""
    amount: float = 2
    """So many of each agent, or so many percent of what was solved."""
    unit: str = "each"
    """`each` (of each agent), `percent`, or `error`: as many as a margin of `amount` points at 95 % takes."""
    strata: str = "agent"
    """By what it is stratified, comma separated: agent, channel, category."""
    prompted: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    """What else is reviewed, comma separated: low_rating, escalation, breach."""
    prompted_most: int = 5
    """Of those, at most so many a week."""
    draw_weekday: int = 0
    """Monday 0; at the team's digest time."""
    due_days: int = 5
    """Working days of the team in which a pick is to be reviewed."""
    told_below: float = 60
    """A review below this may be told in person first."""
    hold_days: int = 10
    """Working days after which it reaches the agent all the same."""
    dispute_days: int = 2
    """Working days of the agent in which a review may be disputed; 0: for ever."""
    shows_reviewer: bool = Field(default=True, sa_column_kwargs={"server_default": true()})


class QaDraw(Row, table=True):
    """One week's sample: drawn once, and again the same from its seed."""

    __tablename__ = "qa_draw"
    __table_args__ = (
        UniqueConstraint("workspace_id", "team_id", "week"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
    )

    team_id: int = Field(sa_type=BigInteger)
    week: date
    """The local Monday of the week whose contacts were drawn from."""
    seed: int = Field(sa_type=BigInteger)
    population: int
    drawn: int
    at: datetime = Field(sa_type=Utc)
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """The plan it was drawn by, and population and picks by stratum."""


class QaPick(Row, table=True):
    """A contact that somebody is to review."""

    __tablename__ = "qa_pick"
    __table_args__ = (
        UniqueConstraint("workspace_id", "draw_id", "ticket_id"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
        ForeignKeyConstraint(["workspace_id", "draw_id"], ["qa_draw.workspace_id", "qa_draw.id"]),
        ForeignKeyConstraint(["workspace_id", "ticket_id"], ["ticket.workspace_id", "ticket.id"]),
        ForeignKeyConstraint(["workspace_id", "agent_id"], ["identity.workspace_id", "identity.id"]),
        ForeignKeyConstraint(["workspace_id", "reviewer_id"], ["member.workspace_id", "member.id"]),
        ForeignKeyConstraint(["workspace_id", "review_id"], ["qa_review.workspace_id", "qa_review.id"]),
        Index("ix_qa_pick_reviewer", "workspace_id", "reviewer_id", "status"),
        Index("ix_qa_pick_team", "workspace_id", "team_id", "status"),
    )

    team_id: int = Field(sa_type=BigInteger)
    draw_id: int = Field(sa_type=BigInteger)
    ticket_id: int = Field(sa_type=BigInteger)
    agent_id: int = Field(sa_type=BigInteger)
    stratum: str = "random"
    """random, low_rating, escalation or breach."""
    cell: str = ""
    """Agent, channel, category as it was stratified."""
    place: int = 0
    """In the shuffled order of its cell: a replacement is the next one."""
    reviewer_id: int | None = Field(default=None, sa_type=BigInteger)
    """None: there is nobody who may."""
    status: str = "open"
    """open, done, replaced, lapsed."""
    due_at: datetime = Field(sa_type=Utc)
    review_id: int | None = Field(default=None, sa_type=BigInteger)
    reason: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    """Why it was replaced."""
    replaced_by: int | None = Field(default=None, sa_type=BigInteger)
    """Who replaced it: a member."""
    replaced_at: datetime | None = Field(default=None, sa_type=Utc)
    reminded_at: datetime | None = Field(default=None, sa_type=Utc)
