"""What a figure of a team's own can be made of: the facts of tickets and of calls by the names they are imported by.

Not among them are the subject, the organisation, the tier, the tags, the status and the agent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from ..frame import EFFORT, NEVER, PROMOTER, SATISFACTION, UNKNOWN, Calls, Ints, Mask, Tickets, Window
from ..known import known


class Kind(StrEnum):
    """What can be asked of a fact."""

    INSTANT = "instant"
    NUMBER = "number"
    LENGTH = "length"
    WORD = "word"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: a column as it was known at the instant of the reading; NEVER or UNKNOWN where it was not."""

    name: str
    kind: Kind
    column: Callable[..., Ints]
    """From the columns of tickets or calls and the window. Lengths are in seconds, words are codes."""
    choices: Mapping[str, int] | None = None
    is_reply: bool = False
    """A wait for it ends where the ticket is closed without it."""
    is_due: bool = False
    """No event: it is known beforehand."""
    lost: Callable[..., Mask] | None = None
    """Where it has come, or never will any more, and nobody knows when."""


def _at(name: str) -> Callable[[Tickets | Calls, Window], Ints]:
    def column(facts: Tickets | Calls, window: Window) -> Ints:
        at: Ints = getattr(facts, name)
        return np.where(at <= window.as_of, at, NEVER)

    return column


def _as_it_is(name: str) -> Callable[[Tickets | Calls, Window], Ints]:
    return lambda facts, _: getattr(facts, name)


def _at_the_end(name: str) -> Callable[[Tickets, Window], Ints]:
    """Counts belong to the last solve that the source knows: before it nobody can tell how far they were."""

    def column(tickets: Tickets, window: Window) -> Ints:
        facts = known(tickets, window.as_of)
        return np.where(facts.is_final & ~facts.is_back_later, getattr(tickets, name), UNKNOWN)

    return column


def _once(name: str, at: str) -> Callable[[Tickets | Calls, Window], Ints]:
    """Told together with an instant."""
    return lambda facts, window: np.where(getattr(facts, at) <= window.as_of, getattr(facts, name), UNKNOWN)


def _score(at: str) -> Callable[[Tickets | Calls, Window], Ints]:
    return _once("score", at)


def _response(tickets: Tickets, window: Window) -> Ints:
    return known(tickets, window.as_of).response


def _first_solve(tickets: Tickets, window: Window) -> Ints:
    return known(tickets, window.as_of).first_solve


def _solve(tickets: Tickets, window: Window) -> Ints:
    """The last solve of what is solved: what is open again is not."""
    facts = known(tickets, window.as_of)
    return np.where(facts.is_open, NEVER, facts.last_solve)


def _undated(tickets: Tickets, window: Window) -> Mask:
    return known(tickets, window.as_of).is_undated


def _lost_reply(tickets: Tickets, window: Window) -> Mask:
    """Answered at an instant that nobody knows, or solved so, without a reply that is known."""
    facts = known(tickets, window.as_of)
    lost: Mask = (facts.response == NEVER) & (facts.is_answered | facts.is_undated)
    return lost


def _lost_answer(calls: Calls, _: Window) -> Mask:
    lost: Mask = (calls.is_answered == 1) & (calls.answered == NEVER)
    return lost


GOOD = {"good": 1, "bad": 0}
YES = {"yes": 1, "no": 0}
SURVEYS = {"satisfaction": SATISFACTION, "nps": PROMOTER, "ces": EFFORT}


def _words(*names: str) -> tuple[Fact, ...]:
    return tuple(Fact(name, Kind.WORD, _as_it_is(name)) for name in names)


_TICKETS = (
    Fact("created_at", Kind.INSTANT, _at("created")),
    Fact("first_response_at", Kind.INSTANT, _response, is_reply=True, lost=_lost_reply),
    Fact("first_response_due_at", Kind.INSTANT, _as_it_is("first_response_target"), is_due=True),
    Fact("handed_off_at", Kind.INSTANT, _at("handed_off"), is_reply=True, lost=_undated),
    Fact("first_solved_at", Kind.INSTANT, _first_solve, lost=_undated),
    Fact("solved_at", Kind.INSTANT, _solve, lost=_undated),
    Fact("reopened_at", Kind.INSTANT, _at("reopened")),
    Fact("resolution_due_at", Kind.INSTANT, _as_it_is("resolution_target"), is_due=True),
    Fact("csat_sent_at", Kind.INSTANT, _at("csat_sent")),
    Fact("csat_at", Kind.INSTANT, _at("csat_at")),
    *(
        Fact(name, Kind.NUMBER, _at_the_end(name))
        for name in ("public_replies", "reopens", "early_reopens", "transfers", "group_transfers")
    ),
    Fact("csat_score", Kind.NUMBER, _score("csat_at")),
    Fact("requester_wait", Kind.LENGTH, _at_the_end("requester_wait_s")),
    Fact("agent_work", Kind.LENGTH, _at_the_end("agent_work_s")),
    *_words("channel", "queue", "category", "language", "priority", "customer"),
    Fact("csat", Kind.CHOICE, _once("csat_good", "csat_at"), GOOD),
    Fact("survey", Kind.CHOICE, _as_it_is("survey"), SURVEYS),
)
_CALLS = (
    Fact("queued_at", Kind.INSTANT, _at("queued")),
    Fact("answered_at", Kind.INSTANT, _at("answered"), is_reply=True, lost=_lost_answer),
    Fact("ended_at", Kind.INSTANT, _at("ended")),
    Fact("transfers", Kind.NUMBER, _once("transfers", "ended")),
    Fact("csat_score", Kind.NUMBER, _score("ended")),
    *(Fact(name, Kind.LENGTH, _once(f"{name}_s", "ended")) for name in ("talk", "hold", "wrap")),
    *_words("queue", "category", "language", "customer"),
    Fact("abandoned", Kind.CHOICE, _once("is_abandoned", "ended"), YES),
    Fact("resolved", Kind.CHOICE, _once("is_resolved", "ended"), YES),
    Fact("outbound", Kind.CHOICE, _as_it_is("is_outbound"), YES),
    Fact("csat", Kind.CHOICE, _once("csat_good", "ended"), GOOD),
)
FACTS: Mapping[str, Mapping[str, Fact]] = {
    "tickets": {fact.name: fact for fact in _TICKETS},
    "calls": {fact.name: fact for fact in _CALLS},
}
SCORE_HUNDREDTHS = ("csat_score",)
"""Numbers that the columns hold times 100."""


def facts_of(subject: str) -> Mapping[str, Fact]:
    """The facts of tickets, or of calls, by name."""
    return FACTS[subject]


def is_over(facts: Tickets | Calls, window: Window) -> tuple[Mask, Ints]:
    """What is closed, and when: a wait that has not ended there never will."""
    if isinstance(facts, Calls):
        ended = facts.ended <= window.as_of
        return ended, facts.ended
    told = known(facts, window.as_of)
    closed: Mask = ~told.is_open & (told.last_solve != NEVER)
    return closed, told.last_solve
