"""Directions and bans are kept by tools, and the tools bite."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("bot", "cspm_core", include_external_packages=True, cache_dir=None)


def test_every_import_contract_is_kept() -> None:
    lint = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", lint, "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 broken" in done.stdout


def test_the_local_slack_imports_nothing_of_the_bot(graph: grimp.ImportGraph) -> None:
    ours = {name for name in graph.modules if f"{name}.".startswith("bot.local_slack.")}
    assert len(ours) > 10
    for name in sorted(ours):
        outside = {used for used in graph.find_modules_directly_imported_by(name) if used.startswith("bot")} - ours
        assert not outside, name


def test_nothing_but_its_commands_reaches_the_demo(graph: grimp.ImportGraph) -> None:
    users = {
        user
        for name in graph.modules
        if f"{name}.".startswith("bot.demo.")
        for user in graph.find_modules_that_directly_import(name)
    }
    assert all(f"{user}.".startswith("bot.demo.") for user in users)


def test_views_know_no_database_and_no_client(graph: grimp.ImportGraph) -> None:
    views = [name for name in graph.modules if name.startswith("bot.") and name.endswith("views")]
    views = [name for name in views if not name.startswith("bot.local_slack")]
    assert views
    for name in views:
        used = graph.find_modules_directly_imported_by(name)
        assert not used & {"sqlmodel", "sqlalchemy", "cspm_core.store", "slack_sdk", "slack_bolt"}, name


def test_the_core_reads_no_environment() -> None:
    for path in (ROOT / "cspm_core").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")), f"{path}:{node}"


@pytest.mark.parametrize(
    "line",
    [
        "import matplotlib.pyplot as plt",
        "from matplotlib import pyplot",
        "from datetime import datetime; datetime.now()",
        "import datetime; datetime.datetime.utcnow()",
        "from datetime import date; date.today()",
        "import time; time.time()",
        "from time import time",
    ],
)
@pytest.mark.parametrize("where", ["cspm_core/new.py", "bot/kpi/new.py"])
def test_ruff_bites_where_a_clock_is_read_or_pyplot_is_drawn_on(line: str, where: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--no-cache", "--select", "TID251", "--stdin-filename", where, "-"],
        cwd=ROOT,
        input=line + "\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert "TID251" in done.stdout
