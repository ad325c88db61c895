"""A handover as it stands, and what somebody is offered who wants to hand over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from .. import duty, errors, people
from ..escalations import Escalation, Status
from ..escalations.cards import Person
from ..people import Asker, Member, Role, Team, calendar_of
from . import snapshots
from .rules import Snapshot
from .tables import Handover


@dataclass(frozen=True, slots=True)
class Card:
    """Everything about one handover, as of an instant."""

    id: int
    team_id: int
    team: str
    timezone: str
    giver: Person
    to: Person | None
    """None: the team's leads."""
    happened: str
    watch: str
    snapshot: Snapshot
    starts_at: datetime | None
    ends_at: datetime | None
    gives_own: bool
    made_at: datetime
    taken_at: datetime | None
    taken_by: Person | None
    given: int
    round: int
    next_at: datetime | None
    escalation: int | None
    """The number of what was raised since nobody took it over."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What a handover would hold, and to whom it would go. `own`: how many open escalations its writer has."""

    team_id: int
    team: str
    timezone: str
    snapshot: Snapshot
    to: Person | None
    starts_at: datetime | None
    ends_at: datetime | None
    own: int


def card(session: Session, workspace_id: int, handover_id: int) -> Card:
    """Raises UnknownHandover."""
    row = session.get(Handover, (workspace_id, handover_id))
    if row is None:
        raise errors.UnknownHandover(str(handover_id))
    team = people.team(session, workspace_id, row.team_id)
    raised = session.get(Escalation, (workspace_id, row.escalation_id)) if row.escalation_id is not None else None
    giver = _person(session, workspace_id, row.from_id)
    assert giver is not None
    return Card(
        id=row.id,
        team_id=team.id,
        team=team.name,
        timezone=team.timezone,
        giver=giver,
        to=_person(session, workspace_id, row.to_id),
        happened=row.happened,
        watch=row.watch,
        snapshot=Snapshot.parse(row.snapshot),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        gives_own=row.gives_own,
        made_at=row.made_at,
        taken_at=row.taken_at,
        taken_by=_person(session, workspace_id, row.taken_by),
        given=row.given,
        round=row.round,
        next_at=row.next_at,
        escalation=raised.number if raised else None,
    )


def offer(session: Session, team: Team, asker: Asker, *, now: datetime) -> Offer:
    """What would be handed over now. Raises NotOfTeam."""
    needs_place(asker, team)
    span = snapshots.following(session, team, now)
    following = next_person(session, team, asker.member_id, now=now)
    return Offer(
        team_id=team.id,
        team=team.name,
        timezone=team.timezone,
        snapshot=snapshots.snapshot(session, team, now),
        to=Person(following.id, following.name, following.slack_user_id or "") if following else None,
        starts_at=span.starts_at if span else None,
        ends_at=span.ends_at if span else None,
        own=len(own(session, team, asker.member_id)),
    )


def needs_place(asker: Asker, team: Team) -> int:
    """The asker's id, where they work in the team or lead it. Raises NotOfTeam."""
    if asker.member_id is None or not (team.id in asker.team_ids or asker.leads(team.id)):
        raise errors.NotOfTeam(team.name)
    return asker.member_id


def next_person(session: Session, team: Team, giver: int | None, *, now: datetime) -> Member | None:
    """Who follows: of the next shift its lead, else whoever is on it first; never whoever hands over, if another is."""
    span = snapshots.following(session, team, now)
    if span is None:
        return None
    leads = {
        one.id
        for one in people.members_of(session, team, calendar_of(session, team).local_day(span.starts_at), Role.LEAD)
    }
    members = [session.get(Member, (team.workspace_id, one)) for one in span.member_ids]
    found = [one for one in members if one is not None and one.slack_user_id]
    found.sort(key=lambda one: (one.id == giver, one.id not in leads))
    return found[0] if found else None


def own(session: Session, team: Team, member_id: int | None) -> Sequence[Escalation]:
    """The open escalations of the team that somebody has, oldest first."""
    return session.exec(
        select(Escalation)
        .where(
            Escalation.workspace_id == team.workspace_id,
            Escalation.team_id == team.id,
            Escalation.owner_id == member_id,
            Escalation.status == Status.ACKNOWLEDGED.value,
        )
        .order_by(col(Escalation.id))
    ).all()


def may_take(session: Session, row: Handover, team: Team, asker: Asker, *, now: datetime) -> bool:
    """The one it is for, the team's leads, whoever manages, and who is on duty."""
    if asker.member_id is None:
        return False
    if asker.member_id == row.to_id or asker.leads(team.id):
        return True
    return asker.member_id in duty.on_duty(session, team, now).member_ids


def _person(session: Session, workspace_id: int, member_id: int | None) -> Person | None:
    row = session.get(Member, (workspace_id, member_id)) if member_id is not None else None
    return Person(row.id, row.name, row.slack_user_id or "") if row else None
