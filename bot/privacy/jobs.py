"""The weekly summary of looks, by itself."""

from __future__ import annotations

from datetime import datetime

import structlog
from sqlmodel import Session

from cspm_core import people, privacy
from cspm_core.notices import Notice
from cspm_core.privacy.actions import home_of, span, zone_of
from cspm_core.privacy.tables import LookSummary

from ..blocks import Drawing
from ..notices import Kind
from ..runtime import Runtime
from ..words import Words
from . import views

log = structlog.get_logger(__name__)


def tell(runtime: Runtime) -> None:
    """Everybody whose last week has looks in it; one person's trouble does not keep the others waiting."""
    now = runtime.now()
    with runtime.store.reading() as session:
        found = privacy.wanting(session, now=now)
    for one in found:
        try:
            with runtime.store.transaction() as session:
                privacy.tell(session, one, now=now)
        except Exception:
            log.exception("looks not told", member=one.member_id)


def _summary(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:
    row = session.get(LookSummary, (notice.workspace_id, notice.subject_id))
    if row is None:
        return None
    person = people.member(session, notice.workspace_id, row.member_id)
    home = home_of(session, person, now)
    if home is None:
        return None
    begin, end = span(person, home, row.week)
    looks = privacy.looks(session, notice.workspace_id, person.id, begin, end)
    return views.week(privacy.summed(looks), row.week, zone_of(person, home), t) if looks else None


KINDS = {privacy.SUMMARY: Kind(_summary)}
