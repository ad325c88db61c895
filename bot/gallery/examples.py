"""All examples of the house, by name. Golden tests and the gallery draw the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..blocks import Drawing
from ..crises.examples import EXAMPLES as CRISES
from ..detectors.examples import EXAMPLES as DETECTORS
from ..digests.examples import EXAMPLES as DIGESTS
from ..drivers.examples import EXAMPLES as DRIVERS
from ..duty.examples import EXAMPLES as DUTY
from ..escalations.examples import EXAMPLES as ESCALATIONS
from ..escalations.look_examples import EXAMPLES as LOOK
from ..handovers.examples import EXAMPLES as HANDOVERS
from ..home.examples import EXAMPLES as HOME
from ..kpi.catalogue_examples import EXAMPLES as CATALOGUE
from ..kpi.examples import EXAMPLES as KPI
from ..signals.examples import EXAMPLES as SIGNALS
from ..signals.examples import PICTURES as SIGNAL_PICTURES
from ..uploads.examples import EXAMPLES as UPLOADS
from ..words import Words
from .sentences import EXAMPLES as SENTENCES

EXAMPLES: Mapping[str, Callable[[Words], Drawing]] = {
    **KPI,
    **CATALOGUE,
    **SIGNALS,
    **DRIVERS,
    **DIGESTS,
    **DETECTORS,
    **DUTY,
    **CRISES,
    **HANDOVERS,
    **ESCALATIONS,
    **LOOK,
    **HOME,
    **UPLOADS,
    **SENTENCES,
}

PICTURES: Mapping[str, Callable[[Words], bytes]] = SIGNAL_PICTURES
"""The files that stand in examples, by the example's name."""
