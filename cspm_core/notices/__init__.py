"""Everything the bot says unprompted: written down first, delivered after, and said once."""

from .actions import (
    Claimed,
    claim,
    give_up,
    hurry,
    later,
    move,
    post,
    refresh,
    say_anew,
    shown,
    silence,
    wait_for,
    wake,
)
from .reads import Unsaid, due, notice, of_subject, unsaid
from .tables import Notice

__all__ = [
    "Claimed",
    "Notice",
    "Unsaid",
    "claim",
    "due",
    "give_up",
    "hurry",
    "later",
    "move",
    "notice",
    "of_subject",
    "post",
    "refresh",
    "say_anew",
    "shown",
    "silence",
    "unsaid",
    "wait_for",
    "wake",
]
