"""Every table of the house, imported once, so that `SQLModel.metadata` is whole."""

from __future__ import annotations

from sqlmodel import SQLModel

from .digests.tables import Digest
from .kpi.tables import MetricTarget
from .leases import Lease
from .notices.tables import Notice
from .people.tables import Agreement, CalendarOverride, Identity, Look, Member, Membership, Team, Workspace
from .receipts.tables import Receipt
from .tickets.tables import SlaTarget, Source, Ticket

METADATA = SQLModel.metadata

__all__ = [
    "METADATA",
    "Agreement",
    "CalendarOverride",
    "Digest",
    "Identity",
    "Lease",
    "Look",
    "Member",
    "Membership",
    "MetricTarget",
    "Notice",
    "Receipt",
    "SlaTarget",
    "Source",
    "Team",
    "Ticket",
    "Workspace",
]
