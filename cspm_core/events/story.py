"""A ticket's life while it is told, event by event: what is counted, who holds it, whether it is solved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from ..people.rules import fold
from ..tickets.rules import OPEN, SOLVED
from .waits import Spent, Waiting, seconds

# fmt: off
INSTANTS = (
    "created_at", "handed_off_at", "first_response_at", "first_solved_at", "solved_at", "reopened_at", "csat_sent_at",
)
COUNTS = (
    "reopens", "early_reopens", "public_replies", "customer_messages", "transfers", "group_transfers",
)
# fmt: on
RESUMED = (*INSTANTS, *COUNTS, "requester_wait_s", "agent_work_s", "status", "queue", "opened_by", "is_answered")
"""What a snapshot keeps of an imported ticket besides its agent; instants in ISO 8601."""
EARLY = timedelta(days=7)
"""A reopening so soon after a solve says that it was none."""


@dataclass
class Story:
    """What is known so far. A count is None where the import that it goes on from did not say it."""

    created_at: datetime
    spent: Spent
    waiting: Waiting = field(default_factory=Waiting)
    is_whole: bool = True
    """Told from the creation on."""
    opening_due: bool = False
    """An agent opened it, and the first public comment is that opening, no reply."""
    status: str = ""
    status_at: datetime | None = None
    """When that was last said."""
    is_solved: bool = False
    is_answered: bool = False
    """Also where nobody knows when: then no later reply is taken for the first."""
    bot_spoke: bool = False
    handed_off_at: datetime | None = None
    passed_on_at: datetime | None = None
    """When a bot that had spoken gave it to somebody, without a word about a hand-off."""
    first_response_at: datetime | None = None
    first_solved_at: datetime | None = None
    solved_at: datetime | None = None
    reopened_at: datetime | None = None
    csat_sent_at: datetime | None = None
    reopens: int | None = 0
    early_reopens: int | None = 0
    public_replies: int | None = 0
    customer_messages: int | None = 0
    transfers: int | None = 0
    group_transfers: int | None = 0
    requester_wait_s: int | None = 0
    agent_work_s: int | None = 0
    """Those two: what the import said; what is told since comes on top."""
    requester_wait_business_s: int | None = None
    agent_work_business_s: int | None = None
    """Those two are counted by whoever has the calendar, from `spent`, where the story is whole."""
    repliers: set[str] | None = field(default_factory=set)
    """Folded names; None: not all are known."""
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
        story = cls(at, Spent(at), opening_due=said["opened_by"] == "agent", queue=said.get("queue", ""))
        if said["opened_by"] == "customer":
            story.waiting.wrote(at)
        story.other = dict(said)
        return story

    @classmethod
    def resumed(cls, known_at: datetime, said: Mapping[str, Any]) -> Story:
        """From where an import left off; waits that were over by then are not told again: nobody knows whose."""
        at: dict[str, Any] = {name: datetime.fromisoformat(said[name]) for name in INSTANTS if said.get(name)}
        agent, status, is_solved = said.get("agent") or None, said["status"], said["status"] in SOLVED
        counts: dict[str, Any] = {name: said.get(name) for name in (*COUNTS, "requester_wait_s", "agent_work_s")}
        story = cls(
            **at,
            **counts,
            spent=Spent(known_at, status),
            is_whole=False,
            status=status,
            status_at=known_at,
            is_solved=is_solved,
            is_answered=said["is_answered"],
            repliers=set() if said["public_replies"] == 0 else None,
            assignee=agent,
            holder=agent or "",
            solver=agent if is_solved else None,
            queue=said["queue"],
        )
        if said.get("opened_by") == "customer" and not story.is_answered and status in OPEN:
            story.waiting.wrote(story.created_at)
        return story

    def replied(self, at: datetime, who: str) -> None:
        """A person of the team said something that the customer can read."""
        self.waiting.answered(at, who)
        if self.opening_due:
            self.opening_due = False
            return
        if self.public_replies is not None:
            self.public_replies += 1
        if self.repliers is not None:
            self.repliers.add(fold(who))
        if not self.is_answered:
            self.is_answered, self.first_response_at, self.replier = True, at, who

    def customer_wrote(self, at: datetime) -> None:
        """A customer's message opens a solved ticket again; a closed one stays closed, and nobody waits there."""
        self.customer_messages = (self.customer_messages or 0) + 1
        if self.status == "solved":
            self._reopened(at, "open")
        if not self.is_solved:
            self.waiting.wrote(max(at, self.created_at))

    def bot_said(self) -> None:
        """A bot spoke to the customer, which stops no clock."""
        self.bot_spoke = True

    def handed_off(self, at: datetime) -> None:
        """A bot gave the conversation to people; what it does after their first reply is no beginning of theirs."""
        if not self.is_answered:
            self.handed_off_at = self.handed_off_at or at

    def became(self, at: datetime, status: str) -> None:
        """The status is another; spam, deleted and the like neither solve nor reopen."""
        if status in SOLVED and not self.is_solved:
            self.is_solved = True
            self.first_solved_at, self.solved_at = self.first_solved_at or at, at
            self.solver = self._current()
            self.waiting.solved(at)
        elif status in OPEN and self.is_solved:
            self._reopened(at, status)
        self._stands(at, status)

    def assigned(self, at: datetime, who: str, *, by_bot: bool = False) -> None:
        """Somebody has it now, or nobody."""
        before = self.holder or self.replier
        if who and before and fold(who) != fold(before):
            self._moved(at)
        if who and by_bot:
            self._passed_on(at)
        self.assignee, self.holder = who, who or self.holder

    def moved_to(self, at: datetime, queue: str, *, by_bot: bool = False) -> None:
        """Another group has it now."""
        if queue and self.queue and fold(queue) != fold(self.queue):
            self._moved(at)
            if self.is_answered:
                self.group_transfers = (self.group_transfers or 0) + 1
        if queue and by_bot:
            self._passed_on(at)
        self.queue = queue
        self.other["queue"] = queue

    def surveyed(self, at: datetime) -> None:
        """The customer was asked how it was; the first asking counts."""
        self.csat_sent_at = self.csat_sent_at or at

    def says(self, **facts: Any) -> None:
        """What simply replaces what was said before."""
        self.other |= facts

    def ended(self, at: datetime) -> None:
        """Nothing more is told: what goes on has gone on until here."""
        self.spent.turned(at, self.status)

    def facts(self) -> dict[str, Any]:
        """By the names of `TicketFacts`, and only what is known."""
        agent = self.solver if self.is_solved and self.solver is not None else self._current()
        told = {name: getattr(self, name) for name in (*INSTANTS, *COUNTS)}
        told["handed_off_at"] = self.handed_off_at or self.passed_on_at
        told["repliers"] = None if self.repliers is None or "" in self.repliers else len(self.repliers)
        for name, spans in (("requester_wait_s", self.spent.waited), ("agent_work_s", self.spent.worked)):
            before = getattr(self, name)
            told[name] = None if before is None else before + seconds(spans)
        told["requester_wait_business_s"] = self.requester_wait_business_s
        told["agent_work_business_s"] = self.agent_work_business_s
        known = {name: value for name, value in told.items() if value is not None}
        known |= {"status": self.status} if self.status else {}
        known |= {"agent": agent} if agent is not None else {}
        known |= {"first_responder": self.replier} if self.replier else {}
        return known | self.other

    def _reopened(self, at: datetime, status: str) -> None:
        self.is_solved, self.reopened_at = False, at
        self.reopens = (self.reopens or 0) + 1
        if self.solved_at is not None and at - self.solved_at <= EARLY:
            self.early_reopens = (self.early_reopens or 0) + 1
        self._stands(at, status)

    def _stands(self, at: datetime, status: str) -> None:
        self.status, self.status_at = status, at
        self.spent.turned(at, status)

    def _moved(self, at: datetime) -> None:
        """A transfer, once for an instant at which both assignee and group change, and only after the first reply."""
        if self.is_answered and self.moved_at != at:
            self.moved_at = at
            self.transfers = (self.transfers or 0) + 1

    def _passed_on(self, at: datetime) -> None:
        if self.bot_spoke and not self.is_answered:
            self.passed_on_at = self.passed_on_at or at

    def _current(self) -> str | None:
        """The assignee, else whoever replied first; None: nobody is known."""
        return self.assignee if self.assignee is not None else self.replier or None
