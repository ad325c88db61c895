"""Escalations, what happened to each, how they climb in a team, and what was agreed so that they do not come back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from ..store import Row, Utc


class Escalation(Row, table=True):
    """One thing that needs somebody. Every change raises `revision`; `next_at` is the earliest of its clocks."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "number"),
        UniqueConstraint("workspace_id", "cause", "episode"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
        ForeignKeyConstraint(["workspace_id", "ticket_id"], ["ticket.workspace_id", "ticket.id"]),
        ForeignKeyConstraint(["workspace_id", "owner_id"], ["member.workspace_id", "member.id"]),
        ForeignKeyConstraint(["workspace_id", "raised_by"], ["member.workspace_id", "member.id"]),
        Index(
            "ix_escalation_due",
            "workspace_id",
            "next_at",
            "id",
            sqlite_where=text("next_at IS NOT NULL"),
            postgresql_where=text("next_at IS NOT NULL"),
        ),
        Index(
            "ix_escalation_open",
            "workspace_id",
            "team_id",
            "severity",
            "opened_at",
            sqlite_where=text("status <> 'resolved'"),
            postgresql_where=text("status <> 'resolved'"),
        ),
        Index("ix_escalation_opened", "workspace_id", "first_team_id", "opened_at"),
        Index("ix_escalation_resolved", "workspace_id", "team_id", "resolved_at"),
        Index("ix_escalation_ticket", "workspace_id", "ticket_id"),
        Index("ix_escalation_parent", "workspace_id", "parent_id"),
        Index(
            "ix_escalation_crisis",
            "workspace_id",
            "id",
            sqlite_where=text("kind = 'crisis' AND status <> 'resolved' AND parent_id IS NULL"),
            postgresql_where=text("kind = 'crisis' AND status <> 'resolved' AND parent_id IS NULL"),
        ),
        Index("ix_escalation_message", "workspace_id", "message_channel", "message_ts"),
    )

    team_id: int = Field(sa_type=BigInteger)
    """The team that has it now."""
    first_team_id: int = Field(sa_type=BigInteger)
    """The team it was opened for: its figures count it."""
    number: int
    """What people call it: E12."""
    cause: str
    """What makes it one: the same cause is one escalation with a count."""
    episode: int = 1
    """The how-manieth time this cause came, where the last one was over for longer than the reopening window."""
    count: int = 1
    last_seen_at: datetime = Field(sa_type=Utc)
    severity: int = 3
    kind: str = "other"
    what: str
    """In somebody's words, or empty where `rule` says it."""
    rule: str = ""
    """The detector that raised it."""
    rule_facts: str = "{}"
    """What the detector found, as JSON."""
    source: str = "person"
    """person, message, ticket, rule, hook, handover, promise, crisis, test."""
    raised_by: int | None = Field(default=None, sa_type=BigInteger)
    message_channel: str = ""
    message_ts: str = ""
    """The message in Slack that it came from; its thread belongs to it."""
    message_url: str = ""

    ticket_id: int | None = Field(default=None, sa_type=BigInteger)
    ticket_key: str = ""
    call_key: str = ""
    url: str = ""
    category: str = ""
    customer: str = ""
    customer_key: str = ""
    """Customer or organisation folded for comparison: the same customer's escalations are found by it."""
    organisation: str = ""
    tier: str = ""

    opened_at: datetime = Field(sa_type=Utc)
    happened_at: datetime | None = Field(default=None, sa_type=Utc)
    """The true time of the breach, where it was noticed later."""
    status: str = "open"
    """open, acknowledged, resolved."""
    owner_id: int | None = Field(default=None, sa_type=BigInteger)
    first_acknowledged_at: datetime | None = Field(default=None, sa_type=Utc)
    acknowledge_due_at: datetime | None = Field(default=None, sa_type=Utc)
    """Acknowledged by then is within the first step's time."""
    acknowledged_at: datetime | None = Field(default=None, sa_type=Utc)
    acknowledged_until: datetime | None = Field(default=None, sa_type=Utc)
    """Then its owner is asked whether it is still theirs."""
    acknowledge_for_s: int = 0
    """How long an acknowledgement of this one holds; 0: as long as the severity says."""
    asked_until: datetime | None = Field(default=None, sa_type=Utc)
    """The owner was asked; without an answer by then it climbs again."""
    snoozed_until: datetime | None = Field(default=None, sa_type=Utc)
    handed_to: str = ""
    """A department outside, or the name of the team that has it now."""
    handed_due_at: datetime | None = Field(default=None, sa_type=Utc)

    promise: str = ""
    promise_due_at: datetime | None = Field(default=None, sa_type=Utc)
    promise_kept_at: datetime | None = Field(default=None, sa_type=Utc)
    promise_warn_at: datetime | None = Field(default=None, sa_type=Utc)
    """When somebody is reminded of the promise next."""

    policy: str
    """The steps as they were when it opened (`rules.Policy` as JSON): editing a policy bends nothing that runs."""
    step: int = 0
    """The next step."""
    round: int = 0
    """How often the whole policy was gone through."""
    next_step_at: datetime | None = Field(default=None, sa_type=Utc)
    waits_for: str = ""
    """Why the next step is later than planned: hours, duty, quiet."""
    next_at: datetime | None = Field(default=None, sa_type=Utc)

    resolved_at: datetime | None = Field(default=None, sa_type=Utc)
    resolved_by: int | None = Field(default=None, sa_type=BigInteger)
    cause_found: str = ""
    solution: str = ""
    like_id: int | None = Field(default=None, sa_type=BigInteger)
    """An earlier escalation that this one repeats."""
    reopened: int = 0
    check_back_at: datetime | None = Field(default=None, sa_type=Utc)
    checked_at: datetime | None = Field(default=None, sa_type=Utc)
    satisfied: bool | None = None

    parent_id: int | None = Field(default=None, sa_type=BigInteger)
    """The crisis that it was gathered under."""
    channel: str | None = None
    """Where its card stands; null: only the people it is for see it."""
    bundle_id: int | None = Field(default=None, sa_type=BigInteger)
    """The message that holds it together with others, where its channel had enough for the hour."""
    revision: int = 1


