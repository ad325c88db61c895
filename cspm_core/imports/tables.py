"""Imports under way and done: how far each has come, so that an interrupted one goes on from there."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from ..store import Row, Utc


class ImportRun(Row, table=True):
    """One import of one file. What it has counted so far is written with the tickets, in one transaction."""

    __tablename__ = "import_run"
    __table_args__ = (Index("ix_import_run_digest", "workspace_id", "digest"),)

    kind: str = "tickets"
    file: str
    digest: str
    """Of the file's content and of everything that was asked for: the same command on the same file."""
    holder: int = Field(sa_type=BigInteger)
    """Who carries it out; another that goes on with it takes it over."""
    rows: int = 0
    """Rows of the file of which everything is written."""
    parts: int = 0
    """Transactions after them."""
    counted: str = "{}"
    """The report so far, as JSON."""
    started_at: datetime = Field(sa_type=Utc)
    finished_at: datetime | None = Field(default=None, sa_type=Utc)
