"""A support centre whose agents change by chance alone, many times over, and what the method says of the lowest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cspm_core import people
from cspm_core.calendars import at_local, midnight
from cspm_core.coaching.tables import Promise
from cspm_core.effects.estimating import change, estimate, judge
from cspm_core.effects.rules import AFTER_DAYS, DAY, FEWEST_BEFORE, Change, Days, Verdict
from cspm_core.ids import new_id
from cspm_core.metrics import CATALOGUE, Measure
from cspm_core.people import Member, Role, Team
from cspm_core.stats import wilson
from cspm_core.store import Store
from cspm_core.tickets import TicketFacts

from . import kpi_stage

CSAT = CATALOGUE["csat"]
FIRST = date(2026, 9, 1)
WHOLE = Days(FIRST, FIRST + (AFTER_DAYS - 1) * DAY)
Counts = NDArray[np.int64]


def share(hits: int, n: int) -> Measure:
    if n == 0:
        return Measure(None, 0)
    return Measure(hits / n, n, numerator=float(hits), denominator=float(n), interval=wilson(hits, n))


@dataclass(frozen=True)
class Centre:
    """Hits and answers of each agent: before, in the weeks that prompt promises, and after. Shape (agents,)."""

    before: tuple[Counts, Counts]
    prompting: tuple[Counts, Counts]
    after: tuple[Counts, Counts]

    @property
    def lowest(self) -> list[int]:
        """The four with the lowest figure in the weeks that prompt promises."""
        hits, n = self.prompting
        return np.argsort(hits / n, kind="stable")[:4].tolist()

    def naive(self, agent: int) -> float:
        (old, of_old), (new, of_new) = self.prompting, self.after
        return float(new[agent] / of_new[agent] - old[agent] / of_old[agent])

    def changes(self) -> list[Change]:
        (old, of_old), (new, of_new) = self.before, self.after
        return [
            change(CSAT, share(*one[:2]), share(*one[2:]))
            for one in zip(*(column.tolist() for column in (old, of_old, new, of_new)), strict=True)
        ]

    def team(self, agent: int) -> Change:
        (old, of_old), (new, of_new) = self.before, self.after
        sums = [int(column.sum() - column[agent]) for column in (old, of_old, new, of_new)]
        return change(CSAT, share(*sums[:2]), share(*sums[2:]))


def centre(
    rng: np.random.Generator, *, agents: int = 40, a_month: int = 30, drift: float = 0.0, season: float = 0.0,
    gains: float = 0.0,
) -> Centre:  # fmt: skip
    """Agents around 85 %; `drift`: by how much each one's true share wanders between before and after; `season`: how
    everybody's moves; `gains`: what a promise really brings to the lowest four."""
    true = rng.beta(0.85 * 60, 0.15 * 60, agents)
    wander = rng.normal(0, drift, agents) if drift else np.zeros(agents)

    def drawn(months: float, by: NDArray[np.float64]) -> tuple[Counts, Counts]:
        n = rng.poisson(a_month * months, agents) + 5
        return rng.binomial(n, np.clip(true + by, 0.02, 0.995)), n

    before, prompting = drawn(3, np.zeros(agents)), drawn(1, np.zeros(agents))
    lowest = np.argsort(prompting[0] / prompting[1], kind="stable")[:4]
    lift = np.zeros(agents)
    lift[lowest] = gains
    return Centre(before, prompting, drawn(2, wander + season + lift))


def said(found: Centre, agent: int, days: Days = WHOLE) -> tuple[float, Verdict]:
    """The difference in differences and the verdict."""
    every = found.changes()
    others = every[:agent] + every[agent + 1 :]
    told = estimate(every[agent], found.team(agent), others)
    n = (every[agent].before.n, every[agent].after.n)
    assert n[0] >= FEWEST_BEFORE
    assert told.difference is not None
    return told.difference, judge(CSAT, every[agent], len(others), told, days, n=n).verdict


ZONE = "Europe/Amsterdam"
MONDAY = date(2026, 6, 1)
WEEKS = 25
AGENTS = tuple(f"Agent {letter}" for letter in "ABCDEFGHIJ")
A_DAY = 3
"""Tickets a day of each agent."""


@dataclass(frozen=True)
class Desk:
    """A team with 25 weeks of rated tickets, told on the Monday after, and its people by name."""

    store: Store
    team: Team
    people: dict[str, Member]
    now: datetime

    def promised(self, name: str, on: date, **facts: Any) -> Promise:
        """Somebody promised something at noon of a day, with their lead."""
        at = at_local(on, time(12), ZONE)
        with self.store.transaction() as session:
            row = Promise(
                workspace_id=self.team.workspace_id, id=new_id(at), team_id=self.team.id,
                owner_id=self.people[name].id, lead_id=self.people["Lead"].id, agent_id=self.people[name].id,
                words="Read the whole thread first", due_on=on + timedelta(days=14), made_at=at,
                **{"kind": "knowledge", "metric": "csat", **facts},
            )  # fmt: skip
            session.add(row)
        return row


Good = Callable[[str, date, int], bool]
"""Whether an agent's so-manieth ticket of a day ends well."""


def usually(agent: str, day: date, n: int) -> bool:
    """Four of five, in no order."""
    return int.from_bytes(blake2b(f"{agent}{day}{n}".encode(), digest_size=2).digest(), "big") % 100 < 80


def desk(
    store: Store, workspace_id: int, good: Good = usually, *, weeks: int = WEEKS, a_day: int = A_DAY,
    agents: Sequence[str] = AGENTS, **settings: Any,
) -> Desk:  # fmt: skip
    """The same after so many weeks."""
    days = [MONDAY + timedelta(days=n) for n in range(weeks * 7) if n % 7 < 5]
    facts = [_ticket(agent, day, n, good(agent, day, n)) for day in days for agent in agents for n in range(a_day)]
    end = midnight(MONDAY + timedelta(weeks=weeks), ZONE)
    stage = kpi_stage.set_stage(
        store, workspace_id, facts, complete_until=end, now=end + timedelta(hours=9), timezone=ZONE
    )
    with store.transaction() as session:
        team = people.team(session, workspace_id, stage.team.id)
        people.change_team(session, team, **settings) if settings else None
        known = {name: people.add_member(session, workspace_id, name, now=end) for name in (*agents, "Lead")}
        for name, member in known.items():
            people.join_team(session, team, member, Role.LEAD if name == "Lead" else Role.AGENT, now=end)
    return Desk(store, team, known, stage.now)


def _ticket(agent: str, day: date, n: int, is_good: bool) -> TicketFacts:
    created = at_local(day, time(9 + n), ZONE)
    return TicketFacts(
        f"{agent[-1]}-{day:%m%d}-{n}", created, agent=agent, channel="email",
        first_response_at=created + timedelta(minutes=20 if is_good else 90), solved_at=created + timedelta(hours=2),
        reopens=0, csat="5" if is_good else "1", csat_scale="5", csat_at=created + timedelta(hours=3),
    )  # fmt: skip
