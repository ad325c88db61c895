"""What is imported is declared, and what is declared is imported, or named here with whose it is."""

from __future__ import annotations

import ast
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
OURS = {"bot", "cspm_core", "migrations", "tests"}
OF_OTHERS = {
    "psycopg": "SQLAlchemy's driver",
    "python-dotenv": "pydantic-settings's, for .env",
    "python-multipart": "Starlette's forms",
    "tzdata": "zoneinfo's data",
    "websockets": "uvicorn's",
}
TOOLS = {"import-linter", "mypy", "pandas-stubs", "pytest-xdist", "ruff", "setuptools", "types-pyyaml"}


def imported(*folders: str) -> set[str]:
    """Distributions that the code of some folders imports by name."""
    names = set()
    for path in (path for folder in folders for path in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.split(".")[0])
    known = packages_distributions()
    return {
        canonicalize_name(one) for name in names - OURS - sys.stdlib_module_names for one in known.get(name, [name])
    }


def declared(*groups: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(line).name) for group in groups for line in group}


PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_what_runs_imports_what_is_declared() -> None:
    assert imported("bot", "cspm_core", "migrations") == declared(PROJECT["dependencies"]) - set(OF_OTHERS)


def test_what_only_tests_need_is_used_by_them() -> None:
    assert declared(PROJECT["optional-dependencies"]["dev"]) - TOOLS <= imported("tests")
