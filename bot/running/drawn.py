"""A trial of what Slack can draw: where it refuses, the same facts go out in another way."""

from __future__ import annotations

from dataclasses import replace

from ..blocks import Drawing
from ..pictures import uploaded
from ..speaking import REFUSALS, speak
from . import codes, slack, trial_views
from .findings import State, broken, doubtful, good
from .trial import Trial


def shows(trial: Trial) -> None:
    """A table, a chart, a card and a picture. Raises Stopped."""
    t = trial.t
    as_text = t("Nothing to do: figures go out as text.")
    as_picture = t("Nothing to do: charts go out as pictures.")
    for check, works, fails, drawing, then in (
        ("live.table", t("Tables are shown."), t("Tables are refused: {why}."), trial_views.figures(t), as_text),
        ("live.chart", t("Charts are shown."), t("Charts are refused: {why}."), trial_views.chart(t), as_picture),
        ("live.card", t("Cards are shown."), t("Cards are refused: {why}."), trial_views.card(t), as_text),
    ):
        if code := _refused(trial, drawing):
            _otherwise(trial, check, fails, code, drawing, then)
        else:
            trial.tell(good(check, works))
    _pictures(trial)


def _refused(trial: Trial, drawing: Drawing) -> str:
    """Slack's code where it does not take a message; empty where it does."""
    try:
        trial.post(drawing, trial.thread)
    except slack.ACCIDENTS as error:
        return slack.code_of(error)
    return ""


def _otherwise(trial: Trial, check: str, fails: str, code: str, drawing: Drawing, then: str) -> None:
    """Say it as the bot says it in a workspace without such blocks, which it remembers."""
    t = trial.t
    if code not in REFUSALS:
        trial.failed(check, fails, code, State.DOUBTFUL)
        return
    said = fails.format(why=codes.in_words(code, t))
    traced = replace(trial.runtime, slack=trial.client)
    try:
        speak(traced, trial.workspace_id, drawing, t, lambda shown: trial.post(shown, trial.thread))
    except slack.ACCIDENTS as error:
        failed = slack.code_of(error)
        more = t("The other way fails too: {why}.", why=codes.in_words(failed, t))
        trial.tell(broken(check, t.sentences(said, more), codes.what_to_do(failed, t)))
    else:
        trial.tell(doubtful(check, said, then))


def _pictures(trial: Trial) -> None:
    from .. import charts

    t = trial.t
    said, block = t("A picture, for trial"), trial_views.chart(t)["blocks"][0]
    file = uploaded(trial.client, charts.picture(block), "trial.png", title=said, alt=said)
    without = t("Control charts and pictures of charts are left out. See whether the app has the scope files:write.")
    if file is None:
        trial.tell(doubtful("live.picture", t("No picture can be uploaded."), without))
    elif code := _refused(trial, trial_views.picture(file, t)):
        why = t("Pictures are refused: {why}.", why=codes.in_words(code, t))
        trial.tell(doubtful("live.picture", why, without))
    else:
        trial.tell(good("live.picture", t("Pictures are shown.")))
