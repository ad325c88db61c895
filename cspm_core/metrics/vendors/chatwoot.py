"""Chatwoot, as its source says (github.com/chatwoot/chatwoot):

app/listeners/reporting_event_listener.rb writes an event at each first reply and each resolution, and
app/builders/v2/reports/timeseries/average_report_builder.rb averages those of a period, with business hours as a
switch. enterprise/app/controllers/api/v1/accounts/applied_slas_controller.rb says 100 % where nothing was missed.
"""

from __future__ import annotations

import numpy as np

from ..frame import NEVER, SATISFACTION, UNKNOWN, Ints, Mask, Window
from ..known import known
from .rules import Figure, Others, apart, mean, number, part_of, seconds


def first_response(others: Others, window: Window) -> Figure:
    """The average over first replies that were sent in the period, whenever the conversation began."""
    tickets = others.counted
    replied = window.holds(known(tickets, window.as_of).response)
    return Figure(mean(seconds(tickets.first_response, tickets.created, replied)), _replies(others, window, replied))


def first_response_business(others: Others, window: Window) -> Figure:
    """The same average in business hours: what came and was answered outside them is 0, and drags it down."""
    tickets = others.counted
    replied = window.holds(known(tickets, window.as_of).response)
    counted = replied & (tickets.first_response_business_s != UNKNOWN)
    zero = counted & (tickets.first_response_business_s == 0)
    found = mean(tickets.first_response_business_s[counted].astype(np.float64))
    return Figure(found, {**_replies(others, window, replied), **apart(tickets, zero_seconds=zero)})


def full_resolution(others: Others, window: Window) -> Figure:
    """The average over resolutions in the period: a conversation that is resolved twice counts twice."""
    tickets = others.counted
    facts = known(tickets, window.as_of)
    first, last = _resolutions(others, window)
    took = np.concatenate(
        [seconds(facts.first_solve, tickets.created, first), seconds(facts.last_solve, tickets.created, last)]
    )
    again = window.holds(facts.last_solve) & facts.is_open
    return Figure(mean(took), apart(tickets, resolved_twice=first & last, open_again=again))


def solved(others: Others, window: Window) -> Figure:
    """Resolutions in the period: one each time, so one for every customer who stopped answering as well."""
    first, last = _resolutions(others, window)
    found = number(np.concatenate([first, last]))
    return Figure(found, apart(others.counted, resolved_twice=first & last, resolved_before=first & ~last))


def csat(others: Others, window: Window) -> Figure:
    """Answers of 4 and 5 over answers, as here; 0 where there are none."""
    tickets = others.counted
    rated = window.holds(tickets.csat_at) & (tickets.csat_good != UNKNOWN) & (tickets.survey == SATISFACTION)
    return Figure(part_of(rated, tickets.csat_good == 1, when_nothing=0.0), {})


def sla_first_response(others: Others, window: Window) -> Figure:
    """What was not missed over all that had a target, so that what is not due yet counts as reached; 100 % of none."""
    tickets = others.counted
    facts, due = known(tickets, window.as_of), tickets.first_response_target
    applied = window.holds(tickets.created) & (due != NEVER)
    silent = applied & (facts.response == NEVER) & ~facts.is_answered
    closed_late = ~facts.is_open & (facts.last_solve != NEVER) & (facts.last_solve > due)
    missed = applied & (facts.response != NEVER) & (facts.response > due)
    missed |= silent & ((facts.is_open & (due < window.as_of)) | closed_late)
    not_due = silent & facts.is_open & ~missed
    gone = silent & ~facts.is_open & ~missed
    return Figure(
        part_of(applied, ~missed, when_nothing=1.0), apart(tickets, not_due_yet=not_due, solved_unanswered=gone)
    )


def sla_resolution(others: Others, window: Window) -> Figure:
    """The same of resolutions, by when the conversation began."""
    tickets = others.counted
    facts, due = known(tickets, window.as_of), tickets.resolution_target
    applied = window.holds(tickets.created) & (due != NEVER)
    ends = np.where(facts.is_open, window.as_of, facts.last_solve)
    missed = applied & (ends > due) & (ends != NEVER)
    return Figure(
        part_of(applied, ~missed, when_nothing=1.0),
        apart(tickets, not_due_yet=applied & facts.is_open & ~missed, solved_later=_solved_only(others, window)),
    )


def _solved_only(others: Others, window: Window) -> Mask:
    """Solved in the period but created before it, so that they count for us and not for them."""
    tickets = others.counted
    solved = window.holds(known(tickets, window.as_of).last_solve) & (tickets.resolution_target != NEVER)
    late: Mask = solved & ~window.holds(tickets.created)
    return late


def _resolutions(others: Others, window: Window) -> tuple[Mask, Mask]:
    """The first solves and the last ones in the period; one that is both is a last one."""
    facts = known(others.counted, window.as_of)
    first = window.holds(facts.first_solve) & (facts.first_solve != facts.last_solve)
    return first, window.holds(facts.last_solve)


def _replies(others: Others, window: Window, replied: Mask) -> dict[str, Ints]:
    tickets = others.counted
    facts, created = known(tickets, window.as_of), window.holds(tickets.created)
    silent = created & (facts.response == NEVER) & ~facts.is_answered
    return apart(
        tickets,
        unanswered=silent & facts.is_open,
        solved_unanswered=silent & ~facts.is_open,
        created_before=replied & ~created,
        replied_after=created & (facts.response != NEVER) & ~replied,
    )
