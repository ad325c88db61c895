"""`cspm hook …`: a key for another system, its secret once, and lines that can be typed as they are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from bot import terminal
from bot.hooks.commands import add_to
from cspm_core import hooks, people
from cspm_core.store import Store

from .operator import Operator

ROOT = "a root secret that is long enough for this"


class Keeper(Operator):
    """An operator who keeps the keys."""

    def types(self, *words: str) -> Result:
        app = typer.Typer()
        add_to(app)
        app.callback()(lambda: None)
        before = dict(terminal.chosen)
        terminal.chosen["database"] = self.store.engine.url.render_as_string(hide_password=False)
        try:
            return CliRunner().invoke(app, list(words), env={"COLUMNS": "250"})
        finally:
            terminal.chosen.update(before)

    def secret(self, name: str) -> str:
        with self.store.reading() as session:
            key = hooks.key_named(session, people.workspace(session).id, name)
        return hooks.secret_of(ROOT, key.workspace_id, key.id, key.generation)


@pytest.fixture
def keeper(store: Store, workspace_id: int, now: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Keeper:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOOKS_SECRET", ROOT)
    monkeypatch.setenv("PORT", "8088")
    with store.transaction() as session:
        for name in ("Returns", "Billing"):
            people.add_team(session, workspace_id, name, timezone="UTC", now=now)  # type: ignore[arg-type]
    return Keeper(store, tmp_path)


def test_a_new_key_shows_its_secret_once_with_lines_to_type(keeper: Keeper) -> None:
    said = keeper.reads("hook", "add", "zendesk", "--team", "returns")
    secret = keeper.secret("zendesk")
    assert f"shown only now: {secret}" in said
    assert "curl -sS http://127.0.0.1:8088/hooks/escalations" in said
    assert "curl -sS http://127.0.0.1:8088/hooks/events" in said
    assert "openssl dgst -sha256 -hmac" in said
    assert '"team"' not in said
    assert secret not in keeper.reads("hook", "list")


def test_lines_for_a_key_without_a_team_name_one(keeper: Keeper) -> None:
    assert '"team": "Billing"' in keeper.reads("hook", "add", "pager")


def test_the_list_tells_team_use_and_state(keeper: Keeper) -> None:
    assert "cspm hook add" in keeper.reads("hook", "list")
    keeper.reads("hook", "add", "zendesk", "--team", "Returns")
    keeper.reads("hook", "add", "pager")
    keeper.reads("hook", "revoke", "pager")
    pager, zendesk = json.loads(keeper.reads("hook", "list", "--json"))
    assert (zendesk["name"], zendesk["team"], zendesk["last_used_at"], zendesk["revoked_at"]) == (
        "zendesk", "Returns", None, None,
    )  # fmt: skip
    assert pager["team"] is None
    assert pager["revoked_at"] is not None
    table = keeper.reads("hook", "list")
    assert "never" in table
    assert "ended" in table


def test_renewing_ends_the_secret_before_and_lets_a_revoked_key_in_again(keeper: Keeper) -> None:
    keeper.reads("hook", "add", "zendesk")
    before = keeper.secret("zendesk")
    assert "no longer taken" in keeper.reads("hook", "revoke", "ZENDESK")
    assert "ended before" in keeper.reads("hook", "revoke", "zendesk")
    said = keeper.reads("hook", "renew", "zendesk")
    assert keeper.secret("zendesk") != before
    assert keeper.secret("zendesk") in said
    assert before not in said
    assert json.loads(keeper.reads("hook", "list", "--json"))[0]["revoked_at"] is None


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("add", "help desk"), "travels in a header"),
        (("add", "zendesk"), "zendesk exists already"),
        (("add", "other", "--team", "Retuns"), "Did you mean “Returns”?"),
        (("renew", "zendek"), "Did you mean “zendesk”?"),
        (("revoke", "slack"), "No other system has a key called “slack”."),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(keeper: Keeper, words: tuple[str, ...], sentence: str) -> None:
    keeper.reads("hook", "add", "zendesk")
    assert sentence in keeper.is_refused("hook", *words)


@pytest.mark.parametrize("words", [("add", "zendesk"), ("renew", "zendesk")])
def test_without_a_root_secret_it_says_how_to_make_one(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("HOOKS_SECRET", "")
    said = keeper.is_refused("hook", *words)
    assert "HOOKS_SECRET" in said
    assert "openssl rand -hex 32" in said


def test_a_root_secret_that_is_too_short_is_refused_without_being_told(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOOKS_SECRET", "short-one")
    said = keeper.is_refused("hook", "add", "zendesk")
    assert "HOOKS_SECRET: at least 32 characters" in said
    assert "short-one" not in said
