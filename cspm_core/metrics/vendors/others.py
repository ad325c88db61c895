"""Libredesk and Zammad, as their source says.

github.com/abhinavxd/libredesk, internal/report/queries.sql: the average first response over those that met their
target, and 0 % where nothing was judged. github.com/zammad/zammad, lib/report/ticket_backlog.rb: created less closed.
"""

from __future__ import annotations

from ..frame import NEVER, Window
from ..known import known
from ..measures import Measure
from .rules import Figure, Others, apart, mean, part_of, seconds


def libredesk_first_response(others: Others, window: Window) -> Figure:
    """The average over replies in time: a late one has no value, and what has no target neither."""
    tickets = others.counted
    facts, due = known(tickets, window.as_of), tickets.first_response_target
    created = window.holds(tickets.created)
    replied = created & (facts.response != NEVER)
    met = replied & (facts.response <= due) & (due != NEVER)
    silent = created & (facts.response == NEVER) & ~facts.is_answered
    return Figure(
        mean(seconds(tickets.first_response, tickets.created, met)),
        apart(
            tickets,
            late=replied & (facts.response > due),
            no_target=replied & (due == NEVER),
            unanswered=silent & facts.is_open,
            solved_unanswered=silent & ~facts.is_open,
        ),
    )


def libredesk_sla_first_response(others: Others, window: Window) -> Figure:
    """Met over met and breached; 0 % where nothing was judged."""
    tickets = others.counted
    facts, due = known(tickets, window.as_of), tickets.first_response_target
    applied = window.holds(tickets.created) & (due != NEVER)
    replied = applied & (facts.response != NEVER)
    silent = applied & ~replied & ~facts.is_answered
    breached = (replied & (facts.response > due)) | (silent & (due <= window.as_of))
    closed = silent & ~facts.is_open & breached & (facts.last_solve <= due)
    found = part_of(breached | (replied & ~breached), ~breached, when_nothing=0.0)
    return Figure(found, apart(tickets, solved_unanswered=closed))


def zammad_backlog(others: Others, window: Window) -> Figure:
    """Created less closed in the period: a flow, which says nothing of what was open before it."""
    tickets = others.counted
    created = window.holds(tickets.created)
    closed = window.holds(known(tickets, window.as_of).last_solve)
    before = known(tickets, window.start - 1).is_open
    flow = int(created.sum()) - int(closed.sum())
    return Figure(Measure(float(flow), int((created | closed).sum())), apart(tickets, open_before=before))
