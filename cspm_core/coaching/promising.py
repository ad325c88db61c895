"""Promising something, moving its day, closing and reopening it. Callers commit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlmodel import Session, col, update

from .. import errors, people
from ..calendars import local_day
from ..ids import new_id
from ..people import Asker, Team
from . import rights, telling
from .rules import FARTHEST, FOR_A_PERSON, LONGEST_LINE, LONGEST_WORDS, PromiseKind, PromiseStatus
from .tables import Promise, Talk


def promise(
    session: Session,
    talk: Talk,
    *,
    owner_id: int,
    words: str,
    kind: PromiseKind,
    due_on: date,
    metric: str = "",
    prompted_from: datetime | None = None,
    by: Asker,
    now: datetime,
) -> Promise:
    """What one of the two of a talk will do by a day of their own. `metric`: the agent's figure that it should move;
    `prompted_from`: since when the weeks that prompted it count. Raises NotYourTalk, Invalid."""
    rights.check_own(talk, by)
    team = people.team(session, talk.workspace_id, talk.team_id)
    if owner_id not in (talk.lead_id, talk.agent_id):
        raise errors.Invalid("owner", str(owner_id), "not_of_talk")
    if metric and metric not in FOR_A_PERSON:
        raise errors.Invalid("metric", metric)
    row = Promise(
        workspace_id=talk.workspace_id,
        id=new_id(now),
        team_id=talk.team_id,
        talk_id=talk.id,
        owner_id=owner_id,
        lead_id=talk.lead_id,
        agent_id=talk.agent_id,
        words=_said(words, "words", LONGEST_WORDS),
        kind=kind,
        due_on=_day(team, due_on, now),
        metric=metric,
        made_at=now,
        prompted_from=prompted_from,
        reminded_at=_reminded(team, due_on, now),
    )
    session.add(row)
    session.flush()
    return row


def close_promise(
    session: Session, workspace_id: int, promise_id: int, status: PromiseStatus, line: str, *, by: Asker, now: datetime
) -> Promise:
    """Kept, missed or dropped, with a line about how it went. Raises NotYourTalk, PromiseClosed, Invalid."""
    row = rights.promise_of(session, workspace_id, promise_id, by)
    said = _said(line, "line", LONGEST_LINE)
    values = {
        "status": status, "line": said, "closed_at": now, "closed_by": by.member_id,
        "checked_at": now if by.member_id == row.lead_id else None,
    }  # fmt: skip
    if not _changed(session, row, PromiseStatus.OPEN, values):
        raise errors.PromiseClosed(row.status)
    telling.redraw_promise(session, row)
    return row


def check_open(row: Promise) -> None:
    """Raises PromiseClosed."""
    if row.status != PromiseStatus.OPEN:
        raise errors.PromiseClosed(row.status)


def reopen(session: Session, workspace_id: int, promise_id: int, *, by: Asker) -> bool:
    """It was closed by mistake; whether it was closed until now. Raises NotYourTalk."""
    row = rights.promise_of(session, workspace_id, promise_id, by)
    before = PromiseStatus(row.status)
    gone = {"status": PromiseStatus.OPEN, "line": "", "closed_at": None, "closed_by": None, "checked_at": None}
    if before is PromiseStatus.OPEN or not _changed(session, row, before, gone):
        return False
    telling.redraw_promise(session, row)
    return True


def move_promise(
    session: Session, workspace_id: int, promise_id: int, due_on: date, *, by: Asker, now: datetime
) -> bool:
    """Another day; whether it moved. Reminding begins anew. Raises NotYourTalk, PromiseClosed, Invalid."""
    row = rights.promise_of(session, workspace_id, promise_id, by)
    if row.due_on == due_on and row.status == PromiseStatus.OPEN:
        return False
    team = people.team(session, workspace_id, row.team_id)
    again = {"reminded_at": _reminded(team, due_on, now), "late_at": None, "climbed_at": None}
    values = {"due_on": _day(team, due_on, now), "moved": row.moved + 1, **again}
    if not _changed(session, row, PromiseStatus.OPEN, values):
        raise errors.PromiseClosed(row.status)
    telling.redraw_promise(session, row)
    return True


def check_promise(session: Session, workspace_id: int, promise_id: int, *, by: Asker, now: datetime) -> None:
    """Its lead has seen how it was closed. Raises NotYourTalk."""
    row = rights.promise_of(session, workspace_id, promise_id, by)
    if by.member_id == row.lead_id and row.status != PromiseStatus.OPEN and row.checked_at is None:
        row.checked_at = now
        session.add(row)
        session.flush()
        telling.redraw_promise(session, row)


def drop(session: Session, row: Promise, *, now: datetime) -> None:
    """It ends by itself: one of the two has left the team."""
    values = {"status": PromiseStatus.DROPPED, "closed_at": now, "closed_by": None, "checked_at": now}
    if _changed(session, row, PromiseStatus.OPEN, values):
        telling.redraw_promise(session, row)


def _reminded(team: Team, due_on: date, now: datetime) -> datetime | None:
    """Whoever says on the day itself that it is due then needs no word about it on that day."""
    return now if due_on == local_day(now, team.timezone) else None


def _changed(session: Session, row: Promise, before: PromiseStatus, values: Mapping[str, object]) -> bool:
    statement = update(Promise).where(
        col(Promise.workspace_id) == row.workspace_id, col(Promise.id) == row.id, col(Promise.status) == before
    )
    done = session.exec(statement.values(**values).execution_options(synchronize_session=False))
    session.refresh(row)
    return bool(done.rowcount == 1)


def _said(words: str, field: str, longest: int) -> str:
    told = " ".join(words.split())
    if not told:
        raise errors.Invalid(field, "", "nothing_said")
    if len(told) > longest:
        raise errors.Invalid(field, told[:40], "said_too_long")
    return told


def _day(team: Team, due_on: date, now: datetime) -> date:
    today = local_day(now, team.timezone)
    if due_on < today:
        raise errors.Invalid("due_on", due_on.isoformat(), "day_past")
    if due_on > today + FARTHEST:
        raise errors.Invalid("due_on", due_on.isoformat(), "day_far")
    return due_on
