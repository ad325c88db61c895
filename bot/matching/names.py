"""Why somebody is suggested, what hangs on a name, and what came of a tap, in a lead's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cspm_core.matching import Reason, Work

from ..blocks import escape, short
from ..words import N_, Words

NAME = 60

REASONS: Mapping[Reason, str] = {
    Reason.ADDRESS: N_("the same address"),
    Reason.NAME: N_("the same name"),
    Reason.LOGIN: N_("what they sign in with"),
    Reason.SHORTER: N_("part of the name is left out"),
    Reason.INITIALS: N_("the initials fit"),
    Reason.ALONE: N_("one part of the name fits"),
    Reason.SPELLED: N_("spelled nearly the same"),
}


def work(of: Work, t: Words) -> str:
    """412 tickets, 3 calls and 2 reviews."""
    parts = []
    if of.tickets:
        parts.append(t.n("{n} ticket", "{n} tickets", of.tickets))
    if of.replies:
        parts.append(t.n("{n} first reply", "{n} first replies", of.replies))
    if of.calls:
        parts.append(t.n("{n} call", "{n} calls", of.calls))
    if of.reviews:
        parts.append(t.n("{n} review", "{n} reviews", of.reviews))
    return t.join(parts)


def is_somebody(name: str, person: str, teams: Sequence[str], t: Words) -> str:
    """What came of a confirmation."""
    said = t("✓ “{name}” is {person}. Figures count it from now on.", name=named(name), person=named(person))
    if not teams:
        return said
    joined = t("{person} is an agent of {team} now.", person=named(person), team=escape(t.join(list(teams))))
    return t.sentences(said, joined)


def are_somebody(n: int, t: Words) -> str:
    """What came of several at once."""
    return t.n("✓ {n} name is somebody’s now.", "✓ {n} names are somebody’s now.", n)


def is_nobody(name: str, t: Words) -> str:
    """It is not asked about again."""
    return t("✓ “{name}” is nobody of yours. I do not ask again.", name=named(name))


def taken_back(name: str, person: str, t: Words) -> str:
    """It was wrong."""
    if not person:
        return t("“{name}” is open again.", name=named(name))
    return t("“{name}” is not {person} any more: figures leave it out again.", name=named(name), person=named(person))


def not_met(name: str, t: Words) -> str:
    """Slack told nothing of the person."""
    return t("Slack did not tell me about the person for “{name}”. Try again in a minute.", name=named(name))


def named(text: str, most: int = NAME) -> str:
    """A name from the data inside markup, on one line."""
    return escape(short(" ".join(text.split()), most))
