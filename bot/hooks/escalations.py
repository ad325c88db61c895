"""`POST /hooks/escalations`: another system says that something needs a lead."""

from __future__ import annotations

from typing import Any

from cspm_core import errors, escalations

from ..refusals import sentence
from . import bodies
from .answers import wrong_fields
from .fields import ID, TEXT, Fields
from .taking import ENGLISH, Asked, Hook


def act(asked: Asked) -> dict[str, Any]:
    """Raise the escalation, or count it into the one of the same cause."""
    fields = asked.fields
    team, said = asked.team(), _said(fields)
    cause = fields.text("cause", most=ID)
    problems = [*fields.problems, *bodies.unstorable(fields.given)]
    if problems or team is None:
        raise wrong_fields(problems)
    told = escalations.Cause(
        source="hook", cause=f"hook:{asked.key.id}:{team.id}:{cause}" if cause else "", by=None, call_key="", **said
    )
    try:
        raised = escalations.raise_one(asked.session, team, told, now=asked.now)
    except errors.Invalid as wrong:
        raise wrong_fields([{"field": wrong.field, "problem": sentence(wrong, ENGLISH)}]) from None
    answer = {"escalation": f"E{raised.number}", "state": raised.state}
    return answer | ({"ignored": fields.unread} if fields.unread else {})


def _said(fields: Fields) -> dict[str, Any]:
    """The fields by the names of `escalations.Cause`."""
    return {
        "what": fields.text("what", most=TEXT, required=True),
        "severity": fields.number("severity", 1, 4, 3),
        "kind": fields.word("kind", escalations.KINDS, "other"),
        "ticket_key": fields.text("ticket_id", most=ID),
        "customer": fields.text("customer"),
        "organisation": fields.text("organisation"),
        "tier": fields.text("tier"),
        "url": fields.url("url"),
        "promise": fields.text("promise", most=TEXT),
        "promise_due_at": fields.instant("promise_due_at"),
        "happened_at": fields.instant("happened_at"),
    }


HOOK = Hook("escalations", 64 * 1024, act)
