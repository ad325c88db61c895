"""What the steps of a setup are called, and what stands in their menus."""

from __future__ import annotations

from collections.abc import Mapping

from cspm_core.people import PersonFigures
from cspm_core.tickets import SlaClock

from ..words import N_

COUNTING = "counting"
"""A form of the settings that is no step: how figures are counted."""
STEPS: Mapping[str, str] = {
    "team": N_("The team"),
    "hours": N_("Zone and working hours"),
    "channel": N_("The team’s channel"),
    "people": N_("People of the team"),
    "figures": N_("Figures about one person"),
    "targets": N_("How soon to reply and to solve"),
    "digest": N_("Morning digest"),
    "end": N_("What stands now"),
    COUNTING: N_("How figures are counted"),
}
FIGURES: Mapping[str, tuple[str, str]] = {
    PersonFigures.NOBODY: (N_("Nobody"), N_("Not even the person. The team’s figures are all there is.")),
    PersonFigures.SELF: (N_("The person alone"), N_("Everybody sees their own, and nobody another’s.")),
    PersonFigures.LEAD: (N_("The person and the team’s leads"), N_("Every look is written down for the person.")),
}
"""Who may see figures about one person, with what that means."""
CLOCKS: Mapping[str, str] = {
    SlaClock.BUSINESS: N_("Working hours"),
    SlaClock.CALENDAR: N_("Every hour, day and night"),
}
RESPONSE_STARTS: Mapping[str, str] = {
    "created": N_("When the customer writes"),
    "handed_off": N_("When a bot hands over to a person"),
}
TRANSFERS: Mapping[str, str] = {
    "any": N_("To another person or another group"),
    "group": N_("To another group alone"),
}
ABANDONED: Mapping[str, str] = {
    "against": N_("As not answered in time"),
    "for": N_("As answered in time"),
    "ignored": N_("They do not count"),
}
"""How callers who give up within the time of the service level are counted."""
