"""One example per state of the list of what waits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from cspm_core.today import Today
from cspm_core.waiting import Consequence, Waiting

from ..blocks import Drawing
from ..kpi.examples import NOW
from ..words import Words
from . import views

HOUR = timedelta(hours=1)
ESCALATION = {
    "number": 12, "severity": 1, "what": "Refund three weeks late, the customer has called four times", "rule": "",
    "rule_facts": "{}", "is_veiled": False, "is_open": True,
}  # fmt: skip
BUSY = Today(
    waiting=(
        Waiting("escalation", 1, 1, Consequence.CUSTOMER, facts=ESCALATION),
        Waiting("check_back", 2, 1, Consequence.CUSTOMER, NOW - 2 * HOUR, {**ESCALATION, "number": 9}),
        Waiting("dispute", 6, 1, Consequence.COLLEAGUE, NOW + HOUR, {"agent": "Ada King", "key": "RET-20417"}),
        Waiting("goal_to_agree", 3, 1, Consequence.COLLEAGUE, facts={"metric": "csat", "by": "Mina Park"}),
        Waiting("plan_to_confirm", 7, 1, Consequence.COLLEAGUE, facts={"person": "Mina Park"}),
        Waiting("confidential_note", 8, 0, Consequence.COLLEAGUE, facts={"person": "Ada King"}),
        Waiting("talk", 9, 1, Consequence.PROMISED, NOW + 3 * HOUR, {"other": "권혜진", "is_asked": False}),
        Waiting("promise", 10, 1, Consequence.PROMISED, NOW + 9 * HOUR, {"words": "Read two of Grace’s tickets"}),
        Waiting(
            "promise_check",
            11,
            1,
            Consequence.PROMISED,
            NOW - 30 * HOUR,
            {"status": "open", "other": "Ada King", "words": "Say what happens next"},
        ),
        Waiting("performance_talk", 12, 1, Consequence.PROMISED, facts={"other": "Ada King"}),
        Waiting(
            "review_pick",
            13,
            1,
            Consequence.WORK,
            NOW + 5 * HOUR,
            {"key": "RET-20430", "agent": "Teo de Vries", "ticket": 1},
        ),
        Waiting("review_draft", 14, 1, Consequence.WORK, facts={"key": "RET-20431", "agent": "Teo de Vries"}),
        Waiting(
            "calibration", 15, 1, Consequence.WORK, NOW + 5 * HOUR, {"name": "", "team": "Returns", "done": 1, "of": 4}
        ),
        Waiting("names_to_match", 1, 1, Consequence.WORK, facts={"team": "Returns"}),
        Waiting("setup_to_finish", 2, 2, Consequence.WORK, facts={"team": "Deliveries", "done": 3, "of": 8}),
        Waiting("review_to_read", 16, 1, Consequence.READING, NOW + 9 * HOUR, {"key": "RET-20400"}),
        Waiting(
            "suggestion",
            17,
            1,
            Consequence.IDEA,
            None,
            {"n": 5, "members": ["Ada King", "권혜진", "Teo de Vries", "Bo Berg"]},
        ),
    ),
    done=(
        Waiting(
            "escalation",
            4,
            1,
            Consequence.CUSTOMER,
            done_at=NOW - HOUR,
            facts={**ESCALATION, "number": 7, "is_over": True},
        ),
    ),
    tomorrow=(Waiting("check_back", 5, 1, Consequence.CUSTOMER, NOW + 20 * HOUR, {**ESCALATION, "number": 10}),),
    later=4,
    timezone="America/New_York",
)
CLEAR = Today((), BUSY.done, (), 0, "America/New_York")

EXAMPLES: Mapping[str, Callable[[Words], Drawing]] = {
    "today.busy": lambda t: views.page(BUSY, t, NOW),
    "today.clear": lambda t: views.page(CLEAR, t, NOW),
}
