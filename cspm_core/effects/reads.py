"""The effect of a promise, read from the facts as far as they reach."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from .. import errors
from ..calendars import local_day, midnight
from ..coaching.tables import Promise
from ..kpi.owned import metric_of
from ..kpi.rules import Direction, discreet
from ..metrics import Measure, Metric
from ..people import Team
from ..people import team as team_of
from ..signals.rules import direction_of
from .estimating import among, change, estimate, judge
from .measuring import Book, Told
from .rules import (
    DAY,
    FEWEST_BEFORE,
    FEWEST_COLLEAGUES,
    Change,
    Days,
    Effect,
    Missing,
    Verdict,
    may_be_told_of,
    stretches,
)

FEW_EACH = 5
"""Tickets on each side with which a colleague's change counts."""
NONE = Change(Measure(None, 0), Measure(None, 0))


def of_promise(session: Session, promise: Promise, *, now: datetime, book: Book | None = None) -> Effect | None:
    """What became of the figure that a promise should move; None where it names no figure of a person.

    Not asked here: whether the asker may see the person's figures. “After” begins on the day after the promise was
    made, kept or not: who counts from when it was kept counts from when it went well. `book`: the team's facts, read
    from early enough.
    """
    team = team_of(session, promise.workspace_id, promise.team_id)
    metric = _metric(session, team, promise.metric)
    if metric is None:
        return None
    made_on = local_day(promise.made_at, team.timezone)
    prompted_on = promise.prompted_from and local_day(promise.prompted_from, team.timezone)
    book = book or Book.opened(session, team, stretches(made_on, prompted_on, made_on)[0].first, now)
    try:
        newest = book.newest(metric)
    except errors.NoData:
        return _without_data(promise, metric, stretches(made_on, prompted_on, made_on))
    return _effect(book, promise, metric, *stretches(made_on, prompted_on, newest))


def _metric(session: Session, team: Team, key: str) -> Metric | None:
    if not key:
        return None
    try:
        found = metric_of(session, team, key)
    except errors.UnknownMetric:
        return None
    return found if may_be_told_of(found) else None


def _effect(book: Book, promise: Promise, metric: Metric, before: Days, prompted: Days, after: Days) -> Effect:
    lag = book.lag(metric, after) if after.count else None
    earlier, later = book.over(metric, before, lag), book.over(metric, after)
    beside = _beside(book, promise, before, after, later)
    colleagues = _colleagues(metric, beside, earlier, later)
    own_before, own_after = _own(book, earlier, promise.agent_id), _own(book, later, promise.agent_id)
    is_shrunken = own_before.n < FEWEST_BEFORE
    if is_shrunken:
        own_before = _drawn(book, metric, promise.agent_id, Days(before.first, prompted.last), lag)
    agent = change(metric, own_before, own_after)
    team = change(metric, _others(earlier, beside), _others(later, beside))
    found = estimate(agent, team, colleagues)
    told = judge(metric, agent, len(colleagues), found, after, n=(own_before.n, own_after.n))
    is_seen = agent.before.n >= FEW_EACH and agent.after.n >= FEW_EACH and found.difference is not None
    sure = told.verdict in (Verdict.HELPED, Verdict.WORSE) and found.difference is not None
    return Effect(
        promise_id=promise.id,
        agent_id=promise.agent_id,
        team_id=promise.team_id,
        metric=metric,
        agent=_discreet(agent),
        team=team,
        before=before,
        prompted=prompted,
        after=after,
        is_shrunken=is_shrunken,
        colleagues=len(colleagues),
        drift=found.drift,
        difference=found.difference if is_seen else None,
        interval=found.interval if is_seen else None,
        direction=direction_of(metric, found.difference or 0.0) if sure else Direction.SAME,
        verdict=told.verdict,
        missing=told.missing,
        needed=told.needed,
        tellable_on=told.tellable_on,
        as_of=book.as_of,
    )


def _own(book: Book, told: Told, member_id: int) -> Measure:
    return told.of(book.number_of(told, member_id))


def _beside(book: Book, promise: Promise, before: Days, after: Days, later: Told) -> frozenset[int]:
    """Whom the agent is not set beside: themselves, and who promised to move the same figure meanwhile, as long as
    some are left who did not."""
    treated = frozenset(_promised_too(book, promise, before, after))
    others = {one.member_id for one in later.people} - {promise.agent_id}
    return frozenset({promise.agent_id}) | (treated if len(others - treated) >= FEWEST_COLLEAGUES else frozenset())


def _promised_too(book: Book, promise: Promise, before: Days, after: Days) -> Sequence[int]:
    zone = book.team.timezone
    return book.session.exec(
        select(Promise.agent_id).where(
            Promise.workspace_id == promise.workspace_id,
            Promise.team_id == promise.team_id,
            Promise.metric == promise.metric,
            col(Promise.made_at) >= midnight(before.first, zone),
            col(Promise.made_at) < midnight(after.last + DAY, zone),
        )
    ).all()


def _others(told: Told, beside: frozenset[int]) -> Measure:
    """The figure of the rest of the team."""
    return told.without([n for n, one in enumerate(told.people) if one.member_id in beside])


def _colleagues(metric: Metric, beside: frozenset[int], earlier: Told, later: Told) -> list[Change]:
    """How the others changed, each by themselves: those with a few tickets on both sides."""
    found = []
    for n, person in enumerate(later.people):
        if person.member_id in beside or person not in earlier.people:
            continue
        before, after = earlier.of(earlier.people.index(person)), later.of(n)
        if before.n >= FEW_EACH and after.n >= FEW_EACH:
            found.append(change(metric, before, after))
    return found


def _drawn(book: Book, metric: Metric, member_id: int, days: Days, lag: timedelta | None) -> Measure:
    """The figure up to the promise, the weeks that prompted it too, drawn towards the colleagues'."""
    told = book.over(metric, days, lag)
    own = book.number_of(told, member_id)
    others = [told.of(n) for n in range(len(told.people)) if n != own]
    return among(metric, told.of(own), [one for one in others if one.n >= FEW_EACH])


def _discreet(found: Change) -> Change:
    before, after = discreet(found.before), discreet(found.after)
    if before.value is None or after.value is None:
        return Change(before, after)
    return Change(before, after, found.amount, found.interval)


def _without_data(promise: Promise, metric: Metric, days: tuple[Days, Days, Days]) -> Effect:
    before, prompted, after = days
    return Effect(
        promise.id, promise.agent_id, promise.team_id, metric, NONE, NONE, before, prompted, after, False, 0, 0.0, None,
        None, Direction.UNKNOWN, Verdict.CANNOT_TELL, Missing.DATA,
    )  # fmt: skip
