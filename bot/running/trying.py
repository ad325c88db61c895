"""The terminal's side of `cspm doctor --live`: what is printed meanwhile, and how it is stopped."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from rich.markup import escape
from rich.status import Status

from cspm_core.people import Workspace

from ..runtime import Runtime
from ..terminal import complaints, console, refuse, t
from . import channels, codes, live, slack
from .findings import Finding, State
from .trial import Trial

MARKS = {State.GOOD: "✓", State.DOUBTFUL: "!", State.BROKEN: "✗"}


def run(runtime: Runtime, named: str, wait_s: int, *, with_socket: bool, is_quiet: bool) -> list[Finding]:
    """Try it in a channel and print each finding as it comes, unless `is_quiet`; all of them."""
    workspace, bot = _met(runtime)
    place, name = _channel(runtime, named, bot)
    found: list[Finding] = []

    def tell(one: Finding) -> None:
        found.append(one)
        if not is_quiet:
            advice = f"\n    {one.advice}" if one.advice else ""
            console.print(escape(f"{MARKS[one.state]} {one.found}{advice}"))

    with _stoppable() as stopped, _Countdown() as countdown:
        trial = Trial(runtime, workspace.id, place, name, t, tell, countdown.ask, countdown.left, stopped)
        live.run(trial, wait_s, with_socket=with_socket)
    return found


def _met(runtime: Runtime) -> tuple[Workspace, str]:
    try:
        met = slack.introduce(runtime.slack)
    except slack.SlackRefused as refused:
        refuse(slack.sentence(refused.code, runtime.settings.slack_api_url, t))
    return slack.claim(runtime, met), met.bot


def _channel(runtime: Runtime, named: str, bot: str) -> tuple[str, str]:
    """Its id and name, if the bot can write there; else a sentence with the way."""
    try:
        found = channels.channel(runtime.slack, named)
    except slack.ACCIDENTS as error:
        refuse(
            t("Slack did not tell about {channel}: {why}.", channel=named, why=codes.in_words(slack.code_of(error), t))
        )
    name = "#" + str(found.get("name") or named).removeprefix("#")
    if not found:
        refuse(
            t(
                "There is no channel {channel}, or it is private and the bot is not in it. Check the name; if it is"
                " private, type `/invite @{bot}` there.",
                channel=name,
                bot=bot,
            )
        )
    if found.get("is_archived"):
        refuse(t("{channel} is archived. Name another channel.", channel=name))
    if not found.get("is_member"):
        refuse(t("The bot is not in {channel}. Type `/invite @{bot}` there, and try again.", channel=name, bot=bot))
    return str(found["id"]), name


@contextmanager
def _stoppable() -> Iterator[threading.Event]:
    """An event that Ctrl+C or SIGTERM sets, as often as it comes: cleaning up is not cut short."""
    stopped = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stopped
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopped.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stopped
    finally:
        for number, answer in before.items():
            signal.signal(number, answer)


class _Countdown:
    """What somebody should do now, and how long they have; on standard error, where a program does not read it."""

    def __init__(self) -> None:
        self._said = ""
        self._status = Status("", console=complaints)

    def ask(self, said: str) -> None:
        self._said = said
        if complaints.is_terminal:
            self._status.start()
        else:
            complaints.print(said, markup=False)

    def left(self, seconds: float) -> None:
        if complaints.is_terminal:
            self._status.update(escape(t("{said} {time} left", said=self._said, time=t.duration(seconds))))

    def __enter__(self) -> _Countdown:
        return self

    def __exit__(self, *_: object) -> None:
        self._status.stop()
