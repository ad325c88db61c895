"""The README's table of figures, made from the catalogue: `python -m bot.kpi.table` writes it into the README anew."""

from __future__ import annotations

import re
from pathlib import Path

from cspm_core.metrics import CATALOGUE, Metric

from ..words import Words
from .explain_views import COHORTS
from .names import MEANINGS, NAMES

README = Path(__file__).resolve().parents[2] / "README.md"
BEGIN, END = "<!-- figures: make words writes this table -->", "<!-- end of figures -->"
BETTER = {"lower": "lower", "higher": "higher", "neither": "–"}


def table() -> str:
    """One row for each figure: key, name, what it means, what places a ticket, which way is good."""
    rows = ["| key | figure | what it means | placed by | better |", "|---|---|---|---|---|"]
    return "\n".join([*rows, *map(_row, CATALOGUE.values())])


def _row(metric: Metric) -> str:
    t = Words("en")
    cells = (
        f"`{metric.key}`",
        t(NAMES[metric.key]),
        t(MEANINGS[metric.key]),
        t(COHORTS[metric.cohort]).removesuffix("."),
        BETTER[metric.better],
    )
    return "| " + " | ".join(cells) + " |"


def put_into(text: str) -> str:
    """The README with its table as the catalogue has it. Raises ValueError where it has no place for one."""
    place = re.compile(f"{re.escape(BEGIN)}\n.*?{re.escape(END)}", re.DOTALL)
    if not place.search(text):
        raise ValueError(BEGIN)
    return place.sub(lambda _: f"{BEGIN}\n{table()}\n{END}", text, count=1)


if __name__ == "__main__":
    README.write_text(put_into(README.read_text(encoding="utf-8")), encoding="utf-8")
