"""All examples of the house, by name. Golden tests and the gallery draw the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..blocks import Drawing
from ..digests.examples import EXAMPLES as DIGESTS
from ..home.examples import EXAMPLES as HOME
from ..kpi.examples import EXAMPLES as KPI
from ..words import Words
from .sentences import EXAMPLES as SENTENCES

EXAMPLES: Mapping[str, Callable[[Words], Drawing]] = {**KPI, **DIGESTS, **HOME, **SENTENCES}
