"""The small words that every limit is written in: shapes, texts, lists, choices, each a rule over one JSON value.

A rule looks at a value under a JSON pointer and adds what is wrong to the `Report`, in Slack's manner.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Report:
    """What one message or view was found to break, and what was met on the way.

    `surface` is "message", "modal" or "home"; `refused` are block types that this workspace does not know yet;
    `file_ready` says whether a Slack file may stand in an image.
    """

    surface: str
    refused: frozenset[str] = frozenset()
    file_ready: Callable[[Mapping[str, Any]], bool] = lambda _: True
    root: str = ""
    problems: list[str] = field(default_factory=list)
    block_ids: set[str] = field(default_factory=set)
    action_ids: set[str] = field(default_factory=set)
    focused: int = 0
    charts: int = 0
    tables: int = 0
    table_text: int = 0
    markdown: int = 0
    inputs: int = 0

    def add(self, path: str, sentence: str) -> None:
        """Note a broken rule at a JSON pointer."""
        self.problems.append(f"[ERROR] {sentence} [json-pointer:{self.root}{path}]")


Rule = Callable[[Report, str, Any], None]


def string(most: int | None = None, least: int = 1) -> Rule:
    """A string of `least` to `most` characters."""

    def rule(report: Report, path: str, value: Any) -> None:
        if not isinstance(value, str):
            report.add(path, "must provide a string")
        elif len(value) < least:
            report.add(path, f"must be more than {least - 1} characters")
        elif most is not None and len(value) > most:
            report.add(path, f"must be less than {most + 1} characters")

    return rule


def number(least: float | None = None, most: float | None = None, whole: bool = False, above: bool = False) -> Rule:
    """A number between `least` and `most`; `above` leaves `least` itself out."""

    def rule(report: Report, path: str, value: Any) -> None:
        if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
            report.add(path, "must provide an integer" if whole else "must provide a number")
        elif least is not None and (value <= least if above else value < least):
            report.add(path, f"must be {'greater than' if above else 'at least'} {least}")
        elif most is not None and value > most:
            report.add(path, f"must be at most {most}")

    return rule


def flag(report: Report, path: str, value: Any) -> None:
    """True or false."""
    if not isinstance(value, bool):
        report.add(path, "must provide a boolean")


def choice(*allowed: str) -> Rule:
    """One of a few words."""

    def rule(report: Report, path: str, value: Any) -> None:
        if value not in allowed:
            report.add(path, f"must be one of: {', '.join(allowed)}")

    return rule


def pattern(form: str, example: str) -> Rule:
    """A string of a certain form, such as a date."""
    compiled = re.compile(form)

    def rule(report: Report, path: str, value: Any) -> None:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            report.add(path, f"must have the form {example}")

    return rule


def items(rule: Rule, least: int, most: int | None) -> Rule:
    """A list of `least` to `most` values that all keep a rule."""

    def check(report: Report, path: str, value: Any) -> None:
        if not isinstance(value, list):
            report.add(path, "must provide an array")
            return
        if len(value) < least:
            report.add(path, f"no less than {least} items are allowed")
        if most is not None and len(value) > most:
            report.add(path, f"no more than {most} items allowed")
        for index, item in enumerate(value):
            rule(report, f"{path}/{index}", item)

    return check


def shape(required: Mapping[str, Rule], optional: Mapping[str, Rule] | None = None, also: Iterable[Rule] = ()) -> Rule:
    """An object with these fields and no others; `also` are rules over the whole object."""
    known = {**required, **(optional or {})}

    def rule(report: Report, path: str, value: Any) -> None:
        if not isinstance(value, dict):
            report.add(path, "must provide an object")
            return
        for name in required:
            if value.get(name) is None:
                report.add(path, f"missing required field: {name}")
        for name, inner in value.items():
            if name not in known:
                report.add(path, f"invalid additional property: {name}")
            elif inner is not None:
                known[name](report, f"{path}/{name}", inner)
        for whole in also:
            whole(report, path, value)

    return rule


def by_type(shapes: Mapping[str, Rule]) -> Rule:
    """An object whose `type` says which of the shapes it must have."""

    def rule(report: Report, path: str, value: Any) -> None:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str):
            report.add(path, "must provide an object with a type")
        elif kind not in shapes:
            report.add(f"{path}/type", f"unsupported type: {kind}")
        else:
            shapes[kind](report, path, value)

    return rule


def exactly_one(*names: str) -> Rule:
    """Just one of these fields may be there, and one must."""

    def rule(report: Report, path: str, value: Any) -> None:
        if sum(value.get(name) is not None for name in names) != 1:
            report.add(path, f"must provide exactly one of: {', '.join(names)}")

    return rule


def at_least_one(*names: str) -> Rule:
    """One of these fields must be there and not be empty."""

    def rule(report: Report, path: str, value: Any) -> None:
        if not any(value.get(name) for name in names):
            report.add(path, f"must provide at least one of: {', '.join(names)}")

    return rule
