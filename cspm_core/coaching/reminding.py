"""What is due by itself: a word on the day, one more when it is late, then the lead; each once, at a good moment.

Nobody is reminded while they are absent: it waits until they are back.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlmodel import Session, col, or_, select, update

from .. import duty, people
from ..calendars import local_day, midnight
from ..people import Team
from . import promising, rights, talks, telling
from .rules import DAY, PromiseStatus, TalkStatus
from .tables import Promise, Talk

BEFORE = timedelta(minutes=15)
"""Before a talk with which a shift begins."""
EARLY = timedelta(days=1)
WORKING_DAYS_TO_LEAD = 2


def due_talks(session: Session, *, now: datetime) -> list[tuple[int, int]]:
    """(workspace_id, id) of the talks of which somebody may have to be told."""
    query = select(Talk.workspace_id, Talk.id).where(
        Talk.status == TalkStatus.PLANNED,
        col(Talk.planned_at) <= now + EARLY,
        or_(col(Talk.reminded_at).is_(None), col(Talk.late_at).is_(None)),
    )
    return list(session.exec(query.order_by(col(Talk.planned_at))).all())


def due_promises(session: Session, *, now: datetime) -> list[tuple[int, int]]:
    """The same of promises."""
    unsaid = or_(
        col(Promise.reminded_at).is_(None),
        col(Promise.late_at).is_(None),
        col(Promise.climbed_at).is_(None) & (col(Promise.owner_id) != col(Promise.lead_id)),
    )
    query = select(Promise.workspace_id, Promise.id).where(
        Promise.status == PromiseStatus.OPEN, col(Promise.due_on) <= (now + EARLY).date(), unsaid
    )
    return list(session.exec(query.order_by(col(Promise.due_on))).all())


def remind_of_talk(session: Session, workspace_id: int, talk_id: int, *, now: datetime) -> None:
    """Both on the day itself; its lead once more when the day is over and nobody said that it was held."""
    talk = session.get(Talk, (workspace_id, talk_id))
    if talk is None or talk.status != TalkStatus.PLANNED:
        return
    team = people.team(session, workspace_id, talk.team_id)
    if any(rights.is_over(session, team, talk.lead_id, talk.agent_id, now=now)):
        talks.cancel_by_itself(session, talk)
        return
    day, today = local_day(talk.planned_at, team.timezone), local_day(now, team.timezone)
    if talk.reminded_at is None and day == today and now < talk.planned_at:
        _on_the_day(session, team, talk, day, now)
    elif talk.late_at is None and day < today:
        moment = duty.good_moment(session, team, talk.lead_id, midnight(day + DAY, team.timezone))
        if moment is not None and moment <= now and _claim(session, Talk, talk, "late_at", now):
            key = telling.talk_key(telling.TALK_LATE, talk, talk.lead_id)
            telling.post(session, team, telling.TALK_LATE, key, talk.id, talk.lead_id, now=now)


def _on_the_day(session: Session, team: Team, talk: Talk, day: date, now: datetime) -> None:
    begins, latest = midnight(day, team.timezone), talk.planned_at - BEFORE
    is_said = True
    for member_id in (talk.lead_id, talk.agent_id):
        moment = duty.good_moment(session, team, member_id, begins)
        if min(moment or latest, latest) > now or duty.is_away(session, team.workspace_id, member_id, now):
            is_said = False
            continue
        key = telling.talk_key(telling.TALK_DAY, talk, member_id)
        ends = talk.planned_at + BEFORE
        telling.post(session, team, telling.TALK_DAY, key, talk.id, member_id, now=now, expires_at=ends)
    if is_said:
        _claim(session, Talk, talk, "reminded_at", now)


def remind_of_promise(session: Session, workspace_id: int, promise_id: int, *, now: datetime) -> None:
    """Its owner on the day, once more on their next working day, and two working days later the lead."""
    row = session.get(Promise, (workspace_id, promise_id))
    if row is None or row.status != PromiseStatus.OPEN:
        return
    team = people.team(session, workspace_id, row.team_id)
    no_lead, no_agent = rights.is_over(session, team, row.lead_id, row.agent_id, now=now)
    if no_agent or (no_lead and row.owner_id == row.lead_id):
        promising.drop(session, row, now=now)
    elif row.reminded_at is None:
        _say(
            session,
            team,
            row,
            "reminded_at",
            telling.PROMISE_DAY,
            row.owner_id,
            _working(session, team, row, row.due_on),
            now,
        )
    elif row.late_at is None:
        after = max(row.due_on, local_day(row.reminded_at, team.timezone)) + DAY
        _say(
            session, team, row, "late_at", telling.PROMISE_LATE, row.owner_id, _working(session, team, row, after), now
        )
    elif not no_lead:
        moment = _for_the_lead(session, team, row, local_day(row.late_at, team.timezone))
        _say(session, team, row, "climbed_at", telling.PROMISE_CHECK, row.lead_id, moment, now)


def _working(session: Session, team: Team, row: Promise, day: date) -> datetime | None:
    """The first good moment of its owner from a day on."""
    return duty.good_moment(session, team, row.owner_id, midnight(day, team.timezone))


def _for_the_lead(session: Session, team: Team, row: Promise, day: date) -> datetime | None:
    """When two more working days of its owner have begun, at the lead's own next good moment."""
    moment: datetime | None = None
    for _ in range(WORKING_DAYS_TO_LEAD):
        moment = _working(session, team, row, day + DAY)
        if moment is None:
            return None
        day = local_day(moment, team.timezone)
    assert moment is not None
    return duty.good_moment(session, team, row.lead_id, moment)


def _say(
    session: Session, team: Team, row: Promise, column: str, kind: str, reader_id: int, moment: datetime | None,
    now: datetime,
) -> None:  # fmt: skip
    if moment is None or moment > now or duty.is_away(session, team.workspace_id, reader_id, now):
        return
    if _claim(session, Promise, row, column, now):
        key = f"{kind}:{row.id}:{row.moved}:{reader_id}"
        telling.post(session, team, kind, key, row.id, reader_id, now=now)


def _claim(
    session: Session, table: type[Talk] | type[Promise], row: Talk | Promise, column: str, now: datetime
) -> bool:
    """Whether nobody has said it before us."""
    unsaid = getattr(table, column)
    statement = update(table).where(
        col(table.workspace_id) == row.workspace_id, col(table.id) == row.id, unsaid.is_(None)
    )
    done = session.exec(statement.values({column: now}).execution_options(synchronize_session=False))
    session.refresh(row)
    return bool(done.rowcount == 1)
