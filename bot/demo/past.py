"""What was escalated before the demo begins: raised, taken, told on and resolved at its own time, all of it over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

import numpy as np
from sqlmodel import Session, col, delete, select, update

from cspm_core import escalations, people
from cspm_core.calendars import Calendar
from cspm_core.escalations import Cause, Deck, Ending, Escalation, Origin
from cspm_core.notices import Notice
from cspm_core.people import Asker, Team
from cspm_core.store import Store
from cspm_core.tickets import Ticket

from . import world
from .lives import Lives
from .living import HISTORY, SEED, calendar_of
from .texts.troubles import TROUBLES, UNSATISFIED, Trouble
from .world import Centre, Colleague

MANY = {"Returns": 24, "Bezorging": 13, "帳務": 9}
"""Escalations of 120 days."""
LATEST = 9
"""The last one began so many days before the first day: everything about it is over."""
LOOK_BACK_S = 5 * 86_400
"""A ticket is escalated within so many seconds of its creation."""
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Case:
    """One escalation of the past: a ticket and what was the matter with it. Durations in working seconds."""

    at: datetime
    key: str
    trouble: Trouble
    raised_by: Colleague
    taken_by: Colleague
    taken_after_s: int
    resolved_after_s: int
    is_satisfied: bool


def write(store: Store, workspace_id: int, lives: Sequence[Lives], history: int, until: datetime) -> int:
    """Write the past of every team down, and let nothing of it be said; how many escalations that is.

    Their tickets are told already. Nothing happens after `until`.
    """
    every = sorted(((one.centre, case) for one in lives for case in cases(one, history)), key=lambda one: one[1].at)
    with store.transaction() as session:
        known = _tickets(session, workspace_id, [case.key for _, case in every])
        told = [_tell(session, workspace_id, centre, case, known, until) for centre, case in every if case.key in known]
        session.exec(delete(Notice))
        session.exec(update(Escalation).where(col(Escalation.bundle_id).is_not(None)).values(bundle_id=None))
    return len(told)


def _tickets(session: Session, workspace_id: int, keys: Sequence[str]) -> dict[str, int]:
    rows = session.exec(
        select(Ticket.key, Ticket.id).where(Ticket.workspace_id == workspace_id, col(Ticket.key).in_(keys))
    )
    return dict(rows.all())


def cases(lives: Lives, history: int) -> Iterator[Case]:
    """What was escalated in a team, the same for the same first day."""
    centre, calendar = lives.centre, calendar_of(lives.centre)
    rng = np.random.default_rng([SEED, 5, world.CENTRES.index(centre), lives.opening.toordinal()])
    used, customers, complaints = set[int](), set[int](), 0
    for _ in range(round(MANY[centre.name] * history / HISTORY)):
        day = lives.opening - timedelta(days=int(rng.integers(LATEST, max(history - 1, LATEST + 1))))
        while not calendar.is_working_day(day):
            day -= DAY
        at = calendar.next_open(calendar.at_local(day, time(9 + int(rng.integers(0, 7)), int(rng.integers(0, 60)))))
        trouble = TROUBLES[centre.language][int(rng.integers(0, len(TROUBLES[centre.language])))]
        n = _ticket(lives, trouble, at, used, customers, rng)
        case = _case(centre, lives, n, at, trouble, rng)
        if n is not None:
            used.add(n)
            customers.add(int(lives.customer[n]))
            complaints += trouble.kind == "complaint"
            yield replace(case, is_satisfied=case.is_satisfied and complaints != 1)


def _ticket(
    lives: Lives, trouble: Trouble, at: datetime, used: set[int], customers: set[int], rng: np.random.Generator
) -> int | None:
    """A ticket that was open then and about that; rather one of a customer who had trouble before."""
    from .texts import texts

    now = int(at.timestamp())
    category = [one.name for one in texts(lives.centre.language).categories].index(trouble.category)
    fits = (lives.category == category) & (lives.dropped_as == 0) & (lives.solved > now)
    fits &= (lives.created < now - 1800) & (lives.created > now - LOOK_BACK_S)
    found = [int(n) for n in np.flatnonzero(fits) if int(n) not in used]
    again = [n for n in found if int(lives.customer[n]) in customers]
    some = again or found
    return some[int(rng.integers(0, len(some)))] if some else None


def _case(
    centre: Centre, lives: Lives, n: int | None, at: datetime, trouble: Trouble, rng: np.random.Generator
) -> Case:
    raiser = centre.agents[int(lives.agent[n or 0])]
    takers = [centre.lead, *(one for one in centre.agents if one.care > 0 and one is not raiser)]
    quick = int(rng.lognormal(np.log(9 * 60), 1.0))
    return Case(
        at=at,
        key=lives.key(n or 0),
        trouble=trouble,
        raised_by=raiser,
        taken_by=takers[int(rng.integers(0, len(takers)))],
        taken_after_s=min(quick, 6 * 3600),
        resolved_after_s=int(rng.lognormal(np.log(4 * 3600), 0.8)),
        is_satisfied=bool(rng.random() < 0.9),
    )


def _tell(
    session: Session, workspace_id: int, centre: Centre, case: Case, known: dict[str, int], until: datetime
) -> int:
    """One escalation from its beginning to its end."""
    teller = Teller(session, people.team_named(session, workspace_id, centre.name), centre, calendar_of(centre), until)
    return teller.tell(case, known[case.key])


class Teller:
    """Does with one team's escalations what its people did then."""

    def __init__(self, session: Session, team: Team, centre: Centre, calendar: Calendar, until: datetime) -> None:
        self.session, self.team, self.centre, self.calendar, self.until = session, team, centre, calendar, until

    def tell(self, case: Case, ticket_id: int) -> int:
        trouble, by = case.trouble, self._asker(case.raised_by, case.at)
        due_at = self.calendar.add_business(case.at, 6 * 3600) if trouble.promise else None
        cause = Cause(
            "ticket",
            trouble.what,
            kind=trouble.kind,
            severity=trouble.severity,
            by=by.member_id,
            ticket_id=ticket_id,
            promise=trouble.promise,
            promise_due_at=due_at,
        )
        one = escalations.raise_one(self.session, self.team, cause, now=case.at).escalation_id
        self._take(case, one)
        return one

    def _take(self, case: Case, one: int) -> None:
        at = self._lives(one, self.calendar.add_business(case.at, case.taken_after_s))
        by = self._asker(case.taken_by, at)
        place = (self.session, self.team.workspace_id, one)
        escalations.acknowledge(*place, by=by, origin=Origin.BUTTON, now=at)
        ended = self._lives(one, self.calendar.add_business(at, case.resolved_after_s))
        ending = Ending(case.trouble.cause, case.trouble.solution, promise_kept=True)
        like = escalations.similar(self.session, escalations.locked(*place), now=ended, limit=1)
        ending = replace(ending, like_id=like[0].id) if like and case.resolved_after_s % 2 else ending
        by = self._asker(case.taken_by, ended)
        escalations.acknowledge(*place, by=by, origin=Origin.BUTTON, now=ended)
        escalations.resolve(*place, ending, by=by, origin=Origin.FORM, now=ended)
        if case.trouble.kind == "complaint":
            self._ask(case, one)

    def _ask(self, case: Case, one: int) -> None:
        """The customer is asked; whoever is not satisfied is helped once more."""
        place = (self.session, self.team.workspace_id, one)
        asked = escalations.locked(*place).check_back_at
        if asked is None or asked + 2 * DAY > self.until:
            return
        at = self._lives(one, asked + 40 * MINUTE)
        by = self._asker(case.taken_by, at)
        escalations.check(*place, satisfied=case.is_satisfied, by=by, origin=Origin.BUTTON, now=at)
        if not case.is_satisfied:
            escalations.acknowledge(
                *place, by=by, origin=Origin.BUTTON, now=at + MINUTE, words=UNSATISFIED[self.centre.language]
            )
            ending = Ending(case.trouble.cause, case.trouble.solution, check_back_at=at + 20 * HOUR)
            escalations.resolve(*place, ending, by=by, origin=Origin.FORM, now=at + 2 * HOUR)
            again = self._lives(one, at + 21 * HOUR)
            escalations.check(*place, satisfied=True, by=by, origin=Origin.BUTTON, now=again)

    def _lives(self, one: int, to: datetime) -> datetime:
        """Let its clocks run up to an instant, each at its own time."""
        for _ in range(12):
            due = escalations.locked(self.session, self.team.workspace_id, one).next_at
            if due is None or due >= to:
                break
            escalations.move_on(self.session, [(self.team.workspace_id, one)], Deck(due))
        return to

    def _asker(self, who: Colleague, at: datetime) -> Asker:
        day: date = self.calendar.local_day(at)
        return people.asker(self.session, self.team.workspace_id, world.slack_id(who), day)
