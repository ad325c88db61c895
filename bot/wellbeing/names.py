"""What is asked, and what answers mean."""

from __future__ import annotations

from collections.abc import Mapping

from ..words import N_

QUESTIONS: Mapping[str, tuple[str, str]] = {
    "pulse": (
        N_("This week I could do good work."),
        N_("I know what is expected of me, and get the help I need."),
    ),
    "talk": (N_("The talk helped me."), N_("I could say what matters to me.")),
}
SCALE: Mapping[str, str] = {
    "1": N_("1 – not at all"),
    "2": N_("2 – hardly"),
    "3": N_("3 – partly"),
    "4": N_("4 – mostly"),
    "5": N_("5 – fully"),
}
OUTCOMES: Mapping[str, str] = {
    "reached": N_("Reached"),
    "partly": N_("Partly reached"),
    "not_reached": N_("Not reached"),
}
