"""Half a year of a team's tickets, in which Teo's customers are content more often since a promise of his."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from cspm_core.coaching.tables import Promise, Talk
from cspm_core.ids import new_id
from cspm_core.people import Team
from cspm_core.tickets import TicketFacts

from . import turning
from .house import House
from .returns import NEW_YORK, at

MADE_ON = date(2026, 9, 22)
PROMISE = "Read the whole thread first"
NAMES = ("Teo de Vries", *(f"{name} Roe" for name in ("Ada", "Bo", "Kit", "Luis", "Mei", "Noor", "Oz", "Pia", "Quin")))


def weeks(until: datetime, n: int = 25) -> list[TicketFacts]:
    """Three of five are content everywhere and always, but all of Teo's since the promise, and few in the weeks before
    it."""
    made = turning.weeks(until, n, agents=NAMES, bad_by="nobody")
    return [replace(one, csat="5" if _is_content(number, one) else "1") for number, one in enumerate(made)]


def _is_content(number: int, one: TicketFacts) -> bool:
    day = one.created_at.astimezone(NEW_YORK).date()
    if one.agent == NAMES[0] and day > MADE_ON:
        return True
    if one.agent == NAMES[0] and day > MADE_ON - timedelta(days=28):
        return number % 5 == 0
    return hash_of(number) % 5 < 3


def hash_of(number: int) -> int:
    """Spread without an order."""
    return number * 2_654_435_761 % 2**32 >> 8


def promised(house: House, team: Team, agent: str = "Teo", on: date = MADE_ON, **facts: object) -> Promise:
    """Something that an agent promised Mina on a day."""
    made_at = at(on, 12)
    with house.store.transaction() as session:
        row = Promise(
            workspace_id=house.workspace_id, id=new_id(made_at), team_id=team.id, owner_id=house.known[agent].id,
            lead_id=house.known["Mina"].id, agent_id=house.known[agent].id, due_on=on + timedelta(days=14),
            made_at=made_at,
            **{"words": PROMISE, "kind": "knowledge", "metric": "csat", "status": "kept", **facts},
        )  # fmt: skip
        session.add(row)
    return row


def talked(house: House, team: Team, on: date = MADE_ON, agent: str = "Teo") -> None:
    """A talk that was held."""
    with house.store.transaction() as session:
        session.add(
            Talk(
                workspace_id=house.workspace_id,
                id=new_id(at(on, 12)),
                team_id=team.id,
                status="held",
                lead_id=house.known["Mina"].id,
                agent_id=house.known[agent].id,
                planned_at=at(on, 12),
                held_at=at(on, 12),
            )
        )
