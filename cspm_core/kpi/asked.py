"""What people ask for: a figure by its key or another name for it, a period by its words."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from datetime import datetime

from .. import errors
from ..metrics import CATALOGUE, Metric
from ..periods import BadPeriod, Period, parse_period


def metric_named(text: str, every: Mapping[str, Metric] = CATALOGUE) -> Metric:
    """The metric of that key or alias, whatever its case, spaces and dashes. Raises UnknownMetric with the nearest.

    `every`: the metrics there are; a team may have made some itself.
    """
    names = {name: metric for metric in every.values() for name in (metric.key, *metric.aliases)}
    plain = "_".join(text.casefold().replace("-", " ").replace("_", " ").split())
    if plain in names:
        return names[plain]
    near = difflib.get_close_matches(plain, names, n=1)
    raise errors.UnknownMetric(text, names[near[0]].key if near else None, tuple(every))


def period_named(text: str, *, timezone: str, now: datetime) -> Period:
    """The period of those words in a zone. Raises UnknownPeriod with the nearest, NotBegun."""
    try:
        return parse_period(text, timezone=timezone, now=now)
    except BadPeriod as bad:
        if bad.reason == "future":
            raise errors.NotBegun(text) from bad
        raise errors.UnknownPeriod(text, bad.nearest) from bad
