"""What waits for one person today, what they have done of it, and what comes tomorrow."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from .. import calibrations, coaching, disputes, goals, matching, qa, samples, setup, wellbeing
from ..calendars import local_day, midnight
from ..effects import awaiting as suggestions
from ..people import Asker
from ..waiting import Consequence, Waiting
from . import escalated

Source = Callable[..., list[Waiting]]
SOURCES: tuple[Source, ...] = (
    escalated.awaiting,
    disputes.awaiting,
    goals.awaiting,
    wellbeing.awaiting,
    coaching.awaiting,
    samples.awaiting,
    qa.awaiting,
    calibrations.awaiting,
    matching.awaiting,
    setup.awaiting,
    suggestions.awaiting,
)
"""Each says, for a session, a workspace, an asker and `now`, what of its subject waits for them."""
DAY = timedelta(days=1)
SUGGESTION = "suggestion"


@dataclass(frozen=True, slots=True)
class Today:
    """`waiting`: due by the end of the person's own day, or without a date, the gravest first; `done`: today already,
    the last first; `tomorrow`: due on the day after; `later`: how many come after that."""

    waiting: tuple[Waiting, ...]
    done: tuple[Waiting, ...]
    tomorrow: tuple[Waiting, ...]
    later: int
    timezone: str

    @property
    def is_clear(self) -> bool:
        return not self.waiting


def today(session: Session, workspace_id: int, asker: Asker, timezone: str, *, now: datetime) -> Today:
    """Everything that waits for somebody, on the days of their own zone."""
    every = [one for source in SOURCES for one in source(session, workspace_id, asker, now=now)]
    return sorted_out(gathered(every), timezone, now)


def gathered(every: Iterable[Waiting]) -> list[Waiting]:
    """The same with all open suggestions as one: they can wait, and must not bury what cannot."""
    found = list(every)
    ideas = [one for one in found if one.kind == SUGGESTION and one.done_at is None]
    if not ideas:
        return found
    members = list(dict.fromkeys(one.facts["member"] for one in ideas))
    first = min(ideas, key=lambda one: one.subject_id)
    one = Waiting(
        SUGGESTION, first.subject_id, first.team_id, Consequence.IDEA, facts={"n": len(ideas), "members": members}
    )
    return [*(other for other in found if other not in ideas), one]


def sorted_out(every: Iterable[Waiting], timezone: str, now: datetime) -> Today:
    """The same of what is given."""
    found = list(every)
    day = local_day(now, timezone)
    ends, next_ends = (midnight(day + n * DAY, timezone) for n in (1, 2))
    open_ones = [one for one in found if one.done_at is None]
    done = [one for one in found if one.done_at is not None]
    return Today(
        waiting=tuple(sorted((one for one in open_ones if one.due_at is None or one.due_at < ends), key=_gravest)),
        done=tuple(sorted(done, key=lambda one: one.done_at or now, reverse=True)),
        tomorrow=tuple(
            sorted((one for one in open_ones if one.due_at and ends <= one.due_at < next_ends), key=_gravest)
        ),
        later=sum(one.due_at is not None and one.due_at >= next_ends for one in open_ones),
        timezone=timezone,
    )


def _gravest(one: Waiting) -> tuple[int, bool, float, str, int]:
    """By consequence, then what has a date by its date, then always the same."""
    due = one.due_at.timestamp() if one.due_at else 0.0
    return one.consequence, one.due_at is None, due, one.kind, one.subject_id
