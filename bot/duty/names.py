"""Duty's keys as words, marked for translation."""

from __future__ import annotations

from ..words import N_

WHYS = {
    "override": N_("put in or taken over"),
    "shift": N_("by the plan"),
    "rotation": N_("their turn"),
}
