"""What a team draws for review each week: at random and by a seed, shared out, replaced only with a reason."""

from .actions import replace, reviewed, take
from .awaiting import awaiting
from .contents import Outlook, Pick, Progress, Replaced, Replacement, Share
from .drawing import Drawn, draw, drawn
from .plans import change_plan, draw_of, due, due_week, latest, next_draw, outlook, plan_of
from .reads import of_draw, open_picks, pick, picks_beside, progress, stratum_of, unassigned
from .rules import AMOUNTS, BOUNDS, By, Reason, Status, Unit, week_before
from .tables import QaDraw, QaPick, QaPlan
from .telling import DRAWN, DUE, LATE, UNASSIGNED, remind, to_remind

__all__ = [
    "AMOUNTS",
    "BOUNDS",
    "DRAWN",
    "DUE",
    "LATE",
    "UNASSIGNED",
    "By",
    "Drawn",
    "Outlook",
    "Pick",
    "Progress",
    "QaDraw",
    "QaPick",
    "QaPlan",
    "Reason",
    "Replaced",
    "Replacement",
    "Share",
    "Status",
    "Unit",
    "awaiting",
    "change_plan",
    "draw",
    "draw_of",
    "drawn",
    "due",
    "due_week",
    "latest",
    "next_draw",
    "of_draw",
    "open_picks",
    "outlook",
    "pick",
    "picks_beside",
    "plan_of",
    "progress",
    "remind",
    "replace",
    "reviewed",
    "stratum_of",
    "take",
    "to_remind",
    "unassigned",
    "week_before",
]
