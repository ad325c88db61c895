"""The keys of signals, trends, bands and comparisons as words, marked for translation."""

from __future__ import annotations

from cspm_core.kpi import Direction
from cspm_core.signals.rules import BandNote, Basis, Reason, Standing

from ..words import N_

REASONS = {
    Reason.NO_DATA: N_("No control chart: no day has data."),
    Reason.TOO_FEW: N_("No control chart yet: it takes at least 12 days with data to know what is usual."),
    Reason.LEVEL: N_(
        "No control chart: what stands open today was mostly open yesterday, so its days do not vary by chance alone."
    ),
    Reason.PROVISIONAL: N_("No control chart yet: no day is old enough to be judged."),
}
"""Why there is none, a sentence each."""

MARKS = {True: "▲", False: "▼"}
"""Above and below what is usual."""

OUTSIDE = {True: N_("above the limits"), False: N_("below the limits")}
IN_A_ROW = {
    True: N_("in a row above the usual, since {day}"),
    False: N_("in a row below the usual, since {day}"),
}
"""What a flagged day is, by whether it lies above."""

GOODS = {Direction.BETTER: N_("better"), Direction.WORSE: N_("worse")}
"""Which way it went, where one way is good."""

STANDINGS = {
    Standing.ABOVE: N_("above"),
    Standing.BELOW: N_("below"),
    Standing.ALIKE: N_("not distinguishable"),
}

NOTES = {
    BandNote.FEW_AGENTS: N_("Fewer than 8 people have at least 5 each, so nothing is said about anybody."),
    BandNote.NO_SPREAD: N_("The people differ by no more than chance would have them differ, so nobody stands apart."),
    BandNote.COUNTS: N_("A count says who was there, not how it went, so nobody is compared by it."),
    BandNote.NOBODY: N_("This figure is nobody’s in particular, so nobody is compared by it."),
    BandNote.NO_DATA: N_("There is no data for this period."),
}
"""Why there are no words about people."""

COMPARED = {
    Basis.SHARE: N_("Compared is the share of tickets that count for the figure."),
    Basis.FASTER: N_(
        "Compared is the share of tickets that took no longer than {duration}, the median of the whole team: medians "
        "cannot be put on the same mix."
    ),
    Basis.MEAN: N_("Compared is the mean."),
}
"""What of each person's tickets is compared."""
