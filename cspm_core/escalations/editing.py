"""Changing what an escalation says: severity, kind, promise, and what is answered in its thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from .. import errors
from ..people import Asker
from . import policies, rules, telling
from .changing import change, locked, note
from .rights import rights
from .rules import CONFIDENTIAL, Happened, Origin, Status
from .tables import EscalationEvent
from .verbs import Done, load, not_over, told


@dataclass(frozen=True, slots=True)
class Edit:
    """What is changed about it; None: as it is."""

    severity: int | None = None
    kind: str | None = None
    promise: str | None = None
    promise_due_at: datetime | None = None


def edit(
    session: Session, workspace_id: int, escalation_id: int, wanted: Edit, *, by: Asker, origin: Origin, now: datetime
) -> Done:
    """Severity, kind or promise. A higher severity climbs by that severity's policy from its first step."""
    one, team = load(session, workspace_id, escalation_id)
    member = rights(session, one, team, by).needs_change()
    not_over(session, one)
    values: dict[str, Any] = {}
    if wanted.kind is not None and wanted.kind != one.kind:
        if wanted.kind not in rules.KINDS:
            raise errors.Invalid("kind", wanted.kind, "kind")
        values["kind"] = wanted.kind
        if (wanted.kind in CONFIDENTIAL) != (one.kind in CONFIDENTIAL):
            values["channel"] = None if wanted.kind in CONFIDENTIAL else team.channel
    if wanted.severity is not None and wanted.severity != one.severity:
        if wanted.severity not in rules.SEVERITIES:
            raise errors.Invalid("severity", str(wanted.severity), "severity")
        values |= {"severity": wanted.severity, "policy": policies.policy(session, team, wanted.severity).to_json()}
        if one.status == Status.OPEN:
            values |= {"step": 0, "round": one.round + 1, "next_step_at": now, "waits_for": ""}
    if wanted.promise is not None and wanted.promise_due_at is not None:
        values |= {
            "promise": wanted.promise,
            "promise_due_at": wanted.promise_due_at,
            "promise_kept_at": None,
            "promise_warn_at": rules.promise_warning(wanted.promise_due_at, now),
        }
    if not values:
        return Done(one.id, one.number, False, one.owner_id)
    change(session, one, **values)
    changed = {key: value for key, value in values.items() if key in ("severity", "kind", "promise", "promise_due_at")}
    event = note(session, one, Happened.CHANGED, origin, now=now, by=member, **changed)
    told(session, one, event, now)
    if "channel" in values and one.channel is None:
        telling.veil(session, one)
    elif "channel" in values:
        telling.show_in_channel(session, team, one, now=now)
    return Done(one.id, one.number, True, one.owner_id)


def link_message(session: Session, workspace_id: int, escalation_id: int, url: str) -> None:
    """The address of the message that it came from, once Slack has told it."""
    one = locked(session, workspace_id, escalation_id)
    if url and one.message_url != url:
        change(session, one, message_url=url)
        telling.redraw(session, one)


def note_answer(
    session: Session, workspace_id: int, escalation_id: int, *, by: int, ts: str, words: str, now: datetime
) -> EscalationEvent | None:
    """What somebody wrote in its thread is part of it; the same message once."""
    one = locked(session, workspace_id, escalation_id)
    event = note(session, one, Happened.NOTED, Origin.THREAD, now=now, by=by, key=f"message:{ts}", words=words)
    if event is not None:
        change(session, one)
    return event
