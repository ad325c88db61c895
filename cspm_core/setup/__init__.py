"""Setting a team up, step by step; what is said in a step stands in the team at once."""

from .actions import begin, finish, held, reach, rename
from .awaiting import awaiting
from .crew import crew, shift_crew
from .reads import admins, is_done, of, unfinished
from .rules import LAST, STEPS, after, before, done, next_step, number
from .tables import Setup

__all__ = [
    "LAST",
    "STEPS",
    "Setup",
    "admins",
    "after",
    "awaiting",
    "before",
    "begin",
    "crew",
    "done",
    "finish",
    "held",
    "is_done",
    "next_step",
    "number",
    "of",
    "reach",
    "rename",
    "shift_crew",
    "unfinished",
]
