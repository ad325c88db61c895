"""What one ticket's facts mean: which are impossible, and what follows from the rest. No database."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields, replace
from datetime import UTC, datetime
from typing import Any

from . import ratings

OPEN = ("new", "open", "pending", "on_hold")
SOLVED = ("solved", "closed")
LEFT_OUT = ("spam", "deleted", "merged", "test")
STATUSES = OPEN + SOLVED + LEFT_OUT
OPENERS = ("customer", "agent", "bot")
AGENT_OPENED = "agent_opened"
"""Why a ticket that an agent opened is left out."""

# fmt: off
HAPPENED = (
    "handed_off_at", "first_response_at", "first_solved_at", "solved_at", "reopened_at", "csat_sent_at", "csat_at",
)
"""Instants after the creation of something that happened: none before the creation, none after the end of the data."""
DUE = ("first_response_due_at", "resolution_due_at")
COUNTS = (
    "reopens", "early_reopens", "public_replies", "repliers", "customer_messages", "transfers", "group_transfers",
)
SECONDS = ("requester_wait_s", "agent_work_s", "requester_wait_business_s", "agent_work_business_s")
# fmt: on
LIMITS = {**dict.fromkeys(COUNTS, 1_000_000), **dict.fromkeys(SECONDS, 2_000_000_000)}
"""What a number stays below; more is a slip of an export."""

EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)
"""Outside these an instant is a slip of an export."""


@dataclass(frozen=True, slots=True)
class TicketFacts:
    """One ticket as a source tells it. Instants are aware; "" and None mean that nothing was said."""

    key: str
    created_at: datetime
    agent: str = ""
    channel: str = ""
    queue: str = ""
    priority: str = ""
    category: str = ""
    language: str = ""
    customer: str = ""
    organisation: str = ""
    tier: str = ""
    opened_by: str = "customer"
    """customer, agent, bot."""
    status: str = ""
    """One of `STATUSES`; empty: solved where a solve is known, else open."""
    handed_off_at: datetime | None = None
    """When a bot gave the conversation to people."""
    first_responder: str = ""
    """Who gave the first public human reply, as the source writes them."""
    first_response_at: datetime | None = None
    first_response_due_at: datetime | None = None
    first_solved_at: datetime | None = None
    solved_at: datetime | None = None
    """The last solve."""
    reopened_at: datetime | None = None
    """The last reopening."""
    resolution_due_at: datetime | None = None
    reopens: int | None = None
    early_reopens: int | None = None
    """Those within 7 days of a solve."""
    public_replies: int | None = None
    repliers: int | None = None
    customer_messages: int | None = None
    """After the creation."""
    transfers: int | None = None
    group_transfers: int | None = None
    requester_wait_s: int | None = None
    agent_work_s: int | None = None
    requester_wait_business_s: int | None = None
    agent_work_business_s: int | None = None
    csat: str = ""
    """The raw answer."""
    csat_scale: str = ""
    csat_sent_at: datetime | None = None
    csat_at: datetime | None = None
    csat_comment: str = ""
    subject: str = ""
    url: str = ""
    tags: str = ""
    unreadable: tuple[str, ...] = ()
    """Columns in which the source said something nobody can read; set aside like the impossible."""


@dataclass(frozen=True, slots=True)
class Settled:
    """Facts without the impossible ones, the names of those, and what follows from the rest."""

    facts: TicketFacts
    set_aside: tuple[str, ...]
    status: str
    solved_at: datetime | None
    csat_scale: str
    csat_at: datetime | None
    csat_good: bool | None
    csat_score: float | None
    is_answered: bool
    is_solved: bool
    left_out: str


def settle(facts: TicketFacts, until: datetime, known_aside: tuple[str, ...] = ()) -> Settled:
    """What to keep of a ticket from data that reaches `until`; `known_aside` was set aside before."""
    wrong = {*impossible(facts, until), *facts.unreadable, *known_aside}
    if wrong:
        facts = _without(facts, wrong)
    status, solved_at = _solve(facts, wrong)
    return Settled(
        facts,
        tuple(sorted(wrong)),
        status,
        solved_at,
        ratings.scale_of(facts.csat, facts.csat_scale) if facts.csat or facts.csat_scale else "",
        _rated_at(facts, solved_at, wrong),
        ratings.is_good(facts.csat, facts.csat_scale) if facts.csat else None,
        ratings.score(facts.csat, facts.csat_scale) if facts.csat else None,
        is_answered=facts.first_response_at is not None or "first_response_at" in wrong or bool(facts.public_replies),
        is_solved=status not in OPEN,
        left_out=_left_out(status, facts.opened_by, facts.customer_messages),
    )


def impossible(facts: TicketFacts, until: datetime) -> list[str]:
    """The columns whose value cannot be: before the creation, after the end of the data, negative, off the scale."""
    created = facts.created_at
    end = until if created <= until else LATEST  # a ticket from after the end of the data has not begun yet
    wrong = []
    for name in HAPPENED:
        at = getattr(facts, name)
        if at is not None and not created <= at <= end:
            wrong.append(name)
    for name in DUE:
        at = getattr(facts, name)
        if at is not None and not created <= at < LATEST:
            wrong.append(name)
    for name, limit in LIMITS.items():
        count = getattr(facts, name)
        if count is not None and not 0 <= count < limit:
            wrong.append(name)
    first, last = facts.first_solved_at, facts.solved_at
    if first and last and first > last and not {"first_solved_at", "solved_at"} & set(wrong):
        wrong.append("first_solved_at")
    if facts.csat and not ratings.is_answer(facts.csat, facts.csat_scale):
        wrong.append("csat")
    return wrong


UNSAID: dict[str, Any] = {one.name: one.default for one in fields(TicketFacts) if one.default is not MISSING}
"""What stands in a fact that nobody speaks of."""


def _without(facts: TicketFacts, wrong: set[str]) -> TicketFacts:
    gone = {name: UNSAID[name] for name in wrong if name in UNSAID}
    return replace(facts, **gone)


def _solve(facts: TicketFacts, wrong: set[str]) -> tuple[str, datetime | None]:
    """The status, and the last solve: the first where no other is known."""
    status, solved_at, solve_wrong = facts.status, facts.solved_at, wrong & {"solved_at", "first_solved_at"}
    if status not in STATUSES:
        last = solved_at or facts.first_solved_at
        is_back = last is not None and facts.reopened_at is not None and facts.reopened_at > last
        status = "solved" if (last or solve_wrong) and not is_back else "open"
    if solved_at is None and status in SOLVED and not solve_wrong:
        solved_at = facts.first_solved_at
    return status, solved_at


def _rated_at(facts: TicketFacts, solved_at: datetime | None, wrong: set[str]) -> datetime | None:
    """When the rating was given; where nobody says, the solve. An impossible date is not made up for."""
    if not facts.csat or facts.csat_at or wrong & {"csat_at", "solved_at"}:
        return facts.csat_at
    return solved_at or last_known(facts)


def last_known(facts: TicketFacts) -> datetime:
    """The latest instant at which something is known to have happened to a ticket."""
    instants: list[datetime | None] = [facts.created_at, *(getattr(facts, name) for name in HAPPENED)]
    return max(at for at in instants if at)


def _left_out(status: str, opened_by: str, customer_messages: int | None) -> str:
    if status in LEFT_OUT:
        return status
    return AGENT_OPENED if opened_by == "agent" and not customer_messages else ""
