"""A team with tickets and reviews in a real store, told in hours after one Monday midnight."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from sqlmodel import select

from cspm_core import people, qa
from cspm_core.disputes.tables import Dispute
from cspm_core.ids import new_id
from cspm_core.people import Member, Role, Team
from cspm_core.periods import Period, parse_period
from cspm_core.qa import Criterion, Definition, Section
from cspm_core.qa.tables import QaAnswer, QaReview
from cspm_core.store import Store
from cspm_core.tickets import Ticket, TicketFacts, note_source, record

from .kpi_stage import MONDAY, hours

CARD = Definition(
    (
        Section(
            "Answer",
            (
                Criterion(
                    "right", "The answer is right", ("wrong", "half", "right"), 2.0, causes=("Knowledge", "Haste")
                ),
                Criterion("tone", "The tone is kind", ("rude", "flat", "kind"), causes=("Haste",)),
                Criterion("safe", "Data is safe", ("no", "yes"), is_critical=True),
            ),
        ),
    )
)


@dataclass
class Bureau:
    """Returns, in Amsterdam: Mina leads, Rita and Sven review; people join as they are named."""

    store: Store
    workspace_id: int
    now: datetime = MONDAY + timedelta(days=28)
    timezone: str = "Europe/Amsterdam"
    person_figures: str = "lead"
    cast: dict[str, Member] = field(default_factory=dict)
    numbers: Any = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        with self.store.transaction() as session:
            self.team: Team = people.add_team(
                session, self.workspace_id, "Returns", timezone=self.timezone, now=self.now,
                person_figures=self.person_figures,
            )  # fmt: skip
            self.card = qa.save_scorecard(session, self.team, "Mail", CARD, by=None, now=self.now)
        self.joins("Mina", Role.LEAD)
        self.joins("Rita", Role.QA_REVIEWER)
        self.joins("Sven", Role.QA_REVIEWER)

    def joins(self, name: str, role: Role = Role.AGENT) -> Member:
        with self.store.transaction() as session:
            one = people.add_member(session, self.workspace_id, name, slack_user_id=f"U{name.upper()}", now=self.now)
            people.join_team(session, self.team, one, role, now=self.now, from_day=date(2026, 1, 1))
        self.cast[name] = one
        return one

    def tickets(self, *facts: TicketFacts, complete: float = 28 * 24) -> None:
        with self.store.transaction() as session:
            until = hours(complete)
            record(session, self.team, list(facts), scope=self.team.id, known_at=until, now=self.now)
            first = min(one.created_at for one in facts)
            note_source(session, self.team, complete_until=until, first_at=first, now=self.now)

    def review(
        self,
        agent: str,
        at: float,
        score: float | None = 100.0,
        *,
        by: str = "Rita",
        stratum: str = "random",
        ticket_id: int | None = None,
        calibration_id: int | None = None,
        passed: bool | None = None,
        failures: int = 0,
        answers: dict[str, float | None] | None = None,
        causes: dict[str, list[str]] | None = None,
        draft: bool = False,
        told: bool | None = None,
    ) -> int:
        """A review sent so many hours after `MONDAY`, with that score. `told` None: nobody is to be told."""
        verdict = (None if score is None else score >= 80 and not failures) if passed is None else passed
        with self.store.transaction() as session:
            number = next(self.numbers)
            row = QaReview(
                workspace_id=self.workspace_id,
                id=new_id(self.now),
                team_id=self.team.id,
                version_id=self.card.version_id,
                agent_id=people.identity(session, self.workspace_id, agent, now=self.now).id,
                reviewer_id=self.cast[by].id,
                contact_key=f"T-{number}",
                ticket_id=ticket_id,
                stratum=stratum,
                calibration_id=calibration_id,
                started_at=hours(at),
                submitted_at=None if draft else hours(at),
                draft_key=f"d{number}" if draft else None,
                score=score,
                score_without_critical=score,
                is_passed=verdict,
                critical_failures=failures,
                tell_at=None if told is None else hours(at),
                told_at=hours(at) if told else None,
            )
            session.add(row)
            session.flush()
            for key, point in (answers or {}).items():
                one = CARD.criterion(key)
                session.add(
                    QaAnswer(
                        workspace_id=self.workspace_id, id=new_id(self.now), review_id=row.id, criterion=key,
                        score=point, highest=one.highest, weight=one.weight, is_critical=one.is_critical,
                        is_na=point is None, causes=(causes or {}).get(key, []),
                    )
                )  # fmt: skip
            return row.id

    def disputed(self, review_id: int, status: str, by: str) -> None:
        with self.store.transaction() as session:
            session.add(
                Dispute(
                    workspace_id=self.workspace_id, id=new_id(self.now), team_id=self.team.id, review_id=review_id,
                    by_id=self.cast[by].id, at=self.now, comment="No.", status=status,
                )
            )  # fmt: skip

    def ticket_id(self, key: str) -> int:
        with self.store.reading() as session:
            return int(session.exec(select(Ticket.id).where(Ticket.key == key)).one())

    def period(self, key: str = "2026-11") -> Period:
        return parse_period(key, timezone=self.timezone, now=self.now)

    def asker(self, name: str) -> people.Asker:
        with self.store.reading() as session:
            return people.asker(session, self.workspace_id, f"U{name.upper()}", self.now.date())
