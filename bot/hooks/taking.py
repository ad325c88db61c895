"""Taking a request once: what it does and what it is answered are committed together, so that a repeat is harmless."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from cspm_core import errors, hooks, people
from cspm_core.hooks import HookKey
from cspm_core.people import Team

from ..refusals import sentence
from ..runtime import Runtime
from ..words import Words
from . import bodies
from .answers import Answer, Refusing, wrong_fields
from .fields import ID, Fields

ENGLISH = Words("en")
"""Programs are answered in one language."""


@dataclass(frozen=True)
class Asked:
    """A request whose sender and body are known."""

    session: Session
    key: HookKey
    fields: Fields
    now: datetime

    def team(self) -> Team | None:
        """The team that is named, else the key's, else the only one there is; None: noted as a problem."""
        name = self.fields.text("team")
        try:
            if name:
                return people.team_named(self.session, self.key.workspace_id, name)
            if self.key.team_id is not None:
                return people.team(self.session, self.key.workspace_id, self.key.team_id)
            return self._only_team()
        except errors.Refusal as refusal:
            self.fields.wrong("team", sentence(refusal, ENGLISH))
            return None

    def _only_team(self) -> Team | None:
        every = people.teams(self.session, self.key.workspace_id)
        if not every:
            raise errors.NoTeams
        if len(every) == 1:
            return every[0]
        names = ENGLISH.join([one.name for one in every[:10]])
        self.fields.wrong("team", f"It must name a team, since the key has none of its own. There are: {names}.")
        return None


Act = Callable[[Asked], dict[str, Any]]
"""Does what is asked within the session and gives what to answer. Raises Refusing, and then nothing is done."""


@dataclass(frozen=True)
class Hook:
    """One address: how it is called, the longest body it takes, and what it does."""

    name: str
    most_bytes: int
    act: Act


def take(runtime: Runtime, hook: Hook, key: HookKey, body: bytes) -> Answer:
    """Do what a body asks, or answer as before what was done already. Raises Refusing; blocks."""
    found = bodies.parsed(body)
    fields = Fields(found)
    request_id = fields.text("id", most=ID, required=True)
    if unstorable := list(bodies.unstorable({"id": request_id})):
        raise wrong_fields(unstorable)
    now = runtime.now()
    with runtime.store.transaction() as session:
        hooks.used(session, key, now=now)
        request = _begun(session, hook, key, request_id, bodies.digest(found), now) if request_id else None
        if request is not None and request.answer:
            return Answer({**json.loads(request.answer), "repeated": True}, 202)
        told = {"ok": True, **hook.act(Asked(session, key, fields, now))}
        if request is None:
            raise wrong_fields(fields.problems)
        hooks.finish(session, request, json.dumps(told))
    return Answer(told, 202)


def _begun(
    session: Session, hook: Hook, key: HookKey, request_id: str, digest: str, now: datetime
) -> hooks.HookRequest:
    try:
        return hooks.begin(session, key, hook.name, request_id, digest, now=now)
    except errors.Taken:
        message = (
            "This id came before with another content. What came first stands; send the new under an id of its own."
        )
        raise Refusing(409, "id_taken", message) from None
