"""`cspm demo`: a lifelike support centre and its Slack, in the browser, with one command."""

from __future__ import annotations

import os
import sys
import threading
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.markdown import Markdown

from .. import logs
from ..running.process import until_signalled
from ..terminal import command, complaints, console, progress, refuse, t
from .opening import Demo
from .record import Folder

HELP = t("""Open a lifelike support centre and its Slack in the browser: no account, no token, no network.

A second start goes on where the first one stopped; `--reset` begins anew.

Example: `cspm demo --port 9000`""")
FOLDER = Path("demo")


def add_to(app: typer.Typer) -> None:
    """Register `cspm demo`."""
    app.command(help=HELP)(demo)


@command
def demo(
    host: Annotated[str, typer.Option(envvar="HOST", help=t("The address to listen on."))] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(envvar="PORT", min=0, max=65535, help=t("The port; a taken one moves on to the next."))
    ] = 8080,
    reset: Annotated[
        bool, typer.Option("--reset", envvar="RESET", help=t("Forget the last demo and begin anew."))
    ] = False,
    no_open: Annotated[bool, typer.Option("--no-open", help=t("Do not open the browser."))] = False,
) -> None:
    """Seed, start everything, say where it is, and stay until Ctrl+C."""
    logs.set_up("WARNING")
    with until_signalled() as stopped, _open(host, port, stopped, reset=reset) as opened:
        complaints.print(t("Ready after {duration}.", duration=t.duration(opened.took_s)))
        console.print(Markdown(opened.script), soft_wrap=False)
        console.print(f"\n{opened.letter()}\n", markup=False, highlight=False, soft_wrap=True)
        console.print(t("The demo is open at {address}. Ctrl+C closes it.", address=opened.address), style="bold")
        if not no_open and _has_screen():
            webbrowser.open(opened.address)
        stopped.wait()
        complaints.print(t("Closing."))


@contextmanager
def _open(host: str, port: int, stopped: threading.Event, *, reset: bool) -> Iterator[Demo]:
    """The demo, open; what keeps it from opening becomes a sentence."""
    folder = Folder(FOLDER)
    if not folder.lock():
        refuse(t("The demo in this folder is open already. Close it first, or start from another folder."))
    try:
        if reset:
            folder.empty()
        opened = Demo(folder, host, port, t, partial(_bar, stopped))
        try:
            opened.open()
            yield opened
        finally:
            opened.close()
    except _Enough:
        sys.exit(0)
    except OSError as error:
        refuse(
            t("The demo cannot open at {host}:{port}: {reason}.", host=host, port=port, reason=error.strerror or error)
        )
    finally:
        folder.unlock()


class _Enough(Exception):
    """Somebody pressed Ctrl+C while the world was being made."""


@contextmanager
def _bar(stopped: threading.Event, label: str, total: int) -> Iterator[Callable[[int], None]]:
    """A progress bar that ends early when somebody wants to leave."""
    with progress(label, total) as advance:

        def more(done: int) -> None:
            advance(done)
            if stopped.is_set():
                raise _Enough

        yield more


def _has_screen() -> bool:
    """Whether a browser can be shown to somebody who sits here."""
    shown = sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return shown and sys.stdout.isatty()
