"""A wheel holds everything that runs: `pip install` and `cspm migrate` in an empty folder are enough."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("bot", "cspm_core", "migrations")
BESIDE = ("pyproject.toml", "setup.py", "MANIFEST.in", "manifest.yaml", "README.md")
OFFLINE = ("--no-deps", "--no-index", "--disable-pip-version-check", "--quiet")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, so that nothing is left in the checkout and nothing stale gets in."""
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in PACKAGES:
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in BESIDE:
        shutil.copy(ROOT / name, source / name)
    pip("wheel", *OFFLINE, "--no-build-isolation", "--wheel-dir", str(target), str(source))
    return next(target.glob("cspm-*.whl"))


def pip(*arguments: str) -> None:
    done = subprocess.run([sys.executable, "-m", "pip", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_it_holds_every_file_of_the_packages_and_the_manifest(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert sorted(wanted - held) == []
    assert "bot/manifest.yaml" in held
    assert {"bot/locales/zh_TW.po", "bot/local_slack/page/index.html", "migrations/env.py"} <= held


def test_nothing_of_the_tests_or_the_checkout_is_in_it(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(PACKAGES)


def test_installed_it_migrates_in_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    site, empty = tmp_path / "site", tmp_path / "empty"
    empty.mkdir()
    pip("install", *OFFLINE, "--target", str(site), str(wheel))
    unset = {"DATABASE_URL", "PYTHONPATH", "CSPM_LANGUAGE", "LC_ALL", "LANG"}
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    environment["PYTHONPATH"] = str(site)
    code = "import bot, bot.manifest, bot.cli; print(bot.__file__); bot.manifest.load(); bot.cli.main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "migrate"],
        cwd=empty,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(site)), "the installed one, not the checkout"
    assert [path.name for path in empty.iterdir()] == ["cspm.db"]
