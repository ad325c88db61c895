"""Writing tickets down: idempotent, newer over older, with everything that follows worked out. Callers commit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlmodel import Session

from ..ids import new_id, new_ids
from ..metrics.frame import DAY
from ..once import the_one
from ..people import Team
from ..store import microseconds
from . import days, lines, reads, rows, sla
from .lines import Lines
from .merging import with_known
from .rules import LEFT_OUT, Settled, TicketFacts, settle
from .settling import settle_columns
from .tables import Source
from .told import Told

CHUNK = sla.CHUNK


@dataclass(frozen=True)
class Recorded:
    """What became of a chunk of tickets; `set_aside` counts impossible values by column."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    older: int = 0
    set_aside: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: Recorded) -> Recorded:
        return Recorded(
            self.new + other.new,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.older + other.older,
            self.set_aside + other.set_aside,
        )


def record(
    session: Session,
    team: Team,
    facts: Sequence[TicketFacts],
    *,
    scope: int,
    known_at: datetime,
    now: datetime,
    said: frozenset[str] | None = None,
    dry_run: bool = False,
) -> Recorded:
    """Write down what a source that reaches `known_at` says of some tickets (at most `CHUNK`) of a team.

    `scope` is 0 where the source named the team, else the team's id. A ticket of which later data is known stays as it
    is; of two rows with one key the last counts. `said`: the only columns that the source has; the others keep what is
    known. A `dry_run` only counts.
    """
    team = team if dry_run else reads.shared(session, team)
    latest = {ticket.key: ticket for ticket in facts}
    known = rows.standing(session, team.workspace_id, scope, list(latest))
    reached = microseconds(known_at)
    fresh = {key: ticket for key, ticket in latest.items() if key not in known or known[key].known_at <= reached}
    settled = [_settled(ticket, known.get(key), said, known_at) for key, ticket in fresh.items()]
    stands = {n: known[key] for n, key in enumerate(fresh) if key in known}
    who = {name for one in settled for name in (one.facts.agent, one.facts.first_responder)}
    agents = lines.agents_named(session, team.workspace_id, who, now=now, dry_run=dry_run)
    made = lines.of_tickets(session, team, settled, stands, said=said, agents=agents)
    aside = Counter(name for one in settled for name in one.set_aside)
    done = _written(session, team, list(fresh), made, stands, scope=scope, reached=reached, now=now, dry_run=dry_run)
    return done + Recorded(older=len(latest) - len(fresh), set_aside=aside)


def record_columns(
    session: Session,
    team: Team,
    told: Told,
    *,
    scope: int,
    known_at: datetime,
    now: datetime,
    said: frozenset[str],
    dry_run: bool = False,
) -> Recorded:
    """`record` for many tickets by column."""
    team = team if dry_run else reads.shared(session, team)
    latest = told.last_of_each()
    known = rows.standing(session, team.workspace_id, scope, latest.keys)
    reached = microseconds(known_at)
    fresh = latest
    if any(one.known_at > reached for one in known.values()):
        fresh = latest.at(
            [n for n, key in enumerate(latest.keys) if key not in known or known[key].known_at <= reached]
        )
    stands = {n: known[key] for n, key in enumerate(fresh.keys) if key in known} if known else {}
    settled = settle_columns(with_known(fresh, stands, said), reached)
    who = {name for column in lines.WHO.values() for name in set(settled.told.text(column))}
    agents = lines.agents_named(session, team.workspace_id, who, now=now, dry_run=dry_run)
    made = lines.of_columns(session, team, settled, stands, said=said, agents=agents)
    aside = Counter({name: int(mask.sum()) for name, mask in settled.wrong.items()})
    done = _written(session, team, fresh.keys, made, stands, scope=scope, reached=reached, now=now, dry_run=dry_run)
    return done + Recorded(older=len(latest) - len(fresh), set_aside=aside)


