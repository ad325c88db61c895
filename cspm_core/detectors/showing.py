"""The card of what is at risk: asked for once a day, edited where it says something new."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, update

from .. import notices
from ..calendars import at_local, local_day
from ..ids import new_id
from ..once import add_once
from ..people import Team
from .cards import latest_card
from .risk import Risk
from .sights import Sight
from .tables import RiskCard

CARD = "risk.card"
DAY = timedelta(days=1)


def show(session: Session, team: Team, sight: Sight, now: datetime) -> None:
    """Today's card where something is at risk and the team works; else the one that stands says what is new."""
    standing, today = latest_card(session, team), local_day(now, team.timezone)
    risk = sight.risk
    is_first = standing is None or standing.day < today
    if is_first and team.channel and sight.is_open and not risk.is_paused and _is_of(risk, today):
        _post(session, team, sight, standing, now)
        return
    if standing is None:
        return
    fingerprint = replace(risk, day=standing.day).fingerprint()
    changed = session.exec(
        update(RiskCard)
        .where(
            col(RiskCard.workspace_id) == team.workspace_id,
            col(RiskCard.id) == standing.id,
            col(RiskCard.shown) != fingerprint,
        )
        .values(shown=fingerprint)
        .execution_options(synchronize_session=False)
    )
    if changed.rowcount:
        notices.refresh(session, team.workspace_id, CARD, standing.id)


def _is_of(risk: Risk, day: date) -> bool:
    """Whether a day needs a card: something can still be in time, or was missed that day. What was missed before stands
    in the morning's digest, and on the card once there is one."""
    return risk.in_time > 0 or any(local_day(one.due_at, risk.timezone) == day for one in risk.tickets)


def _post(session: Session, team: Team, sight: Sight, before: RiskCard | None, now: datetime) -> None:
    day = local_day(now, team.timezone)
    shown = replace(sight.risk, day=day).fingerprint()
    row = RiskCard(workspace_id=team.workspace_id, id=new_id(now), team_id=team.id, day=day, shown=shown)
    if not add_once(session, row):
        return
    notices.post(
        session,
        team.workspace_id,
        key=f"{CARD}:{team.id}:{day}",
        kind=CARD,
        subject_id=row.id,
        team_id=team.id,
        place=str(team.channel),
        language=team.language,
        now=now,
        expires_at=at_local(day + DAY, datetime.min.time(), team.timezone),
    )
    if before:
        notices.refresh(session, team.workspace_id, CARD, before.id)
