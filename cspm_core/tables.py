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
from .first_days.tables import FirstDay
from .goals.tables import Goal
from .handovers.tables import Handover
from .hearing.tables import Heard, Trial
from .hooks.tables import HookKey, HookRequest
from .imports.tables import ImportRun
from .kpi.tables import FigureDay, MetricTarget, TeamMetric
from .leases import Lease
from .matching.tables import NameMatch
from .notices.tables import Notice
from .people.tables import (
    AdminCode,
    Agreement,
    CalendarOverride,
    CodeTry,
    Identity,
    Look,
    Member,
    Membership,
    Team,
    Workspace,
)
from .privacy.tables import LookSummary
from .qa.tables import QaAnswer, QaReview, QaReviewEvent, QaScorecard, QaScorecardDraft, QaScorecardVersion
from .receipts.tables import Receipt
from .recognition.tables import Kudos, KudosTo, RecognitionSettings, Reward, RewardGrant, ThankYou
from .samples.tables import QaDraw, QaPick, QaPlan
from .setup.tables import Setup
from .staleness.tables import StaleReminder
from .tickets.tables import SlaTarget, Source, Ticket, TicketDay, WaitingSpell
from .tours.tables import Tour
from .uploads.tables import Upload
from .welcomes.tables import Objection, ToldLevel, Welcome
from .wellbeing.tables import ConfidentialNote, ImprovementPlan, Opinion, Pulse, PulseAsked, PulseSettings

METADATA = SQLModel.metadata

__all__ = [
    "METADATA",
    "Absence",
    "AdminCode",
    "Agreement",
    "Alarm",
    "BurstTicket",
    "CalendarOverride",
    "Call",
    "CodeTry",
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
    "FirstDay",
    "Goal",
    "Handover",
    "Heard",
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
    "NameMatch",
    "Notice",
    "Objection",
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
    "Setup",
    "Shift",
    "SlaTarget",
    "Source",
    "StaleReminder",
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
    "ToldLevel",
    "Tour",
    "Training",
    "Trial",
    "Upload",
    "WaitingSpell",
    "Watch",
    "Welcome",
    "Workspace",
]
