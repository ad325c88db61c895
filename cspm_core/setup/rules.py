"""The steps of setting a team up, in their order. No database."""

from __future__ import annotations

STEPS = ("team", "hours", "channel", "people", "figures", "targets", "digest", "end")
LAST = STEPS[-1]


def done(steps_done: str) -> frozenset[str]:
    """The steps that were done, of those there are."""
    return frozenset(STEPS) & frozenset(steps_done.split(","))


def next_step(steps_done: str) -> str:
    """The first step that was not done yet; the last one when all were."""
    found = done(steps_done)
    return next((step for step in STEPS if step not in found), LAST)


def number(step: str) -> int:
    """Which one it is, from 1."""
    return STEPS.index(step) + 1


def after(step: str) -> str:
    """The step that follows; after the last one itself."""
    return STEPS[min(number(step), len(STEPS) - 1)]


def before(step: str) -> str | None:
    """The step that comes before; None before the first."""
    return STEPS[number(step) - 2] if number(step) > 1 else None
