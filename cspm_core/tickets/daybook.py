"""Tickets for the figures from the days that are packed, and from the tickets themselves where a day is not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import islice

import numpy as np
from sqlalchemy import func, union_all
from sqlmodel import Session, col, select

from ..ids import new_id
from ..metrics.frame import DAY, NEVER, Ints, Tickets
from ..once import add_once
from ..people import Team
from ..store import EPOCH, microseconds
from . import days as days_
from . import frames, packing
from .tables import Source, Ticket, TicketDay

FIRST = date(1970, 1, 1)
FAR = NEVER // DAY
LATEST = (date(9999, 12, 31) - FIRST).days
PACKED_FOR = timedelta(days=800)
"""Older days are read from the tickets."""
QUIET = timedelta(minutes=2)
"""A day under way is packed once nothing has come for so long; of a team that hears live it would not last."""
MOST_GAPS = 8
"""Where more stretches of days are missing, all between the first and the last is read from the tickets."""


def tickets(session: Session, team: Team, since: datetime, until: datetime) -> Tickets:
    """What `frames.tickets` reads, and sooner: every counted ticket that can matter within `since` … `until`.

    A ticket stands in the last day on which something placed it (`frames.PLACING`). Where that day is packed it is
    taken from there, else from the tickets themselves. Some from just before `since` and after `until` come with it.
    """
    first, packed = _number(since), _packed(session, team, since)
    last = max(_number(until), first, *packed)
    missing = _gaps([n for n in range(first, last + 1) if n not in packed])
    if sum(len(gap) for gap in missing) > (last - first + 1) / 2:
        return frames.tickets(session, team, since, until)
    kept = [one for n, one in packed.items() if not any(n in gap for gap in missing)]
    if missing and missing[-1].stop == last + 1:  # usually today, and whatever lies ahead
        last = missing.pop().start - 1
    beside = [_placed_last_in(session, team, gap) for gap in (*missing, range(last + 1, FAR))]
    beside.append(_open_before(session, team, first))
    return packing.unpack(kept, beside)


def _packed(session: Session, team: Team, since: datetime) -> dict[int, bytes]:
    rows = select(col(TicketDay.day), col(TicketDay.packed)).where(
        TicketDay.workspace_id == team.workspace_id,
        TicketDay.team_id == team.id,
        col(TicketDay.day) >= _day(_number(since)),
    )
    return {(day - FIRST).days: packed for day, packed in session.exec(rows)}


def _last_day(found: Tickets) -> Ints:
    """The last day on which something placed each ticket."""
    last = found.created // DAY
    for name in frames.PLACING:
        at = getattr(found, name)
        np.maximum(last, np.where(at == NEVER, 0, at) // DAY, out=last)
    return last


def _gaps(missing: Sequence[int]) -> list[range]:
    """Days in stretches; one from the first to the last where there would be many."""
    stretches: list[range] = []
    for n in missing:
        if stretches and stretches[-1].stop == n:
            stretches[-1] = range(stretches[-1].start, n + 1)
        else:
            stretches.append(range(n, n + 1))
    if len(stretches) > MOST_GAPS:
        return [range(stretches[0].start, stretches[-1].stop)]
    return stretches


def _placed_last_in(session: Session, team: Team, gap: range) -> Tickets:
    """Every counted ticket that was placed in these days for the last time, from the tickets themselves."""
    begin, end = _midnight(gap.start), _midnight(min(gap.stop, LATEST))
    counted = frames.of_team(team).add_columns(*frames.columns(session))
    placing = (Ticket.created_at, Ticket.solved_at, Ticket.csat_at, Ticket.csat_sent_at)
    within = ((col(at) >= begin) & (col(at) < end) for at in placing)
    rows = frames.plain_rows(session, union_all(*(counted.where(one) for one in within)))
    found = frames.as_tickets(list({row[0]: row for row in rows}.values()))
    last = _last_day(found)
    return found.where((last >= gap.start) & (last < gap.stop))


def _open_before(session: Session, team: Team, since: int) -> Tickets:
    """Open tickets that nothing has placed in a day from `since` on."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    query = frames.of_team(team).where(*frames.still_open(_midnight(since), is_sqlite=is_sqlite))
    found = frames.as_tickets(frames.plain_rows(session, query.add_columns(*frames.columns(session))))
    return found.where(_last_day(found) < since)


def unpacked(session: Session, team: Team, *, now: datetime, limit: int) -> list[int]:
    """The latest days that are not packed, at most `limit`, as days since 1970: those that are over, and today too
    where nothing new has come for a while."""
    reached = select(func.min(Ticket.created_at)).where(
        Ticket.workspace_id == team.workspace_id, Ticket.team_id == team.id
    )
    begin = session.exec(reached).one()
    if begin is None:
        return []
    first, last = max(_number(begin), _number(now - PACKED_FOR)), _number(now) - (not _is_quiet(session, team, now))
    there = _there(session, team, first)
    return list(islice((n for n in range(last, first - 1, -1) if n not in there), limit))


def _is_quiet(session: Session, team: Team, now: datetime) -> bool:
    heard = select(func.max(Source.imported_at)).where(
        Source.workspace_id == team.workspace_id, Source.team_id == team.id
    )
    at = session.exec(heard).one()
    return at is not None and at < now - QUIET


def _there(session: Session, team: Team, first: int) -> set[int]:
    query = select(col(TicketDay.day)).where(
        TicketDay.workspace_id == team.workspace_id, TicketDay.team_id == team.id, col(TicketDay.day) >= _day(first)
    )
    return {(day - FIRST).days for day in session.exec(query)}


def pack(session: Session, team: Team, days: Sequence[int], *, now: datetime) -> int:
    """Pack these days as they stand, from the same tickets that figures would read; how many. Callers commit."""
    days_.hold(session, team.workspace_id, team.id)
    for gap in _gaps(sorted(days)):
        for n in gap:
            found = _placed_last_in(session, team, range(n, n + 1))
            row = TicketDay(
                workspace_id=team.workspace_id,
                id=new_id(now),
                team_id=team.id,
                day=_day(n),
                tickets=len(found),
                packed=packing.pack(n, found),
            )
            add_once(session, row)
    return len(days)


def _number(at: datetime) -> int:
    """The day of UTC that holds an instant, since 1970."""
    return microseconds(at) // DAY


def _day(number: int) -> date:
    return FIRST + timedelta(days=number)


def _midnight(number: int) -> datetime:
    return EPOCH + timedelta(days=number)
