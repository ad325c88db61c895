"""Lives of tickets and calls as they go in a support centre, and what a source tells of them. Seeded, so repeatable."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from cspm_core.calls import CallFacts
from cspm_core.tickets import TicketFacts

from .recount import DAY, LEFT_OUT, MINUTE, OPEN, WEEK, Desk, House, Wait, believed, believed_call, fold

PEOPLE = ("Mina Park", "Joe Ng", "Ada de Wit", "민수", "Bo", "Carla Ruiz")
CUSTOMERS = ("ana", "Ben", "cho", "dee", "Eva", "fay", "gus", "hal", "ivy", "jan", "kim", "lou", "")
MATTERS = ("refund", "Refund ", "login", "shipping", "")
RATINGS = (
    ("5", ("1", "2", "3", "4", "5")),
    ("2", ("good", "bad")),
    ("10", ("0", "8", "9", "10")),
    ("7", ("2", "5", "6", "7")),
    ("100", ("10", "79", "80", "100")),
    ("nps", ("0", "6", "7", "8", "9", "10")),
    ("ces", ("1", "4", "5", "6", "7")),
    ("nps", ("3", "9", "10")),
    ("ces", ("2", "3", "7")),
)


READ_AT = (datetime(2026, 3, 30, 10, 30, tzinfo=UTC), datetime(2026, 3, 12, 3, 0, tzinfo=UTC))
"""When somebody looks at the figures, before the end of the data: a working morning, and a night long ago."""


@dataclass
class Event:
    at: datetime
    kind: str
    actor: str = ""
    by: str = ""
    value: str = ""


class Life:
    """One ticket's life, event by event, each at an instant of its own; what lies past the end has not happened."""

    def __init__(self, random: Random, created: datetime, end: datetime, like: TicketFacts | None) -> None:
        """`like`: the same customer comes again with the same."""
        self.random, self.at, self.end, self.like = random, created, end, like
        self.events: list[Event] = []
        self.agent = random.choice(PEOPLE)
        self.solved_at = created

    def then(
        self,
        kind: str,
        actor: str = "",
        by: str = "",
        value: str = "",
        *,
        within: timedelta,
        at: datetime | None = None,
    ) -> None:
        """Some time passes, and it happens; or it happens `at` an instant, if that is still to come."""
        if at and at > self.at:
            self.at = at
        elif self.events:
            share = self.random.random() ** 3
            self.at += max(timedelta(seconds=int(within.total_seconds() * share)), timedelta(seconds=7))
        self.events.append(Event(self.at, kind, actor, by, value))

    def live(self) -> list[Event]:
        chance, hour = self.random.random, timedelta(hours=1)
        opener = self.random.choices(("customer", "agent", "bot"), (86, 9, 5))[0]
        said = {
            "channel": self.random.choice(("email", "chat", "web")),
            "queue": self.random.choice(("main", "second")),
            "priority": self.random.choice(("", "low", "Urgent")),
            "category": self.random.choice(MATTERS).strip(),
            "language": self.random.choice(("en", "nl")),
            "customer": self.random.choice(CUSTOMERS),
        }
        if self.like:
            opener, said["customer"], said["category"] = "customer", self.like.customer, self.like.category
        who = {"customer": said["customer"], "agent": self.agent, "bot": "Botty"}[opener]
        told = json.dumps({**{name: word for name, word in said.items() if word}, "opened_by": opener})
        self.then("created", who, opener, told, within=hour)
        if opener == "agent" and chance() < 0.9:
            self.then("public_reply", self.agent, "agent", within=MINUTE)  # the opening itself
        if opener == "customer" and chance() < 0.3:
            self.then("public_reply", "Botty", "bot", within=5 * MINUTE)
            if chance() < 0.5:
                self.then("handed_off", "Botty", "bot", within=hour)
            else:
                self.then("assignment", "Botty", "bot", self.agent, within=hour)
        if chance() < 0.3:
            self.then("private_note", self.agent, "agent", within=hour)
        if chance() < 0.7:
            self.then("assignment", "", "agent", self.random.choice((self.agent, *PEOPLE)), within=2 * hour)
            self.then("assignment", "", "agent", self.agent, within=2 * hour)
        if chance() < 0.2:
            self.then("group", "", "agent", self.random.choice(("main", "second")), within=hour)
        if opener == "agent" and chance() < 0.6:
            self.then("customer_message", said["customer"], "customer", within=8 * hour)
        if chance() < 0.88:
            self._answer(30 * hour)
            for _ in range(self.random.randrange(4)):
                self._turn()
        for n in range(3):
            is_known = any(one.kind == "public_reply" and one.by == "agent" for one in self.events)
            if chance() < ((0.85, 0.8, 0.8)[n] if is_known else 0.4):
                self._solve()
                if chance() > 0.3 or not self._come_back():
                    break
            else:
                break
        return sorted((one for one in self.events if one.at <= self.end), key=lambda one: one.at)

    def _answer(self, within: timedelta) -> None:
        self.then("public_reply", self.agent, "agent", within=within)
        if self.random.random() < 0.4:
            self.then("status", self.agent, "agent", self.random.choice(("pending", "on_hold")), within=MINUTE)

    def _turn(self) -> None:
        """The customer writes, once or twice; somebody may take it over; somebody may answer."""
        for _ in range(self.random.choice((1, 1, 2))):
            self.then("customer_message", "", "customer", within=timedelta(hours=20))
        if self.random.random() < 0.5:
            self.then("status", "", "agent", "open", within=MINUTE)
        if self.random.random() < 0.25:
            self.agent = self.random.choice(PEOPLE)
            self.then("assignment", "", "agent", self.agent, within=timedelta(hours=1))
        if self.random.random() < 0.15:
            self.then("group", "", "agent", self.random.choice(("main", "second")), within=timedelta(hours=1))
        if self.random.random() < 0.85:
            self._answer(timedelta(hours=40))

    def _solve(self) -> None:
        week = self.events[0].at + WEEK if self.random.random() < 0.1 else None  # on the last day that counts
        self.then("status", self.agent, "agent", "solved", within=timedelta(hours=60), at=week)
        self.solved_at = self.at
        if self.random.random() < 0.4 and not any(one.kind == "survey_sent" for one in self.events):
            self.then("survey_sent", "", "bot", within=10 * MINUTE)
            if self.random.random() < 0.6:
                scale, words = self.random.choice(RATINGS)
                value = json.dumps({"csat": self.random.choice(words), "csat_scale": scale})
                self.then("rating", "", "customer", value, within=timedelta(hours=20))

    def _come_back(self) -> bool:
        """The customer is not content after all; or it is closed for good."""
        if self.random.random() < 0.2:
            self.then("status", "", "bot", "closed", within=3 * DAY)
            return False
        late = self.solved_at + WEEK + self.random.choice((timedelta(0), timedelta(seconds=1), DAY))
        at = late if self.random.random() < 0.4 else None
        if self.random.random() < 0.5:
            self.then("customer_message", "", "customer", within=4 * DAY, at=at)
        else:
            self.then("status", "", "agent", "open", within=4 * DAY, at=at)
        if self.random.random() < 0.7:
            self._answer(timedelta(hours=20))
        return True


