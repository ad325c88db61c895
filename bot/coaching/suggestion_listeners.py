"""What the data suggests: shown to the lead, who does something with it or not."""

from __future__ import annotations

from slack_bolt import App
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from cspm_core import people
from cspm_core.coaching import suggesting

from .. import ids
from ..asking import Ask
from ..blocks import Drawing
from ..listening import later, listener, opener
from ..recognition import listeners as recognition
from ..speaking import refused, speak
from . import answers, suggestion_views
from .spoken import Wish


def register(app: App) -> None:
    app.action(ids.COACH_SUGGESTIONS)(open_list)
    app.action(ids.COACH_SUGGESTION_TAKE)(take)
    app.action(ids.COACH_SUGGESTION_THANK)(thank)
    app.action(ids.COACH_SUGGESTION_DISMISS)(dismiss)


def show_suggestions(ask: Ask, wish: Wish) -> None:  # noqa: ARG001
    """Those that the asker may decide; that they looked is written down for each person."""
    ask.answer(_list(ask, is_first=True))


@listener
def open_list(ask: Ask) -> None:
    ask.answer(_list(ask, is_first=True))


def _list(ask: Ask, *, is_first: bool = False) -> Drawing:
    with ask.reading() as session:
        asker = ask.asker(session)
        found = suggesting.open_for(session, ask.workspace_id, asker, now=ask.now)
    about = sorted({one.member_id for one in found if one.kind in suggesting.ABOUT_FIGURES})
    if is_first and about:
        with ask.writing() as session:
            for member_id in about:
                people.log_look(session, ask.workspace_id, asker, member_id, "scorecard", now=ask.now)
    return suggestion_views.suggestions(found, ask.t)


@listener
def take(ask: Ask) -> None:
    """Open the talk with whom it is about. Raises NotForYou, Changed."""
    with ask.writing() as session:
        seen = suggesting.take(
            session, ask.workspace_id, int(ask.pressed()["suggestion"]), by=ask.asker(session), now=ask.now
        )
    ask.tell(answers.opened(ask, seen.member_id))
    _draw_anew(ask)


@opener
def thank(ask: Ask) -> None:
    """Open the thank-you for whom it is about; the lead writes it. Raises NotForYou, Changed."""
    with ask.writing() as session:
        seen = suggesting.take(
            session, ask.workspace_id, int(ask.pressed()["suggestion"]), by=ask.asker(session), now=ask.now
        )
    recognition.open_form(ask, users=[seen.slack] if seen.slack else [], reason="")
    later(ask.slack, "coaching.thanked", lambda: _draw_anew(ask))


@listener
def dismiss(ask: Ask) -> None:
    """Nothing is done. Raises NotForYou, Changed."""
    with ask.writing() as session:
        suggesting.dismiss(
            session, ask.workspace_id, int(ask.pressed()["suggestion"]), by=ask.asker(session), now=ask.now
        )
    _draw_anew(ask)


def _draw_anew(ask: Ask) -> None:
    """The list in which it was pressed, without what is decided. Gone or too old, it stays as it is."""
    container = ask.slack.body.get("container") or {}
    if container.get("type") != "message":
        return
    url = str(ask.slack.body.get("response_url") or "")

    def replace(drawing: Drawing) -> None:
        told = WebhookClient(url, retry_handlers=[]).send(
            text=drawing["text"], blocks=drawing["blocks"], replace_original=True
        )
        if told.status_code != 200 or told.body not in ("ok", ""):
            raise refused(told)

    try:
        if url:
            speak(ask.runtime, ask.workspace_id, _list(ask), ask.t, replace)
    except SlackApiError:
        return
