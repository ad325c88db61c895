"""Twelve weeks of one team's tickets whose ratings turn bad by e-mail in the last one, the same every time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from cspm_core.tickets import TicketFacts

from .returns import HOUR, NEW_YORK, at

TEN = (
    "Teo de Vries", "Ada King", "Bo Berg", "Grace Kim", "Luis Ortega", "Mei Lin", "Noor Smit", "Oz Levi", "Pia Lund",
    "Quin Roe",
)  # fmt: skip
A_DAY = 20
BAD_DAYS = 7


def weeks(until: datetime, n: int = 12, agents: Sequence[str] = TEN, bad_by: str = "email") -> list[TicketFacts]:
    """Twenty tickets a working day, half by e-mail, each rated on the day: four of five are content, but of late only
    one in five of those who wrote by `bad_by`. The last agent's customers are content half as often."""
    last = until.astimezone(NEW_YORK).date()
    made = []
    for back in range(n * 7, 0, -1):
        day = last - timedelta(days=back)
        if day.weekday() < 5:
            made += [_one(f"{day:%m%d}-{i}", at(day, 9 + i // 5, i % 5), i, back, agents, bad_by) for i in range(A_DAY)]
    return [one for one in made if one.created_at <= until]


def _one(key: str, created: datetime, i: int, back: int, agents: Sequence[str], bad_by: str) -> TicketFacts:
    channel, turn = ("email", "chat")[i % 2], (i // 2 + back) % 10
    agent = agents[(i + back) % len(agents)]
    is_content = turn < (2 if channel == bad_by and back <= BAD_DAYS else 4 if agent == agents[-1] else 9)
    return TicketFacts(
        key,
        created,
        agent=agent,
        channel=channel,
        queue=("Refunds", "Billing")[i % 3 == 0],
        category=("=HYPERLINK(1)", "Label", "Parcel")[i % 3],
        first_response_at=created + timedelta(minutes=30 + turn * 7),
        solved_at=created + 2 * HOUR,
        csat="5" if is_content else "1",
        csat_at=created + 3 * HOUR,
        subject=f"Where is parcel {key}?",
        url=f"https://desk.example/tickets/{key}",
    )
