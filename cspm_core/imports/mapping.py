"""What an operator says about an export in a small YAML file: columns, words, dates, defaults, empties."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from ..tickets.rules import OPENERS, STATUSES
from .columns import TICKETS, squeeze
from .instants import Order
from .problems import Fault, Unreadable
from .values import OPENED_BY, STATUS

SECTIONS = ("columns", "values", "dates", "defaults", "empty")
DATES = ("format", "day_first", "timezone")


@dataclass(frozen=True)
class FieldMap:
    """A map, checked. `columns`: ours -> theirs, None where it is not to be recognised; `values`: ours -> their word,
    folded -> ours."""

    columns: Mapping[str, str | None] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    empty: frozenset[str] = frozenset()
    form: str | None = None
    order: Order | None = None
    timezone: str | None = None
    more: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Sections of one kind of import alone, as they were written."""


NO_MAP = FieldMap()


class _Yaml(yaml.SafeLoader):
    """YAML in which yes, no, on and off are the words that a help desk writes, not truths."""


_Yaml.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in found if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_map(
    path: Path, ours: Sequence[str] = TICKETS, *, more: Sequence[str] = (), words: Sequence[str] = ()
) -> FieldMap:
    """A map from a YAML file; `more`: sections besides the usual, `words`: what may stand in `values` besides columns.
    Raises Unreadable (no_file, bad_map, unknown_in_map)."""
    try:
        with path.open(encoding="utf-8-sig") as source:
            said = yaml.load(source, _Yaml) or {}  # noqa: S506 - a safe loader
    except OSError:
        raise Unreadable(Fault.NO_FILE, str(path)) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise Unreadable(Fault.BAD_MAP, f"{path.name}:{mark.line + 1}" if mark else path.name) from None
    if not isinstance(said, dict):
        raise Unreadable(Fault.BAD_MAP, path.name)
    _check(said, (*SECTIONS, *more))
    empty = said.get("empty") or []
    if not isinstance(empty, list):
        raise Unreadable(Fault.BAD_MAP, "empty")
    parts = {name: _section(said, name) for name in SECTIONS[:-1]}
    for section in ("columns", "values", "defaults"):
        _check(parts[section], (*ours, *words) if section == "values" else ours)
    _check_dates(parts["dates"])
    return _checked_words(replace(_mapping(parts, empty), more={name: _section(said, name) for name in more}))


def _check_dates(dates: Mapping[str, Any]) -> None:
    _check(dates, DATES)
    for name, kind in (("format", str), ("timezone", str), ("day_first", bool)):
        if not isinstance(dates.get(name), kind | None):
            raise Unreadable(Fault.BAD_MAP, f"dates: {name}")


def _checked_words(told: FieldMap) -> FieldMap:
    """A map whose statuses are statuses: one that is none would be set aside in every row."""
    for name, known, ours in (("status", STATUS, STATUSES), ("opened_by", OPENED_BY, OPENERS)):
        for word in told.values.get(name, {}).values():
            if word and word.casefold() not in known:
                near = difflib.get_close_matches(word.casefold(), ours, n=1)
                raise Unreadable(Fault.UNKNOWN_IN_MAP, word, ours, near[0] if near else None)
    return told


def _mapping(parts: Mapping[str, Mapping[str, Any]], empty: Sequence[Any]) -> FieldMap:
    dates = parts["dates"]
    first = dates.get("day_first")
    values = {
        name: {_fold(k): _text(v) for k, v in _section(parts["values"], name).items()} for name in parts["values"]
    }
    return FieldMap(
        columns={name: None if theirs is None else str(theirs) for name, theirs in parts["columns"].items()},
        values=values,
        defaults={name: _text(value) for name, value in parts["defaults"].items()},
        empty=frozenset(_text(word).strip() for word in empty),
        form=dates.get("format"),
        order=None if first is None else Order.DAY if first else Order.MONTH,
        timezone=dates.get("timezone"),
    )


def _section(said: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = said.get(name) or {}
    if not isinstance(part, dict):
        raise Unreadable(Fault.BAD_MAP, name)
    return part


def _check(names: Mapping[str, Any], known: Sequence[str]) -> None:
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(str(name), known, n=1)
            raise Unreadable(Fault.UNKNOWN_IN_MAP, str(name), known, near[0] if near else None)


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _fold(word: Any) -> str:
    return str(word).strip().casefold()


def places(found: Mapping[str, int], header: Sequence[str], told: Mapping[str, str | None]) -> dict[str, int]:
    """Where our columns stand: as told by a map, else as recognised. Raises Unreadable (no_such_column)."""
    by_name: dict[str, int] = {}
    for n, name in enumerate(header):
        by_name.setdefault(name, n)
        by_name.setdefault(squeeze(name), n)
    mapped = {}
    for ours, theirs in told.items():
        if theirs is None:
            continue
        place = by_name.get(theirs.strip(), by_name.get(squeeze(theirs)))
        if place is None:
            near = difflib.get_close_matches(theirs, header, n=1)
            raise Unreadable(Fault.NO_SUCH_COLUMN, theirs, header, near[0] if near else None)
        mapped[ours] = place
    taken = set(mapped.values())
    return {**{ours: n for ours, n in found.items() if ours not in told and n not in taken}, **mapped}
