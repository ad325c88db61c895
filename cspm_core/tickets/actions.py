"""Writing tickets down: idempotent, newer over older, with everything that follows worked out. Callers commit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlmodel import Session

from ..ids import new_id
from ..once import the_one
from ..people import Team
from . import lines, reads, rows, sla
from .rules import LEFT_OUT, Settled, TicketFacts, settle
from .tables import Source

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
    latest = {ticket.key: ticket for ticket in facts}
    known = rows.standing(session, team.workspace_id, scope, list(latest))
    reached = rows.bound(session)(known_at)
    fresh = {key: ticket for key, ticket in latest.items() if key not in known or not known[key].known_at > reached}
    settled = [_settled(ticket, known.get(key), said, known_at) for key, ticket in fresh.items()]
    before = known if said is not None and "agent" not in said else {}
    values = lines.of_tickets(session, team, settled, before, now=now, dry_run=dry_run)
    new, changed, same = [], [], []
    for key, line in zip(fresh, values, strict=True):
        stands = known.get(key)
        if stands is None:
            new.append((team.workspace_id, new_id(now), scope, key, *line, reached))
        elif stands.values != line:
            changed.append((team.workspace_id, stands.id, scope, key, *line, reached))
        elif stands.known_at != reached:
            same.append(stands.id)
    if not dry_run:
        rows.write(session, sorted([*new, *changed], key=lambda row: row[3]))  # one order: imports never deadlock
        rows.still_known(session, team.workspace_id, same, known_at)
    aside = Counter(name for one in settled for name in one.set_aside)
    return Recorded(len(new), len(changed), len(fresh) - len(new) - len(changed), len(latest) - len(fresh), aside)


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
