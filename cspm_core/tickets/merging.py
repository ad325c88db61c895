"""Tickets told by a source that has only some columns: the others as they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ..metrics.frame import NEVER, Ints, Mask
from . import rows
from .rules import LEFT_OUT
from .told import TEXTS, Told

_SOLVES = {"solved_at", "first_solved_at"}


def with_known(told: Told, stands: Mapping[int, rows.Known], said: frozenset[str]) -> Told:
    """The tickets, with what stands in the columns that are not `said`; `stands` are those that are known, by place.

    A solve that is said decides the status again, unless no figure counts the ticket; an answer its date.
    """
    if not stands:
        return told
    places, columns = (
        np.array(list(stands), dtype=np.int64),
        list(zip(*(one.values for one in stands.values()), strict=True)),
    )
    numbers, texts = dict(told.numbers), dict(told.texts)
    for name, column in zip(rows.COMPARED, columns, strict=True):
        if name not in rows.SAID or name in said or name == "created_at" or (name == "csat_at" and "csat" in said):
            continue
        if name in TEXTS:
            is_kept = _is_kept if name == "status" and _SOLVES & said else None
            texts[name] = _kept_texts(told.text(name), stands, column, is_kept)
        elif any(value is not None for value in column):
            numbers[name] = _kept_numbers(told.number(name), places, column)
    return Told(told.keys, numbers, texts, _kept_wrong(told, places, columns[rows.COMPARED.index("set_aside")], said))


def _is_kept(status: str) -> bool:
    return status in LEFT_OUT


def _kept_texts(told: Sequence[str], stands: Mapping[int, Any], column: Sequence[Any], is_kept: Any) -> Sequence[str]:
    kept = list(told)
    for place, word in zip(stands, column, strict=True):
        if is_kept is None or is_kept(word):
            kept[place] = word or ""
    return kept


def _kept_numbers(told: Ints, places: Ints, column: Sequence[Any]) -> Ints:
    kept = told.copy()
    kept[places] = [NEVER if value is None else value for value in column]
    return kept


def _kept_wrong(told: Told, places: Ints, column: Sequence[str], said: frozenset[str]) -> Mapping[str, Mask]:
    """What was set aside stays so, where the source does not speak of it."""
    wrong = dict(told.wrong)
    for place, names in zip(places.tolist(), column, strict=True):
        for name in filter(None, names.split(",")):
            if name not in said:
                wrong[name] = wrong[name].copy() if name in wrong else np.zeros(len(told), dtype=bool)
                wrong[name][place] = True
    return wrong
