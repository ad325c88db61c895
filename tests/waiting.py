"""What could not be tested on this machine, said last: which tests wait, for what, and how to get it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pytest


@dataclass(frozen=True)
class Need:
    """Something of the machine that tests with a marker need."""

    marker: str
    what: str
    how: str


NEEDS = (
    Need("browser", "Chromium", "`apt-get install chromium fonts-noto-cjk` as root (or `bash .ci/run`)"),
    Need("emulate", "Node with npx and its package index", "`apt-get install nodejs npm` as root"),
)


def pytest_unconfigure(config: pytest.Config) -> None:
    """After pytest's own closing line, so that nobody has to look for it."""
    if hasattr(config, "workerinput"):
        return
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    for line in sentences(reporter.stats.get("skipped", []) if reporter else []):
        reporter.write_line(line)


def sentences(skipped: list[pytest.TestReport]) -> list[str]:
    """One line for each thing that is missing here; none where nothing waits."""
    found = []
    for need in NEEDS:
        files = Counter(report.nodeid.split("::")[0] for report in skipped if need.marker in report.keywords)
        if files:
            listed = ", ".join(f"{file} ({n})" for file, n in sorted(files.items()))
            waiting = f"{files.total()} tests wait" if files.total() > 1 else "1 test waits"
            found.append(f"{waiting} for {need.what}: {listed}. To run: {need.how}.")
    return found
