"""Every command explains itself with an example, and says one sentence about bad input."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from bot import commands
from bot.cli import app

commands.add_all(app)
PROMISED = {"demo", "run", "migrate", "team", "import", "kpi", "digest", "doctor", "web", "worker"}


def paths(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command that does something, as it is typed."""
    inner = getattr(command, "commands", None)
    if inner is None:
        yield path
        return
    for name, found in inner.items():
        yield from paths(found, (*path, name))


EVERY = list(paths(typer.main.get_command(app)))
each_command = pytest.mark.parametrize("path", EVERY, ids=" ".join)


def cspm(*arguments: str, folder: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """As an operator runs it, in a folder of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    root = str(Path(__file__).resolve().parents[2])
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env={**kept, "PYTHONPATH": root, "COLUMNS": "200", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def typed(arguments: Sequence[str]) -> Any:
    return CliRunner().invoke(app, list(arguments), env={"COLUMNS": "200"})


def test_all_that_was_promised_is_there() -> None:
    assert {path[0] for path in EVERY} >= PROMISED


@each_command
def test_it_helps_with_an_example(path: tuple[str, ...]) -> None:
    shown = typed([*path, "--help"])
    assert shown.exit_code == 0, shown.output
    said = " ".join(shown.output.split())
    assert "Example" in said
    assert f"cspm {' '.join(path)}" in said, "the example types this very command"


@each_command
def test_an_unknown_option_is_named(path: tuple[str, ...]) -> None:
    shown = typed([*path, "--no-such-option"])
    assert shown.exit_code == 2
    assert "--no-such-option" in shown.output
    assert "Traceback" not in shown.output


def test_an_unknown_command_is_named() -> None:
    shown = typed(["kpis"])
    assert shown.exit_code == 2
    assert "kpis" in shown.output


@pytest.mark.parametrize(
    ("arguments", "environment", "said"),
    [
        (["migrate"], {"DATABASE_URL": "sqlite:////nowhere/at/all.db"}, "DATABASE_URL"),
        (["migrate"], {"PORT": "many", "LOG_LEVEL": "loud"}, "LOG_LEVEL"),
        (["--database", "nonsense", "migrate"], {}, "DATABASE_URL"),
        (["--database", "postgresql://host:many/name", "doctor"], {}, "DATABASE_URL"),
        (["team", "list"], {}, "cspm migrate"),
        (["run"], {}, "cspm migrate"),
    ],
)
def test_what_cannot_work_is_said_in_one_sentence(
    arguments: list[str], environment: dict[str, str], said: str, tmp_path: Path
) -> None:
    done = cspm(*arguments, folder=tmp_path, **environment)
    assert done.returncode == 1
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stdout == ""


def test_run_names_all_missing_settings_at_once(tmp_path: Path) -> None:
    assert cspm("migrate", folder=tmp_path).returncode == 0
    done = cspm("run", folder=tmp_path)
    assert done.returncode == 1
    assert "SLACK_BOT_TOKEN and SLACK_APP_TOKEN" in done.stderr
