"""The morning digest: when it is due, what it says, and what became of it."""

from .actions import (
    NO_DATA,
    UNDELIVERED,
    arrived,
    change,
    freshen,
    know_channel,
    make,
    pause,
    resume,
    tell_leads,
)
from .contents import Content, Count, Rolling, Settings, State, Undelivered, WaitingTicket
from .plans import KIND, digest, digest_of, is_in_channel, is_wanting, last_said, latest, planned, rhythm, settings
from .reads import content, undelivered, waiting_tickets
from .rules import FOREVER, Rhythm, Standing, Usual, back_on, failure_code, pause_until
from .tables import Digest

__all__ = [
    "FOREVER",
    "KIND",
    "NO_DATA",
    "UNDELIVERED",
    "Content",
    "Count",
    "Digest",
    "Rhythm",
    "Rolling",
    "Settings",
    "Standing",
    "State",
    "Undelivered",
    "Usual",
    "WaitingTicket",
    "arrived",
    "back_on",
    "change",
    "content",
    "digest",
    "digest_of",
    "failure_code",
    "freshen",
    "is_in_channel",
    "is_wanting",
    "know_channel",
    "last_said",
    "latest",
    "make",
    "pause",
    "pause_until",
    "planned",
    "resume",
    "rhythm",
    "settings",
    "tell_leads",
    "undelivered",
    "waiting_tickets",
]
