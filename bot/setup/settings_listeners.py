"""`/cspm settings`: how a team works, and changing each of it. For its leads and the admins."""

from __future__ import annotations

from slack_bolt import App
from slack_sdk.errors import SlackApiError

from cspm_core import errors, people, setup
from cspm_core.people import Role

from .. import ids
from ..asking import Ask
from ..blocks import Drawing
from ..escalations import settings_listeners as escalation_settings
from ..kpi import answers
from ..listening import listener, opener
from ..qa import scorecard_listeners
from ..recognition import listeners as recognition
from ..samples import settings_listeners as sample_settings
from ..samples.listeners import say_in_place
from ..speaking import speak
from . import pages, settings_views, standing
from .names import STEPS
from .pages import Place

UNHURRIED_S = 15.0
"""Slack pages through every channel for a team's that is known by name alone; nothing waits for this page."""


def register(app: App) -> None:
    app.action(ids.SETTINGS_SHOW)(show_pressed)
    app.action(ids.SETTINGS_TEAM)(show_other)
    app.action(ids.SETTINGS_CHANGE)(ask_change)
    app.action(ids.SETTINGS_ESCALATIONS)(show_escalations)
    app.action(ids.SETTINGS_REVIEWS)(show_reviews)
    app.action(ids.SETTINGS_SCORECARDS)(show_scorecards)
    app.action(ids.SETTINGS_KUDOS)(ask_kudos)


def show_settings(ask: Ask, words: str) -> None:
    """The settings of the team named, else of one that the asker leads. Raises NotForYou, NoTeams, UnknownTeam."""
    ask.answer(_page(ask, _team_asked(ask, words.strip())))


@listener
def show_pressed(ask: Ask) -> None:
    """The same from a button, which may name a team."""
    told = ask.pressed()
    ask.answer(_page(ask, int(told["team"]) if told.get("team") else _team_asked(ask, "")))


@listener
def show_other(ask: Ask) -> None:
    """Another team's, from the menu: where the first stood."""
    _replace(ask, str(ask.slack.body.get("response_url") or ""), _page(ask, int(ask.carried)))


@opener
def ask_change(ask: Ask) -> None:
    """One of the setup's pages alone."""
    told = ask.pressed()
    step = str(told["step"])
    if step not in STEPS or step == setup.LAST:
        raise errors.Unknown(step)
    url = str(ask.slack.body.get("response_url") or "")
    ask.opens(standing.drawn(ask, Place(step, False, int(told["team"]), url)))


@listener
def show_escalations(ask: Ask) -> None:
    """How the team's escalations climb."""
    escalation_settings.show(ask, _name(ask))


@listener
def show_reviews(ask: Ask) -> None:
    """What is drawn for review."""
    sample_settings.show(ask, _name(ask))


@listener
def show_scorecards(ask: Ask) -> None:
    """What reviews are scored by."""
    scorecard_listeners.show(ask, _name(ask))


@opener
def ask_kudos(ask: Ask) -> None:
    """How the team thanks."""
    recognition.open_settings(ask, _name(ask))


def refresh(ask: Ask, place: Place, *said: str) -> None:
    """Draw the settings anew where they stand; in direct messages where that is gone."""
    assert place.team_id is not None
    changed = ask.t("Changed: {setting}.", setting=ask.t(STEPS[place.step]))
    told = ask.t.sentences(changed, *said)
    try:
        page = _page(ask, place.team_id, told)
    except errors.NotAllowed:  # whoever takes themselves out has no settings to see any more
        page = settings_views.changed(told)
    _replace(ask, place.url, page)


def _replace(ask: Ask, url: str, drawing: Drawing) -> None:
    if not url:
        ask.tell(drawing)
        return
    try:
        speak(ask.runtime, ask.workspace_id, drawing, ask.t, lambda drawn: say_in_place(url, drawn))
    except SlackApiError:  # the address is good for half an hour and five answers
        ask.tell(drawing)


def _page(ask: Ask, team_id: int, said: str = "") -> Drawing:
    return settings_views.settings(standing.shown(ask, team_id, said, UNHURRIED_S), ask.t)


def _name(ask: Ask) -> str:
    with ask.glancing() as session:
        return pages.led(session, ask, int(ask.pressed()["team"])).name


def _team_asked(ask: Ask, name: str) -> int:
    """The team named, or the one of those the asker may change that they asked for last. Raises NotForYou."""
    with ask.glancing() as session:
        if name:
            return pages.led(session, ask, people.team_named(session, ask.workspace_id, name).id).id
        asker = ask.asker(session)
        every = people.teams(session, ask.workspace_id)
        if not every:
            raise errors.NoTeams
        led = [one for one in every if asker.leads(one.id)]
        if not led:
            own = answers.team_asked(session, ask, "") if asker.team_ids else None
            leads = people.members_of(session, own, ask.now.date(), Role.LEAD) if own else []
            raise errors.NotForYou([one.name for one in leads])
        return next((one.id for one in led if one.id == asker.last_team_id), led[0].id)
