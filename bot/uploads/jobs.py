"""How the card of a dropped file is drawn when it is delivered."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from cspm_core import uploads
from cspm_core.notices import Notice

from ..blocks import Drawing
from ..notices import Kind
from ..words import Words
from . import views


def _card(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing:
    return views.card(uploads.card(session, notice.workspace_id, notice.subject_id, now=now), t)


KINDS = {uploads.CARD: Kind(_card)}
