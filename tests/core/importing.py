"""An import in a process of its own, which says how far it is: to be cut off, or to have company."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path

from cspm_core import imports
from cspm_core.imports import TicketReport
from cspm_core.store import Store


def load(store: Store, workspace_id: int, path: Path, now: datetime, **heard: object) -> TicketReport:
    """The tickets of Returns, with times in UTC."""
    wish = imports.Wish(path, "Returns", timezone="UTC")
    survey = imports.survey(imports.plan(store, workspace_id, wish, now=now), lambda _: None)
    told = {"advance": lambda _: None, **heard}
    with imports.RefusedRows(survey.plan.export, str) as refused:
        return imports.carry_out(store, workspace_id, survey, refused, now=now, **told)  # type: ignore[arg-type]


def begun(store: Store, workspace_id: int, path: Path, now: datetime) -> subprocess.Popen[str]:
    """The same in another process, which writes a line whenever it has written more tickets."""
    url = store.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.core.importing", url, str(workspace_id), str(path), now.isoformat()]
    root = Path(__file__).parents[2]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root)


def main(url: str, workspace_id: str, path: str, now: str) -> None:
    store = Store(url)
    done = 0

    def say(rows: int) -> None:
        nonlocal done
        done += rows
        print(done, flush=True)  # noqa: T201 - whoever started it listens

    report = load(store, int(workspace_id), Path(path), datetime.fromisoformat(now), advance=say)
    print("new", report.new, flush=True)  # noqa: T201
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
