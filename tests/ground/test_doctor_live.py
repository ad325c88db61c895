"""`cspm doctor --live`: what works in a real workspace is tried there, and nothing of it is left behind."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from bot import app as composition
from bot import manifest
from bot.local_slack import Channel, Person, Seat, SeenMessage, Server, Workspace
from bot.running import commands as running
from bot.running import live, slack, trial_views
from bot.running.findings import State
from bot.running.trial import Trial
from bot.runtime import Runtime, slack_client
from bot.settings import Settings
from bot.threads import Threads
from bot.words import Words
from cspm_core import people
from cspm_core.store import Store

from ..journeys.house import Inline, connect
from .test_running import ROOT, environment, migrate

app = typer.Typer()
running.add_to(app)
T = Words("en")
ALL = ("post", "edit", "thread", "table", "chart", "card", "picture", "press", "modal", "form", "delete")
DRAWN = ("table", "chart", "card")


def slack_of(**more: object) -> Workspace:
    return Workspace(
        name="Support",
        people=[Person("Mina"), Person("Teo")],
        channels=[Channel("returns", members=["Mina", "Teo"], with_app=True), Channel("billing", members=["Mina"])],
        manifest=manifest.load(),
        now=lambda: datetime.now(UTC),
        **{"rate_limits": False, "ack_seconds": 20.0, "trigger_seconds": 20.0, **more},  # type: ignore[arg-type]
    )


@pytest.fixture
def local() -> Iterator[Workspace]:
    with Server(slack_of()) as server:
        yield server.workspace


def runtime_of(local: Workspace, store: Store) -> Runtime:
    settings = Settings(
        slack_bot_token=local.bot_token, slack_app_token=local.app_token, slack_api_url=f"{local.base_url}/api/"
    )
    return Runtime(store, slack_client(settings), settings)


@dataclass
class Told:
    """A trial in #returns, and what it told."""

    local: Workspace
    runtime: Runtime
    stopped: threading.Event = field(default_factory=threading.Event)
    states: dict[str, State] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)

    def run(self, wait_s: float = 40, *, with_socket: bool = False) -> dict[str, State]:
        """Presses come to a bot that runs beside the doctor, unless it opens a socket of its own."""
        if not with_socket:
            threads = Threads(Inline(), Inline())
            connect(self.local, composition.build(self.runtime, threads=threads, signing_secret="-"))
        workspace = slack.claim(self.runtime, slack.introduce(self.runtime.slack))
        channel = self.local.channel("#returns")
        trial = Trial(self.runtime, workspace.id, channel.id, "#returns", T, self._told, stopped=self.stopped)
        live.run(trial, wait_s, with_socket=with_socket)
        return self.states

    def _told(self, one: object) -> None:
        key = one.check.removeprefix("live.")  # type: ignore[attr-defined]
        self.states[key], self.said[key] = one.state, f"{one.found} {one.advice}"  # type: ignore[attr-defined]


@pytest.fixture
def trial(local: Workspace, sqlite_store: Store) -> Told:
    return Told(local, runtime_of(local, sqlite_store))


def left(local: Workspace) -> list[object]:
    """What of the trial is still there: messages and files."""
    files = [one.id for one in local.files.values() if not one.deleted]
    return [*local.person("Mina").reads("#returns"), *files]


def button(seat: Seat) -> SeenMessage | None:
    return next((one for one in seat.reads("#returns") if "Press for trial" in one.buttons()), None)


@contextmanager
def somebody(local: Workspace, does: Callable[[Seat, SeenMessage], None], who: str = "Teo") -> Iterator[None]:
    """A person who waits for the button and does something with it."""
    wrong: list[BaseException] = []

    def wait() -> None:
        try:
            seat = local.person(who)
            does(seat, local.wait_until(lambda: button(seat), 40))
        except BaseException as error:
            wrong.append(error)

    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    yield
    thread.join(60)
    assert not wrong, wrong


def presses_and_sends(seat: Seat, message: SeenMessage) -> None:
    assert seat.presses(message, "Press for trial") == "ok"
    form = seat._workspace.wait_until(lambda: seat.modal, 40)
    assert seat.submits().result == "updated"
    assert "the whole way works" in form.says()


def presses(seat: Seat, message: SeenMessage) -> None:
    assert seat.presses(message, "Press for trial") == "ok"


@pytest.mark.parametrize("with_socket", [True, False], ids=["a socket of its own", "another process hears the press"])
def test_the_whole_way_works_and_nothing_is_left(trial: Told, with_socket: bool) -> None:
    with somebody(trial.local, presses_and_sends):
        assert trial.run(with_socket=with_socket) == dict.fromkeys(ALL, State.GOOD), trial.said
    assert left(trial.local) == []
    assert trial.local.complaints == []


def test_where_new_blocks_are_refused_the_bot_says_it_in_another_way_and_remembers(trial: Told) -> None:
    trial.local.faults.refuse_new_blocks = True
    with somebody(trial.local, presses_and_sends):
        states = trial.run()
    assert {key: states[key] for key in DRAWN} == dict.fromkeys(DRAWN, State.DOUBTFUL)
    assert State.BROKEN not in states.values(), trial.said
    assert (
        "does not have that kind of block yet (invalid_blocks). Nothing to do: figures go out as text."
        in (trial.said["table"])
    )
    with trial.runtime.store.reading() as session:
        workspace = people.workspace(session)
        assert people.plain_blocks_since(session, workspace.id) is not None
    assert left(trial.local) == []


