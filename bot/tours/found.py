"""Where each step of a tour finds what it shows of a team's own data."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlmodel import Session

from cspm_core.people import Team

from ..asking import Ask
from ..blocks import value
from . import figured, own, standing
from .sights import Shown

STEPS: Mapping[str, Callable[[Session, Ask, Team | None], Shown]] = {
    "figures": figured.of_team,
    "behind": figured.behind,
    "compare": figured.beside,
    "signals": figured.signalling,
    "own_figures": figured.of_oneself,
    "digest": standing.digest,
    "escalations": standing.alarm,
    "escalate": own.helpers,
    "reviews": standing.reviewed,
    "scorecard": standing.criteria,
    "fairness": standing.fairness,
    "duties": standing.duties,
    "stored": own.stored,
    "looked": own.looked,
    "kudos": own.thanked,
    "goals": own.aims,
    "disputes": own.disputes,
    "coaching": own.waiting(own.COACHING, value(list="mine")),
    "today": own.waiting(None, value(list="today")),
    "queue": own.waiting(own.QUEUE, value(show="queue")),
    "calibration": own.waiting(("calibration",), value(show="calibrate")),
    "setup": standing.states,
    "settings": standing.settled,
    "names": standing.nobodys,
    "doctor": standing.only,
    "where": standing.only,
}
"""Given whoever looks and the team whose data the tour shows; each may raise a Refusal."""