def spoilt(random: Random, events: list[Event], end: datetime) -> list[Event]:
    """Now and then it was spam, or went up in another ticket."""
    kind = random.choices(("", "spam", "merged", "deleted"), (93, 3, 2, 2))[0]
    last = events[-1].at + MINUTE
    return [*events, Event(last, kind, "", "agent")] if kind and last <= end else events


# By hand, from what happened to what the figures need ----------------------------------------------------------------


def told_by_hand(key: str, events: Sequence[Event]) -> tuple[TicketFacts, list[Wait]]:
    """One look at each event, by the rules of METRICS.md."""
    opening = json.loads(events[0].value)
    by = opening.pop("opened_by")
    f: dict[str, Any] = {
        "reopens": 0, "early_reopens": 0, "public_replies": 0, "customer_messages": 0, "transfers": 0,
        "group_transfers": 0, "opened_by": by, **opening,
    }  # fmt: skip
    status, since, spent = "", events[0].at, {"requester_wait_s": timedelta(), "agent_work_s": timedelta()}
    waits: list[Wait] = []
    waiting = events[0].at if by == "customer" else None
    holder, assignee, queue, repliers = "", None, opening.get("queue", ""), set()
    opening_due, bot_spoke, solver = by == "agent", False, None

    def passes(at: datetime) -> None:
        nonlocal since
        if status in ("", "new", "open", "on_hold"):
            spent["requester_wait_s"] += at - since
        if status in ("", "new", "open"):
            spent["agent_work_s"] += at - since
        since = at

    def reopens(at: datetime) -> None:
        f["reopens"] += 1
        f["early_reopens"] += at - f["solved_at"] <= WEEK
        f["reopened_at"] = at

    for one in events[1:]:
        is_solved = status in ("solved", "closed")
        has_reply = "first_response_at" in f
        if one.kind == "public_reply" and one.by == "bot":
            bot_spoke = True
        elif one.kind == "public_reply":
            if waiting is not None:
                waits.append(Wait(waiting, ended=one.at, agent=fold(one.actor)))
                waiting = None
            if opening_due:
                opening_due = False
                continue
            f["public_replies"] += 1
            repliers.add(fold(one.actor))
            if not has_reply:
                f["first_response_at"], f["first_responder"] = one.at, one.actor
        elif one.kind == "customer_message":
            f["customer_messages"] += 1
            if status == "solved":
                passes(one.at)
                reopens(one.at)
                status = "open"
            if status not in ("solved", "closed") and waiting is None:
                waiting = one.at
        elif one.kind == "handed_off":
            f.setdefault("handed_off_at", one.at)
        elif one.kind == "assignment":
            before = holder or fold(f.get("first_responder", ""))
            if before and fold(one.value) != before and has_reply:
                f["transfers"] += 1
            if one.by == "bot" and bot_spoke and not has_reply:
                f.setdefault("handed_off_at", one.at)
            holder, assignee = fold(one.value), one.value
        elif one.kind == "group":
            if queue and fold(one.value) != fold(queue) and has_reply:
                f["transfers"] += 1
                f["group_transfers"] += 1
            queue = f["queue"] = one.value
        elif one.kind == "status":
            passes(one.at)
            if one.value in ("solved", "closed") and not is_solved:
                f.setdefault("first_solved_at", one.at)
                f["solved_at"] = one.at
                solver = assignee if assignee is not None else f.get("first_responder")
                if waiting is not None:
                    waits.append(Wait(waiting, closed=one.at))
                    waiting = None
            elif one.value in OPEN and is_solved:
                reopens(one.at)
            status = one.value
        elif one.kind in ("spam", "merged", "deleted"):
            passes(one.at)
            status = one.kind
        elif one.kind == "survey_sent":
            f["csat_sent_at"] = one.at
        elif one.kind == "rating":
            f |= {"csat_at": one.at, **json.loads(one.value)}
    passes(events[-1].at)
    if waiting is not None:
        waits.append(Wait(waiting))
    current = assignee if assignee is not None else f.get("first_responder", "")
    f["agent"] = solver if status in ("solved", "closed") and solver is not None else current
    f |= {name: int(length.total_seconds()) for name, length in spent.items()}
    f["repliers"] = len(repliers)
    return TicketFacts(key=key, created_at=events[0].at, status=status, **f), waits