class EscalationEvent(Row, table=True):
    """One line of an escalation's timeline: what, who, from where. Never changed."""

    __tablename__ = "escalation_event"
    __table_args__ = (
        UniqueConstraint("workspace_id", "escalation_id", "key"),
        ForeignKeyConstraint(["workspace_id", "escalation_id"], ["escalation.workspace_id", "escalation.id"]),
    )

    escalation_id: int = Field(sa_type=BigInteger)
    key: str
    """What makes it one: a thread message's ts, or the id of the row."""
    at: datetime = Field(sa_type=Utc)
    kind: str
    """One of `rules.Happened`."""
    by: int | None = Field(default=None, sa_type=BigInteger)
    origin: str
    """button, form, command, thread, rule, hook, clock, slack."""
    facts: str = "{}"
    """What the kind needs to be told, as JSON."""


class EscalationPolicy(Row, table=True):
    """How a team's escalations of a severity climb."""

    __tablename__ = "escalation_policy"
    __table_args__ = (
        UniqueConstraint("workspace_id", "team_id", "severity"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
    )

    team_id: int = Field(sa_type=BigInteger)
    severity: int
    policy: str
    """`rules.Policy` as JSON."""


class EscalationSettings(Row, table=True):
    """What a team has agreed about its escalations."""

    __tablename__ = "escalation_settings"
    __table_args__ = (
        UniqueConstraint("workspace_id", "team_id"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
    )

    team_id: int = Field(sa_type=BigInteger)
    needs_reason: bool = False
    """Resolving asks for cause and solution."""
    cap_per_hour: int = 6
    """So many cards an hour come one by one into the channel; the rest is bundled."""
    reopen_within_h: int = 72
    """A cause that comes again within so many hours of its end reopens the same escalation."""
    check_back_days: int = 3
    """So many working days after a complaint was resolved, its customer is asked."""


class EscalationBundle(Row, table=True):
    """The escalations of one hour that a channel sees in one message."""

    __tablename__ = "escalation_bundle"
    __table_args__ = (
        UniqueConstraint("workspace_id", "team_id", "place", "hour_at"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
    )

    team_id: int = Field(sa_type=BigInteger)
    place: str
    hour_at: datetime = Field(sa_type=Utc)


class Prevention(Row, table=True):
    """What somebody does so that it does not happen again."""

    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "escalation_id"], ["escalation.workspace_id", "escalation.id"]),
        ForeignKeyConstraint(["workspace_id", "owner_id"], ["member.workspace_id", "member.id"]),
        Index(None, "workspace_id", "escalation_id"),
        Index("ix_prevention_owner", "workspace_id", "owner_id", "due_at"),
    )

    escalation_id: int = Field(sa_type=BigInteger)
    what: str
    owner_id: int = Field(sa_type=BigInteger)
    due_at: datetime = Field(sa_type=Utc)
    done_at: datetime | None = Field(default=None, sa_type=Utc)
