"""Shares: how much of the work was done as it should be. What cannot be judged leaves both sides and is counted."""

from __future__ import annotations

import numpy as np

from ..frame import NEVER, SATISFACTION, SECOND, UNKNOWN, WEEK, Floats, Ints, Mask, Tickets, Window
from ..known import Known, known, waited_until
from ..parts import Part, ages, no_seconds, nothing


def resolution_rate(tickets: Tickets, window: Window) -> Part:
    """Created in the window and first solved within 7 days (the seventh included), over created.

    Tickets younger than 7 days have not had their chance: they are left out until they are old enough (`too_young`).
    """
    facts = known(tickets, window.as_of)
    created = window.holds(tickets.created)
    is_young = tickets.created > window.as_of - WEEK
    unknown = created & ~is_young & facts.is_undated & (facts.first_solve == NEVER)
    inside = created & ~is_young & ~unknown
    too_young = int((created & is_young).sum())
    return _share(
        tickets,
        window,
        inside,
        facts.first_solve <= tickets.created + WEEK,
        placed=tickets.created,
        waiting=inside & facts.is_open,
        set_aside=int(unknown.sum()),
        provisional=too_young > 0,
        note="cohort_too_young" if too_young else "",
        extras={"too_young": too_young},
    )


def one_touch(tickets: Tickets, window: Window) -> Part:
    """Solved (by last solve) with exactly one public agent reply, over solved with a known number of replies.

    Solves without any reply are in the denominator and shown apart. The number of replies to a ticket that was to be
    reopened later is not known as of then. Zendesk documents both "< 2" and "exactly 1".
    """
    facts = known(tickets, window.as_of)
    solved = window.holds(facts.last_solve)
    inside = solved & facts.is_final & ~facts.is_back_later & (tickets.public_replies != UNKNOWN)
    return _share(
        tickets,
        window,
        inside,
        tickets.public_replies == 1,
        placed=facts.last_solve,
        set_aside=int((solved & ~inside).sum()),
        note=_never_said(solved),
        extras={"zero_reply": int((inside & (tickets.public_replies == 0)).sum())},
    )


def reopen_rate(tickets: Tickets, window: Window) -> Part:
    """Solved tickets (by last solve) that were reopened within 7 days of any earlier solve, over solved.

    Where the source gives only a number of reopens, one or more counts. Open again counts as one, whatever the number
    says, unless it is known to have come later than 7 days. Provisional while a solve is younger than that. Zendesk
    counts `Reopens > 0`, whenever it was.
    """
    facts = known(tickets, window.as_of)
    solved = window.holds(facts.last_solve)
    is_late = (tickets.reopened != NEVER) & (tickets.reopened > facts.last_solve + WEEK)
    again = solved & facts.is_open
    events = _reopens(tickets, facts)
    inside = again | (solved & (events != UNKNOWN))
    reopened = (again & ~is_late) | (inside & (events >= 1))
    return _share(
        tickets,
        window,
        inside,
        reopened,
        placed=facts.last_solve,
        waiting=again,
        set_aside=int((solved & ~inside).sum()),
        provisional=bool((inside & (facts.last_solve > window.as_of - WEEK)).any()),
        note=_never_said(solved),
        extras={"reopens": int(np.maximum(events, reopened)[reopened].sum()), "open_again": int(again.sum())},
    )


def _reopens(tickets: Tickets, facts: Known) -> Ints:
    """How often each had been reopened soon by then, or at all where that is all the source says; UNKNOWN: neither."""
    soon = tickets.early_reopens != UNKNOWN
    counted = np.where(soon, tickets.early_reopens, tickets.reopens)
    is_too_early = facts.is_back_later & (~soon | (tickets.reopened <= facts.last_solve + WEEK))
    happened = np.where(facts.is_final, np.maximum(counted - is_too_early, 0), 0)
    return np.where(counted == UNKNOWN, UNKNOWN, happened)


