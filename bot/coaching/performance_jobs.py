"""The page of a performance talk as it is delivered: drawn anew whenever something in it has changed."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from cspm_core.coaching import performance, performance_page
from cspm_core.coaching.tables import PerformanceTalk
from cspm_core.notices import Notice

from ..blocks import Drawing
from ..notices import Kind
from ..words import Words
from . import performance_views


def _page(session: Session, notice: Notice, t: Words, now: datetime) -> Drawing | None:
    row = session.get(PerformanceTalk, (notice.workspace_id, notice.subject_id))
    if row is None:
        return None
    reader_id = performance.reader_of(notice.key)
    return performance_views.page(performance_page.page(session, row, now=now), reader_id, t)


KINDS = {performance.KIND: Kind(_page)}
