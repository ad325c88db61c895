"""Many teams with many tickets, written straight into the tables, the same every time: the store behind a scorecard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from sqlalchemy import insert
from sqlmodel import col, select

from cspm_core import kpi, people, tickets
from cspm_core.ids import new_id, new_ids
from cspm_core.people import Identity, Team
from cspm_core.store import EPOCH, Store, microseconds
from cspm_core.tickets import Ticket

from .stage import NOW

ZONE = "America/New_York"
DAY_S = 86_400
CHANNELS, QUEUES = ("email", "chat", "phone", "web"), ("First line", "Second line", "Billing")
CATEGORIES = tuple(f"Reason {n}" for n in range(12))
PRIORITIES, LANGUAGES = ("low", "normal", "high", "urgent"), ("en", "nl", "ko", "zh")
AT_ONCE = 20_000
HOUR = timedelta(hours=1)


def team(store: Store, name: str, *, a_day: int, days: int, agents: int, kept: bool = True) -> Team:
    """A team with so many tickets on each of the last days, some hundreds of them open."""
    with store.transaction() as session:
        workspace = people.found_workspace(session, now=NOW)
        made = people.add_team(session, workspace.id, name, timezone=ZONE, now=NOW)
    fill(store, made, a_day=a_day, days=days, agents=agents, now=NOW)
    if kept:
        keep(store, made, NOW)
    return made


def fill(store: Store, made: Team, *, a_day: int, days: int, agents: int, now: datetime) -> None:
    """Give a team its tickets, and say that they are all there."""
    with store.transaction() as session:
        who = [
            Identity(workspace_id=made.workspace_id, id=new_id(now), key=f"{made.name} {n}".casefold(), name=f"A {n}")
            for n in range(agents)
        ]
        session.add_all(who)
        ids = [one.id for one in who]
    for some in _chunks(_rows(made, ids, a_day * days, days, now)):
        with store.transaction() as session:
            session.connection().execute(insert(Ticket.__table__), some)  # type: ignore[attr-defined]
    with store.transaction() as session:
        tickets.note_source(session, made, complete_until=now, first_at=now - timedelta(days=days), now=now - HOUR)


def keep(store: Store, made: Team, now: datetime) -> int:
    """Pack and settle what a worker would have by now; how many days."""
    done = 0
    while True:
        with store.transaction() as session:
            kept = kpi.keep(session, made, now=now, limit=20)
        if not kept:
            return done
        done += kept.packed + kept.settled


def _chunks(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    some: list[dict[str, Any]] = []
    for row in rows:
        some.append(row)
        if len(some) == AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _rows(team: Team, agents: list[int], n: int, days: int, until: datetime) -> Iterator[dict[str, Any]]:
    draw = np.random.default_rng(len(team.name) + n)
    now = microseconds(until) // 1_000_000
    created = np.sort(now - draw.uniform(0, days * DAY_S, n).astype(np.int64))
    replied = created + draw.lognormal(8.8, 1.1, n).astype(np.int64)
    solved = replied + draw.lognormal(10.3, 1.0, n).astype(np.int64)
    is_silent = (draw.random(n) < 0.02) & (created > now - 20 * DAY_S)
    has_solve = ~is_silent & (solved <= now)
    has_reply = ~is_silent & (replied <= now)
    rated = has_solve & (draw.random(n) < 0.3)
    at_rating = np.minimum(now, solved + draw.integers(60, 2 * DAY_S, n))
    answers = draw.choice(5, n, p=(0.05, 0.05, 0.1, 0.3, 0.5)) + 1
    who = draw.integers(0, len(agents), n)
    words = {name: draw.integers(0, len(known), n).tolist() for name, known in _WORDS.items()}
    reopens, replies = (draw.random(n) < 0.06).tolist(), draw.integers(1, 5, n).tolist()
    customers = draw.integers(0, max(1, n // 3), n).tolist()
    ids = new_ids(until, n)
    for i in range(n):
        at, reply, solve = int(created[i]), int(replied[i]), int(solved[i])
        yield {
            "workspace_id": team.workspace_id,
            "id": ids[i],
            "team_id": team.id,
            "scope": team.id,
            "key": f"{team.name}-{i}",
            "agent_id": agents[who[i]],
            "customer": f"customer {customers[i]}",
            **{name: known[words[name][i]] for name, known in _WORDS.items()},
            "organisation": "",
            "tier": "",
            "opened_by": "customer",
            "status": "solved" if has_solve[i] else "open",
            "subject": "",
            "url": "",
            "tags": "",
            "left_out": "",
            "set_aside": "",
            "created_at": _at(at),
            "first_response_at": _at(reply) if has_reply[i] else None,
            "first_response_target_at": _at(at + 4 * 3600),
            "first_response_business_s": (reply - at) // 3 if has_reply[i] else None,
            "first_solved_at": _at(solve) if has_solve[i] else None,
            "solved_at": _at(solve) if has_solve[i] else None,
            "resolution_target_at": _at(at + 2 * DAY_S),
            "reopens": int(reopens[i]) if has_solve[i] else None,
            "public_replies": replies[i] if has_reply[i] else 0,
            "csat": str(answers[i]) if rated[i] else None,
            "csat_scale": "5" if rated[i] else None,
            "csat_good": bool(answers[i] >= 4) if rated[i] else None,
            "csat_at": _at(int(at_rating[i])) if rated[i] else None,
            "is_answered": bool(has_reply[i]),
            "is_solved": bool(has_solve[i]),
            "calendar_version": 1,
            "known_at": until,
        }


_WORDS = {
    "channel": CHANNELS,
    "queue": QUEUES,
    "category": CATEGORIES,
    "priority": PRIORITIES,
    "language": LANGUAGES,
}


def _at(second: int) -> Any:
    return EPOCH + timedelta(seconds=second)


def count(store: Store) -> int:
    """Tickets in the store."""
    with store.reading() as session:
        return len(session.exec(select(col(Ticket.id))).all())
