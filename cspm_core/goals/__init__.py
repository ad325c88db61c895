"""What a team or a person wants to reach in a figure, and how it honestly stands."""

from .actions import ANSWERED, ASKED, ENDED, Wish, agree, decline, due, propose, settle, withdraw
from .awaiting import awaiting
from .reads import Progress, goal, is_of_few, metric_of, of_people, of_person, of_team, offered, progress
from .rules import Kind, Standing, Verdict, needs_quality
from .tables import Goal

__all__ = [
    "ANSWERED",
    "ASKED",
    "ENDED",
    "Goal",
    "Kind",
    "Progress",
    "Standing",
    "Verdict",
    "Wish",
    "agree",
    "awaiting",
    "decline",
    "due",
    "goal",
    "is_of_few",
    "metric_of",
    "needs_quality",
    "of_people",
    "of_person",
    "of_team",
    "offered",
    "progress",
    "propose",
    "settle",
    "withdraw",
]
