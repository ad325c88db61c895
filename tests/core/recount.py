"""Every figure counted once more as a person would by hand from METRICS.md: loops over what was told, one by one.

Nothing here uses the product's formulas, columns or calendars, so that a slip in those cannot hide itself.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import cached_property
from math import sqrt
from zoneinfo import ZoneInfo

from cspm_core.calls import CallFacts
from cspm_core.tickets import TicketFacts

MINUTE, DAY, WEEK = timedelta(minutes=1), timedelta(days=1), timedelta(days=7)
INSTANT = timedelta(microseconds=1)
OPEN = ("new", "open", "pending", "on_hold")
LEFT_OUT = ("spam", "deleted", "merged", "test")
WHENS = ("handed_off_at", "first_response_at", "first_solved_at", "solved_at", "reopened_at", "csat_sent_at", "csat_at")
GOOD_FROM = {"2": 1, "3": 3, "5": 4, "7": 6, "10": 9, "100": 80}


# What is counted ------------------------------------------------------------------------------------------------------


@dataclass
class Ticket:
    """A ticket with what can be believed of it."""

    said: TicketFacts
    status: str
    solved_at: datetime | None
    rated_at: datetime | None
    has_reply: bool
    """Somebody replied, though perhaps nobody knows when."""
    is_solved: bool
    left_out: str
    waits: list[Wait] = field(default_factory=list)
    stood: dict[datetime, Standing] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return self.said.key

    @property
    def created(self) -> datetime:
        return self.said.created_at

    @property
    def agent(self) -> str:
        return fold(self.said.agent)

    @property
    def responder(self) -> str:
        return fold(self.said.first_responder) or self.agent


@dataclass
class Wait:
    """A customer waiting for a person's answer, after the first."""

    started: datetime
    ended: datetime | None = None
    closed: datetime | None = None
    agent: str = ""
    ticket: Ticket | None = None


@dataclass
class Call:
    said: CallFacts
    is_answered: bool
    is_abandoned: bool

    @property
    def key(self) -> str:
        return self.said.key

    @property
    def queued(self) -> datetime:
        return self.said.queued_at

    @property
    def is_outbound(self) -> bool:
        return self.said.direction == "outbound"

    @property
    def handled(self) -> datetime | None:
        return (self.said.answered_at or self.queued) if self.is_answered else None

    @property
    def over(self) -> datetime:
        begun = (self.said.answered_at or self.queued) if self.is_answered else self.queued
        return self.said.ended_at or begun


