"""Handing a shift over, and taking it over. Callers commit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select, update

from .. import duty, errors, escalations, people
from ..calendars import NeverOpen
from ..escalations import Ending, Origin, Status
from ..ids import new_id
from ..once import add_once
from ..people import Asker, Member, Role, Team, calendar_of
from . import snapshots, telling
from .reads import may_take, needs_place, own
from .rules import LINE_CHARACTERS, PATIENCE_S
from .tables import Handover


@dataclass(frozen=True, slots=True)
class Taken:
    """Who has it, since when. `first`: False where somebody was before; `given`: escalations that went along."""

    first: bool
    by: int | None
    at: datetime | None
    given: int = 0


def make(
    session: Session,
    team: Team,
    to: Member | None,
    *,
    by: Asker,
    key: str,
    happened: str = "",
    watch: str = "",
    gives_own: bool = False,
    now: datetime,
) -> Handover:
    """Hand the running shift over to somebody, or (None) to the team's leads. The same `key` is the same handover.

    Raises NotOfTeam, Invalid with field `happened` or `watch`.
    """
    giver = people.member(session, team.workspace_id, needs_place(by, team))
    for name, text in (("happened", happened), ("watch", watch)):
        if len(text) > LINE_CHARACTERS:
            raise errors.Invalid(name, text[:40], "too_long")
    span = snapshots.following(session, team, now)
    row = Handover(
        workspace_id=team.workspace_id,
        id=new_id(now),
        team_id=team.id,
        key=key,
        from_id=giver.id,
        to_id=to.id if to else None,
        happened=happened.strip(),
        watch=watch.strip(),
        snapshot=snapshots.snapshot(session, team, now).to_json(),
        starts_at=span.starts_at if span else None,
        ends_at=span.ends_at if span else None,
        gives_own=gives_own,
        made_at=now,
        next_at=patience(session, team, to, now),
    )
    if add_once(session, row):
        telling.show(session, team, row, [to] if to else _leads(session, team, giver.id, now), giver, now=now)
    query = select(Handover).where(Handover.workspace_id == team.workspace_id, Handover.key == key)
    return session.exec(query).one()


def patience(session: Session, team: Team, to: Member | None, now: datetime) -> datetime:
    """When a quarter of an hour has passed in which somebody worked; without anybody, in which the team did."""
    if to is not None:
        theirs = duty.add_working(session, team, to.id, now, PATIENCE_S)
        if theirs is not None:
            return theirs
    try:
        return calendar_of(session, team).add_business(now, PATIENCE_S)
    except NeverOpen:
        return now + timedelta(seconds=PATIENCE_S)


def _leads(session: Session, team: Team, giver: int, now: datetime) -> list[Member]:
    leads = people.members_of(session, team, calendar_of(session, team).local_day(now), Role.LEAD)
    return [lead for lead in leads if lead.id != giver]


def take(session: Session, workspace_id: int, handover_id: int, *, by: Asker, ending: Ending, now: datetime) -> Taken:
    """ "Taken over": the first has it and it climbs no more. `ending`: what ends the escalation that it had become.

    Raises UnknownHandover, NotForYou, OwnHandover.
    """
    row = locked(session, workspace_id, handover_id)
    team = people.team(session, workspace_id, row.team_id)
    if not may_take(session, row, team, by, now=now):
        raise errors.NotForYou([lead.name for lead in _leads(session, team, 0, now)])
    if by.member_id == row.from_id and row.to_id != row.from_id:
        raise errors.OwnHandover(people.member(session, workspace_id, row.to_id).name if row.to_id else "")
    taken = session.exec(
        update(Handover)
        .where(
            col(Handover.workspace_id) == workspace_id,
            col(Handover.id) == handover_id,
            col(Handover.taken_at).is_(None),
        )
        .values(taken_at=now, taken_by=by.member_id, next_at=None)
        .execution_options(synchronize_session=False)
    )
    if taken.rowcount != 1:
        return Taken(False, row.taken_by, row.taken_at)
    given = _give(session, row, team, by, now) if row.gives_own else 0
    session.refresh(row)
    row.given = given
    session.add(row)
    session.flush()
    _end_escalation(session, row, by, ending, now)
    telling.redraw(session, row)
    return Taken(True, by.member_id, now, given)


def locked(session: Session, workspace_id: int, handover_id: int) -> Handover:
    """One handover, which nobody else changes until the transaction ends. Raises UnknownHandover."""
    row = session.exec(
        select(Handover)
        .where(Handover.workspace_id == workspace_id, Handover.id == handover_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        raise errors.UnknownHandover(str(handover_id))
    return row


def _give(session: Session, row: Handover, team: Team, to: Asker, now: datetime) -> int:
    """What whoever handed over still has goes along; its timeline says from whom to whom."""
    if to.member_id is None or to.member_id == row.from_id:
        return 0
    giver = people.member(session, row.workspace_id, row.from_id)
    day = calendar_of(session, team).local_day(now)
    giving = people.asker(session, row.workspace_id, giver.slack_user_id or "", day)
    given = 0
    for one in own(session, team, giver.id):
        escalations.assign(
            session, row.workspace_id, one.id, to.member_id, by=giving, words="", origin=Origin.BUTTON, now=now
        )
        escalations.acknowledge(session, row.workspace_id, one.id, by=to, origin=Origin.BUTTON, now=now)
        given += 1
    return given


def _end_escalation(session: Session, row: Handover, by: Asker, ending: Ending, now: datetime) -> None:
    """What was raised since nobody took it over is over with it."""
    if row.escalation_id is None:
        return
    one = escalations.locked(session, row.workspace_id, row.escalation_id)
    if one.status == Status.RESOLVED:
        return
    try:
        escalations.resolve(session, row.workspace_id, one.id, ending, by=by, origin=Origin.BUTTON, now=now)
    except (errors.NotYours, errors.Invalid):  # somebody else has it: they end it
        return
