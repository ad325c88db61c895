"""A trial of a button and the form behind it: somebody presses, and whichever process hears of it writes it down."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from slack_bolt.adapter.socket_mode import SocketModeHandler

from cspm_core import hearing

from ..runtime import Runtime
from . import process, slack, trial_views
from .findings import broken, doubtful, good
from .traced import Stopped
from .trial import Trial

LOOKS_EVERY_S = 0.2
FORM_TAKES_S = 30.0
"""Whoever has pressed gets at least so long to send the form."""


def waits(trial: Trial, wait_s: float, *, with_socket: bool) -> None:
    """Post the button, and tell how far whoever presses it comes. Raises Stopped."""
    t = trial.t
    if with_socket and not trial.runtime.settings.slack_app_token:
        found = t("The press of a button and the form behind it were not tried: SLACK_APP_TOKEN is empty.")
        advice = t("Where `cspm web` hears of presses over HTTP, add --no-socket.")
        trial.tell(doubtful("live.press", found, advice))
        return
    try:
        with _listening(trial.runtime, with_socket=with_socket):
            trial.post(trial_views.asking(trial.id, t))
            trial.ask(t("Press the button in {channel} …", channel=trial.name))
            _judged(trial, _followed(trial, wait_s), wait_s)
    except slack.SlackRefused as refused:
        advice = slack.sentence(refused.code, trial.runtime.settings.slack_api_url, t)
        trial.tell(broken("live.press", t("Slack opens no socket, so no press can be heard."), advice))
    except slack.ACCIDENTS as error:
        trial.failed("live.press", t("No button can be posted: {why}."), slack.code_of(error))


@contextmanager
def _listening(runtime: Runtime, *, with_socket: bool) -> Iterator[None]:
    """The whole bot listens meanwhile: Slack may give this connection anybody's press."""
    with ExitStack() as parts:
        if with_socket:
            bolt = parts.enter_context(process.listening(runtime))
            handler = SocketModeHandler(bolt, runtime.settings.slack_app_token)
            parts.callback(handler.client.close)
            slack.connect(handler.client)
        yield


def _followed(trial: Trial, wait_s: float) -> hearing.Trial:
    """Until the form was sent, something failed, or the time is over; whichever process heard of it."""
    until, is_told = time.monotonic() + wait_s, False
    while True:
        found = _stands(trial)
        if found.submitted_at or found.trouble:
            return found
        if found.opened_at and not is_told:
            is_told = True
            until = max(until, time.monotonic() + min(wait_s, FORM_TAKES_S))
            trial.ask(trial.t("The press came, and the form is open: send it …"))
        left = until - time.monotonic()
        if left <= 0:
            return found
        trial.left(left)
        if trial.stopped.wait(min(LOOKS_EVERY_S, left)):
            raise Stopped


def _stands(trial: Trial) -> hearing.Trial:
    with trial.runtime.store.reading() as session:
        found = hearing.trial(session, trial.workspace_id, trial.id)
    if found is None:
        raise LookupError(trial.id)
    return found


def _judged(trial: Trial, found: hearing.Trial, wait_s: float) -> None:
    t = trial.t
    if found.pressed_at is None:
        said = t("No press came within {time}.", time=t.duration(wait_s))
        advice = t(
            "If somebody did press: in your Slack app, switch “Interactivity” on and “Socket Mode” with it. If not,"
            " begin again, with --wait for more time."
        )
        trial.tell(broken("live.press", said, advice))
        return
    trial.tell(good("live.press", t("The press of the button came.")))
    if found.opened_at is None:
        trial.failed("live.modal", t("The form did not open: {why}."), found.trouble or "no_answer")
        return
    trial.tell(good("live.modal", t("It opened the form.")))
    if found.submitted_at is None:
        advice = t("If somebody did send it, look into the log of `cspm run`. If not, begin again.")
        trial.tell(broken("live.form", t("The form was not sent in time."), advice))
    else:
        trial.tell(good("live.form", t("The form that was sent came.")))