@dataclass
class House:
    """A team: its wall clock, its hours, what it aims for and how it wants to be counted."""

    timezone: str
    week: Mapping[int, Sequence[tuple[int, int]]]
    """Weekday (Monday is 0) -> from minute to minute; past 1440 it is the next morning."""
    closed: frozenset[date] = frozenset()
    sla: Mapping[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    response_start: str = "created"
    transfers_counted: str = "any"
    service_level_s: int = 20
    short_abandon_s: int = 10
    abandoned_in_time: str = "against"
    first_day: date = date(2026, 1, 1)
    last_day: date = date(2026, 1, 2)

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def midnight(self, day: date) -> datetime:
        return datetime(day.year, day.month, day.day, tzinfo=self.zone).astimezone(UTC)

    def day_of(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    @cached_property
    def _begin(self) -> datetime:
        return self.midnight(self.first_day - DAY)

    @cached_property
    def _open_before(self) -> list[int]:
        """Open minutes before each minute, looked up on the wall minute by minute."""
        found, so_far, at = [0], 0, self._begin
        while at < self.midnight(self.last_day + 35 * DAY):
            so_far += self._is_open(at)
            found.append(so_far)
            at += MINUTE
        return found

    def _is_open(self, at: datetime) -> bool:
        wall = at.astimezone(self.zone)
        minute, today = wall.hour * 60 + wall.minute, wall.date()
        yesterday = today - DAY
        shifts = [] if today in self.closed else list(self.week.get(today.weekday(), ()))
        nights = [] if yesterday in self.closed else list(self.week.get(yesterday.weekday(), ()))
        return any(a <= minute < b for a, b in shifts) or any(b > 1440 and minute < b - 1440 for _, b in nights)

    def _passed(self, at: datetime) -> int:
        """Open seconds from the beginning up to an instant, whole seconds."""
        minutes, rest = divmod(at - self._begin, MINUTE)
        table = self._open_before
        return table[minutes] * 60 + (table[minutes + 1] - table[minutes]) * int(rest.total_seconds())

    def worked(self, start: datetime, end: datetime) -> int:
        return max(self._passed(end) - self._passed(start), 0)

    def due(self, created: datetime, seconds: int) -> datetime:
        """The first instant by which so many open seconds have passed."""
        wanted = self._passed(created) + seconds
        table = self._open_before
        minute = bisect_left(table, -(-wanted // 60))
        return self._begin + minute * MINUTE - timedelta(seconds=table[minute] * 60 - wanted)


@dataclass
class Desk:
    """All that was told of a team, and how far it reaches."""

    house: House
    tickets: list[Ticket]
    calls: list[Call]
    tickets_since: datetime | None = None
    tickets_until: datetime | None = None
    calls_since: datetime | None = None
    calls_until: datetime | None = None
    only: str = ""
    """Whose contacts are judged, where not everybody's."""

    def counted(self) -> list[Ticket]:
        return [one for one in self.tickets if not one.left_out]


@dataclass
class Window:
    start: datetime
    end: datetime
    as_of: datetime

    def holds(self, at: datetime | None) -> bool:
        return at is not None and self.start <= at < self.end and at <= self.as_of

    @property
    def closing(self) -> datetime:
        return min(self.end - INSTANT, self.as_of)

    @property
    def until(self) -> datetime:
        return min(self.end, self.as_of)


@dataclass
class Counted:
    """A figure; `keys`: which tickets and calls it counts."""

    value: float | None
    n: int
    numerator: float | None = None
    denominator: float | None = None
    p90: float | None = None
    longer_than: float | None = None
    interval: tuple[float, float] | None = None
    waiting: int = 0
    oldest_s: float | None = None
    set_aside: int = 0
    provisional: bool = False
    extras: dict[str, int] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)


def fold(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


# What can be believed -------------------------------------------------------------------------------------------------


def scale_of(said: TicketFacts | CallFacts) -> str:
    answer, scale = (said.csat, said.csat_scale) if isinstance(said, TicketFacts) else (said.rating, said.rating_scale)
    if scale:
        return scale
    return "5" if answer.replace(".", "").isdigit() else "2"


def is_good(answer: str, scale: str) -> bool | None:
    """None: no answer, or one to another question."""
    if not answer or scale in ("nps", "ces"):
        return None
    if answer in ("good", "bad"):
        return answer == "good"
    return float(answer) >= GOOD_FROM[scale]


def believed(said: TicketFacts, until: datetime, waits: Sequence[Wait] = ()) -> Ticket:
    """What cannot be is set aside: before the creation, after the end of the data."""
    wrong = {name for name in WHENS if (at := getattr(said, name)) and not said.created_at <= at <= until}
    said = replace(said, **dict.fromkeys(wrong))
    is_solve_wrong = bool(wrong & {"solved_at", "first_solved_at"})
    last = said.solved_at or said.first_solved_at
    is_back = last is not None and said.reopened_at is not None and said.reopened_at > last
    status = said.status or ("solved" if (last or is_solve_wrong) and not is_back else "open")
    solved = said.solved_at
    if solved is None and status in ("solved", "closed") and not is_solve_wrong:
        solved = said.first_solved_at
    rated = said.csat_at
    if said.csat and not rated and not wrong & {"csat_at", "solved_at"}:
        rated = solved or max(at for at in (said.created_at, *(getattr(said, name) for name in WHENS)) if at)
    silent = said.opened_by == "agent" and not said.customer_messages
    ticket = Ticket(
        said,
        status,
        solved,
        rated,
        has_reply=bool(said.first_response_at or "first_response_at" in wrong or said.public_replies),
        is_solved=status not in OPEN,
        left_out=status if status in LEFT_OUT else "agent_opened" if silent else "",
        waits=list(waits),
    )
    for wait in ticket.waits:
        wait.ticket = ticket
    return ticket


def believed_call(said: CallFacts) -> Call:
    if said.answered is not None:
        answered = said.answered
    elif said.answered_at is not None:
        answered = True
    elif said.talk_s is not None:
        answered = said.talk_s > 0
    else:
        answered = said.abandoned is False and said.ended_at is not None
    hung_up = said.abandoned if said.abandoned is not None else said.answered is False or said.ended_at is not None
    return Call(said, answered, not answered and said.direction == "inbound" and bool(hung_up))


# How a ticket stood ---------------------------------------------------------------------------------------------------


@dataclass
class Standing:
    """A ticket at an instant."""

    is_open: bool
    first_solve: datetime | None
    last_solve: datetime | None
    reply: datetime | None
    is_undated: bool
    """Solved, and nobody knows when."""
    knows_all: bool
    """Nothing is known to have happened to its state since, so what is counted of it belongs to then."""
    is_last: bool
    """Its last solve is the last there is."""


def standing(ticket: Ticket, at: datetime) -> Standing:
    if at not in ticket.stood:
        ticket.stood[at] = walked(ticket, at)
    return ticket.stood[at]


def walked(ticket: Ticket, at: datetime) -> Standing:
    """Walk through its solves and its reopening as far as they had come."""
    said = ticket.said
    turns = [(when, True) for when in {said.first_solved_at, ticket.solved_at} if when]
    if said.reopened_at and turns and said.reopened_at >= min(turns)[0]:
        turns.append((said.reopened_at, False))
    turns.sort()
    gone = [turn for turn in turns if turn[0] <= at]
    solves = [when for when, is_solve in gone if is_solve]
    is_open = not (gone and gone[-1][1])
    no_last = ticket.is_solved and ticket.solved_at is None
    is_undated = no_last and len(solves) == sum(is_solve for _, is_solve in turns)
    if is_undated:
        is_open = False
    has_come = ticket.solved_at is not None and ticket.solved_at <= at
    is_back_by_then = not ticket.is_solved and not (said.reopened_at and said.reopened_at > at)
    if is_back_by_then and (has_come or (ticket.solved_at is None and solves)):
        is_open = True  # unsolved today, and since when nobody says
    is_last = bool(solves) and (has_come or ticket.solved_at is None)
    back_later = is_last and not ticket.is_solved and said.reopened_at is not None and said.reopened_at > at
    last = solves[-1] if solves and not is_undated else None
    return Standing(
        is_open=ticket.created <= at and is_open,
        first_solve=solves[0] if solves else None,
        last_solve=last,
        reply=said.first_response_at if said.first_response_at and said.first_response_at <= at else None,
        is_undated=is_undated,
        knows_all=is_last and last is not None and not back_later,
        is_last=is_last and last is not None,
    )


def had_reply(ticket: Ticket, stood: Standing) -> bool:
    return stood.reply is not None or (ticket.has_reply and ticket.said.first_response_at is None)


# Sums -----------------------------------------------------------------------------------------------------------------


def seconds(start: datetime, end: datetime) -> float:
    return (end - start) / timedelta(seconds=1)


def beside(ages: Sequence[float]) -> dict[str, object]:
    return {"waiting": len(ages), "oldest_s": max(ages) if ages else None}


def share(hits: int, keys: list[str], **more: object) -> Counted:
    n = len(keys)
    if not n:
        return Counted(None, 0, **more)  # type: ignore[arg-type]
    p, z = hits / n, 1.959964
    middle, width = (
        (p + z * z / 2 / n) / (1 + z * z / n),
        z * sqrt(p * (1 - p) / n + (z / 2 / n) ** 2) / (1 + z * z / n),
    )
    ends = (0.0 if hits == 0 else middle - width, 1.0 if hits == n else middle + width)
    return Counted(p, n, hits, n, interval=ends, keys=keys, **more)  # type: ignore[arg-type]


def count(keys: list[str], **more: object) -> Counted:
    return Counted(len(keys), len(keys), len(keys), keys=keys, **more)  # type: ignore[arg-type]


def mean(amounts: list[float], keys: list[str], **more: object) -> Counted:
    if not amounts:
        return Counted(None, 0, **more)  # type: ignore[arg-type]
    total, n = sum(amounts), len(amounts)
    return Counted(total / n, n, total, n, keys=keys, **more)  # type: ignore[arg-type]


def between(ordered: Sequence[float], q: float) -> float:
    """As PostgreSQL's percentile_cont."""
    place = q * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def length(over: list[float], going_on: list[float], keys: list[str], **more: object) -> Counted:
    """The median, and from 20 on the p90; of what is not over only that it takes longer."""
    n = len(over) + len(going_on)
    if not n:
        return Counted(None, 0, **more)  # type: ignore[arg-type]
    if not going_on:
        ordered = sorted(over)
        tail = between(ordered, 0.9) if n >= 20 else None
        return Counted(between(ordered, 0.5), n, p90=tail, keys=keys, **more)  # type: ignore[arg-type]
    longest = max(over + going_on)
    steps = curve(over, going_on)
    half = next((n for n, (_, left) in enumerate(steps) if left <= Fraction(1, 2)), None)
    median = None if half is None else steps[half][0]
    if half is not None and steps[half][1] == Fraction(1, 2):
        median = (steps[half][0] + (steps[half + 1][0] if half + 1 < len(steps) else longest)) / 2
    tail = next((at for at, left in steps if left <= Fraction(1, 10)), None) if n >= 20 else None
    is_cut = median is None or (n >= 20 and tail is None)
    return Counted(median, n, p90=tail, longer_than=longest if is_cut else None, keys=keys, **more)  # type: ignore[arg-type]


def curve(over: list[float], going_on: list[float]) -> list[tuple[float, Fraction]]:
    """Who of all still waits after each length at which somebody's wait ended: the product limit, in fractions."""
    left, at_risk, steps = Fraction(1), len(over) + len(going_on), []
    for at in sorted({*over, *going_on}):
        ends, breaks = over.count(at), going_on.count(at)
        if ends:
            left *= Fraction(at_risk - ends, at_risk)
            steps.append((at, left))
        at_risk -= ends + breaks
    return steps


# Tickets --------------------------------------------------------------------------------------------------------------


def volume(desk: Desk, w: Window) -> Counted:
    return count([one.key for one in desk.counted() if w.holds(one.created)])


def solved_in(desk: Desk, w: Window) -> list[tuple[Ticket, Standing]]:
    """Tickets whose last solve lies in the window."""
    stood = [(one, standing(one, w.as_of)) for one in desk.counted()]
    return [(one, how) for one, how in stood if w.holds(how.last_solve)]


def open_at_the_end(desk: Desk, w: Window) -> list[Ticket]:
    return [one for one in desk.counted() if standing(one, w.closing).is_open]


def still_open(desk: Desk, w: Window) -> dict[str, object]:
    return beside([seconds(one.created, w.until) for one in open_at_the_end(desk, w)])


def solved(desk: Desk, w: Window) -> Counted:
    done = solved_in(desk, w)
    again = [seconds(one.created, w.as_of) for one, how in done if how.is_open]
    return count([one.key for one, _ in done], **beside(again), extras={"open_again": len(again)})


def resolution_rate(desk: Desk, w: Window) -> Counted:
    keys, hits, ages, young, aside = [], 0, [], 0, 0
    for one in desk.counted():
        if not w.holds(one.created):
            continue
        how = standing(one, w.as_of)
        if one.created + WEEK > w.as_of:
            young += 1
        elif how.is_undated and how.first_solve is None:
            aside += 1
        else:
            keys.append(one.key)
            hits += how.first_solve is not None and how.first_solve <= one.created + WEEK
            if how.is_open:
                ages.append(seconds(one.created, w.as_of))
    return share(hits, keys, **beside(ages), set_aside=aside, provisional=young > 0, extras={"too_young": young})


def backlog(desk: Desk, w: Window) -> Counted:
    return count([one.key for one in open_at_the_end(desk, w)], **still_open(desk, w))


def backlog_age(desk: Desk, w: Window) -> Counted:
    found = open_at_the_end(desk, w)
    return length(
        [seconds(one.created, w.until) for one in found], [], [one.key for one in found], **still_open(desk, w)
    )


def unanswered(desk: Desk, w: Window) -> Counted:
    found = [one for one in open_at_the_end(desk, w) if not had_reply(one, standing(one, w.closing))]
    return count([one.key for one in found], **beside([seconds(one.created, w.until) for one in found]))


def first_response(desk: Desk, w: Window, passed: Callable[[datetime, datetime], float] = seconds) -> Counted:
    over, going_on, ages, keys, aside, silent = [], [], [], [], 0, 0
    for one in desk.counted():
        if not w.holds(one.created):
            continue
        how = standing(one, w.as_of)
        if how.reply is None and (had_reply(one, how) or how.is_undated):
            aside += 1
            continue
        keys.append(one.key)
        is_closed = not how.is_open and how.last_solve is not None
        end = how.reply or (how.last_solve if is_closed and how.last_solve else w.as_of)
        start, handed = one.created, one.said.handed_off_at
        if desk.house.response_start == "handed_off" and handed and handed <= w.as_of:
            start = min(handed, end)
        (over if how.reply else going_on).append(passed(start, end))
        if how.reply is None and how.is_open:
            ages.append(seconds(one.created, w.as_of))
        silent += how.reply is None and not how.is_open
    return length(over, going_on, keys, **beside(ages), set_aside=aside, extras={"solved_unanswered": silent})


def first_response_business(desk: Desk, w: Window) -> Counted:
    return first_response(desk, w, desk.house.worked)


def next_reply(desk: Desk, w: Window, passed: Callable[[datetime, datetime], float] = seconds) -> Counted:
    over, going_on, ages, keys = [], [], [], []
    for one in desk.counted():
        for wait in one.waits:
            is_the_first = wait.started == one.created and one.said.opened_by != "agent"
            if is_the_first or not w.holds(wait.started):
                continue
            keys.append(one.key)
            if wait.ended and wait.ended <= w.as_of:
                over.append(passed(wait.started, wait.ended))
            elif wait.closed and wait.closed <= w.as_of:
                going_on.append(passed(wait.started, wait.closed))
            else:
                going_on.append(passed(wait.started, w.as_of))
                ages.append(seconds(wait.started, w.as_of))
    silent = len(going_on) - len(ages)
    return length(over, going_on, keys, **beside(ages), extras={"solved_unanswered": silent})


def next_reply_business(desk: Desk, w: Window) -> Counted:
    return next_reply(desk, w, desk.house.worked)


def full_resolution(desk: Desk, w: Window) -> Counted:
    done = solved_in(desk, w)
    over = [seconds(one.created, how.last_solve) for one, how in done if not how.is_open and how.last_solve]
    going_on = [seconds(one.created, w.as_of) for one, how in done if how.is_open]
    keys = [one.key for one, _ in done]
    return length(over, going_on, keys, **still_open(desk, w), extras={"open_again": len(going_on)})


def first_resolution(desk: Desk, w: Window) -> Counted:
    over, keys, aside, again = [], [], 0, 0
    for one in desk.counted():
        how = standing(one, w.as_of)
        if how.is_undated or not w.holds(how.first_solve):
            continue
        assert how.first_solve
        solves = (one.said.reopens or 0) + one.is_solved
        if one.said.first_solved_at is None and one.solved_at is not None and solves > 1:
            aside += 1
            continue
        over.append(seconds(one.created, how.first_solve))
        keys.append(one.key)
        again += how.is_open
    return length(over, [], keys, **still_open(desk, w), set_aside=aside, extras={"open_again": again})


def spent(desk: Desk, w: Window, name: str) -> Counted:
    over, going_on, keys, aside = [], [], [], 0
    for one, how in solved_in(desk, w):
        said = getattr(one.said, name)
        if said is None or not how.knows_all:
            aside += 1
            continue
        keys.append(one.key)
        (going_on if how.is_open else over).append(float(said))
    more = {"set_aside": aside, "extras": {"open_again": len(going_on)}}
    return length(over, going_on, keys, **still_open(desk, w), **more)


def requester_wait(desk: Desk, w: Window) -> Counted:
    return spent(desk, w, "requester_wait_s")


def agent_work(desk: Desk, w: Window) -> Counted:
    return spent(desk, w, "agent_work_s")


def one_touch(desk: Desk, w: Window) -> Counted:
    keys, hits, aside, none = [], 0, 0, 0
    for one, how in solved_in(desk, w):
        replies = one.said.public_replies
        if replies is None or not how.knows_all:
            aside += 1
            continue
        keys.append(one.key)
        hits += replies == 1
        none += replies == 0
    return share(hits, keys, set_aside=aside, extras={"zero_reply": none})


def reopen_rate(desk: Desk, w: Window) -> Counted:
    keys, hits, ages, aside, provisional, often = [], 0, [], 0, False, 0
    for one, how in solved_in(desk, w):
        assert how.last_solve
        said = one.said
        told = said.early_reopens if said.early_reopens is not None else said.reopens
        had = 0  # that had happened by then
        if how.is_last and told is not None:
            had = told
            if not how.knows_all:  # it came back later, and the number may know of that already
                assert said.reopened_at
                is_among = said.early_reopens is None or said.reopened_at <= how.last_solve + WEEK
                had = max(told - is_among, 0)
        is_late = said.reopened_at is not None and said.reopened_at > how.last_solve + WEEK
        if how.is_open:
            ages.append(seconds(one.created, w.as_of))
        if not how.is_open and told is None:
            aside += 1
            continue
        keys.append(one.key)
        is_hit = (how.is_open and not is_late) or had >= 1
        hits += is_hit
        often += max(had, 1) if is_hit else 0
        provisional = provisional or how.last_solve + WEEK > w.as_of
    return share(
        hits, keys, **beside(ages), set_aside=aside, provisional=provisional,
        extras={"reopens": often, "open_again": len(ages)},
    )  # fmt: skip


def target(desk: Desk, one: Ticket, metric: str) -> datetime | None:
    """When it is due: as the source says, else by the team's target for its priority."""
    said = one.said.first_response_due_at if metric == "first_response" else one.said.resolution_due_at
    aims = desk.house.sla
    aim = aims.get((metric, fold(one.said.priority))) or aims.get((metric, ""))
    if said or not aim:
        return said
    within, clock = aim
    return one.created + timedelta(seconds=within) if clock == "calendar" else desk.house.due(one.created, within)


def sla_first_response(desk: Desk, w: Window) -> Counted:
    keys, hits, ages, aside, risk, late, fell_away = [], 0, [], 0, 0, 0, 0
    for one in desk.counted():
        due = target(desk, one, "first_response")
        if due is None or not w.holds(one.created):
            continue
        how = standing(one, w.as_of)
        if how.reply is not None:
            keys.append(one.key)
            hits += how.reply <= due
        elif had_reply(one, how) or how.is_undated:
            aside += 1
        elif how.is_open:
            ages.append(seconds(one.created, w.as_of))
            if due < w.as_of:
                keys.append(one.key)
                late += 1
            else:
                risk += 1
        elif how.last_solve and how.last_solve > due:
            keys.append(one.key)
        else:
            fell_away += 1
    extras = {"at_risk": risk, "past_due": late, "solved_unanswered": fell_away}
    return share(hits, keys, **beside(ages), set_aside=aside, extras=extras)


def sla_resolution(desk: Desk, w: Window) -> Counted:
    keys, hits, ages, risk, late = [], 0, [], 0, 0
    for one in desk.counted():
        due = target(desk, one, "resolution")
        if due is None:
            continue
        how = standing(one, w.as_of)
        if how.is_open and w.holds(due) and due < w.as_of:
            keys.append(one.key)
        elif not how.is_open and how.last_solve and w.holds(how.last_solve):
            keys.append(one.key)
            hits += how.last_solve <= due
        if standing(one, w.closing).is_open:
            ages.append(seconds(one.created, w.until))
            late += due < w.until
            risk += due >= w.until
    return share(hits, keys, **beside(ages), extras={"at_risk": risk, "past_due": late})


def csat_response_rate(desk: Desk, w: Window) -> Counted:
    keys, hits = [], 0
    for one in desk.counted():
        if not w.holds(one.said.csat_sent_at) or one.said.csat_scale in ("nps", "ces"):
            continue
        keys.append(one.key)
        hits += one.rated_at is not None and one.rated_at <= w.as_of
    return share(hits, keys)


def tickets_per_agent(desk: Desk, w: Window) -> Counted:
    done = solved_in(desk, w)
    found = [one for one, _ in done if one.agent]
    people = len({one.agent for one in found})
    aside = len(done) - len(found)
    if not people:
        return Counted(None, 0, set_aside=aside)
    keys = [one.key for one in found]
    return Counted(len(found) / people, len(found), len(found), people, set_aside=aside, keys=keys)


# Contacts -------------------------------------------------------------------------------------------------------------


@dataclass
class Contact:
    """A ticket, or a call, as something that a customer turned to the team with."""

    of: Ticket | Call
    began: datetime
    created: datetime
    customer: str
    matter: str
    is_theirs: bool = True
    """The customer's own doing, not a call that the team made."""
    is_part_of_a_ticket: bool = False


def contacts(desk: Desk) -> list[Contact]:
    """A call that names a ticket belongs to its matter; where the ticket was opened in it, both are one contact."""
    by_key = {one.key: one for one in desk.counted()}
    began = {key: one.created for key, one in by_key.items()}
    found = []
    for call in desk.calls:
        its = by_key.get(call.said.ticket)
        is_part = its is not None and call.queued <= its.created <= call.over + 15 * MINUTE
        if its and is_part:
            began[its.key] = min(began[its.key], call.queued)
        customer, matter = (its.said.customer, its.said.category) if its else (call.said.customer, call.said.topic)
        one = Contact(call, call.queued, call.queued, fold(customer), fold(matter), not call.is_outbound, is_part)
        found.append(one)
    for one in by_key.values():
        said = one.said
        found.append(Contact(one, began[one.key], one.created, fold(said.customer), fold(said.category)))
    return found


def came_again(found: Sequence[Contact], one: Contact) -> datetime | None:
    """When the customer turned to the team again with the same, after this began."""
    later = [
        other.began
        for other in found
        if other.is_theirs and (other.customer, other.matter) == (one.customer, one.matter) and other.began > one.began
    ]
    return min(later, default=None)


def fcr(desk: Desk, w: Window) -> Counted:
    keys, hits, aside, young, back, opened = [], 0, 0, 0, 0, 0
    every = contacts(desk)
    by_customer: dict[str, list[Contact]] = {}
    for contact in every:
        by_customer.setdefault(contact.customer, []).append(contact)
    for contact in every:
        solve = _first_solve(contact, w.as_of)
        if not contact.is_theirs or not w.holds(contact.created) or solve is None:
            continue
        if desk.only and fold(contact.of.said.agent) != desk.only:
            continue
        if not contact.customer:
            aside += 1
            continue
        if solve + WEEK > w.as_of:
            young += 1
            continue
        keys.append(contact.of.key)
        again = came_again(by_customer[contact.customer], contact)
        is_back = again is not None and again <= solve + WEEK
        is_reopened = isinstance(contact.of, Ticket) and _was_reopened(contact.of, solve, w.as_of)
        hits += not is_back and not is_reopened
        back += is_back
        opened += is_reopened
    extras = {"too_young": young, "came_again": back, "reopened": opened}
    return share(hits, keys, set_aside=aside, provisional=young > 0, extras=extras)


def _first_solve(contact: Contact, at: datetime) -> datetime | None:
    one = contact.of
    if isinstance(one, Ticket):
        return standing(one, at).first_solve
    is_solved = one.said.resolved is True and one.is_answered and not contact.is_part_of_a_ticket
    return one.over if is_solved and one.over <= at else None


def _was_reopened(one: Ticket, solve: datetime, at: datetime) -> bool:
    """Within 7 days of a solve; where the source only counts, at all."""
    said = one.said
    if said.reopened_at and (said.reopens is None or said.reopens <= 1):
        return said.reopened_at <= min(solve + WEEK, at)
    if one.solved_at is None or one.solved_at > at:
        return False
    told = said.early_reopens if said.early_reopens is not None else said.reopens
    if told is None and said.first_solved_at is not None and said.first_solved_at < one.solved_at:
        return True
    return bool(told) or not one.is_solved


def transfer_rate(desk: Desk, w: Window) -> Counted:
    keys, hits, aside = [], 0, 0
    by_group = desk.house.transfers_counted == "group"
    for one, how in solved_in(desk, w):
        moves = one.said.group_transfers if by_group else one.said.transfers
        if moves is None or not how.knows_all:
            aside += 1
        else:
            keys.append(one.key)
            hits += moves >= 1
    for call in desk.calls:
        if not w.holds(call.handled):
            continue
        if by_group or call.said.transfers is None:
            aside += 1
        else:
            keys.append(call.key)
            hits += call.said.transfers >= 1
    return share(hits, keys, set_aside=aside)


def answers(desk: Desk, w: Window) -> Iterable[tuple[str, str, str]]:
    """Key, answer and scale of what customers said in the window."""
    for one in desk.counted():
        if one.said.csat and w.holds(one.rated_at):
            yield one.key, one.said.csat, scale_of(one.said)
    for call in desk.calls:
        if call.said.rating and w.holds(call.over):
            yield call.key, call.said.rating, scale_of(call.said)


def csat(desk: Desk, w: Window) -> Counted:
    told = [(key, is_good(answer, scale)) for key, answer, scale in answers(desk, w)]
    judged = [(key, good) for key, good in told if good is not None]
    return share(sum(good for _, good in judged), [key for key, _ in judged])


def nps(desk: Desk, w: Window) -> Counted:
    told = [(key, float(answer)) for key, answer, scale in answers(desk, w) if scale == "nps"]
    up, down = sum(x >= 9 for _, x in told), sum(x <= 6 for _, x in told)
    extras = {"promoters": up, "passives": len(told) - up - down, "detractors": down}
    if not told:
        return Counted(None, 0, extras=extras)
    keys = [key for key, _ in told]
    return Counted(100 * (up - down) / len(told), len(told), up - down, len(told), extras=extras, keys=keys)


def ces(desk: Desk, w: Window) -> Counted:
    told = [(key, float(answer)) for key, answer, scale in answers(desk, w) if scale == "ces"]
    easy = sum(x >= 5 for _, x in told)
    return mean([x for _, x in told], [key for key, _ in told], extras={"easy": easy})


# Calls ----------------------------------------------------------------------------------------------------------------


@dataclass
class Fate:
    is_answered: bool
    is_abandoned: bool
    is_waiting: bool
    waited: float | None
    """Seconds up to the answer, the hang-up or now; None: nobody says."""


def fate(call: Call, at: datetime) -> Fate:
    said = call.said
    if call.is_answered and (said.answered_at is None or said.answered_at <= at):
        return Fate(True, False, False, seconds(call.queued, said.answered_at) if said.answered_at else None)
    gone = said.ended_at is not None and said.ended_at <= at
    if said.ended_at is None:
        gone = call.is_abandoned or call.queued <= at - DAY
    if not call.is_answered and gone:
        waited = seconds(call.queued, said.ended_at) if said.ended_at else None
        return Fate(False, call.is_abandoned and not call.is_outbound, False, waited)
    return Fate(False, False, not call.is_outbound and call.queued <= at, seconds(call.queued, at))


def offered(desk: Desk, w: Window) -> list[tuple[Call, Fate]]:
    """Customers' calls that came in the window, without those that hung up at once."""
    found = [(call, fate(call, w.as_of)) for call in desk.calls if w.holds(call.queued) and not call.is_outbound]
    return [(call, how) for call, how in found if not _is_short(how, desk.house)]


def _is_short(how: Fate, house: House) -> bool:
    return how.is_abandoned and how.waited is not None and how.waited < house.short_abandon_s


def in_queue(desk: Desk, w: Window) -> dict[str, object]:
    return beside([seconds(call.queued, w.as_of) for call, how in offered(desk, w) if how.is_waiting])


def calls(desk: Desk, w: Window) -> Counted:
    came = [call for call in desk.calls if w.holds(call.queued)]
    short = sum(_is_short(fate(call, w.as_of), desk.house) for call in came if not call.is_outbound)
    extras = {"short_abandons": short, "outbound": sum(call.is_outbound for call in came)}
    return count([call.key for call, _ in offered(desk, w)], **in_queue(desk, w), extras=extras)


def calls_resolved(desk: Desk, w: Window) -> Counted:
    taken = [
        call
        for call in desk.calls
        if not call.is_outbound and fate(call, w.as_of).is_answered and w.holds(call.handled)
    ]
    told = [call for call in taken if call.said.resolved is not None]
    hits = sum(call.said.resolved is True for call in told)
    return share(hits, [call.key for call in told], set_aside=len(taken) - len(told))


def service_level(desk: Desk, w: Window) -> Counted:
    keys, hits, aside, gave_up, risk, late = [], 0, 0, 0, 0, 0
    within, how_counted = desk.house.service_level_s, desk.house.abandoned_in_time
    for call, how in offered(desk, w):
        in_time = how.waited is not None and how.waited <= within
        if how.is_answered and how.waited is None:
            aside += 1
        elif how.is_waiting and in_time:
            risk += 1
        elif how.is_abandoned and in_time:
            gave_up += 1
            if how_counted != "ignored":
                keys.append(call.key)
                hits += how_counted == "for"
        else:
            late += how.is_waiting
            keys.append(call.key)
            hits += how.is_answered and in_time
    extras = {"abandoned_in_time": gave_up, "at_risk": risk, "past_due": late}
    return share(hits, keys, **in_queue(desk, w), set_aside=aside, extras=extras)


def asa(desk: Desk, w: Window) -> Counted:
    found = offered(desk, w)
    told = [(call.key, how.waited) for call, how in found if how.is_answered and how.waited is not None]
    more = {
        "set_aside": sum(how.is_answered and how.waited is None for _, how in found),
        "extras": {"abandoned": sum(how.is_abandoned for _, how in found)},
    }
    return mean([waited for _, waited in told], [key for key, _ in told], **in_queue(desk, w), **more)


def abandonment(desk: Desk, w: Window) -> Counted:
    found = [(call, how) for call, how in offered(desk, w) if not how.is_waiting]
    hits = sum(how.is_abandoned for _, how in found)
    return share(hits, [call.key for call, _ in found], **in_queue(desk, w))


def aht(desk: Desk, w: Window) -> Counted:
    amounts, keys, aside, no_hold, no_wrap = [], [], 0, 0, 0
    for call in desk.calls:
        said, handled = call.said, call.handled
        if handled is None or not w.holds(handled):
            continue
        took = float((said.talk_s or 0) + (said.hold_s or 0) + (said.wrap_s or 0))
        if (said.ended_at or handled + timedelta(seconds=took)) > w.as_of:
            continue  # not over
        if said.talk_s is None:
            aside += 1
            continue
        amounts.append(took)
        keys.append(call.key)
        no_hold += said.hold_s is None
        no_wrap += said.wrap_s is None
    return mean(amounts, keys, set_aside=aside, extras={"no_hold": no_hold, "no_wrap": no_wrap})


FIGURES: Mapping[str, Callable[[Desk, Window], Counted]] = {
    one.__name__: one
    for one in (
        volume, solved, resolution_rate, backlog, backlog_age, unanswered, first_response, first_response_business,
        next_reply, next_reply_business, full_resolution, first_resolution, requester_wait, agent_work, one_touch,
        reopen_rate, sla_first_response, sla_resolution, csat, csat_response_rate, tickets_per_agent, fcr,
        transfer_rate, nps, ces, calls, calls_resolved, service_level, asa, abandonment, aht,
    )
}  # fmt: skip
OF_CALLS = ("calls", "calls_resolved", "service_level", "asa", "abandonment", "aht")
OF_CONTACTS = ("csat", "fcr", "transfer_rate", "nps", "ces")


def counted(desk: Desk, key: str, start: datetime, end: datetime, as_of: datetime, who: str = "") -> Counted:
    """One figure over a window, told as of an instant or of the end of its data; `who`: of one person's work."""
    since, until = _reach(desk, key)
    lags = until is not None and desk.tickets_until is not None and until < desk.tickets_until
    at = min(as_of, until) if lags and until else as_of
    if at < start or (since is not None and (since >= end or since > at)):
        return Counted(None, 0)
    return FIGURES[key](of_one(desk, key, who) if who else desk, Window(start, end, at))


def of_one(desk: Desk, key: str, who: str) -> Desk:
    """What is to one person's credit: first replies to whoever gave them, the rest to whose ticket or call it is.

    What customers did with others beside it stays: they came again, whoever they came to.
    """
    if key == "fcr":
        return replace(desk, only=who)
    if key.startswith("next_reply"):
        mine = [
            replace(one, waits=[wait for wait in one.waits if (wait.agent if wait.ended else one.agent) == who])
            for one in desk.tickets
        ]
        return replace(desk, tickets=mine)
    by_reply = key.startswith("first_response") or key == "sla_first_response"
    theirs = [one for one in desk.tickets if (one.responder if by_reply else one.agent) == who]
    return replace(desk, tickets=theirs, calls=[call for call in desk.calls if fold(call.said.agent) == who])


def _reach(desk: Desk, key: str) -> tuple[datetime | None, datetime | None]:
    """From when to when there is data; of tickets and calls together to where both reach.

    What has been silent for a week while the other went on is over and holds nobody back.
    """
    since, until = [desk.tickets_since, desk.calls_since], [desk.tickets_until, desk.calls_until]
    if desk.tickets_until is None or key in OF_CALLS:
        return desk.calls_since or desk.tickets_since, desk.calls_until or desk.tickets_until
    if key in OF_CONTACTS and desk.calls_until:
        ends = [at for at in until if at]
        reach = max(ends) if max(ends) - min(ends) > WEEK else min(ends)
        return min(at for at in since if at), reach
    return desk.tickets_since, desk.tickets_until