def _settled(ticket: TicketFacts, known: rows.Known | None, said: frozenset[str] | None, until: datetime) -> Settled:
    """The ticket settled; where its source has only some columns, with what is known of the others."""
    if known is None or said is None:
        return settle(ticket, until)
    before = dict(zip(rows.COMPARED, known.values, strict=True))
    kept = {name: rows.as_fact(name, before[name]) for name in rows.SAID if name not in said and name != "created_at"}
    if {"solved_at", "first_solved_at"} & said and kept.get("status") not in LEFT_OUT:
        kept.pop("status", None)
    if "csat" in said:
        kept.pop("csat_at", None)
    aside = tuple(name for name in before["set_aside"].split(",") if name and name not in said)
    return settle(replace(ticket, **kept), until, aside)


def _written(
    session: Session,
    team: Team,
    keys: Sequence[str],
    made: Lines,
    stands: Mapping[int, rows.Known],
    *,
    scope: int,
    reached: int,
    now: datetime,
    dry_run: bool,
) -> Recorded:
    """Write what is new or another than it was, and forget what is known of its days."""
    changed = made.changes(stands)
    new = [n for n in range(len(keys)) if n not in stands] if stands else list(range(len(keys)))
    counts = Recorded(len(new), len(changed), len(keys) - len(new) - len(changed))
    if dry_run:
        return counts
    ids = dict(zip(new, new_ids(now, len(new)), strict=True)) | {n: stands[n].id for n in changed}
    names = ("id", "key", *made.names)
    written = [(given, keys[n], *made.values[n]) for n, given in ids.items()]
    same = {"workspace_id": team.workspace_id, "scope": scope, **made.same, "known_at": reached}
    inserted = rows.write(session, names, written[: len(new)], written[len(new) :], same)
    again = [one.id for n, one in stands.items() if n not in ids and one.known_at != reached]
    rows.still_known(session, team.workspace_id, again, reached)
    if written:
        _forget(session, team, names, written, [(stands[n], written[len(new) + m]) for m, n in enumerate(changed)])
    if inserted is None:
        return counts
    return replace(counts, new=inserted, changed=len(written) - inserted)


_TEAM = rows.COMPARED.index("team_id")
DECIDING = ("created_at", "customer", "category", "left_out")
"""What makes a ticket a further contact about the same matter, beside its team."""


def _forget(
    session: Session,
    team: Team,
    names: Sequence[str],
    written: Sequence[rows.Values],
    changed: Sequence[tuple[rows.Known, rows.Values]],
) -> None:
    """The days of written tickets, as they were and as they are, are to be worked out again; where they come from
    another team, also there."""
    places = [names.index(name) for name in rows.TOUCHED if name in names]
    touched = {row[place] // DAY for place in places for row in written if row[place] is not None}
    before = [rows.COMPARED.index(name) for name in rows.TOUCHED]
    touched |= {was.values[n] // DAY for n in before for was, _ in changed if was.values[n] is not None}
    created = names.index("created_at")
    begun = [row[created] for row in written[: len(written) - len(changed)]]
    pairs = [(rows.COMPARED.index(name), names.index(name) if name in names else None) for name in DECIDING]
    for was, row in changed:
        is_moved = was.values[_TEAM] != team.id
        if is_moved or any(was.values[n] != (row[place] if place is not None else "") for n, place in pairs):
            begun += [row[created], was.values[pairs[0][0]]]
    left = {was.values[_TEAM] for was, _ in changed} - {team.id}
    for team_id in (team.id, *sorted(left)):
        since = min(begun, default=None)
        days.forget(session, team.workspace_id, team_id, [day * DAY for day in touched], contacts_since=since)


def note_source(
    session: Session, team: Team, *, complete_until: datetime, first_at: datetime, now: datetime, kind: str = "tickets"
) -> None:
    """Write down how far a team's data reaches; what reached further stays."""
    fresh = Source(
        workspace_id=team.workspace_id,
        id=new_id(now),
        team_id=team.id,
        kind=kind,
        complete_until=complete_until,
        first_at=first_at,
        imported_at=now,
    )
    row = the_one(session, reads.source_query(team, kind), fresh)
    row.complete_until = max(row.complete_until, complete_until)
    row.first_at = min(row.first_at, first_at)
    row.imported_at = now
    row.tickets = reads.tickets_of(session, team)
    session.add(row)
    session.flush()
