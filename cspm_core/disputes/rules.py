"""What may be disputed, by when, who decides, and how it climbs. No database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from ..duty.spans import Stretch, Stretches, around, within
from ..errors import Invalid
from ..people.rules import Asker, PersonFigures, Role
from ..qa.rules import Answer

MAY_CORRECT = timedelta(minutes=10)
"""After submitting: so long a reviewer may correct it before the agent gets it."""
BREAK = timedelta(hours=2)
"""A gap up to so long is a break within one shift."""
LONGEST_SHIFT = timedelta(hours=16)
"""What is longer is no shift but a team that never closes: its days end at midnight."""
LONGEST_WORDS = 3_000
REVIEWER, LEADS, MANAGER = range(3)
"""With whom a dispute lies."""
STUCK_DAYS = 5
"""Working days between two reminders of the last who can decide."""


class Status(StrEnum):
    """What became of a dispute."""

    OPEN = "open"
    ACCEPTED = "accepted"
    ACCEPTED_IN_PART = "accepted_in_part"
    REJECTED = "rejected"


class State(StrEnum):
    """How a review stands with its agent."""

    WAITING = "waiting"
    """Not told yet."""
    TOLD = "told"
    """Neither confirmed nor disputed."""
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    ACCEPTED = "accepted"
    ACCEPTED_IN_PART = "accepted_in_part"
    REJECTED = "rejected"
    MOVED = "moved"
    """It was somebody else's ticket."""
    EARLIER = "earlier"
    """From another tool: there is nothing to confirm."""


@dataclass(frozen=True, slots=True)
class Window:
    """In which a review may be disputed. `until` None with `is_open`: no end is in sight."""

    is_open: bool
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a dispute is decided. `criteria`: those accepted, where it is in part; `agent_id`: the identity whose
    ticket it was, where that was the dispute; None with `not_mine`: nobody's here."""

    status: Status
    reason: str
    criteria: tuple[str, ...] = ()
    agent_id: int | None = None


def disputable(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """Criteria that were rated below the best point."""
    return tuple(one for one in answers if not one.is_na and one.score is not None and one.score < one.highest)


def check_dispute(answers: Iterable[Answer], comment: str, proposed: Mapping[str, float], *, is_not_mine: bool) -> None:
    """Raises Invalid with field `comment`, `proposed` or the criterion."""
    _check_words("comment", comment)
    if not proposed and not is_not_mine:
        raise Invalid("proposed", "", "nothing_proposed")
    offered = {one.criterion: one for one in disputable(answers)}
    for criterion, score in proposed.items():
        one = offered.get(criterion)
        if one is None or one.score is None or not one.score < score <= one.highest:
            raise Invalid("proposed", criterion, "no_proposal")


def check_verdict(verdict: Verdict, proposed: Mapping[str, float], *, is_not_mine: bool) -> None:
    """Raises Invalid with field `reason`, `verdict` or `criteria`."""
    _check_words("reason", verdict.reason)
    if verdict.status is Status.OPEN:
        raise Invalid("verdict", verdict.status, "no_verdict")
    if verdict.status is not Status.ACCEPTED_IN_PART:
        return
    if not verdict.criteria or not set(verdict.criteria) <= set(proposed):
        raise Invalid("criteria", "", "no_part")
    if set(verdict.criteria) == set(proposed) and not is_not_mine:
        raise Invalid("criteria", "", "not_a_part")


def _check_words(field: str, words: str) -> None:
    if not words.strip():
        raise Invalid(field, "", "say_why")
    if len(words) > LONGEST_WORDS:
        raise Invalid(field, words[:40], "too_long")


def accepted(verdict: Verdict, proposed: Mapping[str, float], *, is_not_mine: bool) -> dict[str, float]:
    """The scores that a verdict changes. Where the whole was “not my ticket”, the scores stand as they were."""
    if verdict.status is Status.ACCEPTED_IN_PART:
        return {key: score for key, score in proposed.items() if key in verdict.criteria}
    return dict(proposed) if verdict.status is Status.ACCEPTED and not is_not_mine else {}


def may_decide(
    asker: Asker, *, subject_id: int | None, reviewer_id: int | None, team_id: int, level: str, step: int
) -> bool:
    """The reviewer; the team's leads, once it was put to them or where they see figures about a person anyway; its
    managers once it was put to them. Never whose review it is."""
    if asker.member_id is None or asker.member_id == subject_id:
        return False
    if asker.member_id == reviewer_id:
        return True
    if (team_id, Role.LEAD) in asker.roles:
        return step >= LEADS or level == PersonFigures.LEAD
    return step >= MANAGER and (team_id, Role.MANAGER) in asker.roles


def shifts(planned: Stretches, midnight: Callable[[date], datetime], day_of: Callable[[datetime], date]) -> Stretches:
    """The shifts that planned stretches make: breaks belong to them; what never ends is cut at midnights."""
    found: list[Stretch] = []
    for start, end in ((a + BREAK / 2, b - BREAK / 2) for a, b in around(planned, BREAK / 2)):
        cut = start
        while end - start > LONGEST_SHIFT and (night := midnight(day_of(cut) + timedelta(days=1))) < end:
            found.append((cut, night))
            cut = night
        found.append((cut, end))
    return tuple(found)


def end_of_days(
    planned: Stretches, worked: Stretches, day_of: Callable[[datetime], date], after: datetime, n: int
) -> datetime | None:
    """When the n-th working day after the one of an instant ends; None: not within what is planned.

    A day counts from half of its planned time on that is worked, so absence pauses; a shift belongs to the day that it
    begins on.
    """
    current = next((start for start, end in planned if start <= after < end), after)
    days: dict[date, list[Stretch]] = {}
    for shift in planned:
        if shift[0] > after and day_of(shift[0]) != day_of(current):
            days.setdefault(day_of(shift[0]), []).append(shift)
    for day in sorted(days):
        there = sum((_length(within(worked, *shift)) for shift in days[day]), timedelta())
        if there * 2 >= _length(days[day]) and there:
            n -= 1
        if n <= 0:
            return days[day][-1][1]
    return None


def _length(some: Sequence[Stretch] | Stretches) -> timedelta:
    return sum((end - start for start, end in some), timedelta())
