"""Letting another system in, renewing or ending that, and taking each of its requests once. Callers commit."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, delete, or_, select, update

from .. import errors
from ..ids import new_id
from ..once import add_once
from ..people import Team, fold
from . import reads, rules
from .tables import HookKey, HookRequest

KEPT_FOR = timedelta(days=90)
"""For so long a request is recognised when it comes again."""
A_MINUTE = timedelta(minutes=1)


def add(session: Session, workspace_id: int, name: str, *, now: datetime, team: Team | None = None) -> HookKey:
    """A new key. Raises Invalid (hook_name), Taken."""
    if not rules.is_name(name):
        raise errors.Invalid("name", name, "hook_name")
    fresh = HookKey(
        workspace_id=workspace_id,
        id=new_id(now),
        name=name,
        name_key=fold(name),
        team_id=team.id if team else None,
        created_at=now,
    )
    if not add_once(session, fresh):
        raise errors.Taken(reads.key_named(session, workspace_id, name).name)
    return session.get_one(HookKey, (workspace_id, fresh.id))


def renew(session: Session, key: HookKey) -> None:
    """Give a key another secret, which ends the one before; a revoked key is valid again."""
    following = col(HookKey.generation) + 1
    session.exec(update(HookKey).where(*_its(key)).values(generation=following, revoked_at=None))
    session.refresh(key)


def revoke(session: Session, key: HookKey, *, now: datetime) -> bool:
    """End a key; False where that was done before."""
    ended = session.exec(update(HookKey).where(*_its(key), col(HookKey.revoked_at).is_(None)).values(revoked_at=now))
    session.refresh(key)
    return bool(ended.rowcount)


def used(session: Session, key: HookKey, *, now: datetime) -> None:
    """Remember when a key was last used, at most once a minute."""
    before = col(HookKey.last_used_at)
    long_ago = or_(before.is_(None), before < now - A_MINUTE)
    session.exec(update(HookKey).where(*_its(key), long_ago).values(last_used_at=now))


def begin(session: Session, key: HookKey, hook: str, request_key: str, digest: str, *, now: datetime) -> HookRequest:
    """The request of that id: a fresh one without an answer, or the one that was taken before, with its answer.

    While another worker takes the same, this waits for it. Raises Taken where that id came with another content.
    """
    fresh = HookRequest(
        workspace_id=key.workspace_id,
        id=new_id(now),
        key_id=key.id,
        hook=hook,
        request_key=request_key,
        digest=digest,
        at=now,
    )
    add_once(session, fresh)
    row = session.exec(
        select(HookRequest).where(
            HookRequest.workspace_id == key.workspace_id,
            HookRequest.key_id == key.id,
            HookRequest.hook == hook,
            HookRequest.request_key == request_key,
        )
    ).one()
    if row.digest != digest:
        raise errors.Taken(request_key)
    return row


def finish(session: Session, request: HookRequest, answer: str) -> None:
    """Keep what a request is answered; it stands or falls with what the request did."""
    request.answer = answer
    session.add(request)
    session.flush()


def forget_old(session: Session, workspace_id: int, *, now: datetime) -> int:
    """Forget requests that nobody sends again; how many."""
    old = (col(HookRequest.workspace_id) == workspace_id, col(HookRequest.at) < now - KEPT_FOR)
    return session.exec(delete(HookRequest).where(*old)).rowcount


def _its(key: HookKey) -> tuple[ColumnElement[bool], ...]:
    return (col(HookKey.workspace_id) == key.workspace_id, col(HookKey.id) == key.id)
