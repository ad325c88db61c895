"""Contacts, tickets and calls alike: whether one was enough, whether customers were handed on, what they said.

What customers said can be read from tickets alone, too. How satisfied they were is in `shares`.
"""

from __future__ import annotations

import numpy as np

from ..frame import (
    EFFORT,
    NEVER,
    PROMOTER,
    SECOND,
    UNKNOWN,
    WEEK,
    Contacts,
    Floats,
    Ints,
    Mask,
    Tickets,
    Window,
)
from ..parts import Part, no_seconds, nothing

HUNDREDTHS = 100
PROMOTERS_FROM, DETRACTORS_TO, EASY_FROM = 9 * HUNDREDTHS, 6 * HUNDREDTHS, 5 * HUNDREDTHS


def fcr(contacts: Contacts, window: Window) -> Part:
    """First contact resolution: of contacts that began in the window and were solved, those after which none followed.

    Further contacts are a reopening within 7 days of a solve (where the source only counts reopenings, any), and
    another contact of the customer on the same category up to 7 days after the solve (the seventh included), before
    the solve too: whoever asks a second time was not helped by the first. Eligible are tickets that were solved and
    calls marked resolved, whose customer is known; the others are set aside. Solves younger than 7 days are left out
    until they are old enough (`too_young`). It is not one-touch: that counts replies, this counts contacts. Placed by
    their beginning, since what followed a contact is then always among what was read for the window.
    """
    solve = np.minimum(contacts.first_solved, contacts.solved)
    solved = window.holds(contacts.created) & (solve <= window.as_of) & (contacts.is_outbound == 0)
    is_young = solve > window.as_of - WEEK
    is_nobodys = contacts.customer == 0
    too_young = int((solved & is_young & ~is_nobodys).sum())
    inside = solved & ~is_young & ~is_nobodys
    until = np.minimum(solve, window.as_of) + WEEK
    came_again = contacts.again <= until
    reopened = _reopened(contacts, until, window)
    return _part(
        contacts,
        window,
        inside,
        ~came_again & ~reopened,
        placed=contacts.created,
        set_aside=int((solved & is_nobodys).sum()),
        provisional=too_young > 0,
        note=_why_none(solved, inside, too_young),
        extras={
            "too_young": too_young,
            "came_again": int((inside & came_again).sum()),
            "reopened": int((inside & reopened).sum()),
        },
    )


def _reopened(contacts: Contacts, until: Ints, window: Window) -> Mask:
    """Whether a contact was reopened soon after its first solve; whatever is known of it decides, the exact first."""
    is_solved = contacts.solved <= window.as_of
    counted = np.where(contacts.early_reopens != UNKNOWN, contacts.early_reopens, contacts.reopens)
    solved_again = (contacts.first_solved < contacts.solved) & (counted == UNKNOWN)
    by_count = is_solved & ((counted >= 1) | solved_again | (contacts.is_solved == 0))
    is_dated = (contacts.reopened != NEVER) & (contacts.reopens <= 1)  # the only one, or nobody says how many
    reopened: Mask = np.where(is_dated, contacts.reopened <= np.minimum(until, window.as_of), by_count)
    return reopened


def _why_none(solved: Mask, inside: Mask, too_young: int) -> str:
    if inside.any() or not solved.any():
        return ""
    return "cohort_too_young" if too_young else "never_said"


def transfer_rate(contacts: Contacts, window: Window) -> Part:
    """Contacts that were handed on at least once over contacts handled in the window.

    Handled are tickets by their last solve, and answered calls. Of tickets a change of agent or group after the first
    reply counts, where the team chose so a change of group alone. What nobody says is set aside, and so is a ticket
    that was to be reopened later: nobody can tell how often it had been handed on by then.
    """
    at = window.as_of
    first = np.minimum(contacts.first_solved, contacts.solved)
    is_dated = (contacts.handled != NEVER) | (contacts.is_solved == 0)
    last = np.where(contacts.handled <= at, contacts.handled, np.where((first <= at) & is_dated, first, NEVER))
    handled = window.holds(last)
    is_back_later = (contacts.is_solved == 0) & (contacts.reopened > at) & (contacts.reopened != NEVER)
    by_group = window.ways.transfers_counted == "group"
    moves = contacts.group_transfers if by_group else contacts.transfers
    is_final = (contacts.handled == last) | (contacts.handled == NEVER)
    inside = handled & is_final & ~is_back_later & (moves != UNKNOWN)
    return _part(
        contacts,
        window,
        inside,
        moves >= 1,
        placed=last,
        set_aside=int((handled & ~inside).sum()),
        note="never_said" if handled.any() else "",
    )


def nps(rated: Contacts | Tickets, window: Window) -> Part:
    """Net promoters: the share of answers 9 and 10 less that of 0 to 6, in points from -100 to 100, by answer date."""
    inside = window.holds(rated.csat_at) & (rated.survey == PROMOTER) & (rated.score != UNKNOWN)
    is_promoter, is_detractor = rated.score >= PROMOTERS_FROM, rated.score <= DETRACTORS_TO
    return _part(
        rated,
        window,
        inside,
        is_promoter,
        placed=rated.csat_at,
        amounts=np.where(inside, is_promoter.astype(np.float64) - is_detractor, np.nan),
        extras={
            "promoters": int((inside & is_promoter).sum()),
            "passives": int((inside & ~is_promoter & ~is_detractor).sum()),
            "detractors": int((inside & is_detractor).sum()),
        },
    )


def ces(rated: Contacts | Tickets, window: Window) -> Part:
    """Customer effort: the mean of the answers from 1 to 7 to "it was easy", by answer date; `easy` are 5, 6 and 7."""
    inside = window.holds(rated.csat_at) & (rated.survey == EFFORT) & (rated.score != UNKNOWN)
    is_easy = rated.score >= EASY_FROM
    return _part(
        rated,
        window,
        inside,
        is_easy,
        placed=rated.csat_at,
        amounts=np.where(inside, rated.score / HUNDREDTHS, np.nan),
        extras={"easy": int((inside & is_easy).sum())},
    )


def _part(
    found: Contacts | Tickets,
    window: Window,
    inside: Mask,
    hits: Mask,
    *,
    placed: Ints,
    amounts: Floats | None = None,
    set_aside: int = 0,
    provisional: bool = False,
    note: str = "",
    extras: dict[str, int] | None = None,
) -> Part:
    return Part(
        inside=inside,
        hits=hits,
        seconds=no_seconds(found),
        waiting=nothing(found),
        ages=(window.as_of - found.created) / SECOND,
        placed=placed,
        amounts=amounts,
        set_aside=set_aside,
        provisional=provisional,
        note=note,
        extras=extras or {},
    )
