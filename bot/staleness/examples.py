"""A reminder about old data, in each of its states."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from cspm_core.staleness import Stale

from ..blocks import Drawing
from ..kpi.examples import NOW
from ..words import Words
from . import views

OLD = Stale("Returns", "America/New_York", NOW - timedelta(days=3), is_live=False, is_over=False)

EXAMPLES: Mapping[str, Callable[[Words], Drawing]] = {
    "stale.export": lambda t: views.reminder(OLD, t),
    "stale.live": lambda t: views.reminder(replace(OLD, is_live=True), t),
    "stale.over": lambda t: views.reminder(replace(OLD, is_over=True), t),
}
