"""Where something is missing, the last lines say which tests wait for it and how to get it."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]
WAITS = """
import pytest

@pytest.mark.browser
def test_page(): pytest.skip("no browser")

@pytest.mark.browser
def test_other_page(): pytest.skip("no browser")

def test_plain(): pass

def test_elsewhere(): pytest.skip("not on this system")
"""


@pytest.fixture
def elsewhere(pytester: pytest.Pytester) -> pytest.Pytester:
    """A small project with this plugin."""
    plugin = (Path(__file__).resolve().parents[1] / "waiting.py").read_text(encoding="utf-8")
    pytester.makepyfile(waiting=plugin, test_pages=WAITS)
    pytester.makeini("[pytest]\nmarkers = browser\n")
    return pytester


def test_the_last_line_names_the_tests_and_the_way(elsewhere: pytest.Pytester) -> None:
    lines = elsewhere.runpytest_subprocess("-p", "waiting", "-p", "no:cacheprovider", "-q").outlines
    assert "1 passed, 3 skipped" in lines[-2]
    assert lines[-1].startswith("2 tests wait for Chromium: test_pages.py (2). To run: `apt-get install chromium")


def test_several_workers_say_it_once(elsewhere: pytest.Pytester) -> None:
    lines = elsewhere.runpytest_subprocess("-p", "waiting", "-p", "no:cacheprovider", "-q", "-n", "2").outlines
    assert sum("wait for Chromium" in line for line in lines) == 1


def test_nothing_is_said_where_nothing_waits(elsewhere: pytest.Pytester) -> None:
    lines = elsewhere.runpytest_subprocess("-p", "waiting", "-p", "no:cacheprovider", "-q", "-k", "plain").outlines
    assert "1 passed" in lines[-1]
