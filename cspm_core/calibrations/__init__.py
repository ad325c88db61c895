"""Calibration: reviewers score the same conversations blind, and see how far they agree."""

from .actions import begin, close, end_when_due, scored, start_scoring
from .awaiting import CALIBRATION, awaiting
from .comparing import Apart, Comparison, Given, Spread, compare
from .contents import Calibrator, Contact, Result, Round
from .reads import calibrators_for, due, one, result, rounds, rounds_of, suggested
from .rules import GOOD, MOST_CONTACTS, TENTATIVE, Reminder, Verdict
from .tables import QaCalibration, QaCalibrationContact, QaCalibrator
from .telling import INVITE, REMINDER, RESULT, reader_of

__all__ = [
    "CALIBRATION",
    "GOOD",
    "INVITE",
    "MOST_CONTACTS",
    "REMINDER",
    "RESULT",
    "TENTATIVE",
    "Apart",
    "Calibrator",
    "Comparison",
    "Contact",
    "Given",
    "QaCalibration",
    "QaCalibrationContact",
    "QaCalibrator",
    "Reminder",
    "Result",
    "Round",
    "Spread",
    "Verdict",
    "awaiting",
    "begin",
    "calibrators_for",
    "close",
    "compare",
    "due",
    "end_when_due",
    "one",
    "reader_of",
    "result",
    "rounds",
    "rounds_of",
    "scored",
    "start_scoring",
    "suggested",
]
