"""What an event's `value` says, kind by kind, by the names of a ticket's facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cspm_core import events
from cspm_core.events import Kind
from cspm_core.tickets import ratings
from cspm_core.tickets.rules import STATUSES

from .fields import TEXT, Fields

LONG = ("subject", "tags")
COMMENT = 5_000


def said(fields: Fields, kind: Kind) -> dict[str, str]:
    """The value of an event of a kind; what is wrong with it stands in the fields' problems."""
    read = _READ.get(kind)
    if read is None:
        fields.raw("value")
        return {}
    return read(fields)


def _created(fields: Fields) -> dict[str, str]:
    inner = _object(fields)
    tags = inner.given.get("tags")
    if isinstance(tags, list) and all(isinstance(tag, str) for tag in tags):
        inner = Fields({**inner.given, "tags": ",".join(tags)}, "value.")
    texts = {name: inner.text(name, most=TEXT) if name in LONG else inner.text(name) for name in _PLAIN}
    opener = inner.text("opened_by")
    opened_by = events.opener_named(opener) if opener else ""
    if opened_by is None:
        inner.wrong("opened_by", f"It must be one of {', '.join(events.ACTOR_KINDS)}.")
    found = {**texts, "url": inner.url("url"), "opened_by": opened_by or ""}
    fields.problems += inner.problems
    return {name: text for name, text in found.items() if text}


_PLAIN = tuple(name for name in events.COLUMNS if name != "url")


def _status(fields: Fields) -> dict[str, str]:
    given = fields.text("value", required=True)
    status = events.status_named(given)
    if given and status is None:
        fields.wrong("value", f"It must be a status such as {', '.join(STATUSES)}.")
    return {"status": status or ""}


def _rating(fields: Fields) -> dict[str, str]:
    """An answer alone, or an object with `answer`, `scale` and `comment`."""
    inner = _object(fields) if isinstance(fields.given.get("value"), dict) else Fields({"answer": _number(fields)})
    answer, scale = inner.text("answer", required=True), inner.text("scale")
    comment = inner.text("comment", most=COMMENT)
    if answer and not ratings.is_answer(answer, scale):
        inner.wrong("answer", "It is no answer on its scale: 1 to 5, or name a scale (2, 3, 5, 7, 10, 100, nps, ces).")
    fields.problems += [
        one if one["field"].startswith("value") else {**one, "field": "value"} for one in inner.problems
    ]
    return {"csat": answer, "csat_scale": scale, "csat_comment": comment}


def _number(fields: Fields) -> Any:
    value = fields.raw("value")
    return format(value, "g") if isinstance(value, float) else value


def _object(fields: Fields) -> Fields:
    value = fields.raw("value")
    if value is not None and not isinstance(value, Mapping):
        fields.wrong("value", "It must be an object: { … }.")
    return Fields(value if isinstance(value, Mapping) else {}, "value.")


_READ: Mapping[Kind, Callable[[Fields], dict[str, str]]] = {
    Kind.CREATED: _created,
    Kind.STATUS: _status,
    Kind.ASSIGNMENT: lambda fields: {"agent": fields.text("value")},
    Kind.PRIORITY: lambda fields: {"priority": fields.text("value")},
    Kind.GROUP: lambda fields: {"queue": fields.text("value")},
    Kind.RATING: _rating,
}
