"""How the card of a dropped file is drawn when it is delivered."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from cspm_core import first_days, people, uploads
from cspm_core.notices import Notice

from ..blocks import Drawing
from ..notices import Kind
from ..words import Words
from . import views


def _card(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing:
    one = uploads.card(session, notice.workspace_id, notice.subject_id, now=now)
    team = people.team(session, notice.workspace_id, notice.team_id)
    return views.card(one, t, first_days.coming_at(session, team, now=now))


KINDS = {uploads.CARD: Kind(_card)}
