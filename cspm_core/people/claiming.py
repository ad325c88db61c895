"""How somebody in Slack becomes an admin: with a one-time code that only whoever runs the bot can read."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, delete, func, select, update

from .. import errors
from ..ids import new_id
from .rules import Role, fold
from .tables import AdminCode, CodeTry, Member, Workspace

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""None that looks like another."""
LENGTH = 8
VALID = timedelta(hours=24)
MOST_TRIES = 5
LATELY = timedelta(hours=1)
"""So many wrong codes within so long by one person, and theirs is looked at no more. Nobody keeps others out: against
the many there are more codes than all of Slack could try."""
BETWEEN = re.compile(r"[\s\-–—_.`*]+")


def has_admin(session: Session, workspace_id: int) -> bool:
    """Whether anybody in Slack looks after this workspace."""
    query = select(Member.id).where(
        Member.workspace_id == workspace_id, Member.role == Role.ADMIN, col(Member.slack_user_id).is_not(None)
    )
    return session.exec(query.limit(1)).first() is not None


def new_admin_code(session: Session, workspace_id: int, *, now: datetime) -> str:
    """A code such as `7KQM-2XPV`, good once and for a day; others stay as good as they were. Only its hash is kept."""
    code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    row = AdminCode(
        workspace_id=workspace_id, id=new_id(now), code_hash=_hash(workspace_id, code), made_at=now,
        expires_at=now + VALID,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return f"{code[:4]}-{code[4:]}"


def void_admin_codes(session: Session, workspace_id: int, *, now: datetime) -> None:
    """Let no code be good any more that nobody has used."""
    session.exec(
        update(AdminCode)
        .where(col(AdminCode.workspace_id) == workspace_id, _is_open(), col(AdminCode.expires_at) > now)
        .values(expires_at=now)
    )


def claim_admin(session: Session, workspace_id: int, member: Member, code: str, *, now: datetime) -> None:
    """Make a person an admin with a code, in any case and with or without its dash; then no other is good. The admin
    who used it uses it again in vain, but unharmed.

    Raises BadCode, CodeExpired, TooManyTries. A wrong code is counted: commit all the same.
    """
    _one_at_a_time(session, workspace_id)
    session.refresh(member)
    slack_user = member.slack_user_id or str(member.id)
    _look_at_tries(session, workspace_id, slack_user, now)
    found = session.exec(
        select(AdminCode).where(
            AdminCode.workspace_id == workspace_id, AdminCode.code_hash == _hash(workspace_id, tidied(code))
        )
    ).first()
    if found is None:
        session.add(CodeTry(workspace_id=workspace_id, id=new_id(now), slack_user=slack_user, at=now))
        session.flush()
        raise errors.BadCode(is_formed=_is_formed(tidied(code)))
    if found.used_by == member.id and member.role == Role.ADMIN:
        return
    claimed = session.exec(
        update(AdminCode)
        .where(
            col(AdminCode.workspace_id) == workspace_id, col(AdminCode.id) == found.id, _is_open(),
            col(AdminCode.expires_at) > now,
        )
        .values(used_at=now, used_by=member.id)
    )  # fmt: skip
    if claimed.rowcount != 1:
        raise errors.CodeExpired
    void_admin_codes(session, workspace_id, now=now)
    member.role = Role.ADMIN
    session.add(member)
    session.flush()


def tidied(code: str) -> str:
    """A code as it was made, from how it was typed."""
    return BETWEEN.sub("", fold(code)).upper()


def _is_formed(code: str) -> bool:
    """Whether what was typed looks like a code."""
    return len(code) == LENGTH and set(code) <= set(LETTERS)


def _is_open() -> ColumnElement[bool]:
    return col(AdminCode.used_at).is_(None)


def _hash(workspace_id: int, code: str) -> str:
    """Slow on purpose, so that whoever reads the database does not guess what stands behind it."""
    return hashlib.scrypt(code.encode(), salt=str(workspace_id).encode(), n=2**13, r=8, p=1, dklen=32).hex()


def _one_at_a_time(session: Session, workspace_id: int) -> None:
    """Whoever else tries at the same moment waits, so that tries are counted and not guessed past."""
    session.exec(select(Workspace.id).where(Workspace.workspace_id == workspace_id).with_for_update()).one()


def _look_at_tries(session: Session, workspace_id: int, slack_user: str, now: datetime) -> None:
    session.exec(delete(CodeTry).where(col(CodeTry.workspace_id) == workspace_id, col(CodeTry.at) <= now - LATELY))
    n, first = session.exec(
        select(func.count(), func.min(CodeTry.at)).where(
            CodeTry.workspace_id == workspace_id, CodeTry.slack_user == slack_user
        )
    ).one()
    if n >= MOST_TRIES:
        raise errors.TooManyTries(first + LATELY)
