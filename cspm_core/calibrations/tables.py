"""Several reviewers score the same conversations blind, to see how far they agree."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from ..store import Row, Utc


class QaCalibration(Row, table=True):
    """A round: some conversations, some reviewers, until a date."""

    __tablename__ = "qa_calibration"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
        ForeignKeyConstraint(
            ["workspace_id", "version_id"], ["qa_scorecard_version.workspace_id", "qa_scorecard_version.id"]
        ),
        ForeignKeyConstraint(["workspace_id", "by_id"], ["member.workspace_id", "member.id"]),
        Index(
            "ix_qa_calibration_open",
            "workspace_id",
            "due_at",
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    team_id: int = Field(sa_type=BigInteger)
    version_id: int = Field(sa_type=BigInteger)
    name: str = ""
    by_id: int = Field(sa_type=BigInteger)
    at: datetime = Field(sa_type=Utc)
    due_at: datetime = Field(sa_type=Utc)
    closed_at: datetime | None = Field(default=None, sa_type=Utc)


class QaCalibrationContact(Row, table=True):
    """A conversation of a round."""

    __tablename__ = "qa_calibration_contact"
    __table_args__ = (
        UniqueConstraint("workspace_id", "calibration_id", "ticket_id"),
        ForeignKeyConstraint(["workspace_id", "calibration_id"], ["qa_calibration.workspace_id", "qa_calibration.id"]),
        ForeignKeyConstraint(["workspace_id", "ticket_id"], ["ticket.workspace_id", "ticket.id"]),
    )

    calibration_id: int = Field(sa_type=BigInteger)
    ticket_id: int = Field(sa_type=BigInteger)


class QaCalibrator(Row, table=True):
    """Somebody who is to score it."""

    __tablename__ = "qa_calibrator"
    __table_args__ = (
        UniqueConstraint("workspace_id", "calibration_id", "member_id"),
        ForeignKeyConstraint(["workspace_id", "calibration_id"], ["qa_calibration.workspace_id", "qa_calibration.id"]),
        ForeignKeyConstraint(["workspace_id", "member_id"], ["member.workspace_id", "member.id"]),
    )

    calibration_id: int = Field(sa_type=BigInteger)
    member_id: int = Field(sa_type=BigInteger)
    reminded_at: datetime | None = Field(default=None, sa_type=Utc)
