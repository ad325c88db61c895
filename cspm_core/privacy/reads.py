"""Who looked at what concerns a person, and who may."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from ..people import Look, Member, Role, Team, agreements, member, members_of, memberships, team
from ..people.rules import holds


@dataclass(frozen=True, slots=True)
class LookedAt:
    """One look. `role`: what the viewer is in a team of the person's; empty: nothing there."""

    at: datetime
    viewer: str
    role: str
    what: str


@dataclass(frozen=True, slots=True)
class Looks:
    """What one viewer looked at: how often each, and when last."""

    viewer: str
    role: str
    times: int
    what: Mapping[str, int]
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """What a team has agreed to about figures of one person, when and with whom, and who looks after it."""

    team: Team
    level: str
    agreed_by: str
    agreed_at: datetime | None
    leads: tuple[str, ...]


def looks(
    session: Session, workspace_id: int, member_id: int, since: datetime | None = None, until: datetime | None = None
) -> list[LookedAt]:
    """Every look at a person from an instant up to another, the newest first."""
    query = (
        select(Look, Member.name)
        .join(Member, (col(Member.workspace_id) == Look.workspace_id) & (col(Member.id) == Look.viewer_id))
        .where(Look.workspace_id == workspace_id, Look.subject_id == member_id)
        .order_by(col(Look.at).desc(), col(Look.id).desc())
    )
    if since is not None:
        query = query.where(col(Look.at) >= since)
    if until is not None:
        query = query.where(col(Look.at) < until)
    rows = session.exec(query).all()
    roles = _roles(session, workspace_id, member_id, {look.viewer_id for look, _ in rows})
    return [LookedAt(look.at, name, roles.get(look.viewer_id, ""), look.what) for look, name in rows]


def summed(found: Sequence[LookedAt]) -> list[Looks]:
    """Looks by viewer, who looked most first."""
    viewers: dict[tuple[str, str], list[LookedAt]] = {}
    for one in found:
        viewers.setdefault((one.viewer, one.role), []).append(one)
    told = [
        Looks(
            name,
            role,
            len(theirs),
            {what: sum(one.what == what for one in theirs) for what in dict.fromkeys(one.what for one in theirs)},
            max(one.at for one in theirs),
        )
        for (name, role), theirs in viewers.items()
    ]
    return sorted(told, key=lambda one: (-one.times, one.viewer))


def standing(session: Session, person: Member, now: datetime) -> list[Standing]:
    """Of each team that a person is in today."""
    found = []
    for team_id in _teams(session, person, now):
        one = team(session, person.workspace_id, team_id)
        said = agreements(session, one)
        last = said[-1] if said else None
        leads = tuple(lead.name for lead in members_of(session, one, now.date(), Role.LEAD))
        found.append(
            Standing(one, one.person_figures, last.agreed_by if last else "", last.agreed_at if last else None, leads)
        )
    return found


def _teams(session: Session, person: Member, now: datetime) -> list[int]:
    held = memberships(session, person.workspace_id, person.id)
    return sorted({one.team_id for one in held if holds(one.from_day, one.to_day, now.date())})


RANKS = (Role.LEAD, Role.MANAGER, Role.QA_REVIEWER, Role.AGENT)


def _roles(session: Session, workspace_id: int, member_id: int, viewers: set[int]) -> dict[int, str]:
    """What each viewer is to a person: the first of `RANKS` that they hold in a team of theirs, else over all."""
    theirs = {one.team_id for one in memberships(session, workspace_id, member_id)}
    found: dict[int, str] = {}
    for viewer in viewers:
        held = {one.role for one in memberships(session, workspace_id, viewer) if one.team_id in theirs}
        everywhere = member(session, workspace_id, viewer).role
        found[viewer] = next((role for role in RANKS if role in held), "" if everywhere == "member" else everywhere)
    return found
