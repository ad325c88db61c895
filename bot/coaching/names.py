"""What rhythms, kinds of promises and their ends are called, marked for translation."""

from __future__ import annotations

from collections.abc import Mapping

from ..words import N_

RHYTHMS: Mapping[str, str] = {
    "weekly": N_("every week"),
    "biweekly": N_("every two weeks"),
    "monthly": N_("every month"),
    "never": N_("only when planned"),
}
PROMISE_KINDS: Mapping[str, str] = {
    "knowledge": N_("Knowledge"),
    "tone": N_("Tone"),
    "process": N_("Way of working"),
    "speed": N_("Speed"),
    "tool": N_("Tools"),
    "other": N_("Something else"),
}
ENDINGS: Mapping[str, str] = {
    "kept": N_("Kept"),
    "missed": N_("Not kept"),
    "dropped": N_("Not needed any more"),
}
MARKS: Mapping[str, str] = {"open": "◻︎", "kept": "✓", "missed": "✗", "dropped": "–"}
"""Beside the word, never instead of it."""
