"""Tickets and calls put together as contacts, and who of the customers turned to the team again."""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from .frame import NEVER, SECOND, UNKNOWN, Calls, Contacts, Ints, Mask, Tickets, code_of

PHONE = code_of("phone")
OPENED_WITHIN = 15 * 60 * SECOND
"""So long after a call its ticket may be opened, as part of the work after the call."""


def contacts(tickets: Tickets, calls: Calls, named: Tickets | None = None) -> Contacts:
    """Tickets and calls of a whole team as contacts, tickets first.

    A customer's contacts on one category are one matter. A call that names one of the tickets belongs to its matter;
    where the ticket was opened during the call, both are one contact: neither is a further one after the other.
    `named`: tickets that calls name and that are no contacts here, being too old or too new.
    """
    if not len(calls):
        return _tickets_alone(tickets)
    every = {name: _both(name, tickets, named) for name in ("id", "created", "customer", "category")}
    its, is_linked, is_opened = _links(every["id"], every["created"], calls)
    customer, category = calls.customer, calls.category
    if len(every["id"]):
        customer = np.where(is_linked, every["customer"][its], customer)
        category = np.where(is_linked, every["category"][its], category)
    began = tickets.created.copy()
    is_here = is_opened & (its < len(tickets))
    np.minimum.at(began, its[is_here], calls.queued[is_here])
    again = _again(
        np.concatenate((tickets.customer, customer)),
        np.concatenate((tickets.category, category)),
        np.concatenate((began, calls.queued)),
        np.concatenate((np.ones(len(tickets), dtype=bool), calls.is_outbound == 0)),
    )
    columns = {
        **{name: np.concatenate((getattr(tickets, name), ours)) for name, ours in _of_calls(calls, is_opened).items()},
        "customer": np.concatenate((tickets.customer, customer)),
        "category": np.concatenate((tickets.category, category)),
        "is_call": _ones(len(tickets), len(calls)),
        "is_outbound": np.concatenate((np.zeros(len(tickets), dtype=np.int64), calls.is_outbound)),
        "handled": np.concatenate((tickets.solved, _handled(calls))),
        "again": again,
    }
    return Contacts(*(columns[column.name] for column in fields(Contacts)))


def _tickets_alone(tickets: Tickets) -> Contacts:
    """The same columns, without a copy of any."""
    nothing = np.zeros(len(tickets), dtype=np.int64)
    ours = {
        "is_call": nothing,
        "is_outbound": nothing,
        "handled": tickets.solved,
        "again": _again(tickets.customer, tickets.category, tickets.created, np.ones(len(tickets), dtype=bool)),
    }
    names = (column.name for column in fields(Contacts))
    return Contacts(*(ours[name] if name in ours else getattr(tickets, name) for name in names))


def no_calls() -> Calls:
    """Columns of no call at all, for a team without a telephone."""
    return Calls(*(np.zeros(0, dtype=np.int64) for _ in fields(Calls)))


def _both(name: str, tickets: Tickets, named: Tickets | None) -> Ints:
    ours: Ints = getattr(tickets, name)
    return np.concatenate((ours, getattr(named, name))) if named is not None and len(named) else ours


def _links(ids: Ints, created: Ints, calls: Calls) -> tuple[Ints, Mask, Mask]:
    """For each call the place of the ticket it names, whether it names one that is here, and was opened during it."""
    if not len(ids):
        nothing = np.zeros(len(calls), dtype=bool)
        return np.zeros(len(calls), dtype=np.int64), nothing, nothing
    order = np.argsort(ids)
    at = np.minimum(np.searchsorted(ids, calls.ticket, sorter=order), len(ids) - 1)
    its = order[at]
    is_linked = (ids[its] == calls.ticket) & (calls.ticket != UNKNOWN)
    begun = created[its]
    is_opened = is_linked & (begun >= calls.queued) & (begun - OPENED_WITHIN <= _over(calls))
    return its, is_linked, is_opened


