"""A digest's content, read as of the instant it stands at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

import numpy as np
from sqlmodel import Session, col, select

from .. import drivers, escalations, goals, kpi, notices, people, signals
from ..calendars import local_day, midnight
from ..drivers import Driver, NoDriver
from ..kpi.subjects import Reader
from ..metrics import NEVER, Tickets
from ..people import Team
from ..periods import Period, parse_period
from ..signals import Signal
from ..signals.judging import LOOK_BACK
from ..store import EPOCH, microseconds
from ..tickets import extent, recounting
from ..tickets.lists import listed
from . import counting, plans, rules
from .contents import Content, Count, Rolling, State, Undelivered, WaitingTicket
from .rules import Rhythm
from .tables import Digest

FIGURES = ("first_response", "sla_first_response", "reopen_rate", "csat", "qa_score")
"""Speed never without quality; the last only where enough people's work was reviewed at random."""
SHOWN = 5
SHOWN_DUE = 2
"""Of those shown, at most so many only because they are due soon."""


def content(session: Session, digest: Digest, *, now: datetime | None = None, in_channel: bool = False) -> Content:
    """What a digest says. `now`: to show whether digests are paused at the moment. Raises UnknownTeam.

    `in_channel`: everybody there reads it, so where the team is one to four people it holds counts of work only.
    """
    team = people.team(session, digest.workspace_id, digest.team_id)
    plan = plans.rhythm(session, team)
    stale = plans.is_stale(team, plan.calendar, digest)
    reader = _reader(session, team, digest)
    tickets = reader.of_tickets()
    chosen = _waiting(tickets, plan, digest)
    newest = plans.latest(session, team)
    paused = now is not None and plan.is_silent(now)
    withheld = in_channel and not stale and kpi.is_about_few(session, team, _rolling(team, digest, rules.LONG))
    figures = () if stale or withheld else _figures(session, team, reader, digest, in_channel=in_channel)
    marks = _signals(session, team, reader, digest, figures)
    moved, days = _moved(session, team, reader, digest, figures, marks)
    return Content(
        digest_id=digest.id,
        team_id=team.id,
        team=team.name,
        timezone=team.timezone,
        day=digest.day,
        since_at=digest.since_at,
        as_of=digest.as_of,
        state=State.STALE if stale else State.FRESH,
        counts=() if stale else _counts(session, team, tickets, digest),
        figures=figures,
        waiting=() if stale else _listed(session, team, tickets, digest, _few(tickets, chosen, digest)),
        waiting_total=0 if stale else len(chosen),
        skipped=tuple(date.fromisoformat(day) for day in digest.skipped_days.split(",") if day),
        paused_until=team.digest_paused_until if paused else None,
        paused_by=(team.digest_paused_by or "") if paused else "",
        back_on=rules.back_on(plan, team.digest_paused_until) if paused and team.digest_paused_until else None,
        is_latest=newest is None or newest.day <= digest.day,
        recounting=recounting(team),
        is_withheld=withheld,
        escalations=_escalations(session, team, digest),
        signals=marks,
        moved=moved,
        moved_days=days,
        goals=() if stale or withheld else _goals(session, team, digest, in_channel=in_channel),
    )


def _goals(session: Session, team: Team, digest: Digest, *, in_channel: bool = False) -> tuple[goals.Progress, ...]:
    """The team's goals as they stood on the digest's day; in a channel none that tells the score of few people's
    work."""
    running = [one for one in goals.of_team(session, team) if one.starts_on <= digest.day <= one.ends_on]
    if in_channel:
        running = [one for one in running if not goals.is_of_few(session, team, one, now=digest.as_of)]
    return tuple(goals.progress(session, one, now=digest.as_of) for one in running[: rules.GOALS])


def _escalations(session: Session, team: Team, digest: Digest) -> escalations.Standing | None:
    """As they stood when the digest was due, however old the data is: they need none. Resolved: since the digest before
    it, or in a day."""
    before = session.exec(
        select(Digest.due_at)
        .where(Digest.workspace_id == team.workspace_id, Digest.team_id == team.id, col(Digest.day) < digest.day)
        .order_by(col(Digest.day).desc())
        .limit(1)
    ).first()
    since = max(before or digest.due_at - rules.DAY, digest.due_at - rules.LOOK_BACK * rules.DAY)
    found = escalations.standing(session, team, since=since, now=digest.due_at)
    return found if found.open or found.resolved else None


def _reader(session: Session, team: Team, digest: Digest) -> Reader:
    """What reads the facts for all parts of a digest, once."""
    weeks_ago = digest.since_at - timedelta(weeks=rules.MOST_WEEKS, days=2)
    signals_from = midnight(local_day(digest.as_of, team.timezone) - LOOK_BACK * rules.DAY, team.timezone)
    return Reader(session, team, min(weeks_ago, signals_from), digest.as_of)


def _counts(session: Session, team: Team, tickets: Tickets, digest: Digest) -> tuple[Count, ...]:
    span, known = counting.Span(digest.since_at, digest.as_of), extent(session, team)
    return counting.counts(tickets, span, team.timezone, known.first_at if known else digest.as_of)


