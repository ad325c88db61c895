"""What somebody types to say what an escalation is about: a ticket we know, a key we do not, or a customer."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlmodel import Session, col, select

from ..people import Team
from ..tickets import Ticket

KEY = re.compile(r"#?(?=\S*\d)[\w./#-]{1,60}")
"""One word with a digit in it: RET-20417, #1234, 2026/117."""
PLAIN_KEY = re.compile(r"#\d+|[A-Za-z][A-Za-z0-9]*-\d+")
"""What nobody writes unless it is a key."""


@dataclass(frozen=True, slots=True)
class Subject:
    """At most one of `ticket_key` and `customer` is set; `ticket_id` where it is a ticket of the team."""

    ticket_id: int | None = None
    ticket_key: str = ""
    customer: str = ""


def subject(session: Session, team: Team, text: str) -> Subject:
    """A ticket of the team by its key, else a key of somewhere else, else a customer's name."""
    typed = " ".join(text.split())
    if not typed:
        return Subject()
    found = ticket_named(session, team, typed)
    if found is not None:
        return Subject(found.id, found.key)
    return Subject(ticket_key=typed.removeprefix("#")) if KEY.fullmatch(typed) else Subject(customer=typed)


def ticket_named(session: Session, team: Team, key: str) -> Ticket | None:
    """A ticket of the team by its key, with or without #, in small letters or capitals."""
    bare = key.strip().removeprefix("#")
    rows = session.exec(
        select(Ticket).where(
            Ticket.workspace_id == team.workspace_id,
            col(Ticket.scope).in_((0, team.id)),
            col(Ticket.key).in_({key.strip(), bare, bare.upper()}),
            Ticket.team_id == team.id,
        )
    ).all()
    return min(rows, key=lambda row: (row.key != key.strip(), row.scope == 0)) if rows else None


def key_first(session: Session, team: Team | None, text: str) -> tuple[str, str]:
    """The ticket key that a text begins with, and the rest; no key: empty, and the whole text."""
    first, _, rest = text.strip().partition(" ")
    first = first.rstrip(":,;")
    if not KEY.fullmatch(first):
        return "", text.strip()
    known = ticket_named(session, team, first) if team and len(first) > 2 else None
    if known is not None:
        return known.key, rest.strip()
    return (first, rest.strip()) if PLAIN_KEY.fullmatch(first) else ("", text.strip())
