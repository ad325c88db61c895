"""Thirteen lifelike weeks of one team's tickets, the same every time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cspm_core.tickets import TicketFacts

NEW_YORK = ZoneInfo("America/New_York")
HOUR = timedelta(hours=1)
FIVE = ("Teo de Vries", "Ada King", "Bo Berg", "Grace Kim", "Luis Ortega")


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A wall time in New York."""
    return datetime.combine(day, time(hour, minute), NEW_YORK).astimezone(UTC)


def weeks(until: datetime, n: int = 13, agents: Sequence[str] = FIVE) -> list[TicketFacts]:
    """Ten tickets a working day and three a day at weekends, answered in two hours, solved in five, half of them rated.

    The last weekend's are still without an answer.
    """
    last = until.astimezone(NEW_YORK).date()
    made = []
    for back in range(n * 7, -1, -1):
        day = last - timedelta(days=back)
        for i in range(10 if day.weekday() < 5 else 3):
            created = at(day, 9 + i // 2, 1 + 7 * i % 50)
            if created <= until:
                made.append(_one(f"{day:%m%d}-{i}", created, until, i, agents))
    return made


def _one(key: str, created: datetime, until: datetime, i: int, agents: Sequence[str]) -> TicketFacts:
    at_weekend = created.astimezone(NEW_YORK).weekday() >= 5
    monday = at(created.astimezone(NEW_YORK).date() + timedelta(days=7 - created.astimezone(NEW_YORK).weekday()), 10)
    response = monday + i * timedelta(minutes=5) if at_weekend else created + 2 * HOUR
    solved = response + 3 * HOUR
    rated = i % 2 == 0 and solved + HOUR <= until
    return TicketFacts(
        key,
        created,
        agent=agents[i % len(agents)],
        priority=("normal", "high")[i % 5 == 0],
        first_response_at=response if response <= until else None,
        first_response_due_at=created + 30 * HOUR,
        solved_at=solved if solved <= until else None,
        reopens=int(i == 9),
        csat=("5", "4", "2")[i % 3] if rated else "",
        csat_at=solved + HOUR if rated else None,
        subject=f"Where is parcel {key}?",
        url=f"https://desk.example/tickets/{key}",
    )
