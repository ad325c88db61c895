"""Which subjects bring commands of their own: each `bot/<subject>/commands.py` has `add_to(app)`."""

from __future__ import annotations

import importlib

import typer

SUBJECTS = (
    "setup",
    "imports",
    "kpi",
    "digests",
    "detectors",
    "duty",
    "escalations",
    "crises",
    "qa",
    "samples",
    "privacy",
    "door",
    "hooks",
    "running",
    "demo",
)


def add_all(app: typer.Typer) -> None:
    """Register every subject's commands, in the order of `SUBJECTS`."""
    for subject in SUBJECTS:
        importlib.import_module(f"bot.{subject}.commands").add_to(app)
