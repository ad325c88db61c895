"""`/escalate list`, and the buttons that lead to it."""

from __future__ import annotations

from slack_bolt import App
from sqlmodel import Session

from cspm_core import errors, escalations, people
from cspm_core.people import Team, fold

from .. import ids
from ..asking import Ask
from ..listening import listener
from . import list_views
from .spoken import split_list

MOST = 1_000
"""So many are counted."""


def register(app: App) -> None:
    app.action(ids.ESCALATION_LIST)(switch)


def show_list(ask: Ask, words: str) -> None:
    """Which, and of which team: `open`, `mine`, `overdue` or `resolved`; all of the asker's teams where none is named.
    Raises Refusal."""
    which, name = split_list(words)
    if fold(name).startswith("team "):
        name = name[len("team ") :].strip()
    with ask.reading() as session:
        team = people.team_named(session, ask.workspace_id, name) if name else None
        shown = _shown(session, ask, which, team)
    ask.answer(list_views.listing(shown, ask.t))


@listener
def switch(ask: Ask) -> None:
    """Another list, or the whole one from a digest or Home."""
    told = ask.pressed()
    which = str(told.get("list") or escalations.LISTS[0])
    with ask.reading() as session:
        team = people.team(session, ask.workspace_id, int(told["team"])) if told.get("team") else None
        shown = _shown(session, ask, which if which in escalations.LISTS else escalations.LISTS[0], team)
    ask.answer(list_views.listing(shown, ask.t))


def _shown(session: Session, ask: Ask, which: str, team: Team | None) -> list_views.Shown:
    asker = ask.asker(session)
    if team is not None and not asker.may_see_team(team.id):
        raise errors.NotYourTeam(team.name)
    rows = escalations.listing(session, asker, ask.workspace_id, which, team=team, now=ask.now, limit=MOST)
    if not rows and not asker.team_ids and asker.everywhere is None:
        raise errors.NoTeam
    name, team_id = (team.name, team.id) if team else ("", None)
    return list_views.Shown(which, rows, ask.now, name, team_id)
