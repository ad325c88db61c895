"""A scorecard with its chart: the tickets of both are read once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from ..people import Team
from ..periods import Period
from . import windows
from .reads import scorecard
from .rules import Scorecard
from .subjects import Reader
from .trends import Trend, trend


def overview(
    session: Session,
    team: Team,
    period: Period,
    *,
    as_of: datetime,
    charted: Sequence[str],
    over: Period,
    reader: Reader | None = None,
) -> tuple[Scorecard, tuple[Trend, ...]]:
    """A team's figures over a period and some of them step by step `over` another. Raises NoData.

    `reader`: one of `reading_for`, to read more from the same facts.
    """
    here = reader or reading_for(session, team, period, over, as_of=as_of)
    card = scorecard(session, team, period, as_of=as_of, reader=here)
    return card, tuple(trend(session, team, key, over, as_of=as_of, reader=here) for key in charted)


def reading_for(session: Session, team: Team, period: Period, over: Period, *, as_of: datetime) -> Reader:
    """What reads the facts for a scorecard and its chart, once."""
    earlier, _ = windows.before(period, as_of)
    return Reader(session, team, min(earlier.start, over.start), as_of)
