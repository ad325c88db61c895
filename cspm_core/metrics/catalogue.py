"""Every number the bot can say, defined once. Names and meanings are words: `bot/kpi/names.py` has them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from .formulas import calls, contacts, counts, escalations, resolutions, reviews, shares, spells, times
from .frame import Columns, Window
from .measures import Measure
from .parts import Part, count, duration, each, mean, net_promoter, outside, score, share

if TYPE_CHECKING:
    from .own.definition import Definition


class Subject(StrEnum):
    """Whose columns a formula reads."""

    TICKETS = "tickets"
    ESCALATED = "escalated_tickets"
    """Tickets, with when each was escalated."""
    CONTACTS = "contacts"
    """Tickets and calls together."""
    SPELLS = "spells"
    """Waits of customers for an answer."""
    CALLS = "calls"
    ESCALATIONS = "escalations"
    CHECK_BACKS = "check_backs"
    REVIEWS = "reviews"
    """Contacts that were scored, one entry a review."""
    REVIEWED = "reviewed_tickets"
    """Tickets, with when each was reviewed."""


class Unit(StrEnum):
    """What a value is counted in; a share lies between 0 and 1."""

    SECONDS = "seconds"
    SHARE = "share"
    COUNT = "count"
    POINTS = "points"
    """Of net promoters: from -100 to 100."""
    SCORE = "score"
    """A mean of answers, on their own scale."""
    OF_100 = "of_100"
    """A mean of points from 0 to 100."""
    EACH = "each"
    """So many for each agent."""


class Better(StrEnum):
    LOWER = "lower"
    HIGHER = "higher"
    NEITHER = "neither"


class Cohort(StrEnum):
    """The event that places a ticket or an escalation in a period."""

    CREATED = "created"
    SOLVED = "solved"
    RATED = "rated"
    SENT = "sent"
    OPENED = "opened"
    RESOLVED = "resolved"
    CHECKED = "checked"
    """The customer of an escalation was asked, and answered."""
    WRITTEN = "written"
    """The customer wrote, and from then on waits."""
    QUEUED = "queued"
    """The call entered the queue."""
    FIRST_SOLVED = "first_solved"
    BEGUN = "begun"
    """The customer turned to the team: the ticket was created, or the call queued."""
    ANSWERED = "answered"
    """Somebody took the call."""
    HANDLED = "handled"
    """The ticket was solved, or the call was answered."""
    REVIEWED = "reviewed"
    """The review was sent."""
    INSTANT = "instant"
    """No event: what stands open at the end of the period, or now."""


class Clock(StrEnum):
    CALENDAR = "calendar"
    BUSINESS = "business"
    NONE = "none"


SUMMARIES: Mapping[Unit, Callable[[Part], Measure]] = {
    Unit.SECONDS: duration,
    Unit.SHARE: share,
    Unit.COUNT: count,
    Unit.EACH: each,
    Unit.POINTS: net_promoter,
    Unit.SCORE: mean,
    Unit.OF_100: score,
}


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure: its key, how to read it, and the formula that picks what stands behind it."""

    key: str
    unit: Unit
    better: Better
    cohort: Cohort
    clock: Clock
    formula: Callable[[Any, Window], Part]
    """From the columns of its subject."""
    source: str
    """Whose definition it is; the differences are said in the formula."""
    guards: tuple[str, ...] = ()
    """Figures of quality, one of which always stands beside this one of speed."""
    aliases: tuple[str, ...] = ()
    of: Subject = Subject.TICKETS
    summary: Callable[[Part], Measure] | None = None
    """From the part to the figure; None: the usual one of its unit."""
    credit: str = "agent"
    """The column that says whose it is: `agent` or `responder`."""
    own: Definition | None = field(default=None, compare=False)
    """Where a team made it itself: its names, and what it is made of."""

    @property
    def lists_tickets(self) -> bool:
        """Whether tickets and calls stand behind it, rather than escalations or reviews."""
        return not self.lists_escalations and not self.lists_reviews

    @property
    def lists_escalations(self) -> bool:
        """Whether escalations stand behind it."""
        return self.of in (Subject.ESCALATIONS, Subject.CHECK_BACKS)

    @property
    def lists_reviews(self) -> bool:
        """Whether reviews stand behind it."""
        return self.of is Subject.REVIEWS

    @property
    def is_own_record(self) -> bool:
        """Whether it is of what happened here, so that it is complete to the last moment and not to the last export."""
        return self.lists_escalations or self.lists_reviews

    def measure(self, facts: Columns, window: Window) -> Measure:
        """The figure over one window; no data where the window has not begun or lies before the data."""
        missing = outside(window)
        return Measure(None, 0, note=missing) if missing else self.summed(self.formula(facts, window))

    def summed(self, part: Part) -> Measure:
        """The figure that a part makes."""
        return (self.summary or SUMMARIES[self.unit])(part)


