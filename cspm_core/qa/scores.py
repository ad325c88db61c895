"""How good a team's work is, or one person's, as its reviewers see it: the score with all that explains it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from sqlmodel import Session

from .. import errors
from ..calendars import zone
from ..kpi import windows
from ..kpi.bands import Band, band
from ..kpi.reads import scorecard
from ..kpi.rules import FEW_FOR_AGENT, Reading, enough
from ..kpi.subjects import Reader
from ..metrics import CATALOGUE, Reviews
from ..people import Asker, Member, Team, calendar_of, identities_of
from ..periods import Period
from ..signals.rules import WeekTrend
from ..store import EPOCH
from . import frames, lists, tallies
from .lists import Listed
from .rules import Stratum
from .score_weeks import Week, weekly
from .tallies import CriterionScore, Disputes, Some, StratumScore

OF_REVIEWS = ("qa_score", "qa_pass_rate", "critical_errors")
FIGURES = (*OF_REVIEWS, "qa_coverage")


@dataclass(frozen=True, slots=True)
class Scores:
    """Everything `/qa scores` shows. About one person nothing rests on fewer than 5 reviews."""

    team_id: int
    team: str
    timezone: str
    period: Period
    """Cut at `as_of`."""
    as_of: datetime
    figures: tuple[Reading, ...]
    """The score, the pass rate, critical errors, and coverage where there are tickets to cover."""
    criteria: tuple[CriterionScore, ...]
    """Of random reviews, the weakest first."""
    others: tuple[StratumScore, ...]
    """What was picked for a reason, and is not in the score."""
    causes: tuple[tuple[str, int], ...]
    """Root causes as the scorecards word them, of all reviews, the most frequent first."""
    disputes: Disputes | None
    """None: there was none, or too few about one person."""
    reviews: int
    """All that were sent, however they were picked; 0 too where under 5 are about one person."""
    reviewers: tuple[int, ...] = ()
    """How many each reviewer made, the most first. Not about one person."""
    people: int = 0
    """How many people's work was reviewed."""
    weeks: tuple[Week, ...] = ()
    """The last 20 up to the period's end, from the first with a review on; none about one person."""
    trend: WeekTrend | None = None
    person: str | None = None
    person_id: int | None = None
    band: Mapping[str, Band] = field(default_factory=dict)
    """The middle half of the team's people, by figure; about one person."""

    def figure(self, key: str) -> Reading | None:
        """One of the figures; None where it is not there."""
        return next((one for one in self.figures if one.metric.key == key), None)


def of_team(session: Session, team: Team, period: Period, *, as_of: datetime) -> Scores:
    """A team's scores over a period, told as of an instant: reviews wait for no export."""
    some = _some(session, team, period, as_of)
    shown, trend = weekly(session, team, period.until(as_of), as_of)
    return replace(
        _common(session, team, period, as_of),
        figures=_figures(session, team, period, as_of),
        reviewers=tallies.by_reviewer(session, some),
        people=tallies.people(session, some),
        weeks=shown,
        trend=trend,
    )


def of_person(session: Session, team: Team, person: Member, period: Period, *, as_of: datetime) -> Scores:
    """The same of one person's work in a team, with the band of the team's people. Whether it may be shown, the caller
    asks (`people.may_see_person`)."""
    agents = identities_of(session, team.workspace_id, person.id)
    whole = _common(session, team, period, as_of, agents)
    return replace(
        whole,
        figures=_figures(session, team, period, as_of, agents, person.name),
        criteria=tuple(one for one in whole.criteria if one.n >= FEW_FOR_AGENT),
        others=tuple(one for one in whole.others if one.n >= FEW_FOR_AGENT),
        causes=tuple(Counter(enough(dict(whole.causes))).most_common()),
        disputes=whole.disputes if whole.disputes and whole.disputes.total >= FEW_FOR_AGENT else None,
        reviews=whole.reviews if whole.reviews >= FEW_FOR_AGENT else 0,
        people=1,
        person=person.name,
        person_id=person.id,
        band=band(session, team, period, as_of=as_of, keys=OF_REVIEWS),
    )


def people_reviewed(session: Session, team: Team, period: Period, *, as_of: datetime) -> int:
    """How many people of a team had work reviewed in a period."""
    return tallies.people(session, _some(session, team, period, as_of))


