"""What people ask for: a figure by its key or another name for it, a period by its words."""

from __future__ import annotations

import difflib
from datetime import datetime

from .. import errors
from ..metrics import CATALOGUE, Metric
from ..periods import BadPeriod, Period, parse_period

NAMES = {name: metric for metric in CATALOGUE.values() for name in (metric.key, *metric.aliases)}


def metric_named(text: str) -> Metric:
    """The metric of that key or alias, whatever its case, spaces and dashes. Raises UnknownMetric with the nearest."""
    plain = "_".join(text.casefold().replace("-", " ").replace("_", " ").split())
    if plain in NAMES:
        return NAMES[plain]
    near = difflib.get_close_matches(plain, NAMES, n=1)
    raise errors.UnknownMetric(text, NAMES[near[0]].key if near else None, tuple(CATALOGUE))


def period_named(text: str, *, timezone: str, now: datetime) -> Period:
    """The period of those words in a zone. Raises UnknownPeriod with the nearest, NotBegun."""
    try:
        return parse_period(text, timezone=timezone, now=now)
    except BadPeriod as bad:
        if bad.reason == "future":
            raise errors.NotBegun(text) from bad
        raise errors.UnknownPeriod(text, bad.nearest) from bad
