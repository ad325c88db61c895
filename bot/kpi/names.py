"""What the figures are called and what each means, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from ..words import N_, Words

NAMES: Mapping[str, str] = {
    "volume": N_("New tickets"),
    "solved": N_("Solved tickets"),
    "resolution_rate": N_("Resolution rate"),
    "backlog": N_("Open tickets"),
    "unanswered": N_("Unanswered tickets"),
    "first_response": N_("First response time"),
    "first_response_business": N_("First response in working hours"),
    "full_resolution": N_("Resolution time"),
    "one_touch": N_("One-touch rate"),
    "reopen_rate": N_("Reopen rate"),
    "sla_first_response": N_("First response in time (SLA)"),
    "sla_resolution": N_("Resolution in time (SLA)"),
    "csat": N_("Customer satisfaction (CSAT)"),
    "csat_response_rate": N_("CSAT response rate"),
}

MEANINGS: Mapping[str, str] = {
    "volume": N_("How many tickets came in. Spam, tests, merged and deleted tickets are not counted."),
    "solved": N_("How many tickets had their last solve in the period, also if one has been reopened since."),
    "resolution_rate": N_(
        "The share of new tickets that were solved within 7 days. A ticket counts once it is 7 days old."
    ),
    "backlog": N_("How many tickets were unsolved at the end of the period, or now if it is still running."),
    "unanswered": N_("How many of the open tickets no human had answered yet, and how long the oldest has waited."),
    "first_response": N_(
        "Half of the customers waited no longer than this for the first reply by a human. "
        "Those who still wait are included, so leaving tickets unanswered never improves it."
    ),
    "first_response_business": N_(
        "The same wait for the first reply, but only the team’s working hours count. "
        "A ticket that came in and was answered outside them took 0 seconds."
    ),
    "full_resolution": N_(
        "Half of the tickets solved in the period took no longer than this from creation to their last solve. "
        "A ticket that is open again counts as not finished."
    ),
    "one_touch": N_("The share of solved tickets that took exactly one public reply."),
    "reopen_rate": N_(
        "The share of solved tickets that were reopened. It is provisional until 7 days after the last solve."
    ),
    "sla_first_response": N_(
        "The share of first replies that were due and came in time. "
        "Unanswered and past due counts against it; not yet due is not counted."
    ),
    "sla_resolution": N_(
        "The share of solves that were due and came in time. Open and past due counts against it; "
        "not yet due is not counted."
    ),
    "csat": N_("The share of ratings that were satisfied: 4 or 5 out of 5, or “good”. A 3 counts against it."),
    "csat_response_rate": N_("The share of surveys sent in the period that the customer has answered."),
}

EXTRAS: Mapping[str, str] = {
    "open_again": N_("open again"),
    "too_young": N_("too young to count"),
    "solved_unanswered": N_("solved without a reply"),
    "zero_reply": N_("solved without any reply"),
    "reopens": N_("reopens in all"),
    "at_risk": N_("at risk"),
    "past_due": N_("past due"),
}
"""Counts that stand beside a figure."""

TICKET_WORDS = {
    "new": N_("new"),
    "open": N_("open"),
    "pending": N_("pending"),
    "on_hold": N_("on hold"),
    "solved": N_("solved"),
    "closed": N_("closed"),
    "low": N_("low"),
    "normal": N_("normal"),
    "high": N_("high"),
    "urgent": N_("urgent"),
    "email": N_("e-mail"),
    "web": N_("web form"),
    "chat": N_("chat"),
    "phone": N_("phone"),
}
"""Statuses, priorities and channels as help desks write them."""


def ticket_word(key: str, t: Words) -> str:
    """A value of the help desk in the reader's language; one that we do not know as it stands."""
    return t(TICKET_WORDS[key]) if key in TICKET_WORDS else key
