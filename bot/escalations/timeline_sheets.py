"""The timeline of an escalation as a CSV file that a spreadsheet opens in any language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from zoneinfo import ZoneInfo

import pandas as pd

from cspm_core.escalations import Line

from ..kpi.sheets import harmless
from ..words import Words
from . import line_views
from .messages import plain
from .names import ORIGINS


def sheet(lines: Sequence[Line], t: Words) -> bytes:
    """Every line, oldest first: UTF-8 with a mark, so that Excel reads it right."""
    columns = {
        t("At (UTC)"): [f"{line.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" for line in lines],
        t("At"): [f"{line.at.astimezone(ZoneInfo(line.timezone)):%Y-%m-%d %H:%M:%S}" for line in lines],
        t("What"): [harmless(line.kind) for line in lines],
        t("Who"): [harmless(line.by.name if line.by else "") for line in lines],
        t("Origin"): [harmless(t(ORIGINS.get(line.origin, line.origin))) for line in lines],
        t("Words"): [harmless(_words(line, t)) for line in lines],
    }
    return pd.DataFrame(columns).to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def _words(line: Line, t: Words) -> str:
    """The sentence as it is told; of what somebody wrote, all of it."""
    written = str(line.facts.get("words") or line.facts.get("what") or "") if line.kind in WRITTEN else ""
    return written or plain(line_views.sentence(line, t))


WRITTEN = frozenset({"noted", "prevention"})
"""Kinds whose words are somebody's own."""
