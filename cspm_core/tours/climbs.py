"""What would happen if something were escalated now and nobody took it: whom each step would tell, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from ..escalations import policy
from ..escalations.rules import Policy, Step
from ..escalations.whom import Found, Whom
from ..people import Team

TRIES = 4
"""So often it waits for somebody before a step counts as passed over."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One step as it would be. `who`: as in a step; `names`: who would be told, empty for a channel; `at` None: it
    would be passed over, `why` says why (nobody, away, quiet)."""

    who: str
    names: tuple[str, ...]
    at: datetime | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Climb:
    """All steps of a severity, begun at `now`."""

    severity: int
    now: datetime
    rungs: tuple[Rung, ...]

    @property
    def waits_until(self) -> datetime | None:
        """When the first hears of it, where that is not at once."""
        first = next((rung.at for rung in self.rungs if rung.at is not None), None)
        return first if first is not None and first > self.now else None


def climb(session: Session, team: Team, severity: int, now: datetime) -> Climb:
    """The steps of a team's severity as they would be taken from `now` on, if nobody said "mine". Nothing is raised.

    Quiet hours that people have set in Slack are not looked at.
    """
    wanted, rungs, at = policy(session, team, severity), list[Rung](), now
    for n, step in enumerate(wanted.steps):
        told_at, found = _told(session, team, wanted, step, severity, at)
        names = tuple(member.name for member in found.members)
        is_told = bool(names) or found.is_channel
        rungs.append(Rung(step.who, names, told_at if is_told else None, "" if is_told else found.why))
        following = wanted.steps[n + 1] if n + 1 < len(wanted.steps) else None
        if is_told and following is not None:
            whom = Whom(session, team, told_at)
            at = whom.later(following.after_s, following.clock, found.members)
    return Climb(severity, now, tuple(rungs))


def _told(
    session: Session, team: Team, wanted: Policy, step: Step, severity: int, at: datetime
) -> tuple[datetime, Found]:
    """Whom a step tells, and when, waiting where it has to."""
    found = Found()
    for _ in range(TRIES):
        whom = Whom(session, team, at)
        found = whom.find(step, severity, is_hidden=team.channel is None, patience_s=wanted.repeat_s)
        if found.until is None or found.until <= at:
            break
        at = found.until
    return at, found