UNSAID = {
    "reopens": 0.2, "early_reopens": 0.5, "reopened_at": 0.5, "first_solved_at": 0.35, "public_replies": 0.2,
    "first_responder": 0.5, "transfers": 0.2, "group_transfers": 0.3, "requester_wait_s": 0.2, "agent_work_s": 0.2,
    "csat_at": 0.2, "customer": 0.05, "agent": 0.05, "first_response_at": 0.06, "status": 0.0, "solved_at": 0.06,
}  # fmt: skip
"""How often a source does not say something."""


def as_a_source_says(random: Random, whole: TicketFacts, end: datetime) -> TicketFacts:
    """An export that has holes, deadlines of its own now and then, and a slip here and there."""
    gone = [name for name, share in UNSAID.items() if random.random() < share]
    said = replace(whole, **{name: "" if isinstance(getattr(whole, name), str) else None for name in gone})
    said = replace(said, customer_messages=None, repliers=None)  # no columns of an export
    if said.csat_sent_at and not said.csat and random.random() < 0.5:
        said = replace(said, csat_scale="nps")
    is_back = whole.reopened_at and whole.solved_at and whole.reopened_at > whole.solved_at
    if said.status not in LEFT_OUT and random.random() < 0.1:
        said = replace(said, status="")
    if whole.reopened_at and not is_back:
        said = replace(said, solved_at=whole.solved_at)  # of what is solved again the last solve is what everybody says
    if random.random() < 0.4:
        said = replace(said, first_response_due_at=said.created_at + random.choice((1, 4, 24)) * 60 * MINUTE)
    if random.random() < 0.3:
        said = replace(said, resolution_due_at=said.created_at + random.choice((1, 3, 8)) * DAY)
    if said.first_response_at and random.random() < 0.15:
        said = replace(said, first_response_due_at=said.first_response_at)  # exactly on the deadline
    if random.random() < 0.04:
        slip = random.choice(("first_response_at", "solved_at"))
        said = replace(said, **{slip: random.choice((said.created_at - DAY, end + DAY))})
        if slip == "solved_at":
            said = replace(said, first_solved_at=None)
    return said


