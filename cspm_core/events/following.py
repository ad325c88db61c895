"""From the log to the tickets: facts, waits and working time of those whose events changed. Callers commit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session

from .. import tickets
from ..calendars import Calendar
from ..people import Team, calendar_of
from ..store import EPOCH
from ..tickets import Recorded, TicketFacts
from . import log, reads, spells
from .driver import instant, marks, run
from .rules import COLUMNS, SNAPSHOT, Derived, Event, Kind, derived, story_of
from .story import Story

PLAIN = (*COLUMNS, "opened_by", "agent")
STATUS = ("status", "first_solved_at", "solved_at", "reopens", "early_reopens", "reopened_at", "agent")
SPENT = ("requester_wait_s", "agent_work_s", "requester_wait_business_s", "agent_work_business_s")


@dataclass(frozen=True)
class Followed:
    """What became of some tickets. `waiting`: those of which neither the creation nor an import is known yet."""

    recorded: Recorded
    waiting: tuple[str, ...]


class _Standing(NamedTuple):
    id: int
    known_at: datetime
    is_solved: bool
    solved_at: datetime | None


def follow(
    session: Session, team: Team, scoped: Mapping[str, int], *, now: datetime, reach: datetime | None = None
) -> Followed:
    """Work the facts of these tickets (at most `tickets.CHUNK`) out from all their events. `scoped`: where each key is
    unique; `reach`: how far the log is complete, where somebody knows."""
    told = _with_imports(session, team, scoped, now)
    stories = {key: story for key, some in told.items() if (story := story_of(some))}
    calendar = calendar_of(session, team)
    count_worked(calendar, list(stories.values()))
    found = {key: derived(told[key], story) for key, story in stories.items()}
    spells.named(session, team.workspace_id, _names(found), now=now)  # all at once, in one order
    recorded = Recorded()
    for (scope, known_at, said), facts in _together(session, team, scoped, told, found, reach).items():
        recorded += tickets.record(session, team, facts, scope=scope, known_at=known_at, now=now, said=said)
    ids = {key: one.id for key, one in _standing(session, team, scoped).items()}
    spells.replace(session, team, calendar, {ids[key]: one.waits for key, one in found.items() if key in ids}, now=now)
    return Followed(recorded, tuple(key for key in told if key not in found))


def _names(found: Mapping[str, Derived]) -> set[str]:
    return {name for one in found.values() for name in (one.facts.agent, *(wait.agent for wait in one.waits)) if name}


def _together(
    session: Session,
    team: Team,
    scoped: Mapping[str, int],
    told: Mapping[str, Sequence[Event]],
    found: Mapping[str, Derived],
    reach: datetime | None,
) -> Mapping[tuple[int, datetime, frozenset[str]], Sequence[TicketFacts]]:
    """Facts that can be recorded together: by scope, by how far they reach, and by what they say."""
    standing = _standing(session, team, scoped)
    together: dict[tuple[int, datetime, frozenset[str]], list[TicketFacts]] = {}
    for key, one in found.items():
        known_at = max(event.at for event in told[key])
        known_at = max(known_at, reach) if reach else known_at
        said = one.said
        if stands := standing.get(key):
            said -= _known_better(one, known_at, stands)
            known_at = max(known_at, stands.known_at)
        together.setdefault((scoped[key], known_at, said), []).append(one.facts)
    return together


def count_worked(calendar: Calendar, stories: Sequence[Story]) -> None:
    """Count the working time of what was waited and worked, where it is told from the creation on."""
    whole = [one for one in stories if one.is_whole]
    waited = spells.summed(calendar, [one.spent.waited for one in whole])
    worked = spells.summed(calendar, [one.spent.worked for one in whole])
    for one, waited_s, worked_s in zip(whole, waited, worked, strict=True):
        one.requester_wait_business_s, one.agent_work_business_s = waited_s, worked_s


def _known_better(told: Derived, known_at: datetime, stands: _Standing) -> frozenset[str]:
    """What an import knows better: whose the ticket is where it is newer, and a solve after all that the events say of
    the status. What happened, and when, the events know better than any import."""
    better = frozenset(PLAIN if known_at < stands.known_at else ())
    if stands.is_solved and stands.solved_at and not (told.status_at and told.status_at >= stands.solved_at):
        better |= frozenset((*STATUS, *SPENT))
    return better


def _with_imports(session: Session, team: Team, scoped: Mapping[str, int], now: datetime) -> dict[str, list[Event]]:
    """The events of each ticket, with how an import knew it before the first where its creation is not among them."""
    told = log.told(session, team, list(scoped))
    starts = {Kind.CREATED, SNAPSHOT}
    unknown = {key: scoped[key] for key, some in told.items() if not starts & {one.kind for one in some}}
    if unknown:
        stood = [
            Event(f"{SNAPSHOT}:", key, known_at, SNAPSHOT, said=said)
            for key, (known_at, said) in reads.imported(session, team, unknown).items()
        ]
        log.write(session, team, stood, scoped, now=now)
        for one in stood:
            told[one.ticket_key].append(one)
    return told


def _standing(session: Session, team: Team, scoped: Mapping[str, int]) -> dict[str, _Standing]:
    """The tickets that stand by these keys, each in its scope."""
    found = {}
    if scoped:
        sql = f"""SELECT key, scope, id, known_at, is_solved, solved_at FROM ticket
            WHERE workspace_id = ? AND scope IN (0, ?) AND key IN ({marks(list(scoped))})"""  # noqa: S608
        for key, scope, *row in run(session, sql, (team.workspace_id, team.id, *scoped)):
            if scoped[key] == scope:
                found[key] = _Standing(row[0], instant(row[1]) or EPOCH, bool(row[2]), instant(row[3]))
    return found
