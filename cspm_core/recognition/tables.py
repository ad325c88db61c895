"""Thanks between colleagues, and what a lead gives for good work."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKeyConstraint, Index, UniqueConstraint, false, true
from sqlmodel import Field

from ..store import Row, Utc


class RecognitionSettings(Row, table=True):
    """How a team thanks; without a row as `rules` has it."""

    __tablename__ = "recognition_settings"
    __table_args__ = (
        UniqueConstraint("workspace_id", "team_id"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
    )

    team_id: int = Field(sa_type=BigInteger)
    allowance: int = 5
    """So many a person may give on a day; what is left over does not add up."""
    team_values: list[str] = Field(default_factory=list, sa_type=JSON)
    """As the team words them; empty: the usual ones."""
    has_board: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """A leaderboard, which a team has to switch on."""
    thanks_weekly: bool = Field(default=True, sa_column_kwargs={"server_default": true()})


class Kudos(Row, table=True):
    """A thank-you with its reason, to one or several."""

    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
        ForeignKeyConstraint(["workspace_id", "giver_id"], ["member.workspace_id", "member.id"]),
        Index("ix_kudos_team", "workspace_id", "team_id", "at"),
    )

    team_id: int = Field(sa_type=BigInteger)
    giver_id: int = Field(sa_type=BigInteger)
    at: datetime = Field(sa_type=Utc)
    reason: str
    value: str = ""
    """Which of the team's values it shows, as worded; empty: none."""


class KudosTo(Row, table=True):
    """One who receives it. `slot` counts the giver's day from 1, so that the allowance is a unique key."""

    __tablename__ = "kudos_to"
    __table_args__ = (
        UniqueConstraint("workspace_id", "giver_id", "day", "slot"),
        UniqueConstraint("workspace_id", "kudos_id", "member_id"),
        ForeignKeyConstraint(["workspace_id", "kudos_id"], ["kudos.workspace_id", "kudos.id"]),
        ForeignKeyConstraint(["workspace_id", "giver_id"], ["member.workspace_id", "member.id"]),
        ForeignKeyConstraint(["workspace_id", "member_id"], ["member.workspace_id", "member.id"]),
        Index("ix_kudos_to_member", "workspace_id", "member_id", "day"),
    )

    kudos_id: int = Field(sa_type=BigInteger)
    giver_id: int = Field(sa_type=BigInteger)
    member_id: int = Field(sa_type=BigInteger)
    day: date
    """The giver's own day."""
    slot: int


class ThankYou(Row, table=True):
    """A team's weekly thank-you: drawn from the kudos of its week."""

    __tablename__ = "thank_you"
    __table_args__ = (
        UniqueConstraint("workspace_id", "team_id", "week"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
    )

    team_id: int = Field(sa_type=BigInteger)
    week: date
    at: datetime = Field(sa_type=Utc)


class Reward(Row, table=True):
    """Something that a lead may grant: a day off, a voucher."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "team_id", "name_key"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
    )

    team_id: int = Field(sa_type=BigInteger)
    name: str
    name_key: str
    is_offered: bool = Field(default=True, sa_column_kwargs={"server_default": true()})


class RewardGrant(Row, table=True):
    """A reward that was granted."""

    __tablename__ = "reward_grant"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
        ForeignKeyConstraint(["workspace_id", "reward_id"], ["reward.workspace_id", "reward.id"]),
        ForeignKeyConstraint(["workspace_id", "member_id"], ["member.workspace_id", "member.id"]),
        ForeignKeyConstraint(["workspace_id", "by_id"], ["member.workspace_id", "member.id"]),
        Index("ix_reward_grant_member", "workspace_id", "member_id", "at"),
    )

    team_id: int = Field(sa_type=BigInteger)
    reward_id: int = Field(sa_type=BigInteger)
    member_id: int = Field(sa_type=BigInteger)
    by_id: int = Field(sa_type=BigInteger)
    at: datetime = Field(sa_type=Utc)
    reason: str = ""
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
