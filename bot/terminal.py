"""What every `cspm` command shares: its language, its database, its progress bar, and how it refuses."""

from __future__ import annotations

import functools
import locale
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn, ParamSpec, TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError, ProgrammingError

from cspm_core import errors, people
from cspm_core.store import Store

from . import settings
from .refusals import sentence
from .words import LANGUAGES, N_, Words

P = ParamSpec("P")
R = TypeVar("R")

SETTINGS = {
    "DATABASE_URL": N_("it begins with sqlite:/// or postgresql://"),
    "HOOKS_SECRET": N_("at least 32 characters"),
    "HEARTBEAT_URL": N_("it begins with https:// or http://"),
    "PORT": N_("a number from 0 to 65535"),
    "LOG_LEVEL": N_("one of DEBUG, INFO, WARNING, ERROR and CRITICAL"),
}
"""What a setting must be."""

WIDE = 200
"""Where nobody sits at a terminal, a table is for a program or a file: nothing is cut."""


class Sheet:
    """Standard output, measured anew at each print."""

    @property
    def width(self) -> int:
        """How many characters fit a line."""
        return self._console().width

    def print(self, *what: Any, **how: Any) -> None:
        self._console().print(*what, **how)

    def _console(self) -> Console:
        is_measured = sys.stdout.isatty() or "COLUMNS" in os.environ
        return Console(highlight=False, soft_wrap=True, width=None if is_measured else WIDE)


console = Sheet()
complaints = Console(stderr=True, highlight=False, soft_wrap=True)


def language() -> str:
    """The terminal's language among ours, from CSPM_LANGUAGE, LC_ALL, LC_MESSAGES or LANG."""
    for name in ("CSPM_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        wanted = locale.normalize(os.environ.get(name) or "").split(".")[0]
        for ours in LANGUAGES:
            if wanted and (wanted == ours or wanted.split("_")[0] == ours):
                return ours
    return "en"


t = Words(language())
chosen: dict[str, str | None] = {"workspace": None, "database": None}
"""What the options before the command said."""


@dataclass(frozen=True)
class Desk:
    """What a command works with. `now` was read once."""

    store: Store
    workspace_id: int
    now: datetime


def open_store(given: settings.Settings) -> Store:
    """The database that the option before the command names, or the settings. Raises BadSettings."""
    url = chosen["database"] or given.database_url
    try:
        if re.match(settings.DATABASE, url):
            return Store(url)
    except (ArgumentError, ValueError, TypeError):  # TypeError: a database in memory, gone before it is of use
        pass
    raise settings.BadSettings({"DATABASE_URL": "unreadable"})


@contextmanager
def desk() -> Iterator[Desk]:
    """Open the database and find the workspace. Raises NoWorkspace, SeveralWorkspaces, BadSettings."""
    store = open_store(settings.load())
    file = store.engine.url.database if store.dialect == "sqlite" else None
    if file and not Path(file).exists():  # to look at it would make it
        raise errors.NoWorkspace
    try:
        with store.reading() as session:
            workspace = people.workspace(session, chosen["workspace"])
            t.prefix = workspace.command_prefix
        now = datetime.now(UTC)  # noqa: TID251 - the edge
        t.year = now.year
        yield Desk(store, workspace.id, now)
    finally:
        store.close()


def command(run: Callable[P, R]) -> Callable[P, R]:
    """Let a command refuse in one clear sentence on stderr and leave with exit code 1."""

    @functools.wraps(run)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return run(*args, **kwargs)
        except errors.Refusal as refusal:
            refuse(sentence(refusal, t))
        except settings.BadSettings as bad:
            listed = "; ".join(f"{name}: {t(SETTINGS.get(name, why))}" for name, why in bad.names.items())
            refuse(
                t(
                    "These settings cannot be used: {settings}. Mend them in the environment or in .env.",
                    settings=listed,
                )
            )
        except DatabaseError as error:
            if not isinstance(error, OperationalError | ProgrammingError) and type(error) is not DatabaseError:
                raise
            refuse(_database_sentence(error))
        except OSError as error:
            if not error.filename:  # a pipe that nobody reads any more, for one
                raise
            refuse(t("{path} cannot be used: {error}.", path=error.filename, error=error.strerror))
        except KeyboardInterrupt:
            refuse(t("Stopped. What was done so far stays; the same command again does the rest."), code=130)

    return guarded


def _database_sentence(error: DatabaseError) -> str:
    said = str(error.orig).splitlines()[0]
    is_missing = isinstance(error, ProgrammingError) and "does not exist" in said  # else a whole database is
    if is_missing or "no such table" in said or "no such column" in said:
        return t("The database has no tables yet, or old ones. Run `cspm migrate` first.")
    if "is locked" in said:
        return t("The database is busy: another program is writing to it. Try again in a moment.")
    return t("The database cannot be used: {error}. Check DATABASE_URL.", error=said)


def refuse(text: str, code: int = 1) -> NoReturn:
    """Say one sentence on stderr and leave."""
    complaints.print(text, markup=False)
    sys.exit(code)


@contextmanager
def progress(label: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """A progress bar on stderr for long work; call what it yields with how much more is done."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=complaints, transient=True, disable=not complaints.is_terminal) as bar:
        task = bar.add_task(label, total=total)
        yield lambda done: bar.advance(task, done)
