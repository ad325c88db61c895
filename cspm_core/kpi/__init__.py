"""A team's figures: read, compared, judged, and opened down to the tickets behind them."""

from .actions import set_target
from .asked import metric_named, period_named
from .bands import Band, band
from .behind import TicketList, TicketRow, behind
from .escalated import (
    EscalationGroup,
    EscalationList,
    EscalationRow,
    escalation_breakdown,
    escalations_behind,
)
from .overview import overview
from .plain import plain
from .reads import every_figure, reach, scorecard, target, targets
from .rules import Direction, Reading, Scorecard, Verdict
from .sharing import is_about_few
from .trends import Point, Trend, trend

__all__ = [
    "Band",
    "Direction",
    "EscalationGroup",
    "EscalationList",
    "EscalationRow",
    "Point",
    "Reading",
    "Scorecard",
    "TicketList",
    "TicketRow",
    "Trend",
    "Verdict",
    "band",
    "behind",
    "escalation_breakdown",
    "escalations_behind",
    "every_figure",
    "is_about_few",
    "metric_named",
    "overview",
    "period_named",
    "plain",
    "reach",
    "scorecard",
    "set_target",
    "target",
    "targets",
    "trend",
]
