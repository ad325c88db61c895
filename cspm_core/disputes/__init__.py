"""A review reaches its agent, who confirms or disputes it; a dispute is decided once, and climbs while it is not."""

from .actions import confirm, raise_one
from .announcing import agent_of, announce, arrived, is_good_moment, tell_now, told_in_person
from .awaiting import awaiting
from .deciding import check_may_decide, decide, may_decide
from .reads import (
    Objection,
    Standing,
    as_agent,
    as_told,
    dispute_of,
    for_agent,
    look,
    may_look,
    mine,
    of_dispute,
    standing,
)
from .rules import LONGEST_WORDS, State, Status, Verdict, Window, disputable
from .sweeping import due, move_on
from .tables import Dispute
from .telling import DECIDE, HELD, OUTCOME, TOLD, member_of, redraw
from .versions import Version, versions
from .windows import days_later, window

__all__ = [
    "DECIDE",
    "HELD",
    "LONGEST_WORDS",
    "OUTCOME",
    "TOLD",
    "Dispute",
    "Objection",
    "Standing",
    "State",
    "Status",
    "Verdict",
    "Version",
    "Window",
    "agent_of",
    "announce",
    "arrived",
    "as_agent",
    "as_told",
    "awaiting",
    "check_may_decide",
    "confirm",
    "days_later",
    "decide",
    "disputable",
    "dispute_of",
    "due",
    "for_agent",
    "is_good_moment",
    "look",
    "may_decide",
    "may_look",
    "member_of",
    "mine",
    "move_on",
    "of_dispute",
    "raise_one",
    "redraw",
    "standing",
    "tell_now",
    "told_in_person",
    "versions",
    "window",
]
