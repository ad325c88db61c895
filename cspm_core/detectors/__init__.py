"""Detectors: what is at risk in a team now, what is escalated by itself, and what that would have meant before."""

from .actions import raise_alarms
from .cards import card
from .choosing import Chosen, allow_age, chosen, may_choose, save, watch_of
from .judging import HitRate, hit_rate, judge, verdict
from .looking import is_wanting, look
from .rehearsal import Alternative, Rehearsal, rehearse
from .risk import Risk, RiskTicket
from .rules import KINDS, SETTINGS, Kind, checked, defaults, kind_named
from .scene import paused_since
from .showing import CARD
from .sights import Sight
from .tables import Alarm, BurstTicket, Detector, RiskCard, TicketTake, Watch
from .taking import GIVEN, Taken, give, given, take

__all__ = [
    "CARD",
    "GIVEN",
    "KINDS",
    "SETTINGS",
    "Alarm",
    "Alternative",
    "BurstTicket",
    "Chosen",
    "Detector",
    "HitRate",
    "Kind",
    "Rehearsal",
    "Risk",
    "RiskCard",
    "RiskTicket",
    "Sight",
    "Taken",
    "TicketTake",
    "Watch",
    "allow_age",
    "card",
    "checked",
    "chosen",
    "defaults",
    "give",
    "given",
    "hit_rate",
    "is_wanting",
    "judge",
    "kind_named",
    "look",
    "may_choose",
    "paused_since",
    "raise_alarms",
    "rehearse",
    "save",
    "take",
    "verdict",
    "watch_of",
]
