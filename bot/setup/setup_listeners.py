"""`/cspm setup`: a team is set up page by page in one modal, which can be left at any page and gone on with later."""

from __future__ import annotations

from typing import Any

from slack_bolt import App
from slack_sdk.errors import SlackApiError
from sqlmodel import Session

from cspm_core import errors, people, setup

from .. import delivery, ids
from ..asking import Ask
from ..blocks import Drawing
from ..escalations import fields
from ..kpi.own_words import guarded
from ..listening import Instead, form, later, listener, opener
from ..refusals import sentence
from ..uploads.shown import LEFT
from . import (
    aim_forms,
    aim_saving,
    crew_saving,
    end_views,
    forms,
    menu_listeners,
    pages,
    saving,
    settings_listeners,
    standing,
    words,
)
from .forms import Begun
from .names import COUNTING
from .pages import Place
from .saving import Mend, Saved

FIRST = setup.STEPS[0]
SAVED = {**saving.SAVED, **aim_saving.SAVED, "people": crew_saving.crew}
MOVES_MESSAGES = ("channel", "digest", "team")
"""Steps after which what is still to be said goes elsewhere, or comes at another time."""


def register(app: App) -> None:
    app.action(ids.SETUP_OPEN)(open_pressed)
    app.action(ids.SETUP_NEW)(begin)
    app.action(ids.SETUP_RESUME)(go_on)
    app.action(ids.SETUP_BACK)(go_back)
    app.action(ids.SETUP_LOOK)(look_again)
    app.action(ids.SETUP_DROP)(show_where)
    app.view(ids.SETUP_FORM)(save)
    menu_listeners.register(app)


def open_setup(ask: Ask, said: str) -> None:
    """The modal: on the team named, on what was left, or on a new team. Raises NotAdmin, NotForYou, UnknownTeam."""
    with ask.glancing() as session:
        named = people.team_named(session, ask.workspace_id, said) if said.strip() else None
        place = _next(session, ask, named.id) if named else Place(FIRST, True, None)
        begun = [] if named else _begun(session, ask)
        may_begin = pages.may_begin(session, ask)
    ask.opens(forms.start(begun, may_begin=may_begin, t=ask.t) if begun else standing.drawn(ask, place))


@opener
def open_pressed(ask: Ask) -> None:
    """The same from a button, which may name a team."""
    told = ask.pressed()
    if not told.get("team"):
        open_setup(ask, "")
        return
    with ask.glancing() as session:
        place = _next(session, ask, int(told["team"]))
    ask.opens(standing.drawn(ask, place))


def _begun(session: Session, ask: Ask) -> list[Begun]:
    """The teams whose setup was left, of those that the asker may go on with."""
    asker = ask.asker(session)
    return [
        Begun(team.id, team.name, setup.number(setup.next_step(row.steps_done)))
        for row, team in setup.unfinished(session, ask.workspace_id)
        if asker.leads(team.id)
    ]


def _next(session: Session, ask: Ask, team_id: int) -> Place:
    """Where a team's setup goes on; one that is done begins at its first page. Raises NotForYou."""
    team = pages.led(session, ask, team_id)
    found = setup.of(session, team)
    step = setup.next_step(found.steps_done) if found and found.done_at is None else FIRST
    return Place(step, True, team.id)


@opener
def begin(ask: Ask) -> None:
    """A new team, in the same modal."""
    _shows(ask, standing.drawn(ask, Place(FIRST, True, None)))


@opener
def go_on(ask: Ask) -> None:
    """What was left, in the same modal."""
    with ask.glancing() as session:
        place = _next(session, ask, int(ask.pressed()["team"]))
    _shows(ask, standing.drawn(ask, place))


@opener
def go_back(ask: Ask) -> None:
    """The page before."""
    told = ask.pressed()
    _shows(ask, standing.drawn(ask, Place(str(told["step"]), True, int(told["team"]))))


@opener
def look_again(ask: Ask) -> None:
    """Whether we are in the channel by now: the one that stands in the menu."""
    place = _place(fields.carried(ask))
    _shows(ask, standing.drawn(ask, place, channel=fields.conversation(ask, "channel")))


@listener
def show_where(ask: Ask) -> None:
    """Write to the asker where the export goes, so that the place is one tap away."""
    place = _place(fields.carried(ask))
    with ask.glancing() as session:
        team = pages.led(session, ask, int(ask.pressed()["team"]))
    ask.tell(end_views.dropped(team.name, ask.t))
    _shows(
        ask, standing.drawn(ask, place, ask.t("I have written to you: the place is in your direct messages with me."))
    )


@form
def save(ask: Ask) -> dict[str, str] | Instead | None:
    """Committed before the page turns; sending it twice changes nothing twice."""
    told = fields.carried(ask)
    place = _place(told)
    try:
        pages.allowed(ask, place)
        kept = SAVED[place.step](ask, place)
    except Mend as mend:
        return mend.wrong
    except errors.Invalid as wrong:
        return {wrong.field: words.invalid(wrong, ask.t).replace("`", "")}
    except errors.Guarded as wrong:
        return {aim_forms.HIDDEN: guarded(wrong, ask.t)}
    except errors.NotAllowed as refusal:
        if ask.first_field:
            raise
        return Instead(forms.over(sentence(refusal, ask.t), ask.t))
    if place.step in MOVES_MESSAGES:
        later(ask.slack, "setup.saved", lambda: delivery.deliver(ask.runtime))
    try:
        return _then(ask, place, kept)
    except errors.NotAllowed as refusal:  # kept all the same: whoever takes themselves out goes no further
        return Instead(forms.over(sentence(refusal, ask.t), ask.t))


def _then(ask: Ask, place: Place, kept: Saved) -> Instead | None:
    """The same page once more, the next one, or nothing but the settings drawn anew."""
    if kept.stays:
        same = Place(place.step, place.is_setup, kept.team_id, place.url, place.base)
        return Instead(standing.drawn(ask, same, *kept.said))
    if place.is_setup and place.step != setup.LAST:
        return Instead(standing.drawn(ask, Place(setup.after(place.step), True, kept.team_id), *kept.said))
    if not place.is_setup:
        later(ask.slack, "settings.saved", lambda: settings_listeners.refresh(ask, place, *kept.said))
    return None


def _place(told: dict[str, Any]) -> Place:
    """Which page it was, as the modal carries it."""
    step = str(told["step"])
    team_id = int(told["team"]) if told.get("team") else None
    return Place(
        step if step in (*setup.STEPS, COUNTING) else FIRST,
        bool(told.get("setup")),
        team_id,
        str(told.get("url") or ""),
        told.get("base"),
    )


def _shows(ask: Ask, view: Drawing) -> None:
    """Turn the page of the modal in which something was pressed."""
    standing = ask.slack.body["view"]
    try:
        ask.runtime.client(ask.workspace_id).views_update(view_id=standing["id"], hash=standing["hash"], view=view)
    except SlackApiError as error:
        if error.response["error"] not in LEFT:
            raise
