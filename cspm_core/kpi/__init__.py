"""A team's figures: read, compared, judged, and opened down to the tickets behind them."""

from .actions import check_target, set_target
from .asked import metric_named, period_named
from .bands import Band, band
from .behind import TicketList, TicketRow, behind
from .daily import Daily, daily
from .elsewhere import Elsewhere, elsewhere
from .escalated import (
    EscalationGroup,
    EscalationList,
    EscalationRow,
    escalation_breakdown,
    escalations_behind,
)
from .overview import overview, reading_for
from .owned import catalogue_of, define, hidden, hide, metric_of, own_metrics, undefine
from .plain import plain
from .reads import every_figure, reach, scorecard, target, targets
from .reviewed import ReviewList, ReviewRow, reviews_behind
from .rules import Direction, Reading, Scorecard, Verdict
from .settling import Kept, keep, teams_wanting
from .sharing import is_about_few, is_review_of_few
from .subjects import Reader
from .suggestions import Suggestion, suggest_target, suggest_targets, weeks_wanting
from .trends import Point, Trend, trend

__all__ = [
    "Band",
    "Daily",
    "Direction",
    "Elsewhere",
    "EscalationGroup",
    "EscalationList",
    "EscalationRow",
    "Kept",
    "Point",
    "Reader",
    "Reading",
    "ReviewList",
    "ReviewRow",
    "Scorecard",
    "Suggestion",
    "TicketList",
    "TicketRow",
    "Trend",
    "Verdict",
    "band",
    "behind",
    "catalogue_of",
    "check_target",
    "daily",
    "define",
    "elsewhere",
    "escalation_breakdown",
    "escalations_behind",
    "every_figure",
    "hidden",
    "hide",
    "is_about_few",
    "is_review_of_few",
    "keep",
    "metric_named",
    "metric_of",
    "overview",
    "own_metrics",
    "period_named",
    "plain",
    "reach",
    "reading_for",
    "reviews_behind",
    "scorecard",
    "set_target",
    "suggest_target",
    "suggest_targets",
    "target",
    "targets",
    "teams_wanting",
    "trend",
    "undefine",
    "weeks_wanting",
]
