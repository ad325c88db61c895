"""`cspm doctor --live "#channel"`: tries in a real workspace what the bot lives on, and leaves nothing behind."""

from __future__ import annotations

from . import codes, drawn, pressed, trial_views
from .findings import broken, doubtful, good
from .traced import Stopped
from .trial import Trial


def run(trial: Trial, wait_s: float, *, with_socket: bool = True) -> None:
    """Try everything, wait so long for a press, and delete what was posted, whatever happens meanwhile."""
    t = trial.t
    try:
        if _says(trial):
            drawn.shows(trial)
            pressed.waits(trial, wait_s, with_socket=with_socket)
    except Stopped:
        trial.tell(doubtful("live.stopped", t("The trial was stopped."), t("Nothing: begin it again.")))
    finally:
        _leaves_nothing(trial)


def _says(trial: Trial) -> bool:
    """The first message, an edit and an answer; without the first there is nothing else to try."""
    t = trial.t

    def first() -> None:
        trial.thread = trial.post(trial_views.hello(t))

    if not trial.tries("live.post", t("A message was posted."), t("No message can be posted: {why}."), first):
        return False
    edited, answer = trial_views.hello(t, edited=True), trial_views.answer(t)
    trial.tries("live.edit", t("It was edited."), t("A message cannot be edited: {why}."), lambda: trial.edit(edited))
    trial.tries(
        "live.thread",
        t("It was answered in its thread."),
        t("Nothing can be said in a thread: {why}."),
        lambda: trial.post(answer, trial.thread),
    )
    return True


def _leaves_nothing(trial: Trial) -> None:
    t = trial.t
    left = trial.client.clean(trial.channel, trial.id, trial.runtime.real_now().timestamp())
    if trial.client.busy:
        said = t("Slack asked for patience, and the trial waited as long as it asked, as the bot does.")
        trial.tell(good("live.limits", said))
    if left:
        why = t.join([codes.in_words(code, t) for code in left])
        found = t("Something of the trial is still in {channel}: {why}.", channel=trial.name, why=why)
        trial.tell(broken("live.delete", found, t("Delete the bot’s messages there by hand.")))
    elif trial.client.said:
        trial.tell(good("live.delete", t("Everything that was posted is deleted again.")))