def sla_first_response(tickets: Tickets, window: Window) -> Part:
    """Replies in time over all that were due, of tickets created in the window, so that the unanswered stay visible.

    Exactly on the deadline is met. Unanswered and past due is breached now; not yet due is left out, `at_risk`. Solved
    without a reply: breached if that came after the deadline, else the target fell away (`solved_unanswered`).
    """
    facts = known(tickets, window.as_of)
    due = tickets.first_response_target
    placed = window.holds(tickets.created) & (due != NEVER)
    replied = facts.response != NEVER
    silent = placed & ~replied & ~facts.is_answered & ~facts.is_undated
    waiting = silent & facts.is_open
    past_due, closed_late = waiting & (due < window.as_of), silent & ~facts.is_open & (facts.last_solve > due)
    inside = (placed & replied) | past_due | closed_late
    return _share(
        tickets,
        window,
        inside,
        replied & (facts.response <= due),
        placed=tickets.created,
        waiting=waiting,
        seconds=(waited_until(facts, window) - tickets.created) / SECOND,
        set_aside=int((placed & ~replied & ~silent).sum()),
        extras={
            "at_risk": int((waiting & ~past_due).sum()),
            "past_due": int(past_due.sum()),
            "solved_unanswered": int((silent & ~facts.is_open & ~closed_late).sum()),
        },
    )


def sla_resolution(tickets: Tickets, window: Window) -> Part:
    """Solves in time over all that were due. A ticket is placed by its last solve; an open one, once it is past due,
    by its deadline, so that a breach shows at once. Beside it all open ones: `at_risk` not yet due, `past_due`."""
    facts, at_end = known(tickets, window.as_of), known(tickets, window.closing)
    due = tickets.resolution_target
    breached = facts.is_open & window.holds(due) & (due < window.as_of)
    solved = ~facts.is_open & window.holds(facts.last_solve)
    waiting = at_end.is_open & (due != NEVER)
    past_due = waiting & (due < window.until)
    return _share(
        tickets,
        window,
        (due != NEVER) & (breached | solved),
        solved & (facts.last_solve <= due),
        placed=np.where(facts.is_open, due, facts.last_solve),
        waiting=waiting,
        seen_at=window.until,
        seconds=(np.where(facts.is_open, window.as_of, facts.last_solve) - tickets.created) / SECOND,
        extras={"at_risk": int((waiting & ~past_due).sum()), "past_due": int(past_due.sum())},
    )


def csat(tickets: Tickets, window: Window) -> Part:
    """Satisfied answers (4 and 5 of 5, or good) over answers, by the date of the answer; a 3 counts against, and of
    several answers to a ticket the source keeps the last. Answers to other questions (NPS, CES) are not among them."""
    rated = window.holds(tickets.csat_at) & (tickets.survey == SATISFACTION)
    inside = rated & (tickets.csat_good != UNKNOWN)
    left = int((rated & ~inside).sum())
    return _share(tickets, window, inside, tickets.csat_good == 1, placed=tickets.csat_at, set_aside=left)


def csat_response_rate(tickets: Tickets, window: Window) -> Part:
    """Surveys answered so far over surveys sent in the window, about satisfaction alone."""
    is_asked = tickets.survey == SATISFACTION
    sent = window.holds(tickets.csat_sent) & is_asked
    return _share(
        tickets,
        window,
        sent,
        tickets.csat_at <= window.as_of,
        placed=tickets.csat_sent,
        note=_never_said(window.holds(tickets.csat_at) & is_asked),
    )


def _never_said(cohort: Mask) -> str:
    """There were tickets, and the source does not tell what the share needs."""
    return "never_said" if bool(cohort.any()) else ""


def _share(
    tickets: Tickets,
    window: Window,
    inside: Mask,
    hits: Mask,
    *,
    placed: Ints,
    waiting: Mask | None = None,
    seen_at: int | None = None,
    seconds: Floats | None = None,
    set_aside: int = 0,
    provisional: bool = False,
    note: str = "",
    extras: dict[str, int] | None = None,
) -> Part:
    return Part(
        inside=inside,
        hits=hits,
        seconds=no_seconds(tickets) if seconds is None else seconds,
        waiting=nothing(tickets) if waiting is None else waiting,
        ages=ages(tickets, window.as_of if seen_at is None else seen_at),
        placed=placed,
        set_aside=set_aside,
        provisional=provisional,
        note=note,
        extras=extras or {},
    )
