"""What was filled into the modals of a scorecard, as the core takes it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cspm_core import errors
from cspm_core.qa import Criterion, Definition, OnCritical, OnNotApplicable

from ..asking import Ask
from ..escalations import fields
from . import scorecard_part_forms as forms

FIELDS: Mapping[str, str] = {
    "name": forms.NAME,
    "scale": forms.SCALE,
    "weight": forms.WEIGHT,
    "causes": forms.CAUSES,
    "guidance": forms.GUIDANCE,
    "passed_from": forms.PASSED,
    "section": forms.SECTION,
}
"""Beside which field something that is wrong is shown, by the part that it is about."""


def criterion(ask: Ask, known: Criterion | None) -> tuple[Criterion, int]:
    """The criterion, with the key it has, and the number of its section."""
    is_so = _ticked(ask, forms.IS)
    made = Criterion(
        known.key if known else "",
        " ".join(fields.text(ask, forms.NAME).split()),
        _lines(ask, forms.SCALE),
        _number(ask, forms.WEIGHT),
        forms.CRITICAL in is_so,
        forms.MAY_BE_NA in is_so,
        fields.text(ask, forms.GUIDANCE),
        _lines(ask, forms.CAUSES),
    )
    return made, int(fields.chosen(ask, forms.SECTION) or 0)


def settings(ask: Ask, definition: Definition) -> Definition:
    """How it is scored."""
    return replace(
        definition,
        on_critical=OnCritical(fields.chosen(ask, forms.ON_FAILURE) or OnCritical.ZERO),
        on_na=OnNotApplicable(fields.chosen(ask, forms.NOT_APPLICABLE) or OnNotApplicable.LEFT_OUT),
        passed_from=_number(ask, forms.PASSED),
    )


def channel(ask: Ask) -> str:
    """The channel chosen; empty: any."""
    found = fields.chosen(ask, forms.CHANNEL)
    return "" if found == "any" else found


def file(ask: Ask) -> str:
    """The id of the file chosen; empty: none."""
    found = _element(ask, forms.FILE).get("files") or ()
    return next((str(one["id"]) for one in found), "")


def beside(wrong: errors.BadScorecard, otherwise: str) -> str:
    """The block id that an error is shown beside."""
    return FIELDS.get(wrong.part, otherwise)


def _lines(ask: Ask, block_id: str) -> tuple[str, ...]:
    lines = (" ".join(line.split()) for line in fields.text(ask, block_id).splitlines())
    return tuple(line for line in lines if line)


def _number(ask: Ask, block_id: str) -> float:
    """Not a number where none was typed, so that the core refuses it."""
    try:
        return float(fields.text(ask, block_id))
    except ValueError:
        return math.nan


def _ticked(ask: Ask, block_id: str) -> set[str]:
    return {str(one["value"]) for one in _element(ask, block_id).get("selected_options") or ()}


def _element(ask: Ask, block_id: str) -> dict[str, Any]:
    values = (ask.slack.body.get("view") or {}).get("state", {}).get("values", {}).get(block_id, {})
    return next(iter(values.values()), None) or {}
