"""Scorecards to begin with: for e-mail, chat, calls and complaints, in the language of the team."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from cspm_core.qa import ON_CHOICE, Criterion, Definition, Section

from ..words import N_, Words
from .ready_texts import BY_KEY

Parts = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Ready:
    """One of them: its name, the channel it is offered for, and its sections with the keys of their criteria."""

    name: str
    channel: str
    parts: Parts


READY: Mapping[str, Ready] = {
    "email": Ready(N_("E-mail"), "email", (
        (N_("Understanding"), ("understood", "every_question")),
        (N_("Solution"), ("right", "solved", "next_step")),
        (N_("Tone and language"), ("friendly", "personal", "clear", "language")),
        (N_("Data and notes"), ("privacy", "recorded")),
    )),
    "chat": Ready(N_("Chat"), "chat", (
        (N_("Beginning and pace"), ("greeting", "understood", "company")),
        (N_("Solution"), ("right", "solved", "next_step")),
        (N_("Tone and language"), ("friendly", "empathy", "clear")),
        (N_("Data and ending"), ("privacy", "recorded", "closing")),
    )),
    "calls": Ready(N_("Phone calls"), "phone", (
        (N_("Beginning"), ("greeting", "identity", "listening")),
        (N_("Solution"), ("right", "solved", "next_step")),
        (N_("Voice and leading"), ("friendly", "empathy", "leading")),
        (N_("Data and ending"), ("privacy", "recorded", "closing")),
    )),
    "complaints": Ready(N_("Complaints"), ON_CHOICE, (
        (N_("Being heard"), ("seriously", "apology", "friendly")),
        (N_("Putting it right"), ("cause", "right", "fair", "next_step", "promise_kept")),
        (N_("Clarity"), ("clear", "personal")),
        (N_("Data and handing on"), ("privacy", "escalated")),
    )),
}  # fmt: skip
"""By the word that is typed for it."""


def ready(kind: str, t: Words) -> tuple[str, str, Definition]:
    """Name, channel and definition of one of them in a language. Raises KeyError."""
    found = READY[kind]
    sections = (Section(t(name), tuple(_criterion(BY_KEY[key], t) for key in keys)) for name, keys in found.parts)
    return t(found.name), found.channel, Definition(tuple(sections))


def empty(t: Words) -> Definition:
    """One section with one criterion, to begin with something of one's own."""
    return Definition((Section(t("First section"), (_criterion(BY_KEY["friendly"], t),)),))


def _criterion(one: Criterion, t: Words) -> Criterion:
    return replace(
        one,
        name=t(one.name),
        scale=tuple(t(word) for word in one.scale),
        guidance=t(one.guidance),
        causes=tuple(t(word) for word in one.causes),
    )
