"""What the data suggests to talk about or to thank for: written down once with its reason, and decided by a lead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select, update

from .. import errors, people
from ..calendars import local_day, zone
from ..ids import new_id
from ..kpi.rules import Direction
from ..once import add_once
from ..people import Asker, PersonFigures, Team
from ..receipts import first_time
from ..tickets import Ticket
from . import noticing, rated
from .changed import Changed, changed
from .noticing import Noticed
from .tables import Suggestion

SIGNAL_WEEKS, RISE_WEEKS = 4, 8
"""A figure signals over four whole weeks; who is better for eight has clearly risen."""
OPEN_FOR = timedelta(days=14)
"""Nobody decided: it is over."""
NIGHT = range(3, 6)
"""Local hours in which it is looked for."""
ABOUT_FIGURES = ("signal_worse", "signal_better", "rose", "low_criterion", "low_ratings")
"""Kinds that say something about one person, so that the team must have agreed that its lead may see it."""
GOOD = ("signal_better", "rose", "praise")


@dataclass(frozen=True, slots=True)
class Seen:
    """A suggestion as its lead sees it. `comment`: a customer's words, of a praise."""

    id: int
    team_id: int
    team: str
    timezone: str
    member_id: int
    member: str
    slack: str | None
    kind: str
    at: datetime
    facts: dict[str, object]
    status: str
    comment: str = ""

    @property
    def is_good(self) -> bool:
        return self.kind in GOOD

    @property
    def ends_at(self) -> datetime:
        return self.at + OPEN_FOR


def is_wanting(team: Team, *, now: datetime) -> bool:
    """Whether it is night where the team is, and the team has agreed to anything at all."""
    return now.astimezone(zone(team.timezone)).hour in NIGHT and team.person_figures != PersonFigures.NOBODY


def suggest(session: Session, team: Team, *, now: datetime) -> int:
    """What the data suggests today, once a day and figures once a week; how many are new."""
    today = local_day(now, team.timezone)
    if not first_time(session, team.workspace_id, f"suggest:{team.id}:{today}", now=now):
        return 0
    found = list(rated.praises(session, team, now=now))
    if team.person_figures == PersonFigures.LEAD:
        found += [*noticing.low_criteria(session, team, now=now), *rated.low_runs(session, team, now=now)]
        year, week, _ = today.isocalendar()
        if first_time(session, team.workspace_id, f"suggest:{team.id}:{year}-{week}", now=now):
            found += figures(session, team, now=now)
    return sum(_add(session, team, one, now) for one in found)


def figures(session: Session, team: Team, *, now: datetime) -> list[Noticed]:
    """Figures that changed, worse or better; of who has clearly risen it is not said twice."""
    try:
        risen = [one for one in changed(session, team, RISE_WEEKS, now=now) if one.direction is Direction.BETTER]
        late = changed(session, team, SIGNAL_WEEKS, now=now)
    except errors.NoData:
        return []
    told = {(one.member_id, one.metric.key) for one in risen}
    found = [_noticed("rose", one) for one in risen]
    for one in late:
        if one.direction is Direction.WORSE:
            found.append(_noticed("signal_worse", one))
        elif one.direction is Direction.BETTER and (one.member_id, one.metric.key) not in told:
            found.append(_noticed("signal_better", one))
    return found


