"""From what happened to a ticket to its facts, by the rules of METRICS.md. Pure: the same events, the same facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from ..imports.values import OPENED_BY, STATUS
from ..tickets.rules import TicketFacts
from .story import Story


class Kind(StrEnum):
    """What may happen, in the order in which things of one instant are taken to have happened."""

    CREATED = "created"
    GROUP = "group"
    ASSIGNMENT = "assignment"
    PRIORITY = "priority"
    CUSTOMER_MESSAGE = "customer_message"
    PUBLIC_REPLY = "public_reply"
    PRIVATE_NOTE = "private_note"
    STATUS = "status"
    RATING = "rating"


KINDS = tuple(kind.value for kind in Kind)
SNAPSHOT = "snapshot"
"""How a ticket stood in an import before its first event: made by us, never told."""
ACTOR_KINDS = ("agent", "customer", "bot")
# fmt: off
COLUMNS = (
    "channel", "queue", "priority", "category", "language", "customer", "organisation", "tier", "subject", "url",
    "tags",
)
# fmt: on
"""What the creation may say besides who opened the ticket."""
RATED = ("csat", "csat_scale", "csat_comment")
_ORDER = {kind: n for n, kind in enumerate((SNAPSHOT, *KINDS))}


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
    """A ticket's facts, and the only columns of them that its events determine."""

    facts: TicketFacts
    said: frozenset[str]


def derive(events: Sequence[Event]) -> Derived | None:
    """The facts of one ticket from all its events, given in the order of their arrival, whatever that is.

    They count by their instants; at one instant by kind, then by arrival. None where neither the creation nor an
    import is known: nobody can tell how long such a ticket has waited.
    """
    created = sorted((one for one in events if one.kind == Kind.CREATED), key=lambda one: one.at)
    snapshot = next((one for one in events if one.kind == SNAPSHOT), None)
    if created:
        story = Story.begun(created[0].at, _opening(created))
        snapshot = None
    elif snapshot:
        story = Story.resumed(snapshot.said)
    else:
        return None
    for one in sorted(events, key=lambda one: (one.at, _ORDER[one.kind])):
        if one.kind in (Kind.CREATED, SNAPSHOT) or (snapshot and one.at <= snapshot.at):
            continue
        _TOLD[Kind(one.kind)](story, one)
    facts = story.facts()
    return Derived(TicketFacts(key=events[0].ticket_key, **facts), frozenset(facts))


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
        story.customer_wrote()


_TOLD: Mapping[Kind, Callable[[Story, Event], None]] = {
    Kind.GROUP: lambda story, one: story.moved_to(one.at, one.said.get("queue", "")),
    Kind.ASSIGNMENT: lambda story, one: story.assigned(one.at, one.said.get("agent", "")),
    Kind.PRIORITY: lambda story, one: story.says(priority=one.said.get("priority", "")),
    Kind.CUSTOMER_MESSAGE: lambda story, _: story.customer_wrote(),
    Kind.PUBLIC_REPLY: _reply,
    Kind.PRIVATE_NOTE: lambda _story, _: None,
    Kind.STATUS: lambda story, one: story.became(one.at, one.said["status"]),
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
