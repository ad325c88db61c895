"""Writing calls down: idempotent, newer over older, with everything that follows worked out. Callers commit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select, update

from ..ids import new_id
from ..once import add_once, the_one
from ..people import Identity, Team, fold
from ..tickets import Source, days
from ..tickets.reads import source_query
from . import reads, rows
from .rules import CallFacts, Settled, settle

CHUNK = 2_000
ANSWERS = frozenset(("answered", "answered_at", "abandoned", "ended_at", "talk_s"))
"""A source that has one of these columns says whether a call was answered."""


@dataclass(frozen=True)
class Recorded:
    """What became of a chunk of calls; `set_aside` counts impossible values by column."""

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
    facts: Sequence[CallFacts],
    *,
    scope: int,
    known_at: datetime,
    now: datetime,
    said: frozenset[str] | None = None,
    dry_run: bool = False,
) -> Recorded:
    """Write down what a source that reaches `known_at` says of some calls (at most `CHUNK`) of a team.

    `scope` is 0 where the source named the team, else the team's id. A call of which later data is known stays as it
    is; of two rows with one key the last counts. `said`: the only columns that the source has; the others keep what is
    known. A `dry_run` only counts.
    """
    latest = {call.key: call for call in facts}
    known = rows.standing(session, team.workspace_id, scope, list(latest))
    reached = rows.bound(session)(known_at)
    fresh = {key: call for key, call in latest.items() if key not in known or not known[key].known_at > reached}
    settled = {key: _settled(call, known.get(key), said, known_at) for key, call in fresh.items()}
    lines = _lines(session, team, settled, known, said=said, now=now, dry_run=dry_run)
    new = [key for key in lines if key not in known]
    changed = [key for key, line in lines.items() if key in known and known[key].values != line]
    if not dry_run:
        ids = {key: known[key].id if key in known else new_id(now) for key in (*new, *changed)}
        written = sorted(ids)  # one order: imports never deadlock
        rows.write(session, [(team.workspace_id, ids[key], scope, key, *lines[key], reached) for key in written])
        same = [known[key].id for key in lines if key not in ids and known[key].known_at != reached]
        rows.still_known(session, team.workspace_id, same, known_at)
        _forget(session, team, written, settled, known)
    aside = Counter(name for one in settled.values() for name in one.set_aside)
    return Recorded(len(new), len(changed), len(fresh) - len(new) - len(changed), len(latest) - len(fresh), aside)


def _lines(
    session: Session,
    team: Team,
    settled: Mapping[str, Settled],
    known: Mapping[str, rows.Known],
    *,
    said: frozenset[str] | None,
    now: datetime,
    dry_run: bool,
) -> dict[str, rows.Values]:
    """The values of each call's row; who took it stays who it was where that is not among what is `said`."""
    names = (one.facts.agent for one in settled.values())
    agents = _agents(session, team.workspace_id, names, now=now, dry_run=dry_run)
    keeps = known if said is not None and "agent" not in said else {}
    return {
        key: rows.line(
            session,
            one,
            team_id=team.id,
            agent_id=keeps[key].of("agent_id") if key in keeps else agents.get(one.facts.agent),
        )
        for key, one in settled.items()
    }


def _settled(call: CallFacts, known: rows.Known | None, said: frozenset[str] | None, until: datetime) -> Settled:
    """The call settled; where its source has only some columns, with what is known of the others."""
    if known is None or said is None:
        return settle(call, until)
    kept: dict[str, Any] = {
        rows.FACT_NAMES.get(name, name): known.of(name)
        for name in rows.SAID
        if rows.FACT_NAMES.get(name, name) not in said and name != "queued_at"
    }
    if not ANSWERS & said:
        kept |= {"answered": bool(known.of("is_answered")), "abandoned": bool(known.of("is_abandoned"))}
    if kept.get("resolved") is not None:
        kept["resolved"] = bool(kept["resolved"])
    aside = tuple(name for name in known.of("set_aside").split(",") if name and name not in said)
    return settle(replace(call, **kept), until, aside)


def _agents(
    session: Session, workspace_id: int, names: Iterable[str], *, now: datetime, dry_run: bool
) -> dict[str, int]:
    """The identity behind each name as written, made on first sight; a dry run leaves the unknown out."""
    folded = {name: fold(name) for name in set(names)}
    keys = {key: name for name, key in sorted(folded.items()) if key}
    query = select(Identity.key, Identity.id).where(Identity.workspace_id == workspace_id)
    query = query.where(col(Identity.key).in_(list(keys)))
    found = dict(session.exec(query).all())
    if not dry_run and keys.keys() - found.keys():
        for key in sorted(keys.keys() - found.keys()):
            name = " ".join(keys[key].split())
            add_once(session, Identity(workspace_id=workspace_id, id=new_id(now), key=key, name=name))
        found = dict(session.exec(query).all())
    return {name: found[key] for name, key in folded.items() if key in found}


def _forget(
    session: Session,
    team: Team,
    touched: Sequence[str],
    settled: Mapping[str, Settled],
    known: Mapping[str, rows.Known],
) -> None:
    """Let figures by day be counted again from where a call changes them: it decides about contacts before it too."""
    began = [settled[key].facts.queued_at for key in touched]
    began += [known[key].of("queued_at") for key in touched if key in known]
    if began:
        since = min(began).date() - days.CONTACT_AGAIN - timedelta(days=1)
        days.forget_figures(session, team.workspace_id, team.id, since)


def note_source(session: Session, team: Team, *, complete_until: datetime, first_at: datetime, now: datetime) -> None:
    """Write down how far a team's calls reach; what reached further stays."""
    fresh = Source(
        workspace_id=team.workspace_id,
        id=new_id(now),
        team_id=team.id,
        kind=reads.CALLS,
        complete_until=complete_until,
        first_at=first_at,
        imported_at=now,
    )
    row = the_one(session, source_query(team, reads.CALLS), fresh)
    its = (col(Source.workspace_id) == row.workspace_id, col(Source.id) == row.id)
    counted = reads.calls_of(session, team)
    session.exec(update(Source).where(*its).values(imported_at=now, tickets=counted))
    later, earlier = col(Source.complete_until) < complete_until, col(Source.first_at) > first_at
    session.exec(update(Source).where(*its, later).values(complete_until=complete_until))
    session.exec(update(Source).where(*its, earlier).values(first_at=first_at))
    session.refresh(row)