QUALITY = ("csat", "reopen_rate")
KEPT = ("escalation_repeats", "escalations_satisfied")
"""The quality beside the speed of escalations: did it come back, was the customer content."""
CALLED = ("calls_resolved", "csat", "abandonment")
"""The quality beside the speed of calls: was it resolved, was the caller content, did they wait for us at all."""
SPEED = (Unit.SECONDS, Better.LOWER)

_METRICS = (
    Metric("volume", Unit.COUNT, Better.NEITHER, Cohort.CREATED, Clock.NONE, counts.volume, "Zendesk: tickets created",
           aliases=("new", "created", "tickets")),
    Metric("solved", Unit.COUNT, Better.HIGHER, Cohort.SOLVED, Clock.NONE, counts.solved, "Zendesk: tickets solved",
           guards=("reopen_rate", "csat"), aliases=("resolved", "solves")),
    Metric("resolution_rate", Unit.SHARE, Better.HIGHER, Cohort.CREATED, Clock.CALENDAR, shares.resolution_rate,
           "HDI: resolution rate, within 7 days", guards=("reopen_rate", "csat"), aliases=("resolution",)),
    Metric("backlog", Unit.COUNT, Better.LOWER, Cohort.INSTANT, Clock.CALENDAR, counts.backlog,
           "Zendesk: unsolved tickets", guards=("reopen_rate", "csat"), aliases=("open", "unsolved")),
    Metric("backlog_age", *SPEED, Cohort.INSTANT, Clock.CALENDAR, counts.backlog_age,
           "Zendesk: age of unsolved tickets", guards=("reopen_rate", "csat"), aliases=("age", "open_age")),
    Metric("unanswered", Unit.COUNT, Better.LOWER, Cohort.INSTANT, Clock.CALENDAR, counts.unanswered,
           "Zendesk: unreplied unsolved tickets", aliases=("unreplied", "waiting")),
    Metric("first_response", *SPEED, Cohort.CREATED, Clock.CALENDAR, times.first_response,
           "Zendesk: first reply time; Kaplan and Meier 1958", guards=QUALITY,
           aliases=("frt", "first_reply", "response"), credit="responder"),
    Metric("first_response_business", *SPEED, Cohort.CREATED, Clock.BUSINESS, times.first_response_business,
           "Zendesk: first reply time in business hours; Kaplan and Meier 1958", guards=QUALITY,
           aliases=("frt_business", "business_response"), credit="responder"),
    Metric("next_reply", *SPEED, Cohort.WRITTEN, Clock.CALENDAR, spells.next_reply,
           "Zendesk: next reply time; Kaplan and Meier 1958", guards=QUALITY, aliases=("next_response", "nrt"),
           of=Subject.SPELLS),
    Metric("next_reply_business", *SPEED, Cohort.WRITTEN, Clock.BUSINESS, spells.next_reply_business,
           "Zendesk: next reply time in business hours; Kaplan and Meier 1958", guards=QUALITY,
           aliases=("nrt_business",), of=Subject.SPELLS),
    Metric("full_resolution", *SPEED, Cohort.SOLVED, Clock.CALENDAR, resolutions.full_resolution,
           "Zendesk: full resolution time", guards=("reopen_rate", "csat"), aliases=("resolution_time", "ttr")),
    Metric("first_resolution", *SPEED, Cohort.FIRST_SOLVED, Clock.CALENDAR, resolutions.first_resolution,
           "Zendesk: first resolution time", guards=("reopen_rate", "csat"), aliases=("first_solve",)),
    Metric("requester_wait", *SPEED, Cohort.SOLVED, Clock.CALENDAR, resolutions.requester_wait,
           "Zendesk: requester wait time", guards=("reopen_rate", "csat"), aliases=("customer_wait", "wait")),
    Metric("agent_work", *SPEED, Cohort.SOLVED, Clock.CALENDAR, resolutions.agent_work,
           "time in new and open", guards=("reopen_rate", "csat"), aliases=("work_time",)),
    Metric("one_touch", Unit.SHARE, Better.HIGHER, Cohort.SOLVED, Clock.NONE, shares.one_touch,
           "Zendesk: one-touch tickets, exactly one reply", aliases=("one_touch_rate",)),
    Metric("reopen_rate", Unit.SHARE, Better.LOWER, Cohort.SOLVED, Clock.NONE, shares.reopen_rate,
           "Zendesk: reopened tickets", aliases=("reopens", "reopened")),
    Metric("sla_first_response", Unit.SHARE, Better.HIGHER, Cohort.CREATED, Clock.NONE, shares.sla_first_response,
           "Zendesk: SLA targets achieved", guards=QUALITY, aliases=("sla", "sla_response"), credit="responder"),
    Metric("sla_resolution", Unit.SHARE, Better.HIGHER, Cohort.SOLVED, Clock.NONE, shares.sla_resolution,
           "Zendesk: SLA targets achieved", guards=("reopen_rate", "csat")),
    Metric("csat", Unit.SHARE, Better.HIGHER, Cohort.RATED, Clock.NONE, shares.csat,
           "4 and 5 of 5 over answers", aliases=("satisfaction", "ratings"), of=Subject.CONTACTS),
    Metric("csat_response_rate", Unit.SHARE, Better.HIGHER, Cohort.SENT, Clock.NONE, shares.csat_response_rate,
           "answers over surveys sent", aliases=("survey_response", "csat_response")),
    Metric("tickets_per_agent", Unit.EACH, Better.HIGHER, Cohort.SOLVED, Clock.NONE, counts.tickets_per_agent,
           "tickets solved over agents who solved one", guards=("reopen_rate", "csat"), aliases=("per_agent",)),
    Metric("fcr", Unit.SHARE, Better.HIGHER, Cohort.BEGUN, Clock.CALENDAR, contacts.fcr,
           "no further contact within 7 days over contacts solved", of=Subject.CONTACTS,
           aliases=("first_contact_resolution", "first_contact")),
    Metric("transfer_rate", Unit.SHARE, Better.LOWER, Cohort.HANDLED, Clock.NONE, contacts.transfer_rate,
           "contacts handed on over contacts handled", of=Subject.CONTACTS, aliases=("transfers", "transferred")),
    Metric("nps", Unit.POINTS, Better.HIGHER, Cohort.RATED, Clock.NONE, contacts.nps,
           "Reichheld 2003: promoters less detractors", of=Subject.CONTACTS, aliases=("net_promoter", "promoters")),
    Metric("ces", Unit.SCORE, Better.HIGHER, Cohort.RATED, Clock.NONE, contacts.ces,
           "Dixon, Freeman and Toman 2010, version 2.0: 1 to 7", of=Subject.CONTACTS,
           aliases=("effort", "customer_effort")),
    Metric("calls", Unit.COUNT, Better.NEITHER, Cohort.QUEUED, Clock.NONE, calls.calls,
           "calls offered, short abandons apart", of=Subject.CALLS, aliases=("offered", "calls_offered")),
    Metric("calls_resolved", Unit.SHARE, Better.HIGHER, Cohort.ANSWERED, Clock.NONE, calls.calls_resolved,
           "calls marked resolved over calls answered", of=Subject.CALLS, aliases=("resolved_calls",)),
    Metric("service_level", Unit.SHARE, Better.HIGHER, Cohort.QUEUED, Clock.CALENDAR, calls.service_level,
           "answered in time over offered", guards=CALLED, of=Subject.CALLS, aliases=("sl", "answered_in_time")),
    Metric("asa", *SPEED, Cohort.QUEUED, Clock.CALENDAR, calls.asa, "average speed of answer, from the queue",
           guards=CALLED, of=Subject.CALLS, summary=mean, aliases=("speed_of_answer", "average_speed_of_answer")),
    Metric("abandonment", Unit.SHARE, Better.LOWER, Cohort.QUEUED, Clock.NONE, calls.abandonment,
           "abandoned over offered, short abandons apart", of=Subject.CALLS, aliases=("abandoned", "abandon_rate")),
    Metric("aht", *SPEED, Cohort.ANSWERED, Clock.CALENDAR, calls.aht, "talk, hold and after-call work over handled",
           guards=CALLED, of=Subject.CALLS, summary=mean, aliases=("handle_time", "average_handle_time")),
    Metric("escalations", Unit.COUNT, Better.NEITHER, Cohort.OPENED, Clock.NONE, escalations.opened,
           "escalations opened", of=Subject.ESCALATIONS),
    Metric("time_to_acknowledge", *SPEED, Cohort.OPENED, Clock.CALENDAR, escalations.time_to_acknowledge,
           "PagerDuty: time to acknowledge; Kaplan and Meier 1958", guards=KEPT,
           aliases=("acknowledgement_time", "mtta"), of=Subject.ESCALATIONS),
    Metric("time_to_acknowledge_business", *SPEED, Cohort.OPENED, Clock.BUSINESS,
           escalations.time_to_acknowledge_business, "PagerDuty: time to acknowledge; Kaplan and Meier 1958",
           guards=KEPT, aliases=("business_acknowledge",), of=Subject.ESCALATIONS),
    Metric("time_to_resolve_escalation", *SPEED, Cohort.OPENED, Clock.CALENDAR, escalations.time_to_resolve,
           "PagerDuty: time to resolve; Kaplan and Meier 1958", guards=KEPT,
           aliases=("escalation_resolution", "mttr"), of=Subject.ESCALATIONS),
    Metric("time_to_resolve_escalation_business", *SPEED, Cohort.OPENED, Clock.BUSINESS,
           escalations.time_to_resolve_business, "PagerDuty: time to resolve; Kaplan and Meier 1958", guards=KEPT,
           aliases=("business_escalation_resolution",), of=Subject.ESCALATIONS),
    Metric("acknowledged_in_time", Unit.SHARE, Better.HIGHER, Cohort.OPENED, Clock.NONE,
           escalations.acknowledged_in_time, "within the first step’s time over opened", guards=KEPT,
           aliases=("taken_in_time",), of=Subject.ESCALATIONS),
    Metric("escalation_rate", Unit.SHARE, Better.LOWER, Cohort.SOLVED, Clock.NONE, escalations.escalation_rate,
           "tickets escalated over solved tickets", aliases=("escalated",), of=Subject.ESCALATED),
    Metric("escalation_repeats", Unit.SHARE, Better.LOWER, Cohort.RESOLVED, Clock.NONE, escalations.repeats,
           "same customer or category within 90 days over resolved", aliases=("repeats",), of=Subject.ESCALATIONS),
    Metric("escalations_satisfied", Unit.SHARE, Better.HIGHER, Cohort.CHECKED, Clock.NONE, escalations.satisfied,
           "satisfied over check-backs answered", aliases=("check_backs",), of=Subject.CHECK_BACKS),
    Metric("qa_score", Unit.OF_100, Better.HIGHER, Cohort.REVIEWED, Clock.NONE, reviews.qa_score,
           "Zendesk QA: IQS, the mean of reviews drawn at random", of=Subject.REVIEWS,
           aliases=("iqs", "qa", "internal_quality_score", "quality_score")),
    Metric("qa_pass_rate", Unit.SHARE, Better.HIGHER, Cohort.REVIEWED, Clock.NONE, reviews.qa_pass_rate,
           "reviews passed over reviews with a verdict, drawn at random", of=Subject.REVIEWS, aliases=("pass_rate",)),
    Metric("critical_errors", Unit.SHARE, Better.LOWER, Cohort.REVIEWED, Clock.NONE, reviews.critical_errors,
           "reviews with a critical failure over reviews, drawn at random", of=Subject.REVIEWS,
           aliases=("critical_failures",)),
    Metric("qa_coverage", Unit.SHARE, Better.HIGHER, Cohort.SOLVED, Clock.NONE, reviews.qa_coverage,
           "solved tickets reviewed over solved tickets", of=Subject.REVIEWED, aliases=("review_coverage",)),
)  # fmt: skip

CATALOGUE: Mapping[str, Metric] = MappingProxyType({metric.key: metric for metric in _METRICS})
OF_TICKETS = tuple(metric.key for metric in _METRICS if metric.of is Subject.TICKETS or metric.key == "csat")
"""The figures that every team has, and every person; the others are for teams that escalate, call or review."""
