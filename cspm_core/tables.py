"""Every table of the house, imported once, so that `SQLModel.metadata` is whole."""

from __future__ import annotations

from sqlmodel import SQLModel

from .calibrations.tables import QaCalibration, QaCalibrationContact, QaCalibrator
from .calls.tables import Call
from .coaching.tables import PerformanceTalk, Promise, Suggestion, Talk, TalkNote, TalkRhythm, Training
from .crises.tables import Crisis, CrisisCustomer, CrisisPlan, CrisisTask
from .detectors.tables import Alarm, BurstTicket, Detector, RiskCard, TicketTake, Watch
from .digests.tables import Digest
from .disputes.tables import Dispute
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
from .goals.tables import Goal
from .handovers.tables import Handover
from .hooks.tables import HookKey, HookRequest
from .imports.tables import ImportRun
from .kpi.tables import FigureDay, MetricTarget, TeamMetric
from .leases import Lease
from .notices.tables import Notice
from .people.tables import Agreement, CalendarOverride, Identity, Look, Member, Membership, Team, Workspace
from .privacy.tables import LookSummary
from .qa.tables import QaAnswer, QaReview, QaReviewEvent, QaScorecard, QaScorecardDraft, QaScorecardVersion
from .receipts.tables import Receipt
from .recognition.tables import Kudos, KudosTo, RecognitionSettings, Reward, RewardGrant, ThankYou
from .samples.tables import QaDraw, QaPick, QaPlan
from .tickets.tables import SlaTarget, Source, Ticket, TicketDay, WaitingSpell
from .uploads.tables import Upload
from .wellbeing.tables import ConfidentialNote, ImprovementPlan, Opinion, Pulse, PulseAsked, PulseSettings

METADATA = SQLModel.metadata

__all__ = [
    "METADATA",
    "Absence",
    "Agreement",
    "Alarm",
    "BurstTicket",
    "CalendarOverride",
    "Call",
    "ConfidentialNote",
    "Crisis",
    "CrisisCustomer",
    "CrisisPlan",
    "CrisisTask",
    "Detector",
    "Digest",
    "Dispute",
    "Escalation",
    "EscalationBundle",
    "EscalationEvent",
    "EscalationPolicy",
    "EscalationSettings",
    "FigureDay",
    "Goal",
    "Handover",
    "HookKey",
    "HookRequest",
    "Identity",
    "ImportRun",
    "ImprovementPlan",
    "Kudos",
    "KudosTo",
    "Lease",
    "Look",
    "LookSummary",
    "Member",
    "Membership",
    "MetricTarget",
    "Notice",
    "Opinion",
    "Override",
    "PerformanceTalk",
    "Prevention",
    "Promise",
    "Pulse",
    "PulseAsked",
    "PulseSettings",
    "QaAnswer",
    "QaCalibration",
    "QaCalibrationContact",
    "QaCalibrator",
    "QaDraw",
    "QaPick",
    "QaPlan",
    "QaReview",
    "QaReviewEvent",
    "QaScorecard",
    "QaScorecardDraft",
    "QaScorecardVersion",
    "Receipt",
    "RecognitionSettings",
    "Reward",
    "RewardGrant",
    "RiskCard",
    "Rotation",
    "Shift",
    "SlaTarget",
    "Source",
    "Suggestion",
    "Talk",
    "TalkNote",
    "TalkRhythm",
    "Team",
    "TeamMetric",
    "ThankYou",
    "Ticket",
    "TicketBehind",
    "TicketDay",
    "TicketEvent",
    "TicketTake",
    "Training",
    "Upload",
    "WaitingSpell",
    "Watch",
    "Workspace",
]
