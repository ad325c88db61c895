"""Every table of the house, imported once, so that `SQLModel.metadata` is whole."""

from __future__ import annotations

from sqlmodel import SQLModel

from .crises.tables import Crisis, CrisisCustomer, CrisisPlan, CrisisTask
from .detectors.tables import Alarm, BurstTicket, Detector, RiskCard, TicketTake, Watch
from .digests.tables import Digest
from .duty.tables import Absence, Override, Rotation, Shift
from .escalations.tables import (
    Escalation,
    EscalationBundle,
    EscalationEvent,
    EscalationPolicy,
    EscalationSettings,
    Prevention,
)
from .events.tables import TicketEvent
from .handovers.tables import Handover
from .hooks.tables import HookKey, HookRequest
from .kpi.tables import MetricTarget
from .leases import Lease
from .notices.tables import Notice
from .people.tables import Agreement, CalendarOverride, Identity, Look, Member, Membership, Team, Workspace
from .receipts.tables import Receipt
from .tickets.tables import SlaTarget, Source, Ticket

METADATA = SQLModel.metadata

__all__ = [
    "METADATA",
    "Absence",
    "Agreement",
    "Alarm",
    "BurstTicket",
    "CalendarOverride",
    "Crisis",
    "CrisisCustomer",
    "CrisisPlan",
    "CrisisTask",
    "Detector",
    "Digest",
    "Escalation",
    "EscalationBundle",
    "EscalationEvent",
    "EscalationPolicy",
    "EscalationSettings",
    "Handover",
    "HookKey",
    "HookRequest",
    "Identity",
    "Lease",
    "Look",
    "Member",
    "Membership",
    "MetricTarget",
    "Notice",
    "Override",
    "Prevention",
    "Receipt",
    "RiskCard",
    "Rotation",
    "Shift",
    "SlaTarget",
    "Source",
    "Team",
    "Ticket",
    "TicketEvent",
    "TicketTake",
    "Watch",
    "Workspace",
]
