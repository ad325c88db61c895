"""The first day's keys as words, marked for translation."""

from __future__ import annotations

from ..words import N_

PACES = {
    ("volume", "week"): N_("New tickets a week"),
    ("volume", "day"): N_("New tickets a day"),
    ("volume", "total"): N_("New tickets so far"),
    ("solved", "week"): N_("Solved tickets a week"),
    ("solved", "day"): N_("Solved tickets a day"),
    ("solved", "total"): N_("Solved tickets so far"),
}
