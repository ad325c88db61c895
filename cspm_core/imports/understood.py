"""An export understood batch by batch; a long one by a process beside this one, which reads ahead while this writes."""

from __future__ import annotations

import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import IO, Any

from ..metrics.frame import Ints
from .files import Line
from .problems import Reason
from .ticket_columns import Facts, Times, Whose
from .ticket_plan import Plan, seldom_tidied

BATCH, BATCH_OF_TEAMS = 5_000, 20_000
"""Rows that are understood at once; more where each team has only some of them, since each is written by itself."""
LONG = 60_000
"""Rows from which on a second process pays: it takes a second to start."""
MEANWHILE = 6
"""Batches that this process understands while the other starts."""
_HELPER = "import sys; sys.path[:] = sys.argv[1:]; from cspm_core.imports.understood import serve; serve()"


@dataclass(frozen=True, eq=False)
class Understood:
    """What a batch says. `whose`: places in `owners`; `times`: of the creations."""

    rows: int
    refused: Sequence[tuple[Line, Reason]]
    owners: Sequence[Whose]
    whose: Ints
    times: Times
    facts: Facts


def size_of(plan: Plan) -> int:
    """How many rows a batch of this file has."""
    return BATCH_OF_TEAMS if "team" in plan.places else BATCH


def understood(plan: Plan, begin: int = 0, end: int | None = None) -> Iterator[Understood]:
    """The batches of a file from one on, up to another. Raises Unreadable, UnicodeError."""
    reader = plan.reader()
    for batch in islice(plan.export.batches(size_of(plan)), begin, end):
        taken = reader.take(batch)
        owners = list(reader.owners)
        yield Understood(len(batch.rows), taken.refused, owners, taken.whose, taken.times, reader.facts(taken))


@contextmanager
def read_ahead(plan: Plan, rows: int, begin: int) -> Iterator[Iterator[Understood]]:
    """The same; where the file is long, the other process reads on while the caller works on a batch."""
    if rows - begin * size_of(plan) < LONG:
        yield understood(plan, begin)
        return
    command = [sys.executable, "-c", _HELPER, *sys.path]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as helper:  # noqa: S603 - ourselves
        assert helper.stdin
        assert helper.stdout
        try:
            pickle.dump((plan, begin + MEANWHILE), helper.stdin)
            helper.stdin.close()
            yield _both(plan, begin, helper.stdout)
        finally:
            helper.kill()


def _both(plan: Plan, begin: int, answers: IO[bytes]) -> Iterator[Understood]:
    """What this process understands meanwhile, then what the other does; where that one dies, this one goes on."""
    yield from understood(plan, begin, begin + MEANWHILE)
    batches = begin + MEANWHILE
    try:
        while (found := pickle.load(answers)) is not None:  # noqa: S301 - our own process
            if isinstance(found, Exception):
                raise found
            yield found
            batches += 1
    except (EOFError, pickle.UnpicklingError):
        yield from understood(plan, batches)


def serve() -> None:
    """Be that other process: take a plan from standard input, write what is understood to standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started this one decides
    plan, begin = pickle.load(sys.stdin.buffer)  # noqa: S301 - our own process
    with seldom_tidied():
        for one in _told(plan, begin):
            try:
                pickle.dump(one, sys.stdout.buffer, protocol=pickle.HIGHEST_PROTOCOL)
                sys.stdout.buffer.flush()
            except BrokenPipeError:
                return


def _told(plan: Plan, begin: int) -> Iterator[Any]:
    try:
        yield from understood(plan, begin)
    except Exception as problem:
        yield problem
    yield None