def _of_calls(calls: Calls, is_opened: Mask) -> dict[str, Ints]:
    """Calls in the columns that tickets have."""
    is_solved = (calls.is_resolved == 1) & ~is_opened & (calls.is_answered == 1)
    over = _over(calls)
    solved = np.where(is_solved, over, NEVER)
    unknown, never = np.full(len(calls), UNKNOWN), np.full(len(calls), NEVER)
    nothing = np.zeros(len(calls), dtype=np.int64)
    is_rated = (calls.csat_good != UNKNOWN) | (calls.score != UNKNOWN)
    return {
        "id": calls.id,
        "agent": calls.agent,
        "created": calls.queued,
        "first_solved": solved,
        "solved": solved,
        "is_solved": is_solved.astype(np.int64),
        "reopens": nothing,
        "early_reopens": nothing,
        "reopened": never,
        "transfers": calls.transfers,
        "group_transfers": unknown,
        "csat_good": calls.csat_good,
        "csat_at": np.where(is_rated, over, NEVER),
        "score": calls.score,
        "survey": calls.survey,
        "channel": np.full(len(calls), PHONE),
        "queue": calls.queue,
        "language": calls.language,
        "priority": nothing,
    }


def _handled(calls: Calls) -> Ints:
    """When a call was answered; where nobody says when, its place in the queue. NEVER: it was not."""
    answered = np.where(calls.answered != NEVER, calls.answered, calls.queued)
    return np.where(calls.is_answered == 1, answered, NEVER)


def _over(calls: Calls) -> Ints:
    """When a call ended; where nobody says, when it was answered, or else queued."""
    begun = np.where((calls.is_answered == 1) & (calls.answered != NEVER), calls.answered, calls.queued)
    return np.where(calls.ended != NEVER, calls.ended, begun)


def _ones(before: int, behind: int) -> Ints:
    return np.concatenate((np.zeros(before, dtype=np.int64), np.ones(behind, dtype=np.int64)))


def _again(customer: Ints, category: Ints, began: Ints, is_theirs: Mask) -> Ints:
    """For each contact the beginning of the customer's next one on the same category; NEVER: none.

    Contacts that began at one instant are one. Those that the team began (not `is_theirs`) are no contact of the
    customer: they have a next one, and are none.
    """
    again = np.full(len(began), NEVER)
    matter = _matters(customer, category)
    order = _repeated(matter, customer != 0)
    order = order[np.lexsort((began[order], matter[order]))]
    if not len(order):
        return again
    which, when, places, last = matter[order], began[order], np.arange(len(order)), len(order)
    is_other = np.concatenate(([True], which[1:] != which[:-1]))
    is_later = is_other | np.concatenate(([True], when[1:] != when[:-1]))
    ends = np.append(np.flatnonzero(is_later)[1:], last)[np.cumsum(is_later) - 1]  # behind those of the same instant
    next_own = np.minimum.accumulate(np.where(is_theirs[order], places, last)[::-1])[::-1]
    following = np.append(next_own, last)[ends]
    there = following < last
    there[there] = which[following[there]] == which[there]
    again[order[there]] = when[following[there]]
    return again


def _matters(customer: Ints, category: Ints) -> Ints:
    """Customer and category as one integer. Both are codes already, so that two meet no sooner by it than before."""
    mixed = category.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    return (customer.astype(np.uint64) * np.uint64(0xC2B2AE3D27D4EB4F) ^ (mixed ^ (mixed >> np.uint64(29)))).view(
        np.int64
    )


def _repeated(matter: Ints, is_known: Mask) -> Ints:
    """The places of what stands there more than once; the rest needs no closer look."""
    known = np.flatnonzero(is_known)
    order = known[np.argsort(matter[known])]
    same = matter[order[1:]] == matter[order[:-1]]
    return order[np.concatenate((same, [False])) | np.concatenate(([False], same))] if len(order) else order
