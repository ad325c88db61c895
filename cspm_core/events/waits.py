"""How long somebody waited: the customer for an answer, and the ticket in each state. Pure; instants are aware."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

SECOND = timedelta(seconds=1)
WORKED_ON = ("", "new", "open")
"""The team's own time; "" is a ticket of which nobody said a status yet."""
WAITED_IN = (*WORKED_ON, "on_hold")
"""The customer's wait; pending is the customer's own time."""
Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Wait:
    """A customer waiting: from their oldest unanswered message to the next public human reply.

    `closed_at`: a solve without a reply, where the wait is censored. Neither: it goes on. `agent`: who answered.
    """

    started_at: datetime
    ended_at: datetime | None = None
    closed_at: datetime | None = None
    agent: str = ""


@dataclass(slots=True)
class Waiting:
    """The waits of one ticket, one after another. What is told to lie before a wait began ends it without a trace."""

    done: list[Wait] = field(default_factory=list)
    since: datetime | None = None

    def wrote(self, at: datetime) -> None:
        """The customer wrote; of several messages in a row the first counts."""
        if self.since is None:
            self.since = at

    def answered(self, at: datetime, who: str) -> None:
        """A person answered in public."""
        if self.since is not None and at >= self.since:
            self.done.append(Wait(self.since, ended_at=at, agent=who))
        self.since = None

    def solved(self, at: datetime) -> None:
        """It was solved, and nobody had answered."""
        if self.since is not None and at >= self.since:
            self.done.append(Wait(self.since, closed_at=at))
        self.since = None

    def all(self) -> tuple[Wait, ...]:
        """Every wait, the one that goes on at the end."""
        return (*self.done, Wait(self.since)) if self.since else tuple(self.done)


@dataclass(slots=True)
class Spent:
    """The time a ticket spent in its states, since an instant from which they are known."""

    since: datetime
    status: str = ""
    waited: list[Span] = field(default_factory=list)
    """In new, open and on-hold."""
    worked: list[Span] = field(default_factory=list)
    """In new and open."""

    def turned(self, at: datetime, status: str) -> None:
        """The status is another from here on."""
        if at > self.since:
            if self.status in WAITED_IN:
                self.waited.append((self.since, at))
            if self.status in WORKED_ON:
                self.worked.append((self.since, at))
            self.since = at
        self.status = status


def seconds(spans: Sequence[Span]) -> int:
    """Whole seconds of some spans together."""
    return sum((end - start for start, end in spans), timedelta()) // SECOND
