"""All examples of the house, by name. Golden tests and the gallery draw the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..blocks import Drawing
from ..calibrations.examples import EXAMPLES as CALIBRATIONS
from ..coaching.effect_examples import EXAMPLES as COACHING_EFFECTS
from ..coaching.examples import EXAMPLES as COACHING
from ..crises.examples import EXAMPLES as CRISES
from ..detectors.examples import EXAMPLES as DETECTORS
from ..digests.examples import EXAMPLES as DIGESTS
from ..disputes.examples import EXAMPLES as DISPUTES
from ..door.examples import EXAMPLES as DOOR
from ..drivers.examples import EXAMPLES as DRIVERS
from ..duty.examples import EXAMPLES as DUTY
from ..escalations.examples import EXAMPLES as ESCALATIONS
from ..escalations.look_examples import EXAMPLES as LOOK
from ..first_days.examples import EXAMPLES as FIRST_DAYS
from ..goals.examples import EXAMPLES as GOALS
from ..handovers.examples import EXAMPLES as HANDOVERS
from ..home.examples import EXAMPLES as HOME
from ..kpi.catalogue_examples import EXAMPLES as CATALOGUE
from ..kpi.examples import EXAMPLES as KPI
from ..matching.examples import EXAMPLES as MATCHING
from ..privacy.examples import EXAMPLES as PRIVACY
from ..qa.review_examples import EXAMPLES as REVIEWS
from ..qa.score_examples import EXAMPLES as SCORES
from ..qa.scorecard_examples import EXAMPLES as SCORECARDS
from ..recognition.examples import EXAMPLES as RECOGNITION
from ..running.examples import EXAMPLES as RUNNING
from ..samples.examples import EXAMPLES as SAMPLES
from ..setup.examples import EXAMPLES as SETUP
from ..signals.examples import EXAMPLES as SIGNALS
from ..signals.examples import PICTURES as SIGNAL_PICTURES
from ..staleness.examples import EXAMPLES as STALENESS
from ..today.examples import EXAMPLES as TODAY
from ..tours.examples import EXAMPLES as TOURS
from ..uploads.examples import EXAMPLES as UPLOADS
from ..welcomes.examples import EXAMPLES as WELCOMES
from ..wellbeing.examples import EXAMPLES as WELLBEING
from ..words import Words
from .sentences import EXAMPLES as SENTENCES

EXAMPLES: Mapping[str, Callable[[Words], Drawing]] = {
    **KPI,
    **CATALOGUE,
    **SIGNALS,
    **DRIVERS,
    **DIGESTS,
    **FIRST_DAYS,
    **DETECTORS,
    **DUTY,
    **COACHING_EFFECTS,
    **CRISES,
    **COACHING,
    **HANDOVERS,
    **DISPUTES,
    **CALIBRATIONS,
    **ESCALATIONS,
    **LOOK,
    **HOME,
    **MATCHING,
    **PRIVACY,
    **WELCOMES,
    **WELLBEING,
    **TODAY,
    **TOURS,
    **GOALS,
    **RECOGNITION,
    **DOOR,
    **REVIEWS,
    **SCORES,
    **SCORECARDS,
    **SAMPLES,
    **SETUP,
    **UPLOADS,
    **STALENESS,
    **RUNNING,
    **SENTENCES,
}

PICTURES: Mapping[str, Callable[[Words], bytes]] = SIGNAL_PICTURES
"""The files that stand in examples, by the example's name."""
