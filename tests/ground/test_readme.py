"""The README is true: every command, option, setting, link and picture it names is there, and none is missing."""

from __future__ import annotations

import re
import shlex
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from bot import commands
from bot.cli import app
from bot.kpi.explain_views import help_text
from bot.kpi.spoken import Known, understand
from bot.kpi.table import put_into
from bot.local_slack import control
from bot.local_slack.control import READS, VERBS
from bot.settings import Settings
from bot.words import Words
from cspm_core.imports import columns
from cspm_core.metrics import CATALOGUE, own

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CODE = [*re.findall(r"^```\w*\n(.*?)^```", README, re.MULTILINE | re.DOTALL)]
SPANS = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", README, flags=re.MULTILINE | re.DOTALL))


def cli() -> Any:
    commands.add_all(app)
    return typer.main.get_command(app)


CLI = cli()


def leaves(command: Any, path: tuple[str, ...] = ("cspm",)) -> dict[str, Any]:
    """Every command that does something, by what is typed."""
    inner = getattr(command, "commands", None)
    if inner is None:
        return {" ".join(path): command}
    return {typed: found for name, one in inner.items() for typed, found in leaves(one, (*path, name)).items()}


EVERY = leaves(CLI)


def rows(heading: str) -> list[list[str]]:
    """The cells of the table below a heading."""
    table = README.split(f"### {heading}\n", 1)[1].split("\n#", 1)[0]
    return [re.split(r"\s*\|\s*", line.strip("| ")) for line in table.splitlines() if line.startswith("| ")]


def told() -> set[str]:
    """The commands in the table; `cspm team add`, `list`: the second begins as the first does."""
    found = set()
    for first, *_ in rows("Commands"):
        parent = ""
        for span in re.findall(r"`([^`]+)`", first):
            typed = span if span.startswith("cspm ") else f"{parent} {span}"
            parent = typed.rsplit(" ", 1)[0]
            found.add(typed)
    return found


def test_the_table_of_commands_names_each_and_no_other() -> None:
    assert told() == set(EVERY)


def typed_in_the_readme() -> list[str]:
    joined = [block.replace("\\\n", " ") for block in CODE]
    lines = [line.strip() for block in joined for line in block.splitlines()]
    return [line for line in [*lines, *SPANS] if line.startswith("cspm ") and "…" not in line]


@pytest.mark.parametrize("line", sorted(set(typed_in_the_readme())))
def test_what_the_readme_types_exists_with_its_options(line: str) -> None:
    words = shlex.split(line)
    path = next(" ".join(words[:n]) for n in range(len(words), 0, -1) if " ".join(words[:n]) in EVERY)
    known = {option for parameter in EVERY[path].params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= known


def test_every_setting_stands_there_with_its_default() -> None:
    told = {}
    for names, default, *_ in rows("Settings"):
        settings, defaults = (re.findall(r"`([^`]+)`", cell) for cell in (names, default))
        told |= dict(zip(settings, defaults or [""] * len(settings), strict=True))
    fields = {name.upper(): str(field.default) for name, field in Settings.model_fields.items()}
    assert {name: told.get(name) for name in fields} == fields
    options = [parameter for command in EVERY.values() for parameter in command.params]
    heard = {parameter.envvar for parameter in options if parameter.envvar}
    assert heard <= {span.split("=")[0] for span in SPANS}


@pytest.mark.parametrize("line", [span for span in SPANS if span.startswith("/kpi")])
def test_what_it_says_to_type_in_slack_is_understood(line: str, now: datetime) -> None:
    known = Known(["Returns", "Billing"], {key: key for key in CATALOGUE}, now)
    understand(line.removeprefix("/kpi").replace("@name", "<@U0MINA>").strip(), known)


@pytest.mark.parametrize("language", ["en", "zh_TW", "nl", "ko"])
def test_so_is_what_the_help_says(language: str, now: datetime) -> None:
    known = Known(["Returns", "Billing"], {key: key for key in CATALOGUE}, now)
    said = "\n".join(
        block["text"]["text"] for block in help_text(list(CATALOGUE.values()), Words(language))["blocks"][:2]
    )
    lines = re.findall(r"`/kpi([^`]*)`", said)
    assert len(lines) == 8
    for line in lines:
        understand(line.replace("@name", "<@U0MINA>").strip(), known)


def test_the_headers_of_imports_are_those_of_the_code() -> None:
    header = next(block for block in CODE if block.startswith("id, "))
    assert tuple(re.split(r",\s+", header.strip())) == columns.TICKETS
    people = next(span for span in re.findall(r"`(name, [^`]+)`", README))
    assert tuple(re.split(r",\s+", people)) == columns.PEOPLE


def test_the_table_of_figures_is_the_catalogue() -> None:
    assert put_into(README) == README, "make words writes it anew"
    assert all(f"| `{key}` |" in README for key in CATALOGUE)


def test_the_figure_of_ones_own_can_be_defined() -> None:
    told = yaml.safe_load(next(block for block in CODE if block.startswith("key: ")))
    found = own.metric(own.read(told, guards=("csat",), usual_guards=("csat",)))
    assert (found.key, found.guards) == ("urgent_in_4h", ("csat",))


def test_every_link_and_picture_is_there() -> None:
    for place in re.findall(r"\]\(([^)]+)\)", README):
        if not place.startswith("http"):
            assert (ROOT / place).is_file(), place


def test_every_target_of_make_is_there() -> None:
    there = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)", "\n".join([*CODE, *SPANS]))) <= there


def test_every_verb_for_programs_is_there() -> None:
    for verb in re.findall(r"/_control/([a-z_]+)", README):
        assert verb in {**VERBS, **READS}, verb
    documented = set(re.findall(r"/_control/([a-z_]+)", str(control.__doc__))) | {"leave", "kick"}
    assert documented >= {*VERBS, *READS}
