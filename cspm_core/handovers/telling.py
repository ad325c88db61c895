"""Which messages a handover has: its card in the channel and for both people, and a call while nobody takes it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from .. import notices, people
from ..people import Member, Team
from .tables import Handover

CARD = "handover.card"
"""Its key tells for whom: channel, to (whoever follows) or from (whoever handed over)."""
CALL = "handover.call"
"""Nobody has taken it over yet; once for each round and person."""
CARDS = (CARD, CALL)


def show(
    session: Session, team: Team, row: Handover, members: Iterable[Member], giver: Member, *, now: datetime
) -> None:
    """The card in the team's channel, for those who follow, and a copy for whoever hands over."""
    if team.channel:
        _post(session, row, CARD, f"handover:{row.id}:channel", team.channel, team.language, now)
    for member in members:
        to_member(session, row, member, f"handover:{row.id}:to:{member.id}", now=now)
    to_member(session, row, giver, f"handover:{row.id}:from:{giver.id}", now=now)


def call(session: Session, row: Handover, members: Iterable[Member], *, now: datetime) -> None:
    """Tell some people aloud that nobody has taken it over."""
    for member in members:
        to_member(session, row, member, f"handover:{row.id}:call:{row.round}:{member.id}", now=now, kind=CALL)


def to_member(session: Session, row: Handover, member: Member, key: str, *, now: datetime, kind: str = CARD) -> None:
    if member.slack_user_id:
        language = people.reader_language(session, member)
        _post(session, row, kind, key, member.slack_user_id, language, now)


def redraw(session: Session, row: Handover) -> None:
    """Every message about it is drawn anew."""
    notices.refresh(session, row.workspace_id, CARDS, row.id)


def _post(session: Session, row: Handover, kind: str, key: str, place: str, language: str, now: datetime) -> None:
    notices.post(
        session, row.workspace_id, key=key, kind=kind, subject_id=row.id, team_id=row.team_id, place=place,
        language=language, now=now,
    )  # fmt: skip
