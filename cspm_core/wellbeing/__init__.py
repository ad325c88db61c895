"""The other direction: pulse, talks judged by those talked with, notes in confidence, and a plan when it goes badly."""

from . import confiding, plans, pulses, rules, talks
from .awaiting import awaiting
from .pulses import Result
from .rules import Pooled
from .tables import ConfidentialNote, ImprovementPlan, Opinion, Pulse, PulseAsked, PulseSettings

__all__ = [
    "ConfidentialNote",
    "ImprovementPlan",
    "Opinion",
    "Pooled",
    "Pulse",
    "PulseAsked",
    "PulseSettings",
    "Result",
    "awaiting",
    "confiding",
    "plans",
    "pulses",
    "rules",
    "talks",
]
