"""What is answered to whoever pressed something on an escalation, in a sentence. Pure."""

from __future__ import annotations

from cspm_core.escalations import Done, Raised

from ..blocks import escape
from ..words import Words
from .titles import called


def raised(raised: Raised, t: Words) -> str:
    """What became of it, to whoever reported something that is known."""
    name = called(raised.number)
    match raised.state:
        case "counted":
            return t("That is {name} already. Your report is counted there.", name=name)
        case "reopened":
            return t("That was {name}, which is open again now.", name=name)
    return t("Raised as {name}.", name=name)


def taken(done: Done, owner: str, t: Words) -> str:
    """Yours; or who was first, and when."""
    name = called(done.number)
    if done.first or not owner:
        return t("{name} is yours. Everybody sees it.", name=name)
    if done.at is None:
        return t("{person} has {name} already.", person=escape(owner), name=name)
    return t("{person} was first: {name} is taken since {at}.", person=escape(owner), name=name, at=t.moment(done.at))


def kept(done: Done, t: Words) -> str:
    return t("{name} stays yours.", name=called(done.number))


def released(done: Done, t: Words) -> str:
    if not done.first:
        return t("Nobody has {name}, so there is nothing to give back.", name=called(done.number))
    return t("You gave {name} back. It climbs again.", name=called(done.number))


def promise_kept(done: Done, t: Words) -> str:
    if not done.first:
        return t("That was said already.")
    return t("Noted: the promise of {name} is kept.", name=called(done.number))


def checked(done: Done, satisfied: bool, t: Words) -> str:
    if not done.first:
        return t("That was said already.")
    if satisfied:
        return t("Noted: the customer of {name} is satisfied.", name=called(done.number))
    return t("Noted. {name} is open again.", name=called(done.number))


def reopened(done: Done, t: Words) -> str:
    if not done.first:
        return t("{name} is open already.", name=called(done.number))
    return t("{name} is open again.", name=called(done.number))