def seen(
    session: Session, team: Team, period: Period, *, as_of: datetime, asker: Asker, person: Member | None = None
) -> list[Listed]:
    """Every review behind the scores that somebody may see one by one, however it was picked, the newest first."""
    agents = None if person is None else identities_of(session, team.workspace_id, person.id)
    found = _reviews(session, team, period, as_of, agents)
    order = np.lexsort((-found.id, -found.reviewed))
    return [one for one in lists.listed(session, team, found.id[order].tolist()) if lists.may_see(asker, team, one)]


def _common(
    session: Session, team: Team, period: Period, as_of: datetime, agents: Sequence[int] | None = None
) -> Scores:
    """What a team's scores and a person's have alike, without figures."""
    some = _some(session, team, period, as_of, agents)
    disputed = _some(session, team, period, as_of, agents, uncounted=(Stratum.CALIBRATION,))
    return Scores(
        team_id=team.id,
        team=team.name,
        timezone=team.timezone,
        period=period.until(as_of),
        as_of=as_of,
        figures=(),
        criteria=tallies.by_criterion(session, some),
        others=tallies.by_stratum(session, some),
        causes=tuple(tallies.causes(session, some).most_common()),
        disputes=tallies.disputes(session, disputed),
        reviews=tallies.how_many(session, some),
    )


def _some(
    session: Session,
    team: Team,
    period: Period,
    as_of: datetime,
    agents: Sequence[int] | None = None,
    uncounted: Sequence[str] = frames.UNCOUNTED,
) -> Some:
    """Those that were sent in the period, of anybody or of one person's identities."""
    window = windows.window(period, as_of, calendar_of(session, team))
    until = EPOCH + timedelta(microseconds=window.closing)
    return frames.sent(team, period.start, until, agents, uncounted=uncounted)


def _reviews(
    session: Session, team: Team, period: Period, as_of: datetime, agents: Sequence[int] | None = None
) -> Reviews:
    """What was sent in the period, of anybody or of one person's identities."""
    found = Reader(session, team, period.start, as_of, agents).of_metric(CATALOGUE["qa_score"])
    assert isinstance(found, Reviews)
    window = windows.window(period, as_of, calendar_of(session, team))
    return found.where(window.holds(found.reviewed))


def _figures(
    session: Session,
    team: Team,
    period: Period,
    as_of: datetime,
    agents: Sequence[int] | None = None,
    name: str | None = None,
) -> tuple[Reading, ...]:
    """A team that imported its reviews alone has no tickets that could be covered."""
    about = {"agents": agents, "agent_name": name}
    try:
        card = scorecard(session, team, period, as_of=as_of, keys=FIGURES, **about)  # type: ignore[arg-type]
    except errors.NoData:
        card = scorecard(session, team, period, as_of=as_of, keys=OF_REVIEWS, **about)  # type: ignore[arg-type]
    return tuple(one for one in card.readings if one.metric.key != "qa_coverage" or one.measure.n)


def plain(found: Scores) -> dict[str, Any]:
    """All of it as plain values, for JSON; instants with the team's offset, points 0 to 100, shares 0 to 1."""
    period, clock = found.period, zone(found.timezone)
    bounds = {"start": period.start.astimezone(clock).isoformat(), "until": period.end.astimezone(clock).isoformat()}
    return {
        "team": found.team,
        "person": found.person,
        "period": {"key": period.key, "timezone": found.timezone, **bounds},
        "as_of": found.as_of.astimezone(clock).isoformat(),
        "reviews": found.reviews,
        "people": found.people,
        "metrics": {one.metric.key: _figure(one) for one in found.figures},
        "criteria": [{**asdict(one), "low_share": one.low_share} for one in found.criteria],
        "not_in_score": [asdict(one) for one in found.others],
        "weeks": [
            {
                "monday": week.monday.isoformat(),
                "value": week.measure.value,
                "n": week.measure.n,
                "signal": None if week.signal is None else "above" if week.signal else "below",
            }
            for week in found.weeks
        ],
        "causes": dict(found.causes),
        "disputes": asdict(found.disputes) if found.disputes else None,
        "reviewers": list(found.reviewers),
    }


def _figure(one: Reading) -> dict[str, Any]:
    measure, interval = one.measure, one.measure.interval
    return {
        "value": measure.value,
        "n": measure.n,
        "numerator": measure.numerator,
        "denominator": measure.denominator,
        "unit": one.metric.unit.value,
        "interval": [interval.low, interval.high] if interval else None,
        "before": one.before.value if one.before else None,
        "change": one.change,
        "target": one.target,
        "small": one.is_small,
    }
