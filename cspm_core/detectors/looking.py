"""Looking: what has come true in a team and was not alarmed about yet. Reads only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from sqlmodel import Session, select

from ..people import Team
from . import choosing, rules
from .absences import absences_at
from .bursting import bursting
from .cards import latest_card, risk_of
from .choosing import Chosen
from .clock import NEVER
from .crossings import Absences, Crossings, crossings, next_change
from .figures import signalling
from .ratings import bad_ratings
from .rules import Kind
from .scene import Scene, scene_of, seen
from .sights import Bursting, Found, Sight, Signalling
from .tables import TicketTake
from .unheard import unheard
from .work import instant, second

AT_LEAST_EVERY = timedelta(minutes=5)
"""Absences and the team's hours change without a word: so often they are looked at anyway."""


def is_wanting(session: Session, team: Team, *, now: datetime) -> bool:
    """Whether a look can find anything: news, or an instant has come at which something changes. Cheap."""
    watch = choosing.watch_of(session, team)
    news = seen(session, team)
    if watch.next_at is None:
        return "@" in news
    return watch.next_at <= now or watch.seen != news


def look(session: Session, team: Team, *, now: datetime) -> Sight | None:
    """Everything that came true by the end of a team's data; None where it has none."""
    news = seen(session, team)
    scene = scene_of(session, team, now=now)
    if scene is None:
        return None
    found: list[Found] = []
    bursts: list[Bursting] = []
    figures: list[Signalling] = []
    coming = [now + AT_LEAST_EVERY]
    if not scene.reach.is_paused:
        every = choosing.chosen(session, team)
        bursts = bursting(session, team, scene, every[Kind.BURST])
        figures = signalling(session, team, scene, every[Kind.FIGURE])
        found, coming = _look(session, team, scene, every, bursts, coming)
    if scene.reach.pauses_at:
        coming.append(scene.reach.pauses_at)
    more = found[rules.MOST_AT_ONCE :]
    next_at = now if more else min(at for at in coming if at > now)
    found = found[: rules.MOST_AT_ONCE]
    shown = risk_of(session, team, scene, latest_card(session, team), now=now)
    over = _over(session, team, scene)
    is_open = scene.calendar.is_open(now) or scene.reach.pauses_at is None  # who never works is never waited for
    return Sight(scene.reach.as_of, news, tuple(found), tuple(bursts), shown, over, next_at, is_open, tuple(figures))


def _look(
    session: Session,
    team: Team,
    scene: Scene,
    every: dict[Kind, Chosen],
    bursts: Sequence[Bursting],
    coming: list[datetime],
) -> tuple[list[Found], list[datetime]]:
    """What single tickets came to, oldest first; and when the next does."""
    found: list[Found] = []
    for kind, one in every.items():
        absences = absences_at(session, team, scene) if kind is Kind.AWAY and one.is_on else None
        for crossing in crossings(kind, scene.work, one.settings, scene.clock, absences) if one.is_on else ():
            real = crossing.of(crossing.real())
            found += _came_true(scene, one, real, absences)
            coming += _next(real.at, scene)
    found += bad_ratings(session, team, scene, every[Kind.RATING])
    if scene.reach.is_live and (at := instant(next_change(scene.work, scene.clock, scene.at))):
        coming.append(at)
    gathered = {ticket_id for one in bursts for ticket_id in one.burst.ticket_ids}
    found = [one for one in found if one.ticket_id not in gathered]
    return sorted(unheard(session, team, found, scene), key=lambda one: (one.happened_at, one.key)), coming


def _next(at: Any, scene: Scene) -> Iterator[datetime]:
    later = at[at > scene.at]
    if scene.reach.is_live and later.size and (first := instant(int(later.min()))):
        yield first


def _came_true(scene: Scene, one: Chosen, real: Crossings, absences: Absences | None) -> Iterator[Found]:
    """The crossings between the detector's beginning and the end of the data, that are not over."""
    since = second(one.since_at) if one.since_at else scene.at
    now_true = (real.at > since) & (real.at <= scene.at) & (real.over >= NEVER)
    some = real.of(now_true)
    for row, at, due in zip(some.rows.tolist(), some.at.tolist(), some.due.tolist(), strict=True):
        yield _found(scene, one, real.metric, row, at, due, absences)


def _found(scene: Scene, one: Chosen, metric: str, row: int, at: int, due: int, absences: Absences | None) -> Found:
    work, due_at, happened_at = scene.work, instant(due), instant(at) or scene.reach.as_of
    facts: dict[str, Any] = {"metric": metric, "due_at": due_at.isoformat() if due_at else None}
    episode, ticket_id = f"{metric}:{due}", int(work.ids[row])
    match one.kind:
        case Kind.URGENT:
            facts |= {"share": one.settings["share"], "priority": work.priorities[row], "tier": work.tiers[row]}
            if due < scene.at:
                happened_at = due_at or happened_at
            facts["is_past_due"] = due < scene.at
        case Kind.BREACH:
            facts["minutes"], happened_at = one.settings["minutes"], due_at or happened_at
        case Kind.UNANSWERED:
            created = int(work.created[row])
            episode, facts = f"{created}", {"created_at": _iso(created), "hours": one.settings["hours"]}
        case Kind.AWAY:
            start, end = (absences or {})[int(work.agents[row])][0]
            episode, facts = f"{start}", {**facts, "since": _iso(start), "until": _iso(end)}
    return Found(one.kind, f"{one.kind.value}:{ticket_id}:{episode}", ticket_id, metric, due_at, happened_at, facts)


def _iso(seconds: int) -> str | None:
    at = instant(seconds)
    return at.isoformat() if at else None


def _over(session: Session, team: Team, scene: Scene) -> tuple[int, ...]:
    takes = session.exec(
        select(TicketTake.id, TicketTake.ticket_id).where(
            TicketTake.workspace_id == team.workspace_id, TicketTake.team_id == team.id
        )
    ).all()
    if not takes:
        return ()
    waiting = np.isin(np.array([ticket_id for _, ticket_id in takes], dtype=np.int64), scene.work.ids)
    return tuple(take_id for (take_id, _), waits in zip(takes, waiting.tolist(), strict=True) if not waits)
