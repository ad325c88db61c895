"""Tickets as facts, the targets they are held against, and how far each source's data reaches."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from ..store import Row, Utc


def _of_customer(name: str) -> Index:
    """The rated tickets of a customer, by their ratings. Of all tickets it would double the time of an import."""
    chosen = text(f"{name} <> '' AND csat_at IS NOT NULL")
    columns = ("workspace_id", "team_id", name, "csat_at")
    return Index(f"ix_ticket_rated_{name}", *columns, sqlite_where=chosen, postgresql_where=chosen)


def _open_of_customer(name: str) -> Index:
    """The open tickets of a customer."""
    return Index(
        f"ix_ticket_open_{name}",
        "workspace_id",
        "team_id",
        name,
        sqlite_where=text(f"{name} <> '' AND is_solved = 0"),
        postgresql_where=text(f"{name} <> '' AND NOT is_solved"),
    )


class Ticket(Row, table=True):
    """One ticket. Instants are facts of the source; `*_target_at` and `*_business_s` are worked out from them."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "scope", "key"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
        ForeignKeyConstraint(["workspace_id", "agent_id"], ["identity.workspace_id", "identity.id"]),
        Index("ix_ticket_created", "workspace_id", "team_id", "created_at"),
        Index("ix_ticket_solved", "workspace_id", "team_id", "solved_at"),
        Index("ix_ticket_rated", "workspace_id", "team_id", "csat_at"),
        Index(
            "ix_ticket_surveyed",
            "workspace_id",
            "team_id",
            "csat_sent_at",
            sqlite_where=text("csat_sent_at IS NOT NULL"),
            postgresql_where=text("csat_sent_at IS NOT NULL"),
        ),
        Index(
            "ix_ticket_open",
            "workspace_id",
            "team_id",
            "created_at",
            sqlite_where=text("is_solved = 0"),
            postgresql_where=text("NOT is_solved"),
        ),
        Index(
            "ix_ticket_left_out",
            "workspace_id",
            "team_id",
            "created_at",
            "left_out",
            sqlite_where=text("left_out <> ''"),
            postgresql_where=text("left_out <> ''"),
        ),
        *(_of_customer(name) for name in ("customer", "organisation")),
        *(_open_of_customer(name) for name in ("customer", "organisation")),
    )

    team_id: int = Field(sa_type=BigInteger)
    agent_id: int | None = Field(default=None, sa_type=BigInteger)
    """The assignee, at the solve once solved: an `identity`."""
    scope: int = Field(default=0, sa_type=BigInteger)
    """Where `key` is unique: 0 in the whole workspace (the source names the team), else in this team."""
    key: str
    """The source's own id."""
    channel: str = ""
    queue: str = ""
    priority: str = ""
    category: str = ""
    language: str = ""
    customer: str = ""
    organisation: str = ""
    tier: str = ""
    opened_by: str = "customer"
    """customer, agent, bot."""
    status: str = "open"
    """new, open, pending, on_hold, solved, closed; or spam, deleted, merged, test."""
    subject: str = ""
    url: str = ""
    tags: str = ""

    created_at: datetime = Field(sa_type=Utc)
    first_response_at: datetime | None = Field(default=None, sa_type=Utc)
    """First public human reply; null and `is_answered`: it was impossible and set aside."""
    first_response_due_at: datetime | None = Field(default=None, sa_type=Utc)
    """As the source said."""
    first_responder_id: int | None = Field(default=None, sa_type=BigInteger)
    """Who gave that reply: an `identity`; null: the source does not say."""
    handed_off_at: datetime | None = Field(default=None, sa_type=Utc)
    """When a bot gave the conversation to people; null: no bot had it."""
    first_solved_at: datetime | None = Field(default=None, sa_type=Utc)
    solved_at: datetime | None = Field(default=None, sa_type=Utc)
    """The last solve."""
    reopened_at: datetime | None = Field(default=None, sa_type=Utc)
    """The last reopening; null: there was none, or the source does not say when."""
    resolution_due_at: datetime | None = Field(default=None, sa_type=Utc)
    reopens: int | None = None
    """Null: the source does not say."""
    early_reopens: int | None = None
    """Those within 7 days of a solve; null: the source says at most how many there were in all."""
    public_replies: int | None = None
    repliers: int | None = None
    """How many agents gave them."""
    customer_messages: int | None = None
    """What the customer wrote after the creation."""
    transfers: int | None = None
    """Changes of assignee or group after the first reply."""
    group_transfers: int | None = None
    """Those of the group."""
    requester_wait_s: int | None = None
    """Seconds in new, open and on-hold up to the last solve, or so far while it is open."""
    agent_work_s: int | None = None
    """Seconds in new and open."""
    requester_wait_business_s: int | None = None
    agent_work_business_s: int | None = None

    csat: str | None = None
    """The raw answer."""
    csat_scale: str | None = None
    """`5`, `7`, `10`, `2` (good/bad) …; `nps` (0 to 10) and `ces` (1 to 7) are other questions than satisfaction."""
    csat_score: float | None = None
    """The answer as a number, where it is one."""
    csat_good: bool | None = None
    """Whether the answer counts as satisfied; null: no answer."""
    csat_sent_at: datetime | None = Field(default=None, sa_type=Utc)
    csat_at: datetime | None = Field(default=None, sa_type=Utc)
    csat_comment: str | None = None

    is_answered: bool = False
    is_solved: bool = False
    """Solved now: not open, pending or on hold."""
    left_out: str = ""
    """Why no figure counts it: spam, deleted, merged, test, agent_opened; empty: counted."""
    set_aside: str = ""
    """Facts that were impossible, by column name, comma separated."""

    first_response_target_at: datetime | None = Field(default=None, sa_type=Utc)
    """When the first reply was due: the source's time, else the team's target on its clock."""
    resolution_target_at: datetime | None = Field(default=None, sa_type=Utc)
    first_response_business_s: int | None = None
    resolution_business_s: int | None = None
    calendar_version: int = 0
    known_at: datetime = Field(sa_type=Utc)
    """How far the data reached that said this; older data does not overwrite it."""


