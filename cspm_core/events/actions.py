"""Writing down what happened to tickets: each event once, and the facts that follow. Callers commit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, update

from .. import tickets
from ..ids import new_id
from ..once import the_one
from ..people import Team
from ..tickets import Source
from ..tickets.reads import source_query
from . import log, reads
from .following import Followed, follow
from .rules import Event, Kind


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
    """Write down events that a live source tells (at most `tickets.CHUNK`) and what follows for their tickets.

    An event is known by its ticket and its id; told again it changes nothing. Without events this only says that the
    source is alive. `complete_until`: nothing else happened before; else the latest event says so.
    """
    _hear(session, team, told, complete_until, now)  # its row is locked from here on: tellers of a team take turns
    keys = sorted({one.ticket_key for one in told})
    if not keys:
        return Heard()
    scoped = reads.scopes(session, team, keys)
    written = log.write(session, team, told, scoped, now=now)
    if not written.new:
        return Heard(0, written.known, written.contradicting)
    log.run_ahead(session, team, keys, now=now)  # and so does an import of a log, ticket by ticket
    waiting = follow(session, team, scoped, now=now).waiting
    log.caught_up(session, team, keys)
    return Heard(written.new, written.known, written.contradicting, waiting)


def take(
    session: Session, team: Team, told: Sequence[Event], *, scope: int, now: datetime, dry_run: bool = False
) -> log.Written:
    """Write down events of a log (at most `tickets.CHUNK`); `catch_up` then works out what follows.

    `scope`: where the keys of tickets are unique that nobody knows yet. A `dry_run` only looks.
    """
    keys = sorted({one.ticket_key for one in told})
    written = log.write(session, team, told, reads.scopes(session, team, keys, scope), now=now, dry_run=dry_run)
    if written.new and not dry_run:
        log.run_ahead(session, team, keys, now=now)
    return written


def catch_up(
    session: Session, team: Team, *, now: datetime, reach: datetime | None = None, limit: int = tickets.CHUNK
) -> tuple[int, Followed]:
    """Work out the facts of some tickets that a log has run ahead of; how many, 0 when all are done.

    Call it transaction by transaction. `reach`: how far the log is complete.
    """
    keys = log.behind(session, team, limit)
    followed = follow(session, team, reads.scopes(session, team, keys), now=now, reach=reach)
    log.caught_up(session, team, keys)
    return len(keys), followed


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
