"""Asking for a message, claiming it, and writing down what became of it. Each is one conditional statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Update, bindparam
from sqlmodel import Session, col, update

from ..ids import new_id
from ..once import add_once
from . import rules
from .reads import wanting
from .tables import Notice


@dataclass(frozen=True, slots=True)
class Claimed:
    """A notice in somebody's hands, as it stood when they took it."""

    notice: Notice
    token: str
    until: datetime
    """On real time."""
    is_unsure: bool
    """An earlier attempt ended without anybody knowing how: it may stand in Slack already."""

    @property
    def attempts(self) -> int:
        return self.notice.attempts


def post(
    session: Session,
    workspace_id: int,
    *,
    key: str,
    kind: str,
    subject_id: int,
    team_id: int,
    place: str,
    language: str,
    now: datetime,
    due_at: datetime | None = None,
    expires_at: datetime | None = None,
    thread_of: str | None = None,
    thread_id: int | None = None,
    broadcast: bool = False,
    notice_id: int | None = None,
) -> bool:
    """Ask for a message; asking again under the same key is asking once. Whether it was new."""
    return add_once(
        session,
        Notice(
            workspace_id=workspace_id,
            id=notice_id or new_id(now),
            key=key,
            kind=kind,
            subject_id=subject_id,
            team_id=team_id,
            place=place,
            language=language,
            due_at=due_at or now,
            expires_at=expires_at,
            thread_of=thread_of,
            thread_id=thread_id,
            broadcast=broadcast,
        ),
    )


def refresh(session: Session, workspace_id: int, kind: str | Sequence[str], subject_id: int) -> None:
    """What the messages about a thing say has changed: show it again."""
    kinds = [kind] if isinstance(kind, str) else list(kind)
    session.flush()
    session.connection().execute(_refreshing(), {"of": workspace_id, "about": subject_id, "kinds": kinds})


@cache
def _refreshing() -> Update:
    table = Notice.__table__  # type: ignore[attr-defined]
    return (
        update(table)
        .where(
            table.c.workspace_id == bindparam("of"),
            table.c.subject_id == bindparam("about"),
            table.c.kind.in_(bindparam("kinds", expanding=True)),
        )
        .values(version=table.c.version + 1)
    )


def claim(
    session: Session, workspace_id: int, notice_id: int, token: str, *, now: datetime, real_now: datetime
) -> Claimed | None:
    """Take a wanted notice into one's hands for `rules.CLAIM` of real time; None where another was faster."""
    row = session.get(Notice, (workspace_id, notice_id))
    if row is None:
        return None
    before = row.claim
    until = real_now + rules.CLAIM
    same = col(Notice.claim).is_(None) if before is None else col(Notice.claim) == before
    taken = session.exec(
        update(Notice)
        .where(col(Notice.workspace_id) == workspace_id, col(Notice.id) == notice_id, same, wanting(now, real_now))
        .values(claim=token, claimed_until=until)
        .execution_options(synchronize_session=False)
    )
    if taken.rowcount != 1:
        return None
    session.refresh(row)
    return Claimed(row, token, until, is_unsure=before is not None)


def _held(claimed: Claimed, **values: object) -> Update:
    notice = claimed.notice
    return (
        update(Notice)
        .where(
            col(Notice.workspace_id) == notice.workspace_id,
            col(Notice.id) == notice.id,
            col(Notice.claim) == claimed.token,
        )
        .values(claimed_until=None, **values)
        .execution_options(synchronize_session=False)
    )


def shown(session: Session, claimed: Claimed, *, channel: str, ts: str, now: datetime) -> bool:
    """Slack shows the version that was claimed; False where the claim had gone to another meanwhile."""
    notice = claimed.notice
    facts = {"slack_channel": channel, "slack_ts": ts, "shown_at": notice.shown_at or now}
    free = {"claim": None, "retry_at": None, "attempts": 0}
    return _did(session, _held(claimed, shown=notice.version, **facts, **free))


def later(session: Session, claimed: Claimed, *, retry_at: datetime, is_unsure: bool = False) -> bool:
    """Not said yet; try again then. `is_unsure`: it may have been said, so look before saying it."""
    keep = claimed.token if is_unsure else None
    return _did(session, _held(claimed, claim=keep, retry_at=retry_at, attempts=claimed.attempts + 1))


def wait_for(session: Session, claimed: Claimed, *, until: datetime) -> bool:
    """It cannot be said before something else is: no failed attempt, and nothing was sent."""
    keep = claimed.token if claimed.is_unsure else None
    return _did(session, _held(claimed, claim=keep, retry_at=until))


def say_anew(session: Session, claimed: Claimed) -> bool:
    """What stood in Slack was deleted there: it is said again."""
    nowhere = {"slack_ts": None, "slack_channel": None, "shown": 0, "shown_at": None}
    return _did(session, _held(claimed, claim=None, retry_at=None, attempts=0, **nowhere))


def give_up(session: Session, claimed: Claimed, code: str) -> bool:
    """It cannot be said; `code` tells why."""
    return _did(session, _held(claimed, claim=None, failed=code))


def wake(session: Session, workspace_id: int, key: str, *, now: datetime) -> None:
    """What was over before it could be said is wanted again: it is said now. Nothing where it was said, or waits."""
    session.exec(
        update(Notice)
        .where(
            col(Notice.workspace_id) == workspace_id,
            col(Notice.key) == key,
            col(Notice.failed) == rules.MOOT,
            col(Notice.slack_ts).is_(None),
        )
        .values(failed=None, retry_at=None, attempts=0, due_at=now)
        .execution_options(synchronize_session=False)
    )


def hurry(session: Session, workspace_id: int, places: Sequence[str], *, now: datetime) -> None:
    """What waits for another try in these places, by id or by name, is tried now: what was in its way is mended."""
    session.exec(
        update(Notice)
        .where(
            col(Notice.workspace_id) == workspace_id,
            col(Notice.place).in_(places),
            col(Notice.version) > col(Notice.shown),
            col(Notice.failed).is_(None),
            col(Notice.slack_ts).is_(None),
            col(Notice.retry_at) > now,
        )
        .values(retry_at=now)
        .execution_options(synchronize_session=False)
    )


def _did(session: Session, statement: Update) -> bool:
    return bool(session.exec(statement).rowcount == 1)


def silence(session: Session, workspace_id: int, kind: str, team_id: int, *, now: datetime) -> None:
    """What was not said yet of a kind, for a team, is not said any more."""
    session.exec(_unsaid(workspace_id, kind, team_id).values(expires_at=now))


def move(session: Session, workspace_id: int, kind: str, team_id: int, place: str, *, before: str) -> None:
    """What was not said yet of a kind in one place is said in another, and at once."""
    session.exec(
        _unsaid(workspace_id, kind, team_id)
        .where(col(Notice.place) == before)
        .values(place=place, failed=None, retry_at=None)
    )


def _unsaid(workspace_id: int, kind: str, team_id: int) -> Update:
    return update(Notice).where(
        col(Notice.workspace_id) == workspace_id,
        col(Notice.kind) == kind,
        col(Notice.team_id) == team_id,
        col(Notice.slack_ts).is_(None),
    )
