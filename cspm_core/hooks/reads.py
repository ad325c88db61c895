"""Which systems may send."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from sqlmodel import Session, col, select

from .. import errors
from ..people import fold
from .tables import HookKey


def keys(session: Session, workspace_id: int) -> Sequence[HookKey]:
    """Every key of a workspace, by name, revoked ones too."""
    query = select(HookKey).where(HookKey.workspace_id == workspace_id)
    return session.exec(query.order_by(col(HookKey.name_key))).all()


def key_named(session: Session, workspace_id: int, name: str) -> HookKey:
    """The key of that name, whatever its case. Raises UnknownHook with the nearest name."""
    every = {key.name_key: key for key in keys(session, workspace_id)}
    if found := every.get(fold(name)):
        return found
    near = difflib.get_close_matches(fold(name), every, n=1, cutoff=0.5)
    raise errors.UnknownHook(name, every[near[0]].name if near else None, [key.name for key in every.values()][:10])


def keys_called(session: Session, name: str) -> Sequence[HookKey]:
    """The valid keys of that name in any workspace: which of them is meant, only the secret tells."""
    query = select(HookKey).where(HookKey.name_key == fold(name), col(HookKey.revoked_at).is_(None))
    return session.exec(query.order_by(col(HookKey.id))).all()
