"""What conversations are scored by, the reviews made with it, and everything that happened to each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKeyConstraint, Index, UniqueConstraint, false, text, true
from sqlmodel import Field

from ..store import Row, Utc


def _member(column: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["workspace_id", column], ["member.workspace_id", "member.id"])


class QaScorecard(Row, table=True):
    """What one kind of conversation of a team is scored by. Its content stands in versions."""

    __tablename__ = "qa_scorecard"
    __table_args__ = (
        UniqueConstraint("workspace_id", "team_id", "name_key"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
    )

    team_id: int = Field(sa_type=BigInteger)
    name: str
    name_key: str
    """Folded."""
    channel: str = ""
    """The channel of contacts that it is offered for first (`email`, `chat`, `phone`); empty: any."""
    version: int = 1
    """The current one."""
    archived_at: datetime | None = Field(default=None, sa_type=Utc)


class QaScorecardVersion(Row, table=True):
    """A scorecard as it stood: never changed once a review was made with it."""

    __tablename__ = "qa_scorecard_version"
    __table_args__ = (
        UniqueConstraint("workspace_id", "scorecard_id", "version"),
        ForeignKeyConstraint(["workspace_id", "scorecard_id"], ["qa_scorecard.workspace_id", "qa_scorecard.id"]),
        _member("made_by"),
    )

    scorecard_id: int = Field(sa_type=BigInteger)
    version: int
    definition: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """As `rules.Definition.written` writes it."""
    made_at: datetime = Field(sa_type=Utc)
    made_by: int | None = Field(default=None, sa_type=BigInteger)
    """None: an operator, or an import."""


class QaScorecardDraft(Row, table=True):
    """What somebody is changing about a scorecard and has not saved yet: one for each person and scorecard."""

    __tablename__ = "qa_scorecard_draft"
    __table_args__ = (
        UniqueConstraint("workspace_id", "scorecard_id", "by_id"),
        ForeignKeyConstraint(["workspace_id", "scorecard_id"], ["qa_scorecard.workspace_id", "qa_scorecard.id"]),
        _member("by_id"),
    )

    scorecard_id: int = Field(sa_type=BigInteger)
    by_id: int = Field(sa_type=BigInteger)
    name: str
    channel: str = ""
    seen: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """The definition that it began from: where that is the current one no more, somebody else was faster."""
    definition: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    changed_at: datetime = Field(sa_type=Utc)


class QaReview(Row, table=True):
    """One reviewed contact. A draft until `submitted_at`; every later change raises `revision`."""

    __tablename__ = "qa_review"
    __table_args__ = (
        UniqueConstraint("workspace_id", "source_key"),
        UniqueConstraint("workspace_id", "draft_key"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
        ForeignKeyConstraint(
            ["workspace_id", "version_id"], ["qa_scorecard_version.workspace_id", "qa_scorecard_version.id"]
        ),
        ForeignKeyConstraint(["workspace_id", "agent_id"], ["identity.workspace_id", "identity.id"]),
        ForeignKeyConstraint(["workspace_id", "ticket_id"], ["ticket.workspace_id", "ticket.id"]),
        ForeignKeyConstraint(["workspace_id", "call_id"], ["call.workspace_id", "call.id"]),
        ForeignKeyConstraint(["workspace_id", "calibration_id"], ["qa_calibration.workspace_id", "qa_calibration.id"]),
        _member("reviewer_id"),
        Index("ix_qa_review_placed", "workspace_id", "team_id", "submitted_at"),
        Index("ix_qa_review_agent", "workspace_id", "agent_id", "submitted_at"),
        Index("ix_qa_review_ticket", "workspace_id", "ticket_id"),
        Index("ix_qa_review_reviewer", "workspace_id", "reviewer_id", "submitted_at"),
        Index(
            "ix_qa_review_due",
            "workspace_id",
            "tell_at",
            sqlite_where=text("tell_at IS NOT NULL AND told_at IS NULL"),
            postgresql_where=text("tell_at IS NOT NULL AND told_at IS NULL"),
        ),
        Index(
            "ix_qa_review_disputable",
            "workspace_id",
            "disputable_until",
            sqlite_where=text("disputable_until IS NOT NULL"),
            postgresql_where=text("disputable_until IS NOT NULL"),
        ),
        Index(
            "ix_qa_review_calibration",
            "workspace_id",
            "calibration_id",
            sqlite_where=text("calibration_id IS NOT NULL"),
            postgresql_where=text("calibration_id IS NOT NULL"),
        ),
    )

    team_id: int = Field(sa_type=BigInteger)
    version_id: int = Field(sa_type=BigInteger)
    """The version of the scorecard that it is made with."""
    agent_id: int = Field(sa_type=BigInteger)
    """Whose work it is: an `identity`, at the time of the review."""
    reviewer_id: int | None = Field(default=None, sa_type=BigInteger)
    """None: an import named somebody who is no person of ours."""
    reviewer: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    """As an import wrote it."""
    ticket_id: int | None = Field(default=None, sa_type=BigInteger)
    call_id: int | None = Field(default=None, sa_type=BigInteger)
    contact_key: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    """The ticket's or the call's key, also where we do not know it."""
    recording_url: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    stratum: str = "chosen"
    """How it was picked: `random` (the only one in the IQS), `low_rating`, `escalation`, `breach`, `chosen`,
    `calibration`."""
    calibration_id: int | None = Field(default=None, sa_type=BigInteger)
    """Scored blind for a calibration: no figure counts it and no agent sees it."""
    source_key: str | None = None
    """`review_id` of an import."""
    draft_key: str | None = None
    """What makes a draft one: reviewer, contact and calibration; null once it is submitted."""
    started_at: datetime = Field(sa_type=Utc)
    heard_at: datetime | None = Field(default=None, sa_type=Utc)
    """When the last press that is kept in a draft was made: an earlier one that arrives after it changes nothing."""
    submitted_at: datetime | None = Field(default=None, sa_type=Utc)
    """The review date, which places it in a period; null: a draft."""
    score: float | None = None
    """Points 0 to 100, after what a critical failure does; null: nothing was rated."""
    score_without_critical: float | None = None
    """The same as if no critical criterion had failed."""
    is_passed: bool | None = None
    critical_failures: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    comment: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    is_quick: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    """A draft in quick mode: everything fine except what was opened."""
    revision: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    in_person: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """Told in person first: it waits for the talk, until `tell_at` at most."""
    tell_at: datetime | None = Field(default=None, sa_type=Utc)
    """When the agent gets it; null: not submitted, imported, or nobody to tell."""
    told_at: datetime | None = Field(default=None, sa_type=Utc)
    spoken_at: datetime | None = Field(default=None, sa_type=Utc)
    """When somebody said that they had told it in person."""
    confirmed_at: datetime | None = Field(default=None, sa_type=Utc)
    """Read and confirmed by the agent."""
    disputable_until: datetime | None = Field(default=None, sa_type=Utc)
    """As it was when last looked at, and when it is looked at again (absence moves it); null: no end, or over."""


class QaAnswer(Row, table=True):
    """What a review says of one criterion. Bounds and weight stand here, so that an import needs no scorecard."""

    __tablename__ = "qa_answer"
    __table_args__ = (
        UniqueConstraint("workspace_id", "review_id", "criterion"),
        ForeignKeyConstraint(["workspace_id", "review_id"], ["qa_review.workspace_id", "qa_review.id"]),
    )

    review_id: int = Field(sa_type=BigInteger)
    criterion: str
    """Its key in the scorecard."""
    score: float | None = None
    """The point selected, `lowest` to `highest`; null: not answered yet, or not applicable."""
    lowest: float = 1
    highest: float = 2
    weight: float = 1
    is_critical: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    is_na: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    causes: list[str] = Field(default_factory=list, sa_type=JSON)
    """Root causes of a low score, as they are worded in the scorecard."""
    comment: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    is_open: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """Quick mode: chosen as an exception, so that it is asked for."""


class QaReviewEvent(Row, table=True):
    """Something that happened to a review, with the whole of it as it stood afterwards where that changed."""

    __tablename__ = "qa_review_event"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "review_id"], ["qa_review.workspace_id", "qa_review.id"]),
        _member("by_id"),
        Index("ix_qa_review_event_review", "workspace_id", "review_id", "at"),
    )

    review_id: int = Field(sa_type=BigInteger)
    kind: str
    """submitted, told, confirmed, disputed, reminded, climbed, accepted, accepted_in_part, rejected, moved (to another
    agent), changed."""
    at: datetime = Field(sa_type=Utc)
    by_id: int | None = Field(default=None, sa_type=BigInteger)
    """None: by itself."""
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """Of a version: `score`, `agent`, `answers` …"""
