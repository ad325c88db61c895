"""Settled tickets as the values of their rows, with agents, targets and working seconds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter, itemgetter
from typing import Any

import numpy as np
from sqlmodel import Session, col, select

from ..ids import new_id
from ..metrics.frame import NEVER, Ints, Mask
from ..people import Identity, Team, calendar_of, fold
from . import reads, rows, sla
from .rules import Settled
from .settling import SettledColumns
from .told import TEXTS, nothing

WHO = {"agent_id": "agent", "first_responder_id": "first_responder"}
"""Columns with identities, and the facts that name them."""


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """Rows of tickets: the values of `names` in each, and of the `same` columns in all. Together `rows.COMPARED`."""

    names: Sequence[str]
    values: Sequence[rows.Values]
    same: Mapping[str, rows.Same]

    def changes(self, known: Mapping[int, rows.Known]) -> list[int]:
        """The places of those that stand otherwise, by place."""
        alike = [(rows.COMPARED.index(name), value) for name, value in self.same.items()]
        its = itemgetter(*(rows.COMPARED.index(name) for name in self.names))
        return [
            n
            for n, one in known.items()
            if its(one.values) != self.values[n] or any(one.values[at] != value for at, value in alike)
        ]


_said = attrgetter(*rows.SAID)
_FOLLOWING = [(rows.SAID.index(name), attrgetter(name)) for name in ("status", "solved_at", "csat_scale", "csat_at")]
_NULLABLE = [rows.SAID.index(name) for name in rows.NULLABLE]
_INSTANTS = [n for n, name in enumerate(rows.SAID) if name in rows.INSTANTS]


def of_tickets(
    session: Session,
    team: Team,
    settled: Sequence[Settled],
    known: Mapping[int, rows.Known],
    *,
    said: frozenset[str] | None,
    agents: Mapping[str, int],
) -> Lines:
    """The lines of a few tickets; `known` are those that stand, by place. Who is not `said` stays who it was."""
    counted = sla.counted(
        [_spell(one) for one in settled], calendar_of(session, team), reads.sla_targets(session, team)
    )
    who = {
        column: _who([getattr(one.facts, name) for one in settled], column, agents, known, said)
        for column, name in WHO.items()
    }
    made = []
    for n, (one, (first_due, last_due, first_s, last_s)) in enumerate(zip(settled, counted, strict=True)):
        line = list(_said(one.facts))
        for place, value in _FOLLOWING:
            line[place] = value(one)
        for place in _NULLABLE:
            line[place] = line[place] or None
        for place in _INSTANTS:
            line[place] = rows.bound(line[place])
        line += [team.id, *(ids[n] for ids in who.values()), int(one.is_answered), int(one.is_solved)]
        good = None if one.csat_good is None else int(one.csat_good)
        line += [
            one.left_out,
            ",".join(one.set_aside),
            good,
            one.csat_score,
            rows.bound(first_due),
            rows.bound(last_due),
        ]
        made.append((*line, first_s, last_s, team.calendar_version))
    return Lines(rows.COMPARED, made, {})


def _spell(one: Settled) -> sla.Spell:
    facts = one.facts
    return sla.Spell(
        facts.priority,
        facts.created_at,
        facts.first_response_at,
        facts.first_response_due_at,
        one.solved_at,
        facts.resolution_due_at,
        one.set_aside,
    )


def of_columns(
    session: Session,
    team: Team,
    settled: SettledColumns,
    known: Mapping[int, rows.Known],
    *,
    said: frozenset[str] | None,
    agents: Mapping[str, int],
) -> Lines:
    """The lines of many tickets, as `of_tickets` makes them."""
    told = settled.told
    columns: dict[str, Any] = {
        **told.numbers,
        **{name: told.texts[name] for name in told.texts if name not in WHO.values()},
    }
    columns |= _following(settled)
    columns |= {column: _who(told.text(name), column, agents, known, said) for column, name in WHO.items()}
    columns |= _counted(session, team, settled)
    same: dict[str, rows.Same] = {"team_id": team.id, "calendar_version": team.calendar_version}
    lists: dict[str, Sequence[Any]] = {}
    for name in rows.COMPARED:
        if name not in same:
            column = _listed(name, columns.get(name))
            if column is None:
                same[name] = _UNSAID.get(name)
            else:
                lists[name] = column
    return Lines(tuple(lists), list(zip(*lists.values(), strict=True)), same)


def _following(settled: SettledColumns) -> dict[str, Any]:
    return {
        "status": settled.status,
        "solved_at": settled.solved,
        "csat_scale": settled.csat_scale,
        "csat_at": settled.csat_at,
        "csat_good": settled.csat_good,
        "csat_score": settled.csat_score,
        "is_answered": settled.is_answered.astype(np.int64),
        "is_solved": settled.is_solved.astype(np.int64),
        "left_out": settled.left_out,
        "set_aside": settled.set_aside,
    }


def _counted(session: Session, team: Team, settled: SettledColumns) -> dict[str, Ints]:
    told, wrong, nowhere = settled.told, settled.wrong, np.zeros(len(settled.told), dtype=bool)
    spells = sla.SpellColumns(
        told.text("priority"),
        told.numbers["created_at"],
        told.number("first_response_at"),
        told.number("first_response_due_at"),
        settled.solved,
        told.number("resolution_due_at"),
        wrong.get("first_response_due_at", nowhere),
        wrong.get("resolution_due_at", nowhere),
    )
    counted = sla.count_columns(spells, calendar_of(session, team), reads.sla_targets(session, team))
    return {
        "first_response_target_at": counted.first_response_target,
        "resolution_target_at": counted.resolution_target,
        "first_response_business_s": counted.first_response_s,
        "resolution_business_s": counted.resolution_s,
    }


_UNSAID = {name: nothing(name) for name in (*TEXTS, "left_out", "set_aside") if name not in rows.NULLABLE}


def _listed(name: str, column: Any) -> Sequence[Any] | None:
    """A column as Python's own values; None: nothing stands in it, in no row."""
    if column is None:
        return None
    if isinstance(column, np.ndarray):
        return _whole(column)
    if not any(column) and name not in ("csat_good", "csat_score"):
        return None
    return [word or None for word in column] if name in rows.NULLABLE else column


