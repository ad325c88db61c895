"""What pooled effects, next steps, goals and promises are called, marked for translation."""

from __future__ import annotations

from collections.abc import Mapping

from cspm_core.coaching.performance import Readiness

from ..words import N_

HELPS: Mapping[bool | None, str] = {
    True: N_("tends to help"),
    False: N_("tends to make it worse"),
    None: N_("cannot be told"),
}
READINESS: Mapping[Readiness, str] = {
    Readiness.UNSAID: N_("not said yet"),
    Readiness.NOT_ASKED: N_("not wanted at present"),
    Readiness.GROWING: N_("growing into it"),
    Readiness.SOON: N_("ready soon"),
    Readiness.READY: N_("ready"),
}
"""For a next step."""
GOAL_STATES: Mapping[str, str] = {
    "agreed": N_("under way"),
    "reached": N_("reached"),
    "not_reached": N_("not reached"),
    "not_decidable": N_("cannot be decided"),
}
PROMISE_STATES: Mapping[str, str] = {
    "open": N_("still open"),
    "kept": N_("kept"),
    "missed": N_("not kept"),
    "dropped": N_("not needed any more"),
}
