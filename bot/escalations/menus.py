"""What can be done with an escalation beside taking and resolving it: its menu, as it fits its state.

It is an overflow menu, which holds five entries: a select would not tell us when somebody chooses the same twice.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from cspm_core.escalations import Card, Status

from ..words import N_

TAKE_WITH_NOTE, SNOOZE, HAND, CHANGE, RELEASE = "take_note", "snooze", "hand", "change", "release"
PROMISE_KEPT, TIMELINE, CSV, REOPEN, CRISIS = "promise_kept", "timeline", "csv", "reopen", "crisis"
MOST = 5

LABELS: Mapping[str, str] = {
    PROMISE_KEPT: N_("The promise is kept"),
    CRISIS: N_("Crisis plan …"),
    TAKE_WITH_NOTE: N_("Take it, with a note"),
    RELEASE: N_("Give it back"),
    SNOOZE: N_("Put aside until …"),
    HAND: N_("Hand over …"),
    CHANGE: N_("Severity, kind, promise …"),
    TIMELINE: N_("Timeline"),
    CSV: N_("Timeline as CSV"),
    REOPEN: N_("It is not over: reopen"),
}
CAN_WAIT = (TAKE_WITH_NOTE, RELEASE, TIMELINE)
"""Where there are too many these are left away first: the button takes it too, the form for handing over gives it back,
and the timeline stands under `/escalate E12`."""


def fitting(one: Card) -> dict[str, str]:
    """Key and label of what can be done now, at most five, in order."""
    wanted = [key for key in LABELS if _fits(key, one)]
    for key in CAN_WAIT:
        if len(wanted) > MOST and key in wanted:
            wanted.remove(key)
    return {key: LABELS[key] for key in wanted[:MOST]}


def chosen(carried: str) -> str:
    """The key that a chosen option carries; empty where it carries none."""
    try:
        return str(json.loads(carried)["do"])
    except (ValueError, KeyError, TypeError):
        return ""


def _fits(key: str, one: Card) -> bool:
    is_over, is_open = one.status == Status.RESOLVED, one.status == Status.OPEN
    match key:
        case "take_note":
            return is_open
        case "release":
            return one.status == Status.ACKNOWLEDGED
        case "promise_kept":
            return one.promise_due_at is not None and one.promise_kept_at is None
        case "crisis":
            return one.kind == "crisis"
        case "reopen" | "csv":
            return is_over
        case "timeline":
            return True
    return not is_over
