"""Writing down what happened to tickets: each event once, and at once the facts that follow. Callers commit."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, update

from .. import tickets
from ..ids import new_id
from ..once import add_once, the_one
from ..people import Team
from ..tickets import Source, TicketFacts
from ..tickets.reads import source_query
from . import reads
from .rules import SNAPSHOT, Event, Kind, derive
from .tables import TicketEvent


@dataclass(frozen=True)
class Heard:
    """What became of some events. `contradicting`: places of those whose id is known with another content.

    `waiting`: tickets of which neither the creation nor an import is known yet; their events are kept for then.
    """

    new: int = 0
    known: int = 0
    contradicting: tuple[int, ...] = ()
    waiting: tuple[str, ...] = ()


def record(
    session: Session, team: Team, told: Sequence[Event], *, now: datetime, complete_until: datetime | None = None
) -> Heard:
    """Write down events of a team's tickets (at most `tickets.CHUNK`) and what follows for those tickets.

    An event is known by its ticket and its id; told again it changes nothing. Without events this only says that the
    source is alive. `complete_until`: nothing else happened before; else the latest event says so.
    """
    _hear(session, team, told, complete_until, now)  # its row is locked from here on: tellers of a team take turns
    keys = sorted({one.ticket_key for one in told})
    if not keys:
        return Heard()
    scoped = reads.scopes(session, team, keys)
    new, known, contradicting = _write(session, team, told, scoped, now)
    waiting = _follow(session, team, scoped, now) if new else ()
    return Heard(new, known, tuple(contradicting), waiting)


def _hear(session: Session, team: Team, told: Sequence[Event], complete_until: datetime | None, now: datetime) -> None:
    """Write down how far the live source reaches, and that it was heard from now."""
    until = complete_until or max((one.at for one in told), default=now)
    first_at = min((one.at for one in told if one.kind == Kind.CREATED), default=until)
    fresh = Source(
        workspace_id=team.workspace_id,
        id=new_id(now),
        team_id=team.id,
        kind=tickets.LIVE,
        complete_until=until,
        first_at=first_at,
        imported_at=now,
    )
    row = the_one(session, source_query(team, tickets.LIVE), fresh)
    its = (col(Source.workspace_id) == row.workspace_id, col(Source.id) == row.id)
    session.exec(update(Source).where(*its).values(imported_at=now))
    session.exec(update(Source).where(*its, col(Source.complete_until) < until).values(complete_until=until))
    session.exec(update(Source).where(*its, col(Source.first_at) > first_at).values(first_at=first_at))
    session.refresh(row)


def _write(
    session: Session, team: Team, told: Sequence[Event], scoped: Mapping[str, int], now: datetime
) -> tuple[int, int, list[int]]:
    """How many are new, how many were known, and the places of those that say something else than before."""
    before = {
        (one.ticket_key, one.id): one for some in reads.told(session, team, list(scoped)).values() for one in some
    }
    new, known, contradicting = 0, 0, []
    for n, one in enumerate(told):
        stands = before.setdefault((one.ticket_key, one.id), one)
        if stands is one:
            new += add_once(session, _row(team, one, scoped[one.ticket_key], now))
        elif stands == one:
            known += 1
        else:
            contradicting.append(n)
    return new, known, contradicting


def _row(team: Team, event: Event, scope: int, now: datetime) -> TicketEvent:
    return TicketEvent(
        workspace_id=team.workspace_id,
        id=new_id(now),
        team_id=team.id,
        scope=scope,
        ticket_key=event.ticket_key,
        event_key=event.id,
        at=event.at,
        kind=event.kind,
        actor=event.actor,
        actor_kind=event.actor_kind,
        value=json.dumps(dict(event.said), ensure_ascii=False, sort_keys=True),
    )


def _follow(session: Session, team: Team, scoped: Mapping[str, int], now: datetime) -> tuple[str, ...]:
    """Work the facts of these tickets out from all their events; the keys of those that nobody can tell about yet."""
    _remember_imports(session, team, scoped, now)
    waiting: list[str] = []
    together: dict[tuple[int, datetime, frozenset[str]], list[TicketFacts]] = {}
    for key, some in reads.told(session, team, list(scoped)).items():
        found = derive(some)
        if found is None:
            waiting.append(key)
        else:
            known_at = max(one.at for one in some)
            together.setdefault((scoped[key], known_at, found.said), []).append(found.facts)
    for (scope, known_at, said), facts in together.items():
        tickets.record(session, team, facts, scope=scope, known_at=known_at, now=now, said=said)
    return tuple(waiting)


def _remember_imports(session: Session, team: Team, scoped: Mapping[str, int], now: datetime) -> None:
    """Keep how an imported ticket stood before its first event, where its creation is not among its events."""
    told = reads.told(session, team, list(scoped))
    starts = {Kind.CREATED, SNAPSHOT}
    unknown = {key: scoped[key] for key, some in told.items() if not starts & {one.kind for one in some}}
    if not unknown:
        return
    for key, (known_at, said) in reads.imported(session, team, unknown).items():
        stood = Event(f"{SNAPSHOT}:", key, known_at, SNAPSHOT, said=said)
        add_once(session, _row(team, stood, scoped[key], now))
