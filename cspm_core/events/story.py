"""A ticket's life while it is told, event by event: what is counted, who holds it, whether it is solved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ..people.rules import fold
from ..tickets.rules import OPEN, SOLVED

INSTANTS = ("created_at", "first_response_at", "first_solved_at", "solved_at")
COUNTS = ("reopens", "public_replies", "transfers")
RESUMED = (*INSTANTS, *COUNTS, "status", "queue", "is_answered")
"""What a snapshot keeps of an imported ticket besides its agent; instants in ISO 8601."""


@dataclass
class Story:
    """What is known so far. A count is None where the import that it goes on from did not say it."""

    created_at: datetime
    opening_due: bool = False
    """An agent opened it, and the first public comment is that opening, no reply."""
    status: str = ""
    is_solved: bool = False
    is_answered: bool = False
    """Also where nobody knows when: then no later reply is taken for the first."""
    first_response_at: datetime | None = None
    first_solved_at: datetime | None = None
    solved_at: datetime | None = None
    reopens: int | None = 0
    public_replies: int | None = 0
    transfers: int | None = 0
    assignee: str | None = None
    """None: nobody was ever assigned; "": nobody is now."""
    replier: str = ""
    """Who gave the first reply."""
    holder: str = ""
    """The last one assigned."""
    solver: str | None = None
    """The assignee at the last solve."""
    queue: str = ""
    moved_at: datetime | None = None
    other: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def begun(cls, at: datetime, said: Mapping[str, str]) -> Story:
        """From the creation on."""
        return cls(at, said["opened_by"] == "agent", queue=said.get("queue", ""), other=dict(said))

    @classmethod
    def resumed(cls, said: Mapping[str, Any]) -> Story:
        """From where an import left off."""
        at: dict[str, Any] = {name: datetime.fromisoformat(said[name]) for name in INSTANTS if said.get(name)}
        agent, is_solved = said.get("agent") or None, said["status"] in SOLVED
        return cls(
            **at,
            **{name: said[name] for name in COUNTS},
            status=said["status"],
            is_solved=is_solved,
            is_answered=said["is_answered"],
            assignee=agent,
            holder=agent or "",
            solver=agent if is_solved else None,
            queue=said["queue"],
        )

    def replied(self, at: datetime, who: str) -> None:
        """A person of the team said something that the customer can read."""
        if self.opening_due:
            self.opening_due = False
            return
        if self.public_replies is not None:
            self.public_replies += 1
        if not self.is_answered:
            self.is_answered, self.first_response_at, self.replier = True, at, who

    def customer_wrote(self) -> None:
        """A customer's message opens a solved ticket again; a closed one stays closed."""
        if self.status == "solved":
            self._reopened("open")

    def became(self, at: datetime, status: str) -> None:
        """The status is another; spam, deleted and the like neither solve nor reopen."""
        if status in SOLVED and not self.is_solved:
            self.is_solved = True
            self.first_solved_at, self.solved_at = self.first_solved_at or at, at
            self.solver = self._current()
        elif status in OPEN and self.is_solved:
            self._reopened(status)
        self.status = status

    def assigned(self, at: datetime, who: str) -> None:
        """Somebody has it now, or nobody."""
        before = self.holder or self.replier
        if who and before and fold(who) != fold(before):
            self._moved(at)
        self.assignee, self.holder = who, who or self.holder

    def moved_to(self, at: datetime, queue: str) -> None:
        """Another group has it now."""
        if queue and self.queue and fold(queue) != fold(self.queue):
            self._moved(at)
        self.queue = queue
        self.other["queue"] = queue

    def says(self, **facts: Any) -> None:
        """What simply replaces what was said before."""
        self.other |= facts

    def facts(self) -> dict[str, Any]:
        """By the names of `TicketFacts`, and only what is known."""
        agent = self.solver if self.is_solved and self.solver is not None else self._current()
        told = {name: getattr(self, name) for name in (*INSTANTS, *COUNTS)}
        known = {name: value for name, value in told.items() if value is not None}
        known |= {"status": self.status} if self.status else {}
        known |= {"agent": agent} if agent is not None else {}
        return known | self.other

    def _reopened(self, status: str) -> None:
        self.is_solved, self.status = False, status
        self.reopens = (self.reopens or 0) + 1

    def _moved(self, at: datetime) -> None:
        """A transfer, once for an instant at which both assignee and group change, and only after the first reply."""
        if self.is_answered and self.moved_at != at:
            self.moved_at = at
            self.transfers = (self.transfers or 0) + 1

    def _current(self) -> str | None:
        """The assignee, else whoever replied first; None: nobody is known."""
        return self.assignee if self.assignee is not None else self.replier or None
