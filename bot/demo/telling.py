"""One ticket as its help desk tells it at an instant: the facts that are known by then, in its customer's words."""

from __future__ import annotations

from datetime import UTC, datetime

from cspm_core.tickets import TicketFacts

from .hours import Seconds
from .lives import CHANNELS, DROPPED, LET_DOWN, OPENERS, PLEASED, PRIORITIES, SILENT, TAKEN_AFTER_S, WAITED, Lives
from .plan import PROBLEM
from .texts import Category, Phrases, Texts, texts

AT_WORK = frozenset({"new", "open"})
OURS = AT_WORK | {"on_hold"}
"""The states in which the customer waits."""
STARS, RECOMMENDING = "5", "nps"
RECOMMENDS = {1: (0, 1, 2, 3), 2: (3, 4, 5), 3: (5, 6, 7), 4: (7, 8, 9), 5: (8, 9, 10, 10)}
"""What customers of so many stars answer when they are asked how likely they would recommend us."""


def facts(lives: Lives, n: int, at: datetime, links: str) -> TicketFacts:
    """Ticket `n` as its help desk tells it at an instant: nothing that happens later. `links` is put before its key."""
    told = _Teller(lives, n, int(at.timestamp()))
    return TicketFacts(
        key=lives.key(n),
        url=f"{links}{lives.key(n)}",
        created_at=_instant(int(lives.created[n])),
        agent=told.agent,
        channel=CHANNELS[lives.channel[n]],
        queue=told.queue,
        priority=PRIORITIES[lives.priority[n]],
        category="" if told.is_spam else told.category.name,
        language=told.said.language,
        customer=told.customer,
        organisation=told.organisation,
        tier=told.tier,
        opened_by=OPENERS[lives.opened_by[n]],
        status=told.status,
        first_response_at=told.when(lives.replied),
        first_solved_at=told.when(lives.first_solved),
        solved_at=told.when(lives.solved) or told.when(lives.first_solved),
        reopens=int(told.has(lives.reopened)),
        public_replies=told.replies,
        transfers=told.transfers,
        requester_wait_s=told.spent(OURS),
        agent_work_s=told.spent(AT_WORK),
        csat=told.answer if told.has(lives.rated) else "",
        csat_scale=told.scale if told.has(lives.rated) else "",
        csat_sent_at=told.when(lives.surveyed) if told.scale == STARS else None,
        csat_at=told.when(lives.rated),
        csat_comment=told.comment if told.has(lives.rated) else "",
        subject=told.subject,
        tags="vip" if told.tier == "business" and lives.priority[n] == 3 else "",
    )


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


