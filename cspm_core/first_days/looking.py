"""Reading what the first day's message says, as of the instant that it stands at."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime

import numpy as np
from sqlmodel import Session

from .. import kpi, people, tickets
from ..calendars import local_day, midnight
from ..digests import plans
from ..digests.rules import wall_time
from ..kpi import Reader, Reading
from ..kpi.owned import catalogue_of
from ..kpi.rules import read
from ..metrics import Metric
from ..people import Team, calendar_of
from ..periods import Period
from ..signals.reads import newest_day
from . import appearing, reads, rules
from .appearing import History
from .contents import AIMS, Aim, Content, Names, Pace
from .tables import FirstDay

SPEED, QUALITY = ("first_response", "full_resolution"), ("csat", "reopen_rate")
"""One of each, the first that has data; speed never without quality."""
SHOWN = 3


def content(session: Session, row: FirstDay) -> Content:
    """What the message says; drawn again it says the same. Names that were matched before it was first said are.

    Raises UnknownTeam.
    """
    team = people.team(session, row.workspace_id, row.team_id)
    assert row.day is not None
    assert row.as_of is not None
    assert row.first_at is not None
    calendar = calendar_of(session, team)
    period = _whole(team, row)
    withheld = bool(team.channel) and kpi.is_about_few(session, team, period)
    history = History(
        session=session,
        team=team,
        calendar=calendar,
        rhythm=plans.rhythm(session, team),
        first_at=row.first_at,
        as_of=row.as_of,
        from_day=row.day + rules.DAY,
        reader=Reader(session, team, midnight(period.first_day, team.timezone), row.as_of),
        is_stale=tickets.is_stale(calendar, row.as_of, row.told_at or row.as_of, team.stale_after_hours),
    )
    taken = _taken(session, team, row)
    suggested = _suggested(session, team, row.as_of)
    return Content(
        first_day_id=row.id,
        team_id=team.id,
        team=team.name,
        timezone=team.timezone,
        day=row.day,
        as_of=row.as_of,
        first_at=row.first_at,
        tickets=row.tickets,
        names=Names(row.names, row.unmatched) if reads.is_said(session, row) else reads.names_in(session, team),
        figures=_figures(history, withheld=withheld),
        coming=appearing.coming(history, [aim.metric for aim in suggested]),
        digest_at=wall_time(team.digest_at),
        aims=() if row.taken_by else suggested,
        taken=taken,
        taken_by=row.taken_by or "",
        is_withheld=withheld,
        figures_from=period.first_day,
    )


def _whole(team: Team, row: FirstDay) -> Period:
    """From the day on which the data begins to the day on which it ends; of very much data the last year."""
    assert row.first_at is not None
    assert row.as_of is not None
    zone = team.timezone
    first, last = (local_day(at, zone) for at in (row.first_at, row.as_of))
    if row.tickets > rules.MANY:
        first = max(first, last - (rules.A_YEAR - 1) * rules.DAY)
    return Period(
        midnight(first, zone), midnight(last + rules.DAY, zone), zone, "range", first, last, f"{first}..{last}"
    )


def _figures(history: History, *, withheld: bool) -> tuple[Reading | Pace, ...]:
    """Three that have data: a speed with a quality, and how much there is to do. Where it is about few people, or
    nothing tells of quality, only how much there is."""
    every = history.catalogue
    found: list[Reading | Pace] = []
    if not withheld:
        speeds, qualities = (_measured(history, keys) for keys in (SPEED, QUALITY))
        found = [*speeds[:1], *qualities[:1]] if speeds and qualities else [*qualities]
    found += [_pace(history, every[key]) for key in ("volume", "solved")]
    found.append(_reading(history, every["backlog"]))
    return tuple(found[:SHOWN])


def _measured(history: History, keys: Sequence[str]) -> list[Reading]:
    readings = [_reading(history, history.catalogue[key]) for key in keys]
    return [one for one in readings if one.measure.n]


def _reading(history: History, metric: Metric) -> Reading:
    """Without a target: that was set for weeks to come, not for all that was."""
    return read(metric, history.measure(metric), None, None)


def _pace(history: History, metric: Metric) -> Pace:
    """By whole weeks, else by whole days, else all of it."""
    newest = newest_day(history.as_of, history.team.timezone)
    since = max(history.first_at, history.reader.since)
    weeks = rules.whole_weeks(since, newest, history.calendar)
    first = weeks[0] if weeks else history.calendar.local_day(since) + rules.DAY
    last = weeks[-1] + rules.WEEK - rules.DAY if weeks else newest
    if last < first:
        return Pace(metric, "total", history.measure(metric).value or 0.0, 0, 0, 0)
    days = _by_day(history, metric, first, last)
    sums = days.reshape(-1, 7).sum(axis=1) if weeks else days
    return Pace(
        metric, "week" if weeks else "day", float(sums.mean()), int(sums.min()), int(sums.max()), int(sums.size)
    )


def _by_day(history: History, metric: Metric, first: date, last: date) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """How many each day; a day without any has 0."""
    found = kpi.daily(history.session, history.team, [metric], first, last, as_of=history.as_of, reader=history.reader)
    return np.nan_to_num(found[metric.key].value)


def _suggested(session: Session, team: Team, as_of: datetime) -> tuple[Aim, ...]:
    """What the last eight weeks suggest for the figures that have no target yet."""
    every, known = catalogue_of(session, team), kpi.targets(session, team)
    metrics = [every[key] for key in AIMS if key in every and key not in known]
    found = kpi.suggest_targets(session, team, metrics, as_of)
    suggested = ((metric, found[metric.key]) for metric in metrics if metric.key in found)
    return tuple(Aim(metric, rules.rounded(metric, one.value), one.n, len(one.values)) for metric, one in suggested)


def _taken(session: Session, team: Team, row: FirstDay) -> tuple[Aim, ...]:
    every = catalogue_of(session, team, with_hidden=True)
    told = json.loads(row.taken or "{}")
    return tuple(Aim(every[key], float(value)) for key, value in told.items() if key in every)
