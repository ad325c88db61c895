"""A team's card of a day: which is the latest, and what it says now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session, col, select

from ..people import Team
from . import risk
from .risk import Risk
from .scene import Scene, scene_of
from .tables import RiskCard


def latest_card(session: Session, team: Team) -> RiskCard | None:
    """The last card a team was given."""
    return session.exec(
        select(RiskCard)
        .where(RiskCard.workspace_id == team.workspace_id, RiskCard.team_id == team.id)
        .order_by(col(RiskCard.day).desc())
        .limit(1)
    ).first()


def risk_of(session: Session, team: Team, scene: Scene | None, card: RiskCard | None, *, now: datetime) -> Risk:
    """What a card says now. `card` None: what the first of the day would."""
    day: date = card.day if card else now.date()
    bare = Risk(card.id if card else 0, team.id, team.name, team.timezone, day, None, False, False, False, (), 0, 0)
    if scene is None:
        return bare
    lines, late, coming = risk.risk_tickets(session, team, scene.work, scene.clock, scene.reach.as_of)
    return replace(
        bare,
        as_of=scene.reach.as_of,
        is_live=scene.reach.is_live,
        is_paused=scene.reach.is_paused,
        tickets=lines,
        past_due=late,
        in_time=coming,
    )


def card(session: Session, team: Team, card_id: int, *, now: datetime) -> Risk | None:
    """What a team's card of a day says now; a card that another day followed only says so. None: there is none."""
    row, latest = session.get(RiskCard, (team.workspace_id, card_id)), latest_card(session, team)
    if row is None or latest is None:
        return None
    if row.day < latest.day:
        return replace(risk_of(session, team, None, row, now=now), is_over=True)
    return risk_of(session, team, scene_of(session, team, now=now), row, now=now)
