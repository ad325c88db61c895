"""What is known of a reviewed contact, in a few lines. Pure drawing."""

from __future__ import annotations

from cspm_core.qa import Review

from ..blocks import escape, is_address, short
from ..kpi.names import ticket_word
from ..words import Words

NUMBERED = ("5", "7", "10", "3", "4", "6", "nps", "ces")
"""Scales on which an answer is a number."""
HIGHEST = {"nps": "10", "ces": "7"}


def facts(one: Review, t: Words) -> str:
    """Which contact, whose, and how it went."""
    contact = one.contact
    head = f"*{escape(contact.key)}*"
    if contact.subject:
        head += f" · {escape(short(contact.subject, 150))}"
    whose = [one.agent, *(ticket_word(word, t) for word in (contact.channel, contact.category) if word)]
    lines = [head, " · ".join(escape(short(word, 80)) for word in whose), " · ".join(_went(one, t)), links(one, t)]
    return "\n".join(line for line in lines if line)


def _went(one: Review, t: Words) -> list[str]:
    contact, told = one.contact, []
    if contact.solved_at is not None:
        told.append(t("Solved {moment}", moment=t.moment(contact.solved_at, one.timezone)))
    if contact.first_response_s is not None:
        told.append(t("first response after {duration}", duration=t.duration(contact.first_response_s)))
    if contact.reopens:
        told.append(t.n("{n} reopening", "{n} reopenings", contact.reopens))
    return told


def links(one: Review, t: Words) -> str:
    """Where the conversation itself is."""
    found = ((one.contact.url, t("Open the ticket")), (one.contact.recording_url, t("Listen to the recording")))
    return " · ".join(f"<{escape(url)}|{escape(said)}>" for url, said in found if is_address(url))


def rating(one: Review, t: Words) -> str:
    """What the customer said; empty where they said nothing, and in a calibration."""
    contact = one.contact
    if one.calibration_id is not None or not contact.csat:
        return ""
    if contact.csat_scale in NUMBERED:
        highest = HIGHEST.get(contact.csat_scale or "", contact.csat_scale)
        said = t("The customer’s rating: {rating} of {highest}", rating=escape(contact.csat), highest=highest)
    elif contact.csat_good is None:
        said = t("The customer’s rating: {rating}", rating=escape(contact.csat))
    else:
        said = t("The customer was satisfied.") if contact.csat_good else t("The customer was not satisfied.")
    if contact.csat_comment:
        said += f"\n>{escape(short(' '.join(contact.csat_comment.split()), 400))}"
    return said
