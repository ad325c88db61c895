"""Changing who is on duty: turns, absences, swaps, taking over. Callers commit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, delete, select, update

from .. import people
from ..errors import Invalid, NotOfTeam, StillAway
from ..ids import new_id
from ..once import add_once, the_one
from ..people import Asker, Member, Role, Team
from . import reads, rules
from .rules import ALWAYS, SWAP, TAKEOVER, WORKING
from .tables import Absence, Override, Rotation

DAY = timedelta(days=1)


def set_rotation(
    session: Session,
    team: Team,
    members: Sequence[Member],
    *,
    now: datetime,
    starts_on: date | None = None,
    days: int = 7,
    handover: str = "09:00",
    clock: str = WORKING,
) -> Rotation:
    """Let people take turns, the first from `starts_on` (None: the Monday of this week). Raises Invalid."""
    if not members or len({one.id for one in members}) < len(members):
        raise Invalid("members", ", ".join(one.name for one in members), "members")
    if not 1 <= days <= rules.LONGEST_TURN:
        raise Invalid("days", str(days), "turn_days")
    if clock not in (WORKING, ALWAYS):
        raise Invalid("clock", clock, "duty_clock")
    today = people.calendar_of(session, team).local_day(now)
    known = select(Rotation).where(Rotation.workspace_id == team.workspace_id, Rotation.team_id == team.id)
    monday = today - today.weekday() * DAY
    fresh = Rotation(workspace_id=team.workspace_id, id=new_id(now), team_id=team.id, starts_on=monday)
    row = the_one(session, known, fresh)
    row.member_ids, row.starts_on, row.days = [one.id for one in members], starts_on or monday, days
    row.handover, row.clock = rules.wall_time(handover), clock
    session.add(row)
    session.flush()
    return row


def end_rotation(session: Session, team: Team) -> bool:
    """Nobody takes turns any more; False where nobody did."""
    gone = session.exec(
        delete(Rotation).where(col(Rotation.workspace_id) == team.workspace_id, col(Rotation.team_id) == team.id)
    )
    return bool(gone.rowcount)


def be_away(
    session: Session,
    member: Member,
    starts_at: datetime,
    ends_at: datetime,
    *,
    by: Asker | None,
    note: str = "",
    now: datetime,
) -> bool:
    """Somebody is absent; said by themselves, their lead, an admin, or an operator (None). Another end for the same
    beginning corrects it. False: it was said already. Raises Invalid, NotForYou."""
    rules.check_span(starts_at, ends_at, now)
    _check_right(session, member, by, now)
    known = select(Absence).where(
        Absence.workspace_id == member.workspace_id, Absence.member_id == member.id, Absence.starts_at == starts_at
    )
    fresh = Absence(
        workspace_id=member.workspace_id, id=new_id(now), member_id=member.id, starts_at=starts_at, ends_at=now
    )
    row, said = the_one(session, known, fresh), " ".join(note.split())[: rules.LONGEST_NOTE]
    if (row.ends_at, row.note) == (ends_at, said):
        return False
    row.ends_at, row.note, row.by_id = ends_at, said, by.member_id if by else None
    session.add(row)
    session.flush()
    return True


def be_back(session: Session, member: Member, *, by: Asker | None, now: datetime) -> bool:
    """Somebody is there again from now on; a later absence stays. False where they were not away. Raises NotForYou."""
    _check_right(session, member, by, now)
    ended = session.exec(
        update(Absence)
        .where(
            col(Absence.workspace_id) == member.workspace_id,
            col(Absence.member_id) == member.id,
            col(Absence.starts_at) <= now,
            col(Absence.ends_at) > now,
        )
        .values(ends_at=now)
        .execution_options(synchronize_session=False)
    )
    return bool(ended.rowcount)


def swap(
    session: Session,
    team: Team,
    member_off: Member | None,
    member_on: Member,
    starts_at: datetime,
    ends_at: datetime,
    *,
    by: Asker,
    now: datetime,
) -> bool:
    """A lead puts somebody on duty instead of another (None: instead of all). False: it was so already.

    Raises Invalid, NotForYou.
    """
    rules.check_right(by, None, [team.id], _leads(session, [team], now))
    rules.check_span(starts_at, ends_at, now)
    if member_off is not None and member_off.id == member_on.id:
        raise Invalid("member_on", member_on.name, "same_person")
    return _override(session, team, member_on, member_off, (starts_at, ends_at), SWAP, by.member_id, now)


def take_over(session: Session, team: Team, member: Member, at: datetime, *, now: datetime) -> datetime:
    """Somebody of the team is on duty at once, alone; until when: the end of the shift that runs, else of the team's
    working day, else for eight hours. Twice is once. Raises NotOfTeam, StillAway."""
    calendar = people.calendar_of(session, team)
    inside = {one.id for one in people.members_of(session, team, calendar.local_day(now))}
    if member.id not in inside:
        raise NotOfTeam(team.name)
    if until := reads.away_until(session, team.workspace_id, member.id, at):
        raise StillAway(member.name, until, team.timezone)
    running = reads.on_duty(session, team, at)
    if running.member_ids == (member.id,) and running.until:
        return running.until
    ends_at = running.until if running.member_ids else None
    if ends_at is None:
        closing = calendar.closing(calendar.local_day(at)) if calendar.is_open(at) else None
        ends_at = closing if closing is not None and closing > at else at + rules.TAKEN_OVER
    _override(session, team, member, None, (at, ends_at), TAKEOVER, member.id, now)
    return ends_at


def _override(
    session: Session,
    team: Team,
    on: Member,
    off: Member | None,
    span: tuple[datetime, datetime],
    kind: str,
    by_id: int | None,
    now: datetime,
) -> bool:
    row = Override(
        workspace_id=team.workspace_id,
        id=new_id(now),
        team_id=team.id,
        member_id=on.id,
        instead_of_id=off.id if off else None,
        starts_at=span[0],
        ends_at=span[1],
        kind=kind,
        by_id=by_id,
    )
    return add_once(session, row)


def _check_right(session: Session, member: Member, by: Asker | None, now: datetime) -> None:
    held = people.memberships(session, member.workspace_id, member.id)
    ids = {one.team_id for one in held if people.holds(one.from_day, one.to_day, now.date())}
    teams = [people.team(session, member.workspace_id, team_id) for team_id in sorted(ids)]
    rules.check_right(by, member.id, [team.id for team in teams], _leads(session, teams, now))


def _leads(session: Session, teams: Sequence[Team], now: datetime) -> list[str]:
    found = (one for team in teams for one in people.members_of(session, team, now.date(), Role.LEAD))
    return list(dict.fromkeys(one.name for one in found))
