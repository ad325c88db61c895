"""A team's figures: read, compared, judged, and opened down to the tickets behind them."""

from .actions import set_target
from .asked import metric_named, period_named
from .bands import Band, band
from .behind import TicketList, TicketRow, behind
from .overview import overview
from .plain import plain
from .reads import reach, scorecard, target, targets
from .rules import Direction, Reading, Scorecard, Verdict
from .sharing import is_about_few
from .trends import Point, Trend, trend

__all__ = [
    "Band",
    "Direction",
    "Point",
    "Reading",
    "Scorecard",
    "TicketList",
    "TicketRow",
    "Trend",
    "Verdict",
    "band",
    "behind",
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
