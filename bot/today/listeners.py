"""`/cspm today`: what waits for whoever asks."""

from __future__ import annotations

from slack_bolt import App
from sqlmodel import Session

from cspm_core import errors, people
from cspm_core.people import Member
from cspm_core.privacy.actions import home_of, zone_of
from cspm_core.today import Today, today

from .. import ids
from ..asking import Ask
from ..listening import listener
from . import views


def register(app: App) -> None:
    app.action(ids.TODAY_SHOW)(show_again)


@listener
def show_again(ask: Ask) -> None:
    """The same from a button."""
    show(ask, "")


def show(ask: Ask, words: str) -> None:  # noqa: ARG001
    """The list, for the asker alone."""
    with ask.reading() as session:
        person = people.member_by_slack(session, ask.workspace_id, ask.user)
        if person is None:
            raise errors.NoTeam
        found = of(session, ask, person)
    ask.answer(views.page(found, ask.t, ask.now))


def of(session: Session, ask: Ask, person: Member) -> Today:
    """What waits for a person, by their own days."""
    home = home_of(session, person, ask.now)
    zone = zone_of(person, home) if home else person.timezone or "UTC"
    return today(session, ask.workspace_id, ask.asker(session), zone, now=ask.now)
