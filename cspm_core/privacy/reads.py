"""Who looked at what concerns a person, and who may."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from ..calendars import local_day, midnight
from ..coaching.tables import Talk
from ..people import Look, Member, Role, Team, agreements, member, members_of, memberships, team
from ..people.rules import holds
from .rules import LookedAt, Looks, occasion, summed

WEEK = timedelta(days=7)


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
    talks = _talks(session, workspace_id, member_id) if rows else {}
    return [
        LookedAt(
            look.at, name, roles.get(look.viewer_id, ""), look.what,
            occasion(look.at, talks.get(look.viewer_id, ())), look.viewer_id,
        )
        for look, name in rows
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weeks:
    """Who looked at somebody in their own week so far, and in the one before. `monday`: of this week."""

    monday: date
    now: tuple[Looks, ...]
    last: tuple[Looks, ...]
    timezone: str


def weeks(session: Session, person: Member, zone: str, now: datetime) -> Weeks:
    """The last two weeks' looks at a person, as they lie in a zone."""
    first = monday(local_day(now, zone))
    begin, end = midnight(first - WEEK, zone), midnight(first, zone)
    found = looks(session, person.workspace_id, person.id, begin)
    return Weeks(
        first,
        tuple(summed([one for one in found if one.at >= end])),
        tuple(summed([one for one in found if one.at < end])),
        zone,
    )


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def standing(session: Session, person: Member, now: datetime) -> list[Standing]:
    """Of each team that a person is in today."""
    every = [team(session, person.workspace_id, team_id) for team_id in _teams(session, person, now)]
    return [standing_of(session, one, now) for one in every]


def standing_of(session: Session, one: Team, now: datetime) -> Standing:
    """Of one team."""
    said = agreements(session, one)
    last = said[-1] if said else None
    leads = tuple(lead.name for lead in members_of(session, one, now.date(), Role.LEAD))
    return Standing(one, one.person_figures, last.agreed_by if last else "", last.agreed_at if last else None, leads)


def _teams(session: Session, person: Member, now: datetime) -> list[int]:
    held = memberships(session, person.workspace_id, person.id)
    return sorted({one.team_id for one in held if holds(one.from_day, one.to_day, now.date())})


def _talks(session: Session, workspace_id: int, member_id: int) -> Mapping[int, Sequence[datetime]]:
    """When a person's talks were or are to be, by who leads them: those that were proposed, or held unplanned."""
    query = select(Talk).where(
        Talk.workspace_id == workspace_id, Talk.agent_id == member_id, col(Talk.status).in_(("planned", "held"))
    )
    found: dict[int, list[datetime]] = defaultdict(list)
    for talk in session.exec(query):
        at = talk.held_at if talk.proposed_by is None else min(talk.planned_at, talk.held_at or talk.planned_at)
        if at is not None:
            found[talk.lead_id].append(at)
    return found


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
