"""What can be looked at, who may look, and what somebody is to somebody, as words."""

from __future__ import annotations

from collections.abc import Mapping

from cspm_core.metrics import CATALOGUE

from ..kpi.names import name_of
from ..words import N_, Words

LOOKED_AT: Mapping[str, str] = {
    "scorecard": N_("figures"),
    "tickets": N_("tickets behind a figure"),
    "reviews": N_("a review"),
    "qa_scores": N_("QA scores"),
    "talk": N_("what opens a talk"),
    "promises": N_("promises"),
    "goals": N_("goals"),
    "performance": N_("the page for a performance talk"),
}
ROLES: Mapping[str, str] = {
    "lead": N_("your lead"),
    "manager": N_("your manager"),
    "qa_reviewer": N_("your reviewer"),
    "agent": N_("a colleague"),
    "executive": N_("an executive"),
    "admin": N_("an admin"),
}
LEVELS: Mapping[str, str] = {
    "nobody": N_("Nobody sees figures about one person, not even about themselves."),
    "self": N_("You alone see figures about you. Your leads see the team’s."),
    "lead": N_("You and the team’s leads see figures about you. Every look of theirs is written down for you."),
}


def looked_at(what: str, t: Words) -> str:
    """What was looked at, in words; a figure by its name."""
    if what in LOOKED_AT:
        return t(LOOKED_AT[what])
    return name_of(CATALOGUE[what], t) if what in CATALOGUE else t(LOOKED_AT["scorecard"])
