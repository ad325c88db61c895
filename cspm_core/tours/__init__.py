"""A tour of the product, by role."""

from .actions import end, open, reach
from .climbs import Climb, Rung, climb
from .reads import left_last, opened, progress
from .rules import STEPS, Bound, Opened, Progress, begun_at, beside, roles_of

__all__ = [
    "STEPS",
    "Bound",
    "Climb",
    "Opened",
    "Progress",
    "Rung",
    "begun_at",
    "beside",
    "climb",
    "end",
    "left_last",
    "open",
    "opened",
    "progress",
    "reach",
    "roles_of",
]
