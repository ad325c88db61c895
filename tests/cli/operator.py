"""An operator at a terminal with a database of their own: what they type, what they read, how it ended."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer
from typer.testing import CliRunner, Result

from bot import terminal
from bot.imports import commands as imports
from bot.privacy import commands as privacy
from bot.setup import commands as setup
from cspm_core.store import Store

app = typer.Typer()
setup.add_to(app)
imports.add_to(app)
privacy.add_to(app)


@dataclass
class Operator:
    store: Store
    folder: Path

    def file(self, text: str, name: str = "export.csv") -> str:
        path = self.folder / name
        path.write_text(text, "utf-8")
        return str(path)

    def types(self, *words: str) -> Result:
        """Run a command; its output, errors and exit code."""
        before = dict(terminal.chosen)
        terminal.chosen["database"] = self.store.engine.url.render_as_string(hide_password=False)
        try:
            return CliRunner().invoke(app, list(words), env={"COLUMNS": "250"})
        finally:
            terminal.chosen.update(before)

    def reads(self, *words: str) -> str:
        """What a command says that works."""
        done = self.types(*words)
        assert done.exit_code == 0, done.output
        return done.stdout

    def reads_json(self, *words: str) -> Any:
        return json.loads(self.reads(*words))

    def is_refused(self, *words: str) -> str:
        """The one sentence of a command that does not."""
        done = self.types(*words)
        assert done.exit_code == 1, done.output
        [sentence] = [line for line in done.stderr.splitlines() if line.strip()]
        return sentence
