"""Every table of the house, imported once, so that `SQLModel.metadata` is whole."""

from __future__ import annotations

from sqlmodel import SQLModel

from .calls.tables import Call
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
from .events.tables import TicketBehind, TicketEvent
from .handovers.tables import Handover
from .hooks.tables import HookKey, HookRequest
from .imports.tables import ImportRun
from .kpi.tables import FigureDay, MetricTarget, TeamMetric
from .leases import Lease
from .notices.tables import Notice
from .people.tables import Agreement, CalendarOverride, Identity, Look, Member, Membership, Team, Workspace
from .receipts.tables import Receipt
from .tickets.tables import SlaTarget, Source, Ticket, TicketDay, WaitingSpell
from .uploads.tables import Upload

METADATA = SQLModel.metadata

__all__ = [
    "METADATA",
    "Absence",
    "Agreement",
    "Alarm",
    "BurstTicket",
    "CalendarOverride",
    "Call",
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
    "FigureDay",
    "Handover",
    "HookKey",
    "HookRequest",
    "Identity",
    "ImportRun",
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
    "TeamMetric",
    "Ticket",
    "TicketBehind",
    "TicketDay",
    "TicketEvent",
    "TicketTake",
    "Upload",
    "WaitingSpell",
    "Watch",
    "Workspace",
]
