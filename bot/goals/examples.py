"""One example per view of goals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from cspm_core.goals import Goal, Progress, Standing, Verdict
from cspm_core.metrics import CATALOGUE, Measure
from cspm_core.stats import Interval

from ..blocks import Drawing
from ..words import Words
from . import forms, views

AT = datetime(2026, 10, 1, 9, tzinfo=UTC)


def _goal(goal_id: int, metric: str, kind: str, target: float, **more: Any) -> Goal:
    told = {"workspace_id": 1, "team_id": 1, "owner_id": 2, "proposed_by": 2, "proposed_at": AT, "status": "agreed"}
    days = {"starts_on": date(2026, 10, 5), "ends_on": date(2026, 12, 31)}
    return Goal(**{**told, **days, "id": goal_id, "metric": metric, "kind": kind, "target": target, **more})


ZONE = "America/New_York"
SPEED = _goal(1, "first_response", "better_by", 0.2, baseline=9_000.0, beside_id=2)
QUALITY = _goal(2, "csat", "value", 0.8)
ASKED = _goal(3, "csat", "better_by", 0.05, baseline=0.78, status="proposed", member_id=3)
KEPT = Standing(Measure(0.83, 412, interval=Interval(0.79, 0.86)), 0.8, Verdict.CANNOT_TELL, 0.6)
FASTER = Standing(Measure(6_720.0, 1_204, interval=Interval(6_300, 7_080)), 7_200, Verdict.ON_TRACK, 0.6)
BESIDE = Progress(QUALITY, CATALOGUE["csat"], "Returns", ZONE, "", "Mina Park", 0.8, KEPT)
TEAM = Progress(
    SPEED, CATALOGUE["first_response"], "Returns", "America/New_York", "", "Mina Park", 7_200, FASTER, BESIDE
)
PERSON = Progress(ASKED, CATALOGUE["csat"], "Returns", ZONE, "Ada King", "Mina Park", 0.83, None)
FEW = Standing(Measure(0.75, 20, interval=Interval(0.53, 0.89)), 0.8, Verdict.NOT_DECIDABLE, 1.0)
OVER = replace(BESIDE, goal=_goal(4, "csat", "value", 0.8, status="not_decidable"), standing=FEW)
AGREED = replace(PERSON, goal=_goal(3, "csat", "better_by", 0.05, status="agreed", member_id=3))
DECLINED = replace(PERSON, goal=_goal(3, "csat", "better_by", 0.05, status="declined", member_id=3))
METRICS = [CATALOGUE[key] for key in ("first_response", "full_resolution", "csat", "reopen_rate", "qa_score")]

EXAMPLES: Mapping[str, Callable[[Words], Drawing]] = {
    "goal.list": lambda t: views.goals(
        views.Listed(t("Your goals, and your teams’"), (TEAM, PERSON), frozenset({1})), t
    ),
    "goal.none": lambda t: views.goals(views.Listed(t("Goals of {team}", team="Returns"), ()), t),
    "goal.asked": lambda t: views.asked(PERSON, "Mina Park", t),
    "goal.agreed": lambda t: views.asked(AGREED, "Mina Park", t),
    "goal.answered": lambda t: views.answered(DECLINED, t),
    "goal.ended": lambda t: views.ended(OVER, t),
    "goal.ended_unseen": lambda t: views.ended_unseen(AGREED, t),
    "goal.evidence": lambda t: views.evidence((TEAM, OVER), "Returns", t("last quarter"), t),
    "goal.form": lambda t: forms.propose(
        {1: "Returns", 2: "Bezorging"}, 1, METRICS, METRICS[2:], date(2026, 11, 23), date(2027, 2, 21), "{}", t
    ),
    "goal.help": views.help_text,
}
