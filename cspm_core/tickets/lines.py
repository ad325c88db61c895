"""A chunk of settled tickets as the values of their rows, with agents, targets and working seconds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from operator import attrgetter

from sqlmodel import Session, col, select

from ..ids import new_id
from ..people import Identity, Team, calendar_of, fold
from . import reads, rows, sla
from .rules import Settled

_said = attrgetter(*rows.SAID)
_FOLLOWING = [(rows.SAID.index(name), attrgetter(name)) for name in ("status", "solved_at", "csat_scale", "csat_at")]
_NULLABLE = [rows.SAID.index(name) for name in rows.NULLABLE]
_INSTANTS = [n for n, name in enumerate(rows.SAID) if name in rows.INSTANTS]
_AGENT = rows.COMPARED.index("agent_id")


def of_tickets(
    session: Session,
    team: Team,
    settled: Sequence[Settled],
    agents_of: Mapping[str, rows.Known],
    *,
    now: datetime,
    dry_run: bool,
) -> list[rows.Values]:
    """The values of `rows.COMPARED` for each ticket; those in `agents_of` keep the agent they have."""
    agents = _agents(session, team.workspace_id, {one.facts.agent for one in settled}, now=now, dry_run=dry_run)
    counted = sla.counted(
        [_spell(one) for one in settled], calendar_of(session, team), reads.sla_targets(session, team)
    )
    bound = rows.bound(session)
    made = []
    for one, (first_due, last_due, first_s, last_s) in zip(settled, counted, strict=True):
        line = list(_said(one.facts))
        for n, value in _FOLLOWING:
            line[n] = value(one)
        for n in _NULLABLE:
            line[n] = line[n] or None
        for n in _INSTANTS:
            line[n] = bound(line[n])
        key = one.facts.key
        agent = agents_of[key].values[_AGENT] if key in agents_of else agents.get(one.facts.agent)
        line += [team.id, agent, one.is_answered, one.is_solved, one.left_out, ",".join(one.set_aside), one.csat_good]
        line += [bound(first_due), bound(last_due), first_s, last_s, team.calendar_version]
        made.append(tuple(line))
    return made


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


def _agents(session: Session, workspace_id: int, names: set[str], *, now: datetime, dry_run: bool) -> dict[str, int]:
    """The identity behind each name as written, made on first sight; a dry run leaves the unknown out."""
    folded = {name: fold(name) for name in names}
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
