"""What looks come to: who, how often, and before which talk. No database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

BEFORE = timedelta(days=7)
"""A look so long before a talk of the two is told with it."""


@dataclass(frozen=True, slots=True)
class LookedAt:
    """One look. `role`: what the viewer is in a team of the person's; empty: nothing there. `before`: the talk of the
    two that followed within a week; None: there is none."""

    at: datetime
    viewer: str
    role: str
    what: str
    before: datetime | None = None
    viewer_id: int = 0


@dataclass(frozen=True, slots=True)
class Looks:
    """What one viewer looked at, before one talk or without: how often each, and when last."""

    viewer: str
    role: str
    times: int
    what: Mapping[str, int]
    last_at: datetime
    before: datetime | None = None


def occasion(at: datetime, talks: Iterable[datetime]) -> datetime | None:
    """The first talk after a look, where it came within a week."""
    return min((talk for talk in talks if at < talk <= at + BEFORE), default=None)


def summed(found: Sequence[LookedAt]) -> list[Looks]:
    """Looks by viewer and talk, who looked most first."""
    parts: dict[tuple[int, str, str, datetime | None], list[LookedAt]] = {}
    for one in found:
        parts.setdefault((one.viewer_id, one.viewer, one.role, one.before), []).append(one)
    told = [
        Looks(
            name,
            role,
            len(theirs),
            {what: sum(one.what == what for one in theirs) for what in dict.fromkeys(one.what for one in theirs)},
            max(one.at for one in theirs),
            before,
        )
        for (_, name, role, before), theirs in parts.items()
    ]
    return sorted(told, key=lambda one: (-one.times, one.viewer, one.last_at))
