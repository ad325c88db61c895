"""`/cspm privacy`: what is known about whoever asks, and all of it as a file."""

from __future__ import annotations

import json
from dataclasses import asdict

from slack_bolt import App

from cspm_core import errors, people, privacy, welcomes
from cspm_core.people import Member
from cspm_core.privacy.actions import home_of, zone_of

from .. import ids
from ..asking import Ask
from ..listening import listener
from . import views


def register(app: App) -> None:
    app.action(ids.PRIVACY_SHOW)(show_page)
    app.action(ids.PRIVACY_RECORD)(send_record)


@listener
def show_page(ask: Ask) -> None:
    """The same from a button."""
    show(ask, "")


def show(ask: Ask, words: str) -> None:  # noqa: ARG001
    """Who may see what, who looked, and how to object."""
    with ask.reading() as session:
        person = _asker(ask, people.member_by_slack(session, ask.workspace_id, ask.user))
        home = home_of(session, person, ask.now)
        shown = views.Shown(
            person.name,
            privacy.standing(session, person, ask.now),
            privacy.looks(session, ask.workspace_id, person.id),
            zone_of(person, home) if home else "UTC",
            any(welcomes.readers(session, one.team, ask.now) for one in welcomes.told(session, person, ask.now)),
        )
    ask.answer(views.page(shown, ask.t))


@listener
def send_record(ask: Ask) -> None:
    """Everything as one JSON file, in the asker's own direct messages."""
    with ask.reading() as session:
        person = _asker(ask, people.member_by_slack(session, ask.workspace_id, ask.user))
        told = privacy.record(session, person)
        looks = privacy.looks(session, ask.workspace_id, person.id)
        told["looks"] = [{key: fact for key, fact in asdict(one).items() if key != "viewer_id"} for one in looks]
    content = json.dumps(told, ensure_ascii=False, indent=2, default=lambda at: at.isoformat()).encode()
    ask.hand_over("about-you.json", content, ask.t("What is known about you"))


def _asker(ask: Ask, person: Member | None) -> Member:
    if person is None:
        raise errors.UnknownMember(f"<@{ask.user}>")
    return person
