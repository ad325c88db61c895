"""`python -m tests.chaos`: workers that are killed, a Slack that fails, a database that goes, a clock that turns.

Sets itself up, prints what it did and what it found, and exits with 1 at the first broken promise.
"""

from __future__ import annotations

import argparse
import secrets
import sys
import time
from functools import partial
from pathlib import Path

from .bounds import Bounds
from .databases import KINDS
from .run import Outcome, Wanted, run

SHOWN = 20
tell = partial(print, flush=True)


def main() -> int:
    given = _given()
    bounds = Bounds(given.factor)
    tell(f"seed {given.seed}, {given.kills} kills; times that run on real time are shortened to {bounds}")
    for kind in given.database or list(KINDS):
        began = time.monotonic()

        def say(line: str, kind: str = kind, began: float = began) -> None:
            if given.verbose:
                tell(f"  {kind} {time.monotonic() - began:6.1f} s  {line}")

        outcome = run(Wanted(kind, given.kills, given.seed, bounds, given.blind, given.keep), say)
        tell(report(outcome))
        if outcome.broken:
            again = f"python -m tests.chaos --database {kind} --kills {given.kills} --seed {given.seed}"
            tell(f"Again, with other interleavings: {again} --factor {given.factor:g}{' --blind' * given.blind}")
            return 1
    tell("Nothing was lost, and nothing was said twice.")
    return 0


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--kills", type=int, default=10, help="how often a worker is killed with -9")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    parser.add_argument("--database", action="append", choices=list(KINDS), help="one of them; both without it")
    parser.add_argument("--factor", type=float, default=10.0, help="how far claims, leases and patience are shortened")
    parser.add_argument("--keep", type=Path, help="a folder in which database and logs are left")
    parser.add_argument(
        "--blind", action="store_true", help="workers repeat a message without looking for it: the run has to find that"
    )
    parser.add_argument("--verbose", action="store_true", help="tell what happens while it does")
    return parser.parse_args()


def report(outcome: Outcome) -> str:
    """What a run did, as a table, and what it found."""
    rows = {
        "kills": outcome.kills,
        "workers that gave up and came again": outcome.gave_up,
        "troubles of the database": outcome.troubles,
        **outcome.figures,
        **{f"struck: {kind}": n for kind, n in sorted(outcome.struck.items())},
        "seconds": round(outcome.seconds),
    }
    lines = [f"\n{outcome.database}", *(f"  {name:<38}{n:>8}" for name, n in rows.items())]
    if outcome.broken:
        lines.append(f"BROKEN: {len(outcome.broken)} promises")
        lines += [f"  - {one}" for one in outcome.broken[:SHOWN]]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
