"""From what happened to a ticket to its facts, by the rules of METRICS.md. Pure: the same events, the same facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from ..tickets.rules import TicketFacts
from ..tickets.words import OPENED_BY, STATUS
from .story import Story
from .waits import Wait


class Kind(StrEnum):
    """What may happen, in the order in which things of one instant are taken to have happened."""

    CREATED = "created"
    HANDED_OFF = "handed_off"
    """A bot gave the conversation to people."""
    GROUP = "group"
    ASSIGNMENT = "assignment"
    PRIORITY = "priority"
    CUSTOMER_MESSAGE = "customer_message"
    PUBLIC_REPLY = "public_reply"
    PRIVATE_NOTE = "private_note"
    STATUS = "status"
    MERGED = "merged"
    DELETED = "deleted"
    SPAM = "spam"
    SURVEY_SENT = "survey_sent"
    RATING = "rating"


KINDS = tuple(kind.value for kind in Kind)
SNAPSHOT = "snapshot"
"""How a ticket stood in an import before its first event: made by us, never told."""
ACTOR_KINDS = ("agent", "customer", "bot")
BY_CUSTOMERS = (Kind.CREATED, Kind.CUSTOMER_MESSAGE, Kind.RATING)
"""What customers do, where nobody says who did it; all else is the team's."""
# fmt: off
COLUMNS = (
    "channel", "queue", "priority", "category", "language", "customer", "organisation", "tier", "subject", "url",
    "tags",
)
# fmt: on
"""What the creation may say besides who opened the ticket."""
RATED = ("csat", "csat_scale", "csat_comment")
TELLS = "tells"
"""The creation's word for the kinds that its source tells of, by commas, where that is less than all."""
NEEDS: Mapping[str, Kind] = {
    **dict.fromkeys(("first_response_at", "public_replies", "repliers", "transfers"), Kind.PUBLIC_REPLY),
    **dict.fromkeys(("reopens", "early_reopens", "requester_wait_s", "agent_work_s"), Kind.STATUS),
    **dict.fromkeys(("requester_wait_business_s", "agent_work_business_s"), Kind.STATUS),
    "group_transfers": Kind.GROUP,
    "customer_messages": Kind.CUSTOMER_MESSAGE,
}
"""Facts of which nothing is known where a source does not tell of such events: silence is no zero."""


def _order() -> dict[tuple[str, str], int]:
    """A bot's words come before what it does next; what a customer replies is a message."""
    order = {(kind, by): 2 * n for n, kind in enumerate((SNAPSHOT, *KINDS)) for by in ACTOR_KINDS}
    order[Kind.PUBLIC_REPLY, "bot"] = order[Kind.CREATED, "bot"] + 1
    order[Kind.PUBLIC_REPLY, "customer"] = order[Kind.CUSTOMER_MESSAGE, "customer"]
    return order


