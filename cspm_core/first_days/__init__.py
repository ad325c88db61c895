"""A team's first day with data: one message instead of a first digest, and the targets that its past suggests."""

from .actions import arrived, expect, failure_code, is_ready, take_targets, tell, tell_leads
from .contents import AIMS, Aim, Coming, Content, Names, Pace, What
from .looking import content
from .reads import KIND, UNDELIVERED, coming_at, first_day, is_in_channel, of_team, undelivered, wanting
from .tables import FirstDay

__all__ = [
    "AIMS",
    "KIND",
    "UNDELIVERED",
    "Aim",
    "Coming",
    "Content",
    "FirstDay",
    "Names",
    "Pace",
    "What",
    "arrived",
    "coming_at",
    "content",
    "expect",
    "failure_code",
    "first_day",
    "is_in_channel",
    "is_ready",
    "of_team",
    "take_targets",
    "tell",
    "tell_leads",
    "undelivered",
    "wanting",
]
