"""The bot as a process: it starts, answers, tells how it is, and leaves in good order."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot import manifest
from bot.local_slack import Channel, Person, Server, Workspace
from bot.running import database
from cspm_core.store import Store

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def slack() -> Iterator[Workspace]:
    """A small Slack on a port, on real time."""
    workspace = Workspace(
        name="Support",
        people=[Person("Mina")],
        channels=[Channel("returns", members=["Mina"], with_app=True)],
        manifest=manifest.load(),
        now=lambda: datetime.now(UTC),
    )
    with Server(workspace):
        yield workspace


def environment(slack: Workspace, folder: Path, **more: str) -> dict[str, str]:
    """What an operator would set."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    ours = {
        "DATABASE_URL": f"sqlite:///{folder / 'cspm.db'}",
        "SLACK_API_URL": f"{slack.base_url}/api/",
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_SIGNING_SECRET": "0123456789abcdef",
        "PORT": "0",
    }
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "COLUMNS": "200", **ours, **more}


def migrate(settings: dict[str, str]) -> None:
    store = Store(settings["DATABASE_URL"])
    database.migrate(store, now=datetime.now(UTC))
    store.close()


def cspm(command: str, settings: dict[str, str], folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", command, *options],
        cwd=folder,
        env=settings,
        capture_output=True,
        text=True,
        check=False,
    )


@contextmanager
def running(command: str, settings: dict[str, str], folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A process that keeps running, once it has said that it does; and what it said."""
    log = (folder / "log").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", command],
        cwd=folder,
        env=settings,
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
    )
    assert process.stdout
    try:
        said = process.stdout.readline()
        assert said, (folder / "log").read_text()
        yield process, said
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
        log.close()


def ask(url: str, data: bytes | None = None) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, data, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()


def address(said: str) -> str:
    return next(word for word in said.split() if word.startswith("http")).rstrip(".").removesuffix("/healthz")


def healthz(said: str) -> tuple[int, dict[str, Any]]:
    status, body = ask(f"{address(said)}/healthz")
    return status, json.loads(body)


def test_run_connects_answers_and_leaves_in_good_order(slack: Workspace, tmp_path: Path) -> None:
    settings = environment(slack, tmp_path, LOG_LEVEL="debug")
    migrate(settings)
    with running("run", settings, tmp_path) as (process, said):
        assert "in Support" in said
        status, told = healthz(said)
        assert (status, told["status"]) == (200, "ok")
        assert {name: check["ok"] for name, check in told["checks"].items()} == {
            "database": True,
            "migrations": True,
            "schedule": True,
            "escalations": True,
            "socket": True,
        }
        assert ask(f"{address(said)}/livez") == (200, "ok\n")
        assert process.stdout
        assert process.stdout.readline().startswith("Nobody in Slack is an admin")
        (code,) = re.findall(r"`/cspm admin ([2-9A-Z]{4}-[2-9A-Z]{4})`", process.stdout.readline())
        mina = slack.person("Mina")
        assert mina.types(f"/cspm admin {code}", channel="#returns") == "ok"
        slack.wait_until(lambda: "You are an admin now" in mina.says_last)
        assert slack.person("Mina").types("/kpi help hoverboards", channel="#returns") == "ok"
        slack.wait_until(lambda: "/kpi" in mina.says_last)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
    log = (tmp_path / "log").read_text()
    assert "Traceback" not in log
    assert "xoxb" not in log
    assert "hoverboards" not in log
    assert code not in log
    assert slack.complaints == []


def test_run_claims_the_workspace_that_waits(slack: Workspace, tmp_path: Path) -> None:
    settings = environment(slack, tmp_path)
    migrate(settings)
    with running("run", settings, tmp_path):
        found = json.loads(cspm("doctor", settings, tmp_path, "--json").stdout)
    states = {finding["check"]: finding["state"] for finding in found}
    assert (states["slack"], states["workspace"], states["migrations"]) == ("good", "good", "good")
    assert states["scopes"] != "broken"


def test_web_answers_health_and_refuses_unsigned_requests(slack: Workspace, tmp_path: Path) -> None:
    settings = environment(slack, tmp_path, SLACK_APP_TOKEN="")
    migrate(settings)
    with running("web", settings, tmp_path) as (process, said):
        assert healthz(said)[0] == 200
        assert ask(f"{address(said)}/slack/events", b"payload={}")[0] == 401
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0


def test_worker_beats_until_it_is_told_to_stop(slack: Workspace, tmp_path: Path) -> None:
    settings = environment(slack, tmp_path)
    migrate(settings)
    with running("worker", settings, tmp_path) as (process, _):
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-wrong"}, "Slack does not know this token."),
        ({"SLACK_APP_TOKEN": "xapp-wrong"}, "Slack does not know this token."),
        ({"SLACK_API_URL": "http://127.0.0.1:9/api/"}, "Slack does not answer at http://127.0.0.1:9/api/."),
    ],
)
def test_run_says_in_one_sentence_why_slack_does_not_let_it_in(
    slack: Workspace, tmp_path: Path, changed: dict[str, str], said: str
) -> None:
    settings = environment(slack, tmp_path, LOG_LEVEL="critical", **changed)
    migrate(settings)
    done = cspm("run", settings, tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith(said)
    assert len(done.stderr.splitlines()) == 1
    assert "wrong" not in done.stderr


def test_a_taken_port_is_named(slack: Workspace, tmp_path: Path) -> None:
    port = slack.base_url.rsplit(":", 1)[1]
    settings = environment(slack, tmp_path, PORT=port, LOG_LEVEL="critical")
    migrate(settings)
    done = cspm("run", settings, tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith(f"Port {port} of 127.0.0.1 cannot be used")


def test_doctor_says_what_to_do_where_nothing_was_set_up(slack: Workspace, tmp_path: Path) -> None:
    settings = environment(slack, tmp_path, SLACK_BOT_TOKEN="", SLACK_APP_TOKEN="")
    done = cspm("doctor", settings, tmp_path)
    assert done.returncode == 1
    assert "cspm migrate" in done.stdout
    assert "SLACK_BOT_TOKEN and SLACK_APP_TOKEN" in done.stdout


@pytest.mark.parametrize("command", ["run", "migrate"])
def test_a_file_that_is_no_database_is_told_in_one_sentence(slack: Workspace, tmp_path: Path, command: str) -> None:
    (tmp_path / "cspm.db").write_text("a letter to my aunt, and not a database" * 99)
    done = cspm(command, environment(slack, tmp_path), tmp_path)
    assert done.returncode == 1
    assert done.stderr.splitlines() == ["The database cannot be used: file is not a database. Check DATABASE_URL."]


def test_an_address_without_a_file_is_told_in_one_sentence(slack: Workspace, tmp_path: Path) -> None:
    done = cspm("doctor", environment(slack, tmp_path, DATABASE_URL="sqlite:///"), tmp_path)
    assert done.returncode == 1
    assert "DATABASE_URL: it begins with sqlite:///" in done.stderr
    assert len(done.stderr.splitlines()) == 1
