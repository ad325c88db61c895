"""Names in the data, and whose they are."""

from .actions import ALWAYS, Confirmed, call_nobody, confirm, match
from .awaiting import awaiting
from .candidates import candidates
from .reads import (
    Known,
    Unmatched,
    has_unmatched,
    identity_named,
    is_any_known,
    known,
    last_data_at,
    may_match,
    name_of,
    teams_of,
    unmatched,
    without_slack,
)
from .rules import Candidate, Crowd, Guess, Likeliest, Reason, Stranger, likeliest, likeness
from .tables import NameMatch
from .undoing import undo
from .work import Work

__all__ = [
    "ALWAYS",
    "Candidate",
    "Confirmed",
    "Crowd",
    "Guess",
    "Known",
    "Likeliest",
    "NameMatch",
    "Reason",
    "Stranger",
    "Unmatched",
    "Work",
    "awaiting",
    "call_nobody",
    "candidates",
    "confirm",
    "has_unmatched",
    "identity_named",
    "is_any_known",
    "known",
    "last_data_at",
    "likeliest",
    "likeness",
    "match",
    "may_match",
    "name_of",
    "teams_of",
    "undo",
    "unmatched",
    "without_slack",
]