class _Teller:
    """One ticket at one instant, in words."""

    def __init__(self, lives: Lives, n: int, at: int) -> None:
        self.lives, self.n, self.at = lives, n, at
        self.texts: Texts = texts(lives.centre.language)
        self.category: Category = self.texts.categories[lives.category[n]]
        self.said: Texts = texts(self.category.language or lives.centre.language)
        """In whose words the customer writes."""
        self.picks: list[int] = lives.picks[n].tolist()
        self.customer_number = int(lives.customer[n])

    def has(self, happened: Seconds) -> bool:
        return bool(happened[self.n] <= self.at)

    def when(self, happened: Seconds) -> datetime | None:
        return _instant(int(happened[self.n])) if happened[self.n] <= self.at else None

    @property
    def is_spam(self) -> bool:
        return DROPPED[self.lives.dropped_as[self.n]] == "spam"

    @property
    def status(self) -> str:
        lives = self.lives
        if self.has(lives.dropped):
            return DROPPED[lives.dropped_as[self.n]]
        if self.has(lives.solved):
            return "solved"
        if self.has(lives.reopened):
            return "open"
        if self.has(lives.first_solved):
            return "solved"
        if self.has(lives.replied):
            return self._answered_as
        return "open" if self._is_taken else "new"

    @property
    def _answered_as(self) -> str:
        """Its status between the first reply and the first solve."""
        return ("pending", "open", "pending", "open", "on_hold")[self.picks[5] % 5]

    def spent(self, states: frozenset[str]) -> int | None:
        """Seconds in some states up to the last solve so far; None before the first."""
        lives, n = self.lives, self.n
        if not self.has(lives.first_solved):
            return None
        solved = int(lives.first_solved[n])
        replied = min(int(lives.replied[n]), solved)
        spans = [("open", int(lives.created[n]), replied), (self._answered_as, replied, solved)]
        if self.has(lives.reopened) and self.has(lives.solved):
            spans.append(("open", int(lives.reopened[n]), int(lives.solved[n])))
        return sum(end - begin for state, begin, end in spans if state in states)

    @property
    def _is_taken(self) -> bool:
        lives, n = self.lives, self.n
        return self.picks[-1] % 2 == 0 and self.at >= lives.created[n] + TAKEN_AFTER_S

    @property
    def agent(self) -> str:
        touched = self.has(self.lives.replied) or self.has(self.lives.solved) or self._is_taken
        return self.lives.centre.agents[self.lives.agent[self.n]].name if touched and not self.is_spam else ""

    @property
    def queue(self) -> str:
        return PROBLEM.queue if self.lives.is_planted[self.n] else self.category.queue

    @property
    def replies(self) -> int:
        if not self.has(self.lives.replied):
            return 0
        return int(self.lives.replies[self.n]) if self.has(self.lives.solved) else 1

    @property
    def transfers(self) -> int:
        luck = self.picks[5] % 97
        return (0 if luck >= 11 else 2 if luck < 2 else 1) if self.has(self.lives.replied) else 0

    @property
    def subject(self) -> str:
        first, second, third = self.picks[:3]
        if self.is_spam:
            return self.texts.spam[first % len(self.texts.spam)]
        slots = {name: fills[second % len(fills)] for name, fills in self.said.slots.items()}
        return self.category.subjects[first % len(self.category.subjects)].format(
            order=412_000 + third % 88_000, **slots
        )

    @property
    def scale(self) -> str:
        """Some surveys ask another question; of those nobody tells when they were sent."""
        return RECOMMENDING if self.picks[4] % 100 < 100 * self.lives.centre.recommends else STARS

    @property
    def answer(self) -> str:
        """On its scale: whoever gives five stars mostly recommends us."""
        stars = int(self.lives.rating[self.n])
        return str(RECOMMENDS[stars][self.picks[3] % len(RECOMMENDS[stars])] if self.scale == RECOMMENDING else stars)

    @property
    def comment(self) -> str:
        about, phrases = int(self.lives.comment[self.n]), self.said.phrases
        if about == SILENT:
            return ""
        openings, seconds = _sentences(phrases, about)
        said = openings[self.picks[3] % len(openings)]
        if self.picks[4] % 5 < 2:
            said += phrases.joint + seconds[self.picks[4] % len(seconds)]
        return said.rstrip(".。").lower() if self.picks[4] % 11 < 2 else said

    @property
    def customer(self) -> str:
        return customer_named(self.said, self.customer_number)

    @property
    def organisation(self) -> str:
        known = self.said.organisations
        return known[self.customer_number % len(known)] if self.customer_number % 11 < 2 else ""

    @property
    def tier(self) -> str:
        if self.organisation:
            return "business"
        return "plus" if self.customer_number % 5 == 0 else "standard"


def customer_named(said: Texts, number: int) -> str:
    """What a customer of that number is called."""
    given, family = said.given, said.family
    which = number * 7919  # spreads neighbours over the names
    return said.name.format(given=given[which % len(given)], family=family[which // len(given) % len(family)])


def _sentences(phrases: Phrases, about: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return {
        PLEASED: (phrases.pleased, phrases.pleased_more),
        WAITED: (phrases.waited, phrases.waited_more),
        LET_DOWN: (phrases.let_down, phrases.let_down_more),
    }[about]