class WaitingSpell(Row, table=True):
    """A customer waiting for an answer: from their oldest unanswered message to the next public human reply."""

    __tablename__ = "waiting_spell"
    __table_args__ = (
        UniqueConstraint("workspace_id", "ticket_id", "started_at"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
        ForeignKeyConstraint(["workspace_id", "ticket_id"], ["ticket.workspace_id", "ticket.id"]),
        ForeignKeyConstraint(["workspace_id", "agent_id"], ["identity.workspace_id", "identity.id"]),
        Index("ix_waiting_spell_started", "workspace_id", "team_id", "started_at"),
        Index("ix_waiting_spell_ended", "workspace_id", "team_id", "ended_at"),
    )

    team_id: int = Field(sa_type=BigInteger)
    ticket_id: int = Field(sa_type=BigInteger)
    agent_id: int | None = Field(default=None, sa_type=BigInteger)
    """Who answered: an `identity`; null while nobody has."""
    started_at: datetime = Field(sa_type=Utc)
    ended_at: datetime | None = Field(default=None, sa_type=Utc)
    """The reply; null where the wait goes on or ended without one."""
    closed_at: datetime | None = Field(default=None, sa_type=Utc)
    """A solve without a reply: there the wait is censored."""
    business_s: int | None = None
    """Working seconds of an answered wait."""
    calendar_version: int = 0


class TicketDay(Row, table=True):
    """The facts of every ticket that something placed on one day of UTC for the last time, as columns for the figures.

    A day that has no row is read from the tickets themselves: whoever changes a ticket deletes the rows of its days in
    the same transaction, and a job makes them again.
    """

    __tablename__ = "ticket_day"
    __table_args__ = (
        UniqueConstraint("workspace_id", "team_id", "day"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
    )

    team_id: int = Field(sa_type=BigInteger)
    day: date
    tickets: int
    packed: bytes
    """As `packing.pack` writes it."""


class Source(Row, table=True):
    """Where a team's tickets come from and the instant up to which that is complete."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "team_id", "kind"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
    )

    team_id: int = Field(sa_type=BigInteger)
    kind: str = "tickets"
    complete_until: datetime = Field(sa_type=Utc)
    first_at: datetime = Field(sa_type=Utc)
    """The earliest creation it holds."""
    imported_at: datetime = Field(sa_type=Utc)
    tickets: int = 0


class SlaTarget(Row, table=True):
    """How soon a team means to reply or solve, by priority, and the clock it counts on."""

    __tablename__ = "sla_target"
    __table_args__ = (
        UniqueConstraint("workspace_id", "team_id", "metric", "priority"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
    )

    team_id: int = Field(sa_type=BigInteger)
    metric: str
    """first_response or resolution."""
    priority: str = ""
    """Folded; empty: any priority without a target of its own."""
    seconds: int
    clock: str = "business"
    """business or calendar."""
