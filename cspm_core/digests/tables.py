"""Which digest was due for which team on which day, and what became of it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKeyConstraint, UniqueConstraint
from sqlmodel import Field

from ..store import Row, Utc


class Digest(Row, table=True):
    """One team's morning. Unique by team and local day, so that two workers make it once."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "team_id", "day"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
    )

    team_id: int = Field(sa_type=BigInteger)
    day: date
    due_at: datetime = Field(sa_type=Utc)
    expires_at: datetime = Field(sa_type=Utc)
    """The end of that working day: late is better than never until then."""
    since_at: datetime = Field(sa_type=Utc)
    """The end of what the digest before it covered."""
    as_of: datetime = Field(sa_type=Utc)
    """The instant its figures stand at; buttons show the same figures later."""
    skipped_days: str = ""
    """Working days since the last digest whose own was not said, ISO dates, comma separated."""
