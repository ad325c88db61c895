"""A usual export of a help desk, as large as one likes and the same every time, for measuring."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

# fmt: off
HEADER = (
    "Ticket ID", "Created at", "Assignee", "Group", "Via", "Priority", "Ticket type", "Requester", "Organization",
    "Status", "First reply at", "First solved at", "Solved at", "Reopens", "Replies", "Group changes", "Satisfaction",
    "Rated at", "Subject", "Tags", "URL",
)
# fmt: on
BEGIN, DAYS = np.datetime64("2024-12-01T00:00:00", "s"), 700
STEP = 50_000
GROUPS = ("1st line", "2nd line", "Returns desk", "Billing")
CHANNELS = ("email", "chat", "web", "phone")
PRIORITIES = ("Normal", "High", "Low", "Urgent")
TYPES = ("Refund", "Delivery", "Broken, replace", "Invoice", "Account", "Question")
WORDS = ("Parcel", "Invoice", "Refund", "Account", "Delivery", "Café chair", "Order", "환불", "Password", "Lamp")

Strings = Sequence[str]


def write_export(path: Path, rows: int) -> int:
    """Write a CSV file of so many tickets of 700 days; its length in bytes."""
    draw = np.random.default_rng(11)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for begin in range(0, rows, STEP):
            writer.writerows(_lines(draw, begin, min(STEP, rows - begin), rows))
    return path.stat().st_size


def _lines(draw: np.random.Generator, begin: int, n: int, rows: int) -> Iterator[tuple[str, ...]]:
    """Nine of ten answered, all but three of a hundred solved, one of five rated; in order of creation."""
    created = np.sort(draw.uniform(begin / rows, (begin + n) / rows, n)) * DAYS * 86_400
    replied, solved = created + draw.lognormal(8.8, 1.1, n), created + draw.lognormal(11.2, 0.8, n)
    is_answered, is_solved, is_rated = draw.random(n) < 0.9, draw.random(n) < 0.97, draw.random(n) < 0.2
    is_rated &= is_solved
    is_reopened = is_solved & (draw.random(n) < 0.06)
    solves = _times(np.maximum(solved, replied), is_solved)
    return zip(
        [str(3_000_000 + begin + i) for i in range(n)],
        _times(created, np.ones(n, dtype=bool)),
        _picked(draw, [f"Agent {i}" for i in range(30)], n),
        _picked(draw, GROUPS, n),
        _picked(draw, CHANNELS, n),
        _picked(draw, PRIORITIES, n),
        _picked(draw, TYPES, n),
        [f"customer{i}@example.org" for i in draw.integers(0, rows // 4 + 1, n).tolist()],
        [f"Company {i}" if i < 2_000 else "" for i in draw.integers(0, 4_000, n).tolist()],
        np.where(is_solved, np.where(draw.random(n) < 0.7, "Closed", "Solved"), "Open").tolist(),
        _times(replied, is_answered),
        solves,
        _times(np.maximum(solved, replied) + 86_400 * is_reopened, is_solved),
        [str(int(one)) for one in is_reopened],
        [str(i) for i in draw.integers(1, 9, n).tolist()],
        [str(i) for i in draw.integers(0, 3, n).tolist()],
        [str(i) if rated else "" for i, rated in zip(draw.integers(1, 6, n).tolist(), is_rated, strict=True)],
        _times(np.maximum(solved, replied) + 90_000, is_rated),
        [f"{WORDS[i % 10]} {i} did not arrive as ordered" for i in draw.integers(0, 10_000, n).tolist()],
        _picked(draw, ("vip;eu", "eu", "us;gold", ""), n),
        [f"https://desk.example.org/tickets/{3_000_000 + begin + i}" for i in range(n)],
        strict=True,
    )


def _times(seconds: NDArray[np.float64], there: NDArray[np.bool_]) -> list[str]:
    texts = np.datetime_as_string(BEGIN + seconds.astype(np.int64), unit="s", timezone="UTC")
    return [str(one) for one in np.where(there, texts, "")]


def _picked(draw: np.random.Generator, words: Sequence[str], n: int) -> Strings:
    return [words[i] for i in draw.integers(0, len(words), n).tolist()]
