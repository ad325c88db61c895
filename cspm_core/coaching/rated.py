"""What customers' ratings suggest to talk about or to thank for."""

from __future__ import annotations

import math
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, func, select

from ..people import Identity, Team
from ..tickets import Ticket
from .noticing import Noticed, named

RUN, FEWEST_LOW = 5, 3
"""Of the last five ratings at least three are bad …"""
RUN_CHANCE = 0.01
"""… and no oftener than once of a hundred times by chance, for the team's own share of bad ratings."""
RUN_WITHIN, USUAL_WITHIN = timedelta(days=60), timedelta(days=90)
PRAISE_WITHIN = timedelta(days=7)
PRAISE_LETTERS = 40
"""So long a comment says more than thanks; a Chinese or Korean letter counts twice."""
BEST = {"nps": 10.0, "ces": 7.0}


def low_runs(session: Session, team: Team, *, now: datetime) -> Iterator[Noticed]:
    """Of somebody's last five ratings, since it was said last, so many bad ones that chance hardly makes them."""
    least = least_low(*_usual(session, team, now))
    if least is None:
        return
    known = named(session, team, "low_ratings", "tickets")
    ratings: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    for member_id, ticket_id, is_good in _ratings(session, team, now - RUN_WITHIN, now):
        ratings[member_id].append((ticket_id, is_good))
    for member_id, given in ratings.items():
        fresh = _since_named(given, known)[-RUN:]
        low = [ticket_id for ticket_id, is_good in fresh if not is_good]
        if len(fresh) == RUN and len(low) >= least:
            facts: dict[str, object] = {
                "low": len(low),
                "of": RUN,
                "tickets": [str(ticket_id) for ticket_id, _ in fresh],
            }
            yield Noticed(member_id, "low_ratings", f"low_ratings:{member_id}:{low[-1]}", facts)


def least_low(bad: int, rated: int) -> int | None:
    """How many of five ratings must be bad before it is said: three at least, and so many that a team with this share
    of bad ones has them at most once of a hundred times; None where even five are no wonder, or nobody knows."""
    if rated < RUN:
        return None
    share = bad / rated
    return next((n for n in range(FEWEST_LOW, RUN + 1) if _at_least(n, share) <= RUN_CHANCE), None)


def _at_least(low: int, share: float) -> float:
    return sum(math.comb(RUN, n) * share**n * (1 - share) ** (RUN - n) for n in range(low, RUN + 1))


def _usual(session: Session, team: Team, now: datetime) -> tuple[int, int]:
    """Bad and all ratings of a team within 90 days."""
    query = select(col(Ticket.csat_good), func.count()).where(*_rated(team, now - USUAL_WITHIN, now))
    counted = {bool(is_good): n for is_good, n in session.exec(query.group_by(col(Ticket.csat_good)))}
    return counted.get(False, 0), sum(counted.values())


def _ratings(session: Session, team: Team, since: datetime, now: datetime) -> Sequence[tuple[int, int, bool]]:
    """Whose ticket, which, and whether its customer was content; the oldest first."""
    whose = (col(Identity.workspace_id) == Ticket.workspace_id) & (col(Identity.id) == Ticket.agent_id)
    query = (
        select(col(Identity.member_id), col(Ticket.id), col(Ticket.csat_good))
        .join_from(Ticket, Identity, whose)
        .where(*_rated(team, since, now), col(Identity.member_id).is_not(None))
        .order_by(col(Ticket.csat_at), col(Ticket.id))
    )
    return [(int(member or 0), ticket, bool(good)) for member, ticket, good in session.exec(query)]


def _rated(team: Team, since: datetime, until: datetime) -> tuple[Any, ...]:
    return (
        Ticket.workspace_id == team.workspace_id,
        Ticket.team_id == team.id,
        Ticket.left_out == "",
        col(Ticket.csat_good).is_not(None),
        col(Ticket.csat_at) > since,
        col(Ticket.csat_at) <= until,
    )


def _since_named(given: list[tuple[int, bool]], named: frozenset[str]) -> list[tuple[int, bool]]:
    last = max((n for n, (ticket_id, _) in enumerate(given) if str(ticket_id) in named), default=-1)
    return given[last + 1 :]


def praises(session: Session, team: Team, *, now: datetime) -> Iterator[Noticed]:
    """The best rating with a comment that says more than thanks: once a week for each person, the longest."""
    whose = (col(Identity.workspace_id) == Ticket.workspace_id) & (col(Identity.id) == Ticket.agent_id)
    rows = session.exec(
        select(Ticket, Identity.member_id)
        .join_from(Ticket, Identity, whose)
        .where(*_rated(team, now - PRAISE_WITHIN, now), col(Ticket.csat_good).is_(True))
        .where(col(Identity.member_id).is_not(None), col(Ticket.csat_comment).is_not(None))
        .order_by(col(Ticket.csat_at), col(Ticket.id))
    )
    best: dict[tuple[int, str], Ticket] = {}
    for ticket, member_id in rows:
        if member_id is None or not is_praise(ticket) or ticket.csat_at is None:
            continue
        year, week, _ = ticket.csat_at.isocalendar()
        held = best.get((member_id, f"{year}-{week}"))
        if held is None or letters(ticket.csat_comment or "") > letters(held.csat_comment or ""):
            best[member_id, f"{year}-{week}"] = ticket
    for (member_id, week_key), ticket in best.items():
        facts: dict[str, object] = {
            "ticket": str(ticket.id),
            "key": ticket.key,
            "rating": ticket.csat,
            "scale": ticket.csat_scale,
        }
        yield Noticed(member_id, "praise", f"praise:{member_id}:{week_key}", facts)


def is_praise(ticket: Ticket) -> bool:
    """The best there is on its scale, with more than a word."""
    scale, score = ticket.csat_scale or "", ticket.csat_score
    best = BEST.get(scale) or (float(scale) if scale.isdigit() else None)
    is_best = bool(ticket.csat_good) and (score is None or best is None or score >= best)
    return is_best and letters(ticket.csat_comment or "") >= PRAISE_LETTERS


def letters(words: str) -> int:
    """How long a text is; wide letters count twice."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in " ".join(words.split()))
