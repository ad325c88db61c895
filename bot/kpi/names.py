"""What the figures are called and what each means, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from cspm_core.metrics import Metric

from ..words import N_, Words

NAMES: Mapping[str, str] = {
    "volume": N_("New tickets"),
    "solved": N_("Solved tickets"),
    "resolution_rate": N_("Resolution rate"),
    "backlog": N_("Open tickets"),
    "backlog_age": N_("Age of open tickets"),
    "unanswered": N_("Unanswered tickets"),
    "first_response": N_("First response time"),
    "first_response_business": N_("First response in working hours"),
    "next_reply": N_("Next reply time"),
    "next_reply_business": N_("Next reply in working hours"),
    "full_resolution": N_("Resolution time"),
    "first_resolution": N_("Time to the first solve"),
    "requester_wait": N_("Time customers waited"),
    "agent_work": N_("Time tickets were open to work on"),
    "one_touch": N_("One-touch rate"),
    "reopen_rate": N_("Reopen rate"),
    "sla_first_response": N_("First response in time (SLA)"),
    "sla_resolution": N_("Resolution in time (SLA)"),
    "csat": N_("Customer satisfaction (CSAT)"),
    "csat_response_rate": N_("CSAT response rate"),
    "tickets_per_agent": N_("Solved tickets per agent"),
    "fcr": N_("First contact resolution"),
    "transfer_rate": N_("Transfer rate"),
    "nps": N_("Net promoter score (NPS)"),
    "ces": N_("Customer effort (CES)"),
    "calls": N_("Calls offered"),
    "calls_resolved": N_("Calls resolved"),
    "service_level": N_("Service level"),
    "asa": N_("Average speed of answer"),
    "abandonment": N_("Abandoned calls"),
    "aht": N_("Average handle time"),
    "escalations": N_("Escalations"),
    "time_to_acknowledge": N_("Time to take an escalation"),
    "time_to_acknowledge_business": N_("Time to take an escalation, working hours"),
    "time_to_resolve_escalation": N_("Time to resolve an escalation"),
    "time_to_resolve_escalation_business": N_("Time to resolve an escalation, working hours"),
    "acknowledged_in_time": N_("Escalations taken in time"),
    "escalation_rate": N_("Escalation rate"),
    "escalation_repeats": N_("Repeated escalations"),
    "escalations_satisfied": N_("Customers satisfied after an escalation"),
    "qa_score": N_("QA score (IQS)"),
    "qa_pass_rate": N_("Reviews passed"),
    "critical_errors": N_("Critical errors"),
    "qa_coverage": N_("Tickets reviewed"),
}

MEANINGS: Mapping[str, str] = {
    "volume": N_("How many tickets came in. Spam, tests, merged and deleted tickets are not counted."),
    "solved": N_("How many tickets had their last solve in the period, also if one has been reopened since."),
    "resolution_rate": N_(
        "The share of new tickets that were solved within 7 days. A ticket counts once it is 7 days old."
    ),
    "backlog": N_("How many tickets were unsolved at the end of the period, or now if it is still running."),
    "backlog_age": N_("Half of the open tickets are no older than this, counted from their creation."),
    "unanswered": N_("How many of the open tickets no human had answered yet, and how long the oldest has waited."),
    "first_response": N_(
        "Half of the customers waited no longer than this for the first reply by a human. "
        "Those who still wait are included, so leaving tickets unanswered never improves it."
    ),
    "first_response_business": N_(
        "The same wait for the first reply, but only the team’s working hours count. "
        "A ticket that came in and was answered outside them took 0 seconds."
    ),
    "next_reply": N_(
        "Half of the waits of customers for a reply took no longer than this, from their oldest unanswered message on. "
        "Waits that still go on are included, so leaving them never improves it."
    ),
    "next_reply_business": N_("The same wait for the next reply, but only the team’s working hours count."),
    "full_resolution": N_(
        "Half of the tickets solved in the period took no longer than this from creation to their last solve. "
        "A ticket that is open again counts as not finished."
    ),
    "first_resolution": N_(
        "Half of the tickets solved for the first time in the period took no longer than this from creation to that "
        "solve, even if they came back later."
    ),
    "requester_wait": N_(
        "Half of the tickets solved in the period were new, open or on hold no longer than this. "
        "The time we waited for the customer is not counted."
    ),
    "agent_work": N_(
        "Half of the tickets solved in the period were new or open no longer than this. "
        "It is time that passed, and says nothing about effort."
    ),
    "one_touch": N_("The share of solved tickets that took exactly one public reply."),
    "reopen_rate": N_(
        "The share of solved tickets that were reopened within 7 days of a solve. Where your help desk gives only a "
        "number of reopens, one or more counts. It is provisional until 7 days after the last solve."
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
    "tickets_per_agent": N_("Solved tickets for each agent who solved at least one. Solves of nobody are set aside."),
    "fcr": N_(
        "The share of solved tickets and calls after which the customer did not turn to us again about the same matter "
        "within 7 days. A reopening counts as once more. A contact counts 7 days after it was solved."
    ),
    "transfer_rate": N_(
        "The share of solved tickets and answered calls that were handed on to somebody else at least once."
    ),
    "nps": N_(
        "The share of customers who would recommend us (9 or 10 of 10) less the share of those who would not (0 to 6), "
        "from −100 to 100."
    ),
    "ces": N_("How easy customers say it was, on average, from 1 (very hard) to 7 (very easy)."),
    "calls": N_(
        "How many callers entered the queue. Whoever hung up at once is counted apart, and so are calls that we made."
    ),
    "calls_resolved": N_("The share of answered calls that were marked as resolved."),
    "service_level": N_(
        "The share of offered calls that were answered in time. "
        "Whoever hung up while waiting counts against it, unless your team has chosen otherwise."
    ),
    "asa": N_(
        "How long callers waited on average until somebody answered, from when they entered the queue. "
        "Callers who hung up are not in it: the abandoned calls stand beside it."
    ),
    "abandonment": N_("The share of offered calls in which the caller hung up before anybody answered."),
    "aht": N_(
        "How long a call kept an agent busy on average: talk, hold and work after the call. "
        "Calls that we made count too."
    ),
    "escalations": N_(
        "How many escalations were opened for the team. The same cause counts once, however often it came."
    ),
    "time_to_acknowledge": N_(
        "Half of the escalations waited no longer than this until somebody took them. "
        "Those that nobody has taken are included, so ignoring one never improves it."
    ),
    "time_to_acknowledge_business": N_(
        "The same wait until somebody took it, but only the team’s working hours count."
    ),
    "time_to_resolve_escalation": N_(
        "Half of the escalations took no longer than this until they were resolved. "
        "Those still open, or open again, are included as not finished."
    ),
    "time_to_resolve_escalation_business": N_(
        "The same time until it was resolved, but only the team’s working hours count."
    ),
    "acknowledged_in_time": N_(
        "The share of escalations that somebody took before the next step was due. "
        "Not taken and past that moment counts against it; not yet due is not counted."
    ),
    "escalation_rate": N_("The share of solved tickets that had been escalated. Calls are not counted."),
    "escalation_repeats": N_(
        "The share of resolved escalations whose customer or category had another one in the 90 days before."
    ),
    "escalations_satisfied": N_(
        "The share of customers who said they were satisfied when they were asked after a resolved escalation."
    ),
    "qa_score": N_(
        "The mean score of reviews, from 0 to 100. Only contacts drawn at random count: those picked for a low rating, "
        "an escalation or another reason do not, and neither does a calibration."
    ),
    "qa_pass_rate": N_("The share of reviews of contacts drawn at random that were passed."),
    "critical_errors": N_(
        "The share of reviews of contacts drawn at random in which at least one critical criterion failed."
    ),
    "qa_coverage": N_(
        "The share of solved tickets that somebody has reviewed, however they were picked. "
        "It can still rise: a ticket may be reviewed later."
    ),
}

EXTRAS: Mapping[str, str] = {
    "open_again": N_("open again"),
    "too_young": N_("too young to count"),
    "solved_unanswered": N_("solved without a reply"),
    "zero_reply": N_("solved without any reply"),
    "reopens": N_("reopens in all"),
    "at_risk": N_("at risk"),
    "past_due": N_("past due"),
    "resolved_untaken": N_("resolved before anybody took it"),
    "came_again": N_("turned to us again"),
    "reopened": N_("reopened"),
    "promoters": N_("promoters"),
    "passives": N_("neither for nor against"),
    "detractors": N_("detractors"),
    "easy": N_("5 to 7 of 7"),
    "short_abandons": N_("hung up at once"),
    "outbound": N_("calls we made"),
    "abandoned": N_("abandoned"),
    "abandoned_in_time": N_("hung up in time"),
    "no_hold": N_("without hold time"),
    "no_wrap": N_("without work after the call"),
    "prompted": N_("picked for a reason, not in the score"),
    "failures": N_("critical failures in all"),
}
"""Counts that stand beside a figure."""

CAUSES: Mapping[str, str] = {
    "person": N_("raised by a person"),
    "message": N_("raised from a message"),
    "ticket": N_("raised from a ticket"),
    "rule": N_("found by a detector"),
    "hook": N_("sent by another system"),
    "handover": N_("handover not taken over"),
    "promise": N_("promise to a customer"),
    "crisis": N_("crisis"),
}
"""What raised an escalation; detectors have names of their own."""

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


def name_of(metric: Metric, t: Words) -> str:
    """What a figure is called: ours in the reader's language, a team's own as the team calls it there."""
    return metric.own.name(t.language) if metric.own else t(NAMES[metric.key])


def ticket_word(key: str, t: Words) -> str:
    """A value of the help desk in the reader's language; one that we do not know as it stands."""
    return t(TICKET_WORDS[key]) if key in TICKET_WORDS else key
