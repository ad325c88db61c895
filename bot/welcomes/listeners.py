"""Writing to one's leads that something is wrong."""

from __future__ import annotations

from slack_bolt import App
from sqlmodel import Session

from cspm_core import errors, people, receipts, welcomes
from cspm_core.people import Member, Team

from .. import at_once, ids
from ..asking import Ask
from ..escalations import fields
from ..listening import form, later, opener
from . import forms


def register(app: App) -> None:
    app.action(ids.WELCOME_OBJECT)(begin)
    app.view(ids.WELCOME_OBJECT_FORM)(send)


@opener
def begin(ask: Ask) -> None:
    """The modal. Raises NoTeam to whoever works in none, NobodyReads."""
    with ask.glancing() as session:
        person, teams = _works_in(session, ask)
        reached = {one.id: welcomes.readers(session, one, ask.now) for one in teams}
    open_to = {one.id: one.name for one in teams if reached[one.id]}
    if not open_to:
        raise errors.NobodyReads(teams[0].name)
    only = next(iter(open_to)) if len(open_to) == 1 else None
    names = [one.name for one in reached[only] if one.id != person.id] if only else []
    ask.opens(forms.objecting(open_to, names, ask.t))


@form
def send(ask: Ask) -> dict[str, str] | None:
    """Written down before the modal closes, once; its readers are told at a good moment of theirs."""
    team_id = fields.chosen(ask, forms.TEAM) or fields.carried(ask).get("team")
    words = fields.text(ask, forms.WORDS)
    if not team_id:
        return {forms.TEAM: ask.t("Choose a team.")}
    if not words:
        return {forms.WORDS: ask.t("Write a few words.")}
    with ask.writing() as session:
        person, teams = _works_in(session, ask)
        team = next((one for one in teams if one.id == int(team_id)), None)
        if team is None:
            raise errors.NoTeam
        if receipts.first_time(session, ask.workspace_id, f"objection:{ask.view_id}", now=ask.now):
            welcomes.object_to(session, person, team, words, now=ask.now)
    later(ask.slack, "welcomes.deliver", lambda: at_once.deliver(ask.runtime))
    return None


def _works_in(session: Session, ask: Ask) -> tuple[Member, list[Team]]:
    person = people.member_by_slack(session, ask.workspace_id, ask.user)
    teams = [one.team for one in welcomes.told(session, person, ask.now)] if person else []
    if person is None or not teams:
        raise errors.NoTeam
    return person, teams
