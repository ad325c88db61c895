"""Zendesk, as its own pages say (support.zendesk.com/hc/en-us/articles/…):

4408827693594 Metrics and attributes for Zendesk Support: tickets that agents submitted are tickets, deleted ones are
not in the data set; one-touch is `Agent replies < 2` of solved; satisfaction is good over good and bad.
4408834848154 Native Support time duration metrics: a value is written once both events have taken place and is null
until then; full resolution runs to the latest solve. 4408821871642 First reply time: from creation also where an agent
created it, to the agent's next public comment.
"""

from __future__ import annotations

from ..frame import NEVER, UNKNOWN, WEEK, Ints, Mask, Window
from ..known import known
from .rules import Figure, Others, apart, median, number, part_of, seconds

AGENT, MERGED = "agent_opened", "merged"


def first_response(others: Others, window: Window) -> Figure:
    """The median over tickets that have a reply; those without one have no value at all."""
    ours, theirs = others.counted, others.along(AGENT)
    replied = window.holds(theirs.created) & (known(theirs, window.as_of).response != NEVER)
    facts, created = known(ours, window.as_of), window.holds(ours.created)
    silent = created & (facts.response == NEVER) & ~facts.is_answered
    return Figure(
        median(seconds(theirs.first_response, theirs.created, replied)),
        {
            **apart(ours, unanswered=silent & facts.is_open, solved_unanswered=silent & ~facts.is_open),
            **_agents(others, replied),
        },
    )


def full_resolution(others: Others, window: Window) -> Figure:
    """The median to the latest solve, of what is solved; what is open again has no place in a report on solves."""
    theirs = others.along(AGENT)
    facts = known(theirs, window.as_of)
    placed = window.holds(facts.last_solve)
    solved = placed & ~facts.is_open
    again = (placed & facts.is_open)[: len(others.counted)]
    return Figure(
        median(seconds(facts.last_solve, theirs.created, solved)),
        {**apart(others.counted, open_again=again), **_agents(others, solved)},
    )


def first_resolution(others: Others, window: Window) -> Figure:
    """The median to the first solve."""
    theirs = others.along(AGENT)
    facts = known(theirs, window.as_of)
    solved = window.holds(facts.first_solve)
    return Figure(median(seconds(facts.first_solve, theirs.created, solved)), _agents(others, solved))


def one_touch(others: Others, window: Window) -> Figure:
    """Fewer than two replies over solved, so that a solve without any reply is one touch too."""
    theirs = others.along(AGENT)
    facts = known(theirs, window.as_of)
    solved = window.holds(facts.last_solve) & ~facts.is_open & (theirs.public_replies != UNKNOWN)
    silent = (solved & (theirs.public_replies == 0))[: len(others.counted)]
    return Figure(
        part_of(solved, theirs.public_replies < 2),
        {**apart(others.counted, zero_reply=silent), **_agents(others, solved)},
    )


def reopen_rate(others: Others, window: Window) -> Figure:
    """`Reopens > 0` over solved, however long after the solve it was."""
    theirs = others.along(AGENT)
    facts = known(theirs, window.as_of)
    solved = window.holds(facts.last_solve) & ((theirs.reopens != UNKNOWN) | facts.is_open)
    reopened = solved & ((theirs.reopens > 0) | facts.is_open)
    late = reopened & (theirs.early_reopens == 0) & ~facts.is_open
    late |= reopened & facts.is_open & (theirs.reopened != NEVER) & (theirs.reopened > facts.last_solve + WEEK)
    return Figure(
        part_of(solved, reopened),
        {**apart(others.counted, reopened_late=late[: len(others.counted)]), **_agents(others, solved)},
    )


def csat(others: Others, window: Window) -> Figure:
    """Good over good and bad: on 5 points 4 and 5 are good, as here."""
    theirs = others.along(AGENT)
    rated = window.holds(theirs.csat_at) & (theirs.csat_good != UNKNOWN) & (theirs.survey == 0)
    return Figure(part_of(rated, theirs.csat_good == 1), _agents(others, rated))


def volume(others: Others, window: Window) -> Figure:
    """Every ticket that was not deleted: also those of agents, and those that were closed by a merge."""
    theirs = others.along(AGENT, MERGED)
    created = window.holds(theirs.created)
    return Figure(number(created), {**_agents(others, created), **_merged(others, window)})


def solved(others: Others, window: Window) -> Figure:
    """Tickets that are solved now, by their latest solve."""
    theirs = others.along(AGENT)
    facts = known(theirs, window.as_of)
    placed = window.holds(facts.last_solve)
    again = (placed & facts.is_open)[: len(others.counted)]
    done = placed & ~facts.is_open
    return Figure(number(done), {**apart(others.counted, open_again=again), **_agents(others, done)})


def backlog(others: Others, window: Window) -> Figure:
    """Unsolved tickets, those that agents opened among them."""
    theirs = others.along(AGENT)
    is_open = known(theirs, window.closing).is_open
    return Figure(number(is_open), _agents(others, is_open))


def _agents(others: Others, inside: Mask) -> dict[str, Ints]:
    """Of what they count, the tickets that an agent opened."""
    first = len(others.counted)
    aside = others.aside(AGENT)
    return apart(aside, agent_opened=inside[first : first + len(aside)])


def _merged(others: Others, window: Window) -> dict[str, Ints]:
    aside = others.aside(MERGED)
    return apart(aside, merged=window.holds(aside.created))
