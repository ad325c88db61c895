"""The keys of drivers as words, marked for translation."""

from __future__ import annotations

from cspm_core.drivers import Dimension, NoDriverReason

from ..words import N_

DIMENSIONS = {
    Dimension.CHANNEL: N_("channel"),
    Dimension.QUEUE: N_("queue"),
    Dimension.CATEGORY: N_("category"),
    Dimension.LANGUAGE: N_("language"),
    Dimension.PRIORITY: N_("priority"),
    Dimension.HOUR: N_("time of day"),
    Dimension.AGENT: N_("person"),
}

HOURS = {
    "night": N_("0:00 to 6:00"),
    "morning": N_("6:00 to 12:00"),
    "afternoon": N_("12:00 to 18:00"),
    "evening": N_("18:00 to 24:00"),
}
"""When a ticket came in, in the team's time."""

ROSE = N_("{figure} rose from {before} to {now}: {driver}.")
FELL = N_("{figure} fell from {before} to {now}: {driver}.")

REASONS = {
    NoDriverReason.NO_DATA: N_("There is no data to compare."),
    NoDriverReason.TOO_FEW: N_("There are too few tickets to say what moved it: it takes 30 in each of the periods."),
    NoDriverReason.NOISE: N_("The change may be chance, so there is nothing to look for behind it."),
    NoDriverReason.NO_SINGLE: N_(
        "No single driver: no channel, queue, category, language, priority or time of day explains it alone."
    ),
    NoDriverReason.WHOLE: N_("This figure cannot be taken apart by its tickets."),
}
"""Why there is none, a sentence each."""
