"""A scorecard with its chart: the tickets of both are read once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from ..people import Team
from ..periods import Period
from ..tickets import frames
from . import windows
from .reads import scorecard
from .rules import Scorecard
from .trends import Trend, trend


def overview(
    session: Session, team: Team, period: Period, *, as_of: datetime, charted: Sequence[str], over: Period
) -> tuple[Scorecard, tuple[Trend, ...]]:
    """A team's figures over a period and some of them step by step `over` another. Raises NoData."""
    earlier, _ = windows.before(period, as_of)
    tickets = frames.tickets(session, team, min(earlier.start, over.start), as_of)
    card = scorecard(session, team, period, as_of=as_of, tickets=tickets)
    lines = (trend(session, team, key, over, as_of=as_of, tickets=tickets) for key in charted)
    return card, tuple(lines)
