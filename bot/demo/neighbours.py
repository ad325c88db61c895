"""Another system beside the demo: a key that may send to it, and the lines that anybody can type."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from bot.hooks import letters
from cspm_core import errors, hooks
from cspm_core.hooks import HookKey

from . import world

ROOT = "the demo keeps no secrets: it listens on this machine only"
"""What the secrets of its keys follow from."""
NAME = "helpdesk"


def let_in(session: Session, workspace_id: int, *, now: datetime) -> HookKey:
    """The key of the demo's other system, made on the first start."""
    try:
        return hooks.key_named(session, workspace_id, NAME)
    except errors.UnknownHook:
        return hooks.add(session, workspace_id, NAME, now=now)


def lines(key: HookKey, address: str) -> str:
    """An escalation to type into a terminal, as it is. `address`: the demo's own."""
    secret = hooks.secret_of(ROOT, key.workspace_id, key.id, key.generation)
    return letters.plain(f"{address}/hooks", key.name, secret, world.RETURNS.name)
