"""requirements.lock: all that is needed, each file known by its hash, from nowhere in particular."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PINNED = re.compile(r"^(?P<name>[a-z0-9._-]+)==(?P<version>[^\s;]+)(?: ; (?P<when>.+?))? \\$", re.MULTILINE)


@pytest.fixture(scope="module")
def lock() -> str:
    return (ROOT / "requirements.lock").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def declared() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    every = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    return [Requirement(line) for line in every]


def test_whatever_is_declared_is_locked_at_a_fitting_version(lock: str, declared: list[Requirement]) -> None:
    pinned: dict[str, set[str]] = {}
    for found in PINNED.finditer(lock):
        pinned.setdefault(canonicalize_name(found["name"]), set()).add(found["version"])
    for wanted in declared:
        versions = pinned[canonicalize_name(wanted.name)]
        assert all(wanted.specifier.contains(version) for version in versions), wanted.name


def test_every_line_is_a_pin_a_hash_or_a_comment(lock: str) -> None:
    entries = re.split(r"^(?=\S)", lock, flags=re.MULTILINE)
    for entry in filter(None, entries):
        lines = entry.splitlines()
        assert PINNED.match(lines[0]), lines[0]
        assert re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?", lines[1]), lines[0]
        for line in lines[1:]:
            assert re.fullmatch(r"    (?:--hash=sha256:[0-9a-f]{64}(?: \\)?|# .*)", line), line


def test_it_names_no_place_to_fetch_from(lock: str) -> None:
    assert not re.search(r"://|--(?:extra-)?index|--find-links|--trusted-host|\bfile:| @ ", lock)
