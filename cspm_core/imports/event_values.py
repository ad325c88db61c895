"""What an event in a file says, kind by kind, by the names of a ticket's facts."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from .. import events
from ..events import COLUMNS, RATED, Kind
from ..tickets import ratings
from . import values


class EventReason(StrEnum):
    """Why one row of a log was refused."""

    TOO_FEW_FIELDS = "too_few_fields"
    TOO_MANY_FIELDS = "too_many_fields"
    NO_TICKET = "no_ticket"
    NO_TIME = "no_time"
    BAD_TIME = "bad_time"
    AHEAD = "ahead"
    NO_TEAM = "no_team"
    UNKNOWN_TEAM = "unknown_team"
    NO_KIND = "no_kind"
    UNKNOWN_KIND = "unknown_kind"
    BAD_ACTOR_KIND = "bad_actor_kind"
    NO_ACTOR_KIND = "no_actor_kind"
    BAD_VALUE = "bad_value"
    UNKNOWN_STATUS = "unknown_status"
    BAD_RATING = "bad_rating"
    ID_TAKEN = "event_id_taken"


class EventRefused(Exception):
    """A row that cannot be taken; `word`: what nobody knows."""

    def __init__(self, reason: EventReason, word: str = "") -> None:
        super().__init__(reason)
        self.reason, self.word = reason, word


def said(kind: str, value: str, beside: Mapping[str, str]) -> dict[str, str]:
    """What a value means for an event of a kind; `beside`: what columns of their own say. Raises EventRefused."""
    read = _READ.get(kind)
    return read(value, beside) if read else {}


def _created(value: str, beside: Mapping[str, str]) -> dict[str, str]:
    """The columns, and an object of the same names where the value is one."""
    found = {**beside, **(_object(value, (*COLUMNS, "opened_by")) if value else {})}
    if opener := found.get("opened_by"):
        opened_by = events.opener_named(opener)
        if opened_by is None:
            raise EventRefused(EventReason.BAD_VALUE, opener)
        found["opened_by"] = opened_by
    if not found.get("url", "").startswith(("https://", "http://")):
        found.pop("url", None)
    return {name: text for name, text in found.items() if text and name not in RATED}


def _status(value: str, _: Mapping[str, str]) -> dict[str, str]:
    status = events.status_named(value)
    if status is None:
        raise EventRefused(EventReason.UNKNOWN_STATUS if value else EventReason.BAD_VALUE, value)
    return {"status": status}


def _rating(value: str, beside: Mapping[str, str]) -> dict[str, str]:
    """An answer alone, or an object of csat, csat_scale and csat_comment."""
    found = _object(value, RATED) if value.startswith("{") else {"csat": value}
    found = {name: found.get(name) or beside.get(name, "") for name in RATED}
    if not found["csat"] or not ratings.is_answer(found["csat"], found["csat_scale"]):
        raise EventRefused(EventReason.BAD_RATING, value)
    return found


def _object(value: str, names: tuple[str, ...]) -> dict[str, str]:
    try:
        found = json.loads(value)
    except (ValueError, RecursionError):
        raise EventRefused(EventReason.BAD_VALUE, value) from None
    if not isinstance(found, dict) or not all(name in names and _is_plain(one) for name, one in found.items()):
        raise EventRefused(EventReason.BAD_VALUE, value)
    return {name: "" if one is None else str(one).strip().replace("\x00", "") for name, one in found.items()}


def _is_plain(value: Any) -> bool:
    return value is None or (isinstance(value, str | int | float) and not isinstance(value, bool))


def _nobody(value: str) -> str:
    return "" if value.casefold() in values.NOBODY else value


_READ: Mapping[str, Callable[[str, Mapping[str, str]], dict[str, str]]] = {
    Kind.CREATED: _created,
    Kind.STATUS: _status,
    Kind.ASSIGNMENT: lambda value, _: {"agent": _nobody(value)},
    Kind.GROUP: lambda value, _: {"queue": value},
    Kind.PRIORITY: lambda value, _: {"priority": value},
    Kind.RATING: _rating,
}
