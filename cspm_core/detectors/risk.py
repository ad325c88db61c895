"""What is at risk in a team now: the tickets on its card, by time left, and who has them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np
from sqlmodel import Session, col, select

from ..escalations import Escalation, Status
from ..people import Member, Team
from ..tickets.lists import listed
from . import rules
from .clock import NEVER, Seconds, WorkClock
from .crossings import dues
from .tables import TicketTake
from .work import Work, instant, second


@dataclass(frozen=True, slots=True)
class RiskTicket:
    """One line of the card. `share`: per cent of the working time until it is due that is used, as a step."""

    id: int
    key: str
    url: str
    priority: str
    metric: str
    """first_response or resolution."""
    due_at: datetime
    is_past_due: bool
    share: int
    left_s: int
    """Working seconds left, rounded down as they are said."""
    taken_by: str = ""
    owner: str = ""
    """Who said "mine" to its escalation."""


@dataclass(frozen=True, slots=True)
class Risk:
    """A team's card: the tickets shown, how many more there are, how far the data reaches."""

    card_id: int
    team_id: int
    team: str
    timezone: str
    day: date
    as_of: datetime | None
    is_live: bool
    """The help desk tells of what happens as it happens."""
    is_paused: bool
    """The data ends too early to go by."""
    is_over: bool
    """A later day has a card of its own."""
    tickets: tuple[RiskTicket, ...]
    past_due: int
    in_time: int
    """At risk and not yet due."""

    @property
    def more(self) -> int:
        return self.past_due + self.in_time - len(self.tickets)

    def fingerprint(self) -> str:
        """What it says, as one word. Takes are left out: they edit the card themselves."""
        bare = replace(self, card_id=0, tickets=tuple(replace(one, taken_by="") for one in self.tickets))
        if bare.is_live:
            bare = replace(bare, as_of=None)
        return hashlib.sha256(repr(bare).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Pressing:
    """The tickets at risk at an instant, each once, by its next target: rows of `Work`, and when it is due."""

    rows: Seconds
    due: Seconds
    is_reply: Seconds
    share: Seconds


def pressing(work: Work, clock: WorkClock, at: int) -> Pressing:
    """Which open tickets have used the first step of a target or more; the target that is due first counts."""
    rows, due, reply, share = [], [], [], []
    for n, one in enumerate(dues(work)):
        waiting = one.of(one.over >= NEVER)
        used = np.zeros(len(waiting.rows), dtype=np.int64)
        for step in rules.STEPS:
            used[clock.used(work.created[waiting.rows], waiting.due, step) <= at] = step
        used[waiting.due < at] = 100
        hot = used > 0
        rows.append(waiting.rows[hot])
        due.append(waiting.due[hot])
        reply.append(np.full(int(hot.sum()), 1 - n, dtype=np.int64))
        share.append(used[hot])
    every = [np.concatenate(one) for one in (rows, due, reply, share)]
    order = np.lexsort((every[2], every[1], every[0]))
    every = [one[order] for one in every]
    first = np.ones(len(order), dtype=bool)
    first[1:] = every[0][1:] != every[0][:-1]
    return Pressing(*(one[first] for one in every))


def shown_of(found: Pressing, at: int) -> Seconds:
    """Places of those that the card shows, by time left: what can still be in time first gets its places, then the
    latest breaches, then whatever is left of both."""
    late, coming = np.flatnonzero(found.due < at), np.flatnonzero(found.due >= at)
    coming = coming[np.argsort(found.due[coming], kind="stable")]
    late = late[np.argsort(-found.due[late], kind="stable")]
    places = min(len(coming), max(rules.SHOWN_IN_TIME, rules.SHOWN - len(late)))
    chosen = np.concatenate([coming[:places], late[: rules.SHOWN - places]])
    return chosen[np.argsort(found.due[chosen], kind="stable")]


def risk_tickets(
    session: Session, team: Team, work: Work, clock: WorkClock, as_of: datetime
) -> tuple[tuple[RiskTicket, ...], int, int]:
    """The lines of the card, how many are past due, how many are not yet."""
    at = second(as_of)
    found = pressing(work, clock, at)
    places = shown_of(found, at)
    ids = work.ids[found.rows[places]].tolist()
    names = {one.id: one for one in listed(session, team, ids)}
    taken, owners = takers(session, team, ids), _owners(session, team, ids)
    now = np.full(len(places), at, dtype=np.int64)
    left = clock.spent(now, found.due[places]).tolist()
    lines = []
    for n, (place, ticket_id) in enumerate(zip(places.tolist(), ids, strict=True)):
        due, known = int(found.due[place]), names[ticket_id]
        lines.append(
            RiskTicket(
                ticket_id,
                known.key,
                known.url,
                known.priority,
                "first_response" if found.is_reply[place] else "resolution",
                instant(due) or as_of,
                due < at,
                int(found.share[place]),
                rules.left_shown(left[n]),
                taken.get(ticket_id, ""),
                owners.get(ticket_id, ""),
            )
        )
    late = int((found.due < at).sum())
    return tuple(lines), late, len(found.rows) - late


def takers(session: Session, team: Team, ids: list[int]) -> dict[int, str]:
    """Who has which of these tickets, by name."""
    query = (
        select(TicketTake.ticket_id, Member.name)
        .join(Member, (col(Member.workspace_id) == TicketTake.workspace_id) & (col(Member.id) == TicketTake.member_id))
        .where(TicketTake.workspace_id == team.workspace_id, col(TicketTake.ticket_id).in_(ids))
    )
    return dict(session.exec(query).all()) if ids else {}


def _owners(session: Session, team: Team, ids: list[int]) -> dict[int, str]:
    query = (
        select(Escalation.ticket_id, Member.name)
        .join(Member, (col(Member.workspace_id) == Escalation.workspace_id) & (col(Member.id) == Escalation.owner_id))
        .where(
            Escalation.workspace_id == team.workspace_id,
            col(Escalation.ticket_id).in_(ids),
            Escalation.status == Status.ACKNOWLEDGED.value,
            col(Escalation.channel).is_not(None),
        )
    )
    return {int(ticket_id or 0): name for ticket_id, name in session.exec(query)} if ids else {}
