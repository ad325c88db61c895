"""One example of each message about what figures mean and what a team aims for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from cspm_core.kpi import Elsewhere
from cspm_core.metrics import CATALOGUE, Better, Measure, own
from cspm_core.metrics.vendors import READINGS, Counted, Figure
from cspm_core.stats import Interval

from ..blocks import Drawing
from ..words import Words
from . import explain_views, figures, target_forms
from .examples import HOUR, NOW, NOW_AND_BEFORE, SCOPE, WEEK, ZONE
from .target_forms import Aim, Aims


def _elsewhere(key: str, ours: Measure, *theirs: tuple[float | None, Mapping[str, int]]) -> Elsewhere:
    found = (
        Counted(reading, Figure(Measure(value, 300), {reason: np.arange(n) for reason, n in apart.items()}))
        for reading, (value, apart) in zip(READINGS[key], theirs, strict=True)
    )
    return Elsewhere(CATALOGUE[key], ours, WEEK, NOW, tuple(found))


FIRST_RESPONSE = _elsewhere(
    "first_response",
    Measure(7500, 412, interval=Interval(6900, 8200)),
    (5400.0, {"unanswered": 31, "solved_unanswered": 6, "agent_opened": 4}),
    (9 * HOUR, {"unanswered": 31, "solved_unanswered": 6, "created_before": 12, "replied_after": 1}),
    (2700.0, {"late": 55, "unanswered": 31, "solved_unanswered": 6}),
)
SLA = _elsewhere("sla_first_response", Measure(None, 0, note="no_cohort"), (1.0, {}), (0.0, {}))
OWN = own.metric(
    own.read(
        {
            "key": "urgent_in_4h",
            "name": {"en": "Urgent e-mails answered in 4 hours", "nl": "Dringend gemaild, binnen 4 uur beantwoord"},
            "unit": "share",
            "over": ["channel = email", "priority in [high, urgent]"],
            "count": ["first_response_at - created_at <= 4h"],
        },
        guards=("csat",),
        usual_guards=("csat",),
    )
)
DAYS_OUT = own.metric(
    own.read(
        {"key": "to_people", "name": "From a bot to a person", "unit": "seconds", "from": "handed_off_at",
         "to": "first_response_at"},
        guards=("csat",),
        usual_guards=("csat",),
    )
)  # fmt: skip
AIMS = Aims(
    1,
    "Returns & Refunds",
    ZONE,
    tuple(
        Aim(CATALOGUE[key], now.value, before.value, aim)
        for key, (now, before, aim) in NOW_AND_BEFORE.items()
        if CATALOGUE[key].better is not Better.NEITHER
    ),
)

EXAMPLES: Mapping[str, Callable[[Words], Drawing]] = {
    "kpi.explain.elsewhere": lambda t: explain_views.explanation(FIRST_RESPONSE.metric, ZONE, SCOPE, t, FIRST_RESPONSE),
    "kpi.explain.nothing": lambda t: explain_views.explanation(SLA.metric, ZONE, SCOPE, t, SLA),
    "kpi.explain.own": lambda t: explain_views.explanation(OWN, ZONE, SCOPE, t),
    "kpi.explain.own.time": lambda t: explain_views.explanation(DAYS_OUT, ZONE, None, t),
    "kpi.targets": lambda t: target_forms.targets(AIMS, figures.period_name(WEEK, t), t),
    "kpi.targets.form": lambda t: target_forms.form(AIMS, '{"team":1}', t),
}