def test_a_slack_that_asks_for_patience_gets_it(trial: Told) -> None:
    trial.local.faults.strike("429", times=1, method="chat.postMessage", seconds=1)
    trial.local.faults.strike("429", times=1, method="chat.delete", seconds=1)
    with somebody(trial.local, presses_and_sends):
        states = trial.run()
    assert states.pop("limits") is State.GOOD
    assert states == dict.fromkeys(ALL, State.GOOD)
    assert left(trial.local) == []


def test_a_button_that_nobody_presses_is_told_and_taken_away(trial: Told) -> None:
    states = trial.run(0.3)
    assert states["press"] is State.BROKEN
    assert "Interactivity" in trial.said["press"]
    assert "modal" not in states
    assert states["delete"] is State.GOOD
    assert left(trial.local) == []


def test_a_form_that_nobody_sends_is_told(trial: Told) -> None:
    with somebody(trial.local, presses):
        states = trial.run(0.8)
    assert [states[key] for key in ("press", "modal", "form")] == [State.GOOD, State.GOOD, State.BROKEN]


def test_a_trial_that_is_stopped_cleans_up(trial: Told) -> None:
    with somebody(trial.local, lambda *_: trial.stopped.set()):
        states = trial.run()
    assert states["stopped"] is State.DOUBTFUL
    assert left(trial.local) == []


def test_a_late_press_is_answered(trial: Told) -> None:
    trial.run(0.1)
    message = trial.local.call(
        "chat.postMessage", {"channel": trial.local.channel("#returns").id, **trial_views.asking(17, T)}
    )
    mina = trial.local.person("Mina")
    mina.presses(mina.message(message["channel"], message["ts"]), "Press for trial")
    assert mina.modal is None
    assert "This trial is over" in mina.latest("#returns").says()


def test_a_form_that_slack_does_not_open_is_told_with_the_reason(sqlite_store: Store) -> None:
    with Server(slack_of(trigger_seconds=-1.0)) as server:
        trial = Told(server.workspace, runtime_of(server.workspace, sqlite_store))
        with somebody(trial.local, presses):
            states = trial.run()
        assert states["press"] is State.GOOD
        assert states["modal"] is State.BROKEN
        assert "longer than three seconds" in trial.said["modal"]
        assert [one for one in left(trial.local) if isinstance(one, SeenMessage) and not one.ephemeral] == []


@pytest.mark.parametrize("fault", ["accept_then_500", "accept_then_close"])
def test_what_arrived_without_our_hearing_so_is_taken_away_too(trial: Told, fault: str) -> None:
    trial.local.faults.strike(fault, method="chat.postMessage")
    states = trial.run()
    assert states == {"post": State.BROKEN}
    assert left(trial.local) == []


def test_what_a_killed_trial_left_is_taken_away_by_the_next_and_a_fresh_one_is_not(trial: Told) -> None:
    place = trial.local.channel("#returns").id
    for number, text in enumerate(("left by a killed one", "of one that runs")):
        drawing = {**trial_views.hello(T), "text": text}
        trial.local.call("chat.postMessage", {"channel": place, **trial_views.marked(drawing, number)})
    old, runs = (one.raw for one in trial.local.person("Mina").reads("#returns"))
    old.ts, runs.ts = f"{float(old.ts) - 3 * 3600:.6f}", f"{float(runs.ts) - 3600:.6f}"  # --wait may be an hour
    trial.run(0.1)
    assert [one.text for one in trial.local.person("Mina").reads("#returns")] == ["of one that runs"]


def test_without_an_app_token_the_press_is_not_tried(trial: Told) -> None:
    trial.runtime = Runtime(
        trial.runtime.store,
        trial.runtime.slack,
        trial.runtime.settings.model_copy(update={"slack_app_token": ""}),
    )
    states = trial.run(with_socket=True)
    assert states["press"] is State.DOUBTFUL
    assert "not tried" in trial.said["press"]
    assert State.BROKEN not in states.values()
    assert left(trial.local) == []


@pytest.mark.parametrize(
    ("channel", "said"),
    [
        ("#nowhere", "There is no channel #nowhere, or it is private and the bot is not in it."),
        ("#billing", "The bot is not in #billing. Type `/invite @support-desk-kpis` there, and try again."),
    ],
)
def test_a_channel_that_the_bot_cannot_write_in_is_refused_with_the_way(
    local: Workspace, tmp_path: Path, channel: str, said: str
) -> None:
    settings = environment(local, tmp_path)
    migrate(settings)
    done = CliRunner().invoke(app, ["doctor", "--live", channel], env=settings)
    assert done.exit_code == 1
    assert done.stderr.startswith(said)


def test_ctrl_c_at_the_terminal_leaves_nothing_behind(local: Workspace, tmp_path: Path) -> None:
    settings = environment(local, tmp_path)
    migrate(settings)
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "doctor", "--live", "#returns", "--json"],
        cwd=ROOT,
        env=settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with somebody(local, lambda *_: process.send_signal(signal.SIGINT)):
        told, complaints = process.communicate(timeout=90)
        assert process.returncode == 130, complaints
    assert {"live.stopped", "live.delete"} <= {one["check"] for one in json.loads(told)}
    assert complaints.splitlines() == ["Press the button in #returns …"]
    assert left(local) == []
