"""Who is on duty, and when a person works: shifts, turns, swaps and absences."""

from .actions import be_away, be_back, end_rotation, set_rotation, swap, take_over
from .board import Board
from .moments import good_moment, moment_on, together
from .planning import Compared, Plan, Whose, apply, compare
from .reads import (
    Away,
    Named,
    Overview,
    add_working,
    away_until,
    board,
    current_span,
    is_away,
    is_working,
    next_on_duty,
    next_shifts,
    next_span,
    next_working,
    on_duty,
    overview,
    rotation_of,
    shift_at,
)
from .rules import OnDuty, Span, Turn
from .tables import Absence, Override, Rotation, Shift

__all__ = [
    "Absence",
    "Away",
    "Board",
    "Compared",
    "Named",
    "OnDuty",
    "Override",
    "Overview",
    "Plan",
    "Rotation",
    "Shift",
    "Span",
    "Turn",
    "Whose",
    "add_working",
    "apply",
    "away_until",
    "be_away",
    "be_back",
    "board",
    "compare",
    "current_span",
    "end_rotation",
    "good_moment",
    "is_away",
    "is_working",
    "moment_on",
    "next_on_duty",
    "next_shifts",
    "next_span",
    "next_working",
    "on_duty",
    "overview",
    "rotation_of",
    "set_rotation",
    "shift_at",
    "swap",
    "take_over",
    "together",
]