# Calls ----------------------------------------------------------------------------------------------------------------


def a_call(random: Random, key: str, queued: datetime, end: datetime, tickets: Sequence[TicketFacts]) -> CallFacts:
    chance = random.random
    said: dict[str, Any] = {
        "customer": random.choice(CUSTOMERS), "topic": random.choice(MATTERS), "queue": "main", "language": "en",
    }  # fmt: skip
    if chance() < 0.12:
        said["direction"] = "outbound"
    if tickets and chance() < 0.25:
        its = random.choice(tickets)
        said["ticket"] = its.key
        if chance() < 0.6:
            queued = its.created_at - random.choice((0, 1, 3)) * MINUTE
    wait = timedelta(seconds=random.choice((0, 3, 9, 10, 15, 20, 21, 45, 200)))
    if chance() < 0.75:
        said["agent"] = random.choice(PEOPLE)
        talk, hold, wrap = random.randrange(20, 600), random.randrange(0, 90), random.randrange(0, 120)
        said["talk_s"], said["ended_at"] = talk, queued + wait + timedelta(seconds=talk + hold)
        said["answered_at"] = queued + wait
        said |= {name: n for name, n in (("hold_s", hold), ("wrap_s", wrap)) if chance() < 0.8}
        if chance() < 0.1:
            del said["talk_s"]
        if chance() < 0.1:
            said["answered"] = True
            del said["answered_at"]
        said |= {"transfers": random.randrange(3)} if chance() < 0.7 else {}
        said |= {"resolved": chance() < 0.8} if chance() < 0.8 else {}
        if chance() < 0.4:
            scale, words = random.choice(RATINGS)
            said |= {"rating": random.choice(words), "rating_scale": scale}
    else:
        said |= {"ended_at": queued + wait, "abandoned": True} if chance() < 0.9 else {"abandoned": False}
    call = CallFacts(key, queued, **said)
    if any(at and at > end for at in (call.answered_at, call.ended_at)):
        call = CallFacts(key, queued, customer=call.customer, topic=call.topic, direction=call.direction)
    return call


# A whole team ---------------------------------------------------------------------------------------------------------


@dataclass
class Centre:
    """What is known of a team by hand, and the files that tell the product of it."""

    desk: Desk
    tickets_csv: str
    events_csv: str
    calls_csv: str
    first: date
    until: datetime
    calls_until: datetime
    counted: dict[Any, Any] = field(default_factory=dict)
    """What was counted before, by what was asked."""