def _noticed(kind: str, one: Changed) -> Noticed:
    weeks = RISE_WEEKS if kind == "rose" else SIGNAL_WEEKS
    facts: dict[str, object] = {
        "metric": one.metric.key,
        "before": one.change.before.value,
        "after": one.change.after.value,
        "n_before": one.change.before.n,
        "n_after": one.change.after.n,
        "difference": one.difference,
        "low": one.interval.low,
        "high": one.interval.high,
        "first": one.days.first.isoformat(),
        "last": one.days.last.isoformat(),
        "weeks": weeks,
    }
    turn = (one.days.last.toordinal() // 7) // weeks
    return Noticed(one.member_id, kind, f"{kind}:{one.member_id}:{one.metric.key}:{turn}", facts)


def _add(session: Session, team: Team, one: Noticed, now: datetime) -> bool:
    row = Suggestion(
        workspace_id=team.workspace_id, id=new_id(now), team_id=team.id, member_id=one.member_id, kind=one.kind,
        key=one.key, at=now, facts=dict(one.facts),
    )  # fmt: skip
    return add_once(session, row)


def expire(session: Session, workspace_id: int, *, now: datetime) -> int:
    """Those that nobody decided within two weeks are over; how many."""
    ended = session.exec(
        update(Suggestion)
        .where(
            col(Suggestion.workspace_id) == workspace_id,
            col(Suggestion.status) == "open",
            col(Suggestion.at) <= now - OPEN_FOR,
        )
        .values(status="over")
    )
    return int(ended.rowcount)


def open_for(session: Session, workspace_id: int, asker: Asker, *, now: datetime) -> list[Seen]:
    """What a lead may decide, the newest first."""
    rows = session.exec(
        select(Suggestion)
        .where(
            Suggestion.workspace_id == workspace_id,
            col(Suggestion.team_id).in_(sorted(asker.team_ids)),
            Suggestion.status == "open",
            col(Suggestion.at) > now - OPEN_FOR,
        )
        .order_by(col(Suggestion.at).desc(), col(Suggestion.id).desc())
    ).all()
    return list(_seen(session, workspace_id, asker, rows))


def _seen(session: Session, workspace_id: int, asker: Asker, rows: Sequence[Suggestion]) -> Iterator[Seen]:
    for row in rows:
        team = people.team(session, workspace_id, row.team_id)
        if may_see(asker, team, row):
            yield seen(session, team, row)


def seen(session: Session, team: Team, row: Suggestion) -> Seen:
    """A suggestion with names, and with what the customer wrote where it is a praise."""
    person = people.member(session, team.workspace_id, row.member_id)
    ticket = session.get(Ticket, (team.workspace_id, int(row.facts["ticket"]))) if row.kind == "praise" else None
    comment = (ticket.csat_comment or "") if ticket else ""
    return Seen(
        row.id, team.id, team.name, team.timezone, person.id, person.name, person.slack_user_id, row.kind, row.at,
        row.facts, row.status, comment,
    )  # fmt: skip


def may_see(asker: Asker, team: Team, row: Suggestion) -> bool:
    """Whoever coaches the team, but nobody of themselves; what is about figures only where the team has agreed."""
    if not asker.coaches(team.id) or asker.member_id == row.member_id:
        return False
    is_about = row.kind in ABOUT_FIGURES
    return not is_about or people.may_see_person(asker, row.member_id, team.id, team.person_figures)


def take(session: Session, workspace_id: int, suggestion_id: int, *, by: Asker, now: datetime) -> Seen:
    """The lead does something with it. Raises NotForYou, Changed where it is decided or over."""
    return _decide(session, workspace_id, suggestion_id, "taken", by, now)


def dismiss(session: Session, workspace_id: int, suggestion_id: int, *, by: Asker, now: datetime) -> Seen:
    """The lead does nothing with it. Raises as `take`."""
    return _decide(session, workspace_id, suggestion_id, "dismissed", by, now)


def _decide(session: Session, workspace_id: int, suggestion_id: int, status: str, by: Asker, now: datetime) -> Seen:
    row = session.get(Suggestion, (workspace_id, suggestion_id))
    if row is None:
        raise errors.NotForYou
    team = people.team(session, workspace_id, row.team_id)
    if not may_see(by, team, row):
        raise errors.NotForYou
    done = session.exec(
        update(Suggestion)
        .where(
            col(Suggestion.workspace_id) == workspace_id,
            col(Suggestion.id) == suggestion_id,
            col(Suggestion.status) == "open",
        )
        .values(status=status, decided_by=by.member_id, decided_at=now)
        .execution_options(synchronize_session=False)
    )
    session.refresh(row)
    if done.rowcount != 1 and (row.status != status or row.decided_by != by.member_id):
        raise errors.Changed
    return seen(session, team, row)