_ORDER = _order()


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. `at` is aware.

    `said` is by the names of `TicketFacts`: a status says {status}, an assignment {agent} ("" for nobody), a priority
    {priority}, a group {queue}, a rating {csat, csat_scale, csat_comment}, the creation `COLUMNS` and opened_by.
    """

    id: str
    ticket_key: str
    at: datetime
    kind: str
    actor: str = ""
    actor_kind: str = "agent"
    said: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Derived:
    """A ticket's facts, and the only columns of them that its events determine.

    `waits`: the customer's, one after another. `status_at`: when the status was last said.
    """

    facts: TicketFacts
    said: frozenset[str]
    waits: tuple[Wait, ...] = ()
    status_at: datetime | None = None


def derive(events: Sequence[Event]) -> Derived | None:
    """The facts of one ticket from all its events, given in the order of their arrival, whatever that is.

    They count by their instants; at one instant by kind, then by arrival. None where neither the creation nor an
    import is known: nobody can tell how long such a ticket has waited.
    """
    story = story_of(events)
    return derived(events, story) if story else None


def story_of(events: Sequence[Event]) -> Story | None:
    """The same, told to the end; its working time can be counted before `derived` makes facts of it."""
    told = sorted(events, key=lambda one: (one.at, _ORDER[one.kind, one.actor_kind]))
    created = [one for one in told if one.kind == Kind.CREATED]
    snapshot = None if created else next((one for one in told if one.kind == SNAPSHOT), None)
    if created:
        story = Story.begun(created[0].at, _opening(created))
    elif snapshot:
        story = Story.resumed(snapshot.at, snapshot.said)
    else:
        return None
    for one in told:
        if one.kind in _TOLD and not (snapshot and one.at <= snapshot.at):
            _TOLD[one.kind](story, one)
    story.ended(told[-1].at)
    return story


def derived(events: Sequence[Event], story: Story) -> Derived:
    """What a story comes to. Of what its source does not tell, nothing is known."""
    facts = story.facts()
    tells, untold = facts.pop(TELLS, ""), set[str]()
    if tells:
        heard = {one.kind for one in events if one.kind != Kind.STATUS}
        untold = {*KINDS} - {*tells.split(","), *heard}
        facts = {name: value for name, value in facts.items() if NEEDS.get(name) not in untold}
    waits = () if untold & {Kind.PUBLIC_REPLY, Kind.CUSTOMER_MESSAGE} else story.waiting.all()
    return Derived(TicketFacts(key=events[0].ticket_key, **facts), frozenset(facts), waits, story.status_at)


def _opening(created: Sequence[Event]) -> dict[str, str]:
    """What the creation says; of one that was told twice the earlier counts first."""
    said: dict[str, str] = {}
    for one in reversed(created):
        opener = {"customer": one.actor} if one.actor and one.actor_kind == "customer" else {}
        said |= {"opened_by": one.actor_kind, **opener, **one.said}
    return said


def _reply(story: Story, event: Event) -> None:
    """What a person of the team says stops the clock; a bot's words do not; a customer's are a message."""
    if event.actor_kind == "agent":
        story.replied(event.at, event.actor)
    elif event.actor_kind == "customer":
        story.customer_wrote(event.at)
    else:
        story.bot_said()


def _by_bot(event: Event) -> bool:
    return event.actor_kind == "bot"


_TOLD: Mapping[str, Callable[[Story, Event], None]] = {
    Kind.HANDED_OFF: lambda story, one: story.handed_off(one.at),
    Kind.GROUP: lambda story, one: story.moved_to(one.at, one.said.get("queue", ""), by_bot=_by_bot(one)),
    Kind.ASSIGNMENT: lambda story, one: story.assigned(one.at, one.said.get("agent", ""), by_bot=_by_bot(one)),
    Kind.PRIORITY: lambda story, one: story.says(priority=one.said.get("priority", "")),
    Kind.CUSTOMER_MESSAGE: lambda story, one: story.customer_wrote(one.at),
    Kind.PUBLIC_REPLY: _reply,
    Kind.STATUS: lambda story, one: story.became(one.at, one.said["status"]),
    **{kind: lambda story, one: story.became(one.at, one.kind) for kind in (Kind.MERGED, Kind.DELETED, Kind.SPAM)},
    Kind.SURVEY_SENT: lambda story, one: story.surveyed(one.at),
    Kind.RATING: lambda story, one: story.says(csat_at=one.at, **{name: one.said.get(name, "") for name in RATED}),
}


def kind_named(text: str) -> str | None:
    """The kind of that name, however it is written (`Public reply`, `public-reply`); None: there is none."""
    word = re.sub(r"[\s_-]+", "_", text.strip().casefold())
    return word if word in KINDS else None


def status_named(text: str) -> str | None:
    """Our word for a help desk's status; None: nobody knows it."""
    word = text.strip().casefold()
    return STATUS.get(word) or STATUS.get(word.replace("_", " "))


def opener_named(text: str) -> str | None:
    """agent, customer or bot, for the words that help desks use; None: none of these."""
    return OPENED_BY.get(text.strip().casefold().replace("_", " "))
