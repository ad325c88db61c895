"""Options of `cspm team add|set` about who leads a team, works in it and reviews it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer
from sqlmodel import Session

from cspm_core import errors, people, setup
from cspm_core.people import Member, Role, Team, introducing, naming

from ..terminal import Desk, t
from .people_forms import ROLES

Leads = Annotated[
    list[str] | None, typer.Option("--lead", help=t("Who leads it, by name or e-mail address; may be repeated."))
]
Agents = Annotated[
    list[str] | None, typer.Option("--agent", help=t("Who works in it, by name or e-mail address; may be repeated."))
]
Reviewers = Annotated[
    list[str] | None,
    typer.Option("--reviewer", help=t("Who reviews its conversations, by name or e-mail address; may be repeated.")),
]

Leavers = Annotated[
    list[str] | None,
    typer.Option("--leaves", help=t("Who is in it no more, by name or e-mail address; may be repeated.")),
]


def join(session: Session, at: Desk, team: Team, said: Mapping[Role, list[str] | None]) -> None:
    """Let people join a team in their roles; those we do not know yet are made known. Raises Invalid."""
    for role, names in said.items():
        for name in names or []:
            setup.shift_crew(session, team, role, [_person(session, at, name, role)], [], now=at.now)


def leave(session: Session, at: Desk, team: Team, names: list[str] | None) -> None:
    """Let people leave a team today, whatever they did in it. Raises UnknownMember."""
    for name in names or []:
        person = people.member_named(session, at.workspace_id, name)
        if person is None:
            raise errors.UnknownMember(name)
        for role in ROLES.values():
            setup.shift_crew(session, team, role, [], [person], now=at.now)


def _person(session: Session, at: Desk, said: str, role: Role) -> Member:
    """Somebody by name or address."""
    text = " ".join(said.split())
    if not text:
        raise errors.Invalid(role.value, said, "no_name")
    known = people.member_named(session, at.workspace_id, text)
    if known is None and "@" in text:
        if not naming.is_address(text):
            raise errors.Invalid(role.value, text, "address")
        given = text.partition("@")[0].replace(".", " ").title()
        return introducing.introduce(session, at.workspace_id, given, now=at.now, email=text.casefold())
    return known or introducing.introduce(session, at.workspace_id, text, now=at.now)
