"""`POST /hooks/events`: a help desk says live what happens to tickets. What cannot be taken is named, never lost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from cspm_core import events
from cspm_core.events import Event, Kind

from . import bodies
from .answers import Refusing, wrong_fields
from .event_values import said
from .fields import ID, Fields
from .taking import Asked, Hook

MOST = 1_000
AHEAD = timedelta(minutes=5)
"""Clocks differ; what lies further ahead has not happened."""


def act(asked: Asked) -> dict[str, Any]:
    """Write down the events that can be taken, and name those that cannot."""
    fields = asked.fields
    given, team = _given(fields), asked.team()
    complete_until = fields.instant("complete_until", latest=asked.now + AHEAD)
    outer = {name: value for name, value in fields.given.items() if name in ("id", "team", "complete_until")}
    problems = [*fields.problems, *bodies.unstorable(outer)]
    if problems or team is None:
        raise wrong_fields(problems)
    taken, refused = _read(given, asked.now)
    if refused and not taken:
        raise _none(refused)
    heard = events.record(asked.session, team, list(taken.values()), now=asked.now, complete_until=complete_until)
    places = list(taken)
    refused |= {places[n]: [_contradicts()] for n in heard.contradicting}
    if len(heard.contradicting) == len(places) and places:
        raise _none(refused)
    answer: dict[str, Any] = {"new": heard.new, "known": heard.known, "refused": _listed(refused, given)}
    return answer | ({"waiting": list(heard.waiting)} if heard.waiting else {})


def _given(fields: Fields) -> list[Any]:
    """The events of a request; a request may be a single event with an id of its own."""
    if "events" not in fields.given and ("kind" in fields.given or "ticket_id" in fields.given):
        return [{name: value for name, value in fields.given.items() if name not in ("team", "complete_until")}]
    given = fields.raw("events")
    if not isinstance(given, list):
        fields.wrong("events", "It must be there, as a list of events; an empty one only says that you are alive.")
        return []
    if len(given) > MOST:
        fields.wrong("events", f"It holds {len(given):,} events; at most {MOST:,} are taken at once.")
    return given


def _read(given: list[Any], now: datetime) -> tuple[dict[int, Event], dict[int, list[dict[str, str]]]]:
    """The events that can be taken and the problems of the others, by their places."""
    taken: dict[int, Event] = {}
    refused: dict[int, list[dict[str, str]]] = {}
    for n, one in enumerate(given):
        if not isinstance(one, dict):
            refused[n] = [{"field": "", "problem": "An event must be an object: { … }."}]
            continue
        fields = Fields(one)
        event = _event(fields, now)
        problems = [*bodies.unstorable(one), *fields.problems]
        if problems or event is None:
            refused[n] = problems
        else:
            taken[n] = event
    return taken, refused


def _event(fields: Fields, now: datetime) -> Event | None:
    kind = events.kind_named(fields.text("kind", required=True))
    if kind is None and fields.given.get("kind"):
        fields.wrong("kind", f"It must be one of {', '.join(events.KINDS)}.")
    actor_kind = _actor_kind(fields, kind)
    at = fields.instant("at", required=True, latest=now + AHEAD)
    told = said(fields, Kind(kind)) if kind else {}
    key, ticket = fields.text("id", most=ID, required=True), fields.text("ticket_id", most=ID, required=True)
    actor = fields.text("actor")
    if fields.problems or at is None or kind is None:
        return None
    return Event(key, ticket, at, kind, actor, actor_kind, told)


def _actor_kind(fields: Fields, kind: str | None) -> str:
    """agent, customer or bot. Only a reply must say it: whether a person spoke decides whether the clock stops."""
    given = fields.text("actor_kind")
    found = events.opener_named(given) if given else None
    if given and found is None:
        fields.wrong("actor_kind", f"It must be one of {', '.join(events.ACTOR_KINDS)}.")
    if not given and kind == Kind.PUBLIC_REPLY:
        fields.wrong("actor_kind", "A public reply must say whether an agent or a bot gave it.")
    return found or ("customer" if kind in events.BY_CUSTOMERS else "agent")


def _none(refused: Mapping[int, list[dict[str, str]]]) -> Refusing:
    """Nothing of it could be taken."""
    problems = [
        {"field": f"events[{n}]" + (f".{one['field']}" if one["field"] else ""), "problem": one["problem"]}
        for n, some in sorted(refused.items())
        for one in some
    ]
    return wrong_fields(problems)


def _listed(refused: Mapping[int, list[dict[str, str]]], given: list[Any]) -> list[dict[str, Any]]:
    def name(n: int) -> dict[str, Any]:
        key = given[n].get("id") if isinstance(given[n], dict) else None
        return {"id": key} if isinstance(key, str | int) and not list(bodies.unstorable(key)) else {}

    return [{"index": n, **name(n), "problems": some} for n, some in sorted(refused.items())]


def _contradicts() -> dict[str, str]:
    return {"field": "id", "problem": "This event came before with another content; what came first stands."}


HOOK = Hook("events", 1024 * 1024, act)