def _figures(
    session: Session, team: Team, reader: Reader, digest: Digest, *, in_channel: bool = False
) -> tuple[Rolling, ...]:
    """Each over 7 days where that rests on enough, else over 28; what no one has measured in either is left away, and
    so is in a channel the score of fewer than five people's work."""
    cards = {
        days: kpi.scorecard(
            session, team, _rolling(team, digest, days), as_of=digest.as_of, keys=FIGURES, reader=reader
        )
        for days in (rules.SHORT, rules.LONG)
    }
    chosen = []
    for key in FIGURES:
        short = cards[rules.SHORT].reading(key)
        days = rules.SHORT if short.measure.n >= rules.ENOUGH else rules.LONG
        reading = cards[days].reading(key)
        if key == "qa_score" and in_channel and kpi.is_review_of_few(session, team, _rolling(team, digest, days)):
            continue
        if reading.measure.n or key == "first_response":
            chosen.append(Rolling(reading, days))
    return tuple(chosen)


def _signals(
    session: Session, team: Team, reader: Reader, digest: Digest, figures: Sequence[Rolling]
) -> Mapping[str, Signal]:
    """Whether the latest days of each figure signal."""
    if not figures:
        return {}
    keys = [figure.reading.metric.key for figure in figures]
    return signals.of_team(session, team, keys, digest.as_of, reader=reader)


def _moved(
    session: Session,
    team: Team,
    reader: Reader,
    digest: Digest,
    figures: Sequence[Rolling],
    marks: Mapping[str, Signal],
) -> tuple[Driver | NoDriver | None, int]:
    """What moved the one figure that deserves a sentence, and over how many days it stands."""
    chosen = drivers.worth_saying([figure.reading for figure in figures], marks)
    if chosen is None:
        return None, rules.SHORT
    days = next(figure.days for figure in figures if figure.reading is chosen)
    period = _rolling(team, digest, days)
    return drivers.of_change(session, team, chosen.metric.key, period, digest.as_of, reader=reader), days


def _rolling(team: Team, digest: Digest, days: int) -> Period:
    """The last so many days of the team, as of the digest."""
    return parse_period(f"{days}d", timezone=team.timezone, now=digest.as_of)


def _waiting(tickets: Tickets, plan: Rhythm, digest: Digest) -> list[int]:
    """Rows of the tickets that want somebody: the unanswered and past due, the oldest first, then those due today."""
    at = microseconds(digest.as_of)
    found = counting.waits(tickets, at)
    urgent = np.flatnonzero(found.unanswered | found.past_due)
    horizon = microseconds(_end_of_work(plan, digest))
    soon = np.flatnonzero(found.open & ~found.unanswered & ~found.past_due & (found.due <= horizon))
    oldest = urgent[np.lexsort((tickets.id[urgent], tickets.created[urgent]))]
    next_due = soon[np.lexsort((tickets.id[soon], found.due[soon]))]
    return [*oldest.tolist(), *next_due.tolist()]


def _end_of_work(plan: Rhythm, digest: Digest) -> datetime:
    """When work ends on the digest's day; on a day off, on the next day somebody works."""
    days = (digest.day + n * rules.DAY for n in range(rules.LOOK_BACK + 1))
    ends = (plan.calendar.closing(day) for day in days)
    return next((end for end in ends if end and end > digest.as_of), digest.expires_at)


def _few(tickets: Tickets, chosen: list[int], digest: Digest) -> list[int]:
    """The ones to show: mostly the oldest, some of those due soonest."""
    found = counting.waits(tickets, microseconds(digest.as_of))
    urgent = [row for row in chosen if found.unanswered[row] or found.past_due[row]]
    soon = chosen[len(urgent) :]
    kept = max(SHOWN - len(soon), SHOWN - SHOWN_DUE)
    return [*urgent[:kept], *soon[: SHOWN - min(len(urgent), kept)]]


def _listed(
    session: Session, team: Team, tickets: Tickets, digest: Digest, rows: Sequence[int]
) -> tuple[WaitingTicket, ...]:
    at = microseconds(digest.as_of)
    found = counting.waits(tickets, at)
    by_id = {int(tickets.id[row]): row for row in rows}
    told = []
    for ticket in listed(session, team, list(by_id)):
        row = by_id[ticket.id]
        due = int(found.due[row])
        told.append(
            WaitingTicket(
                ticket.id,
                ticket.key,
                ticket.url,
                ticket.subject,
                ticket.priority,
                ticket.status,
                waited_s=(at - int(tickets.created[row])) / 1_000_000,
                is_unanswered=bool(found.unanswered[row]),
                due_at=None if due == NEVER else EPOCH + timedelta(microseconds=due),
                is_past_due=bool(found.past_due[row]),
            )
        )
    return tuple(told)


def waiting_tickets(session: Session, digest: Digest, limit: int = 60) -> tuple[WaitingTicket, ...]:
    """Every ticket that wanted somebody as the digest was made, the oldest first; at most `limit`."""
    team = people.team(session, digest.workspace_id, digest.team_id)
    tickets = _reader(session, team, digest).of_tickets()
    chosen = _waiting(tickets, plans.rhythm(session, team), digest)
    return _listed(session, team, tickets, digest, chosen[:limit])


def undelivered(session: Session, digest: Digest, code: str) -> Undelivered:
    """A digest that could not be said, and whether it has arrived by now."""
    team = people.team(session, digest.workspace_id, digest.team_id)
    of_digest = notices.of_subject(session, digest.workspace_id, plans.KIND, digest.id)
    here = next((n for n in of_digest if plans.is_in_channel(n, digest)), None)
    return Undelivered(
        team.id,
        team.name,
        (here.place if here else team.channel) or "",
        code,
        digest.day,
        team.timezone,
        digest.expires_at,
        here.shown_at if here else None,
        is_given_up=here is not None and here.failed is not None,
    )
