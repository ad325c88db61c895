"""The digest's keys as words, marked for translation."""

from __future__ import annotations

from ..words import N_

COUNTS = {
    "new": N_("New"),
    "solved": N_("Solved"),
    "unanswered": N_("Unanswered now"),
    "past_due": N_("Past due now"),
}

STANDINGS = {
    "more": N_("▲ more than usual for a {weekday} ({range})"),
    "less": N_("▼ less than usual for a {weekday} ({range})"),
    "usual": N_("as usual for a {weekday} ({range})"),
}
"""`range` is what the middle 80 % of past weeks lie in, such as 18–31."""
