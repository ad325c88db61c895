"""One row for each thing that was done on request and shows for everybody."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from ..store import Row, Utc


class Receipt(Row, table=True):
    """`key` names the request: which button under which message, say."""

    __table_args__ = (UniqueConstraint("workspace_id", "key"),)

    key: str
    at: datetime = Field(sa_type=Utc)