def _whole(column: Ints) -> Sequence[int | None] | None:
    """Integers, NEVER as None; None where all are."""
    nulls: Mask = column == NEVER
    missing = np.flatnonzero(nulls)
    if missing.size == len(column):
        return None
    listed: list[int | None] = column.tolist()
    for place in missing.tolist():
        listed[place] = None
    return listed


def _who(
    names: Sequence[str],
    column: str,
    agents: Mapping[str, int],
    known: Mapping[int, rows.Known],
    said: frozenset[str] | None,
) -> list[int | None]:
    ids = [agents.get(name) for name in names]
    if said is not None and WHO[column] not in said:
        place = rows.COMPARED.index(column)
        for n, one in known.items():
            ids[n] = one.values[place]
    return ids


def agents_named(
    session: Session, workspace_id: int, said: Iterable[str], *, now: Any, dry_run: bool
) -> dict[str, int]:
    """The identity behind each name as written, made on first sight; a dry run leaves the unknown out."""
    folded = {name: fold(name) for name in said}
    keys = {key: name for name, key in folded.items() if key}
    found = _identities(session, workspace_id, keys)
    if not dry_run and keys.keys() - found.keys():
        fresh = ((new_id(now), key, " ".join(keys[key].split())) for key in sorted(keys.keys() - found.keys()))
        rows.name_agents(session, workspace_id, fresh)
        found = _identities(session, workspace_id, keys)
    return {name: found[key] for name, key in folded.items() if key in found}


def _identities(session: Session, workspace_id: int, keys: Mapping[str, str]) -> dict[str, int]:
    query = select(Identity.key, Identity.id)
    return dict(session.exec(query.where(Identity.workspace_id == workspace_id, col(Identity.key).in_(keys))).all())