def centre(seed: int, house: House, first: date, days: int, *, tickets: int, calls: int) -> Centre:
    """So many days of a team; its calls end some hours before its tickets do."""
    random = Random(seed)
    begin, end = house.midnight(first), house.midnight(first + days * DAY) - timedelta(hours=7)
    calls_end = end - timedelta(hours=random.choice((0, 5, 30)))
    found, told, log = [], [], []
    for n in range(tickets):
        created = begin + timedelta(seconds=random.randrange(int((end - begin).total_seconds())))
        like = random.choice(found).said if found and random.random() < 0.15 else None
        again = like and like.customer and like.solved_at and (like.first_solved_at or like.solved_at) + WEEK
        if again and again < end:
            created = again + random.choice((timedelta(0), timedelta(seconds=1), -DAY))
        events = spoilt(random, Life(random, created, end, like if again else None).live(), end)
        facts, waits = told_by_hand(f"T-{n}", events)
        if n % 3 == 0:
            log += [(f"T-{n}", one) for one in events]
        else:
            facts, waits = as_a_source_says(random, facts, end), []
            told.append(facts)
        found.append(believed(facts, end, waits))
    heard = []
    for n in range(calls):
        queued = begin + timedelta(seconds=random.randrange(int((calls_end - begin).total_seconds())))
        if random.random() < 0.15:  # while somebody reads, or a day ends, it is in the queue
            edges = calls_end, *READ_AT, house.midnight(first + random.randrange(1, days) * DAY)
            queued = random.choice(edges) - timedelta(seconds=random.choice((2, 8, 18, 40, 150)))
        heard.append(a_call(random, f"C-{n}", queued, calls_end, [one.said for one in found]))
    heard = [one for one in heard if one.queued_at <= calls_end]
    desk = Desk(house, found, [believed_call(one) for one in heard])
    if found:
        desk.tickets_since, desk.tickets_until = min(one.created for one in found), end
    if heard:
        desk.calls_since, desk.calls_until = min(one.queued_at for one in heard), calls_end
    rows = [(key, stamp(one.at), one.kind, one.actor, one.by, one.value) for key, one in log]
    events_csv = sheet(("ticket_id", "at", "kind", "actor", "actor_kind", "value"), rows)
    return Centre(desk, tickets_sheet(told), events_csv, calls_sheet(heard), first, end, calls_end)


TICKET_COLUMNS = (
    "created_at", "agent", "channel", "queue", "priority", "category", "language", "customer", "opened_by", "status",
    "handed_off_at", "first_responder", "first_response_at", "first_response_due_at", "first_solved_at", "solved_at",
    "reopened_at", "resolution_due_at", "reopens", "early_reopens", "public_replies", "transfers", "group_transfers",
    "requester_wait_s", "agent_work_s", "csat", "csat_scale", "csat_sent_at", "csat_at",
)  # fmt: skip
CALL_COLUMNS = (
    "agent", "queue", "direction", "customer", "ticket", "topic", "language", "queued_at", "answered_at", "ended_at",
    "answered", "abandoned", "talk_s", "hold_s", "wrap_s", "transfers", "resolved", "rating", "rating_scale",
)  # fmt: skip


def tickets_sheet(told: Sequence[TicketFacts]) -> str:
    return sheet(("id", *TICKET_COLUMNS), ((one.key, *_cells(one, TICKET_COLUMNS)) for one in told))


def calls_sheet(told: Sequence[CallFacts]) -> str:
    return sheet(("id", *CALL_COLUMNS), ((one.key, *_cells(one, CALL_COLUMNS)) for one in told))


def _cells(one: TicketFacts | CallFacts, names: Sequence[str]) -> Iterator[str]:
    for name in names:
        value = getattr(one, name)
        if isinstance(value, datetime):
            yield stamp(value)
        elif isinstance(value, bool):
            yield "yes" if value else "no"
        else:
            yield "" if value is None else str(value)


def sheet(header: Sequence[str], rows: Any) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    return out.getvalue()


def stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
