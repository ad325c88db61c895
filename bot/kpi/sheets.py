"""The tickets, escalations or reviews behind a figure as a CSV file that a spreadsheet opens in any language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from cspm_core.kpi import EscalationList, TicketList
from cspm_core.metrics import Unit
from cspm_core.qa.lists import Listed

from ..escalations.names import KINDS, SEVERITIES, STATUSES
from ..escalations.titles import called, title
from ..qa.review_names import STRATA
from ..words import Words
from .escalation_views import cause
from .names import ticket_word
from .ticket_views import state

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A cell that begins so would be run by a spreadsheet, the wide ones too where it writes Chinese or Korean."""
CHANGED = re.compile(
    r"0\d+|\d{12,}|\d+e\d+|\d{1,2}[-/.]\d{1,4}([-/.]\d{1,4})?|(19|20)\d\d[-/.]\d{1,2}([-/.]\d{1,2})?"
    r"|(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[- ]?\d{1,4}",
    re.IGNORECASE,
)
"""A name that a spreadsheet would take for a number, and show without its zeros or as 1.2E+15, or for a date."""
DELIMITERS = {"nl": ";"}
"""What separates columns where a comma begins the decimals; else a comma."""


def sheet(found: TicketList, timezone: str, t: Words) -> bytes:
    """Every ticket, a row each: UTF-8 with a mark, so that Excel reads it right; instants in the team's zone."""
    rows = found.rows
    zone = ZoneInfo(timezone)
    columns = {
        t("Ticket"): [name(row.key) for row in rows],
        t("Subject"): [harmless(row.subject) for row in rows],
        t("Status"): [harmless(state(row, t)) for row in rows],
        t("Created"): [_moment(row.created_at, zone) for row in rows],
        t("Seconds"): _seconds([row.value_s for row in rows]),
        t("Still waiting"): [t("yes") if row.is_waiting else t("no") for row in rows],
        t("Counts"): ["" if row.ok is None else t("for") if row.ok else t("against") for row in rows],
        t("Priority"): [harmless(ticket_word(row.priority, t)) for row in rows],
        t("Came by"): [harmless(ticket_word(row.channel, t)) for row in rows],
        t("Queue"): [harmless(row.queue) for row in rows],
        t("Category"): [harmless(row.category) for row in rows],
        t("Language"): [harmless(row.language) for row in rows],
        t("Customer"): [harmless(row.customer) for row in rows],
        t("Link"): [harmless(row.url) for row in rows],
    }
    if found.metric.unit is Unit.SHARE:
        del columns[t("Seconds")]
    return _csv(columns, t)


def escalation_sheet(found: EscalationList, timezone: str, t: Words) -> bytes:
    """Every escalation, a row each, as above. Confidential ones have no words there either."""
    rows, zone = [(row, row.escalation) for row in found.rows], ZoneInfo(timezone)
    columns = {
        t("Escalation"): [called(one.number) for _, one in rows],
        t("What has happened"): [harmless(title(one, one.rule_facts, t, limit=1_000)) for _, one in rows],
        t("Kind"): ["" if one.is_veiled else t(KINDS[one.kind]) for _, one in rows],
        t("Cause"): [cause(one.cause, t) for _, one in rows],
        t("Severity"): [t(SEVERITIES[one.severity]) for _, one in rows],
        t("Status"): [t(STATUSES[row.state]) for row, _ in rows],
        t("Opened"): [_moment(one.opened_at, zone) for _, one in rows],
        t("Taken after, in seconds"): _seconds([row.acknowledged_s for row, _ in rows]),
        t("Seconds"): _seconds([row.value_s for row, _ in rows]),
        t("Still waiting"): [t("yes") if row.is_waiting else t("no") for row, _ in rows],
        t("Counts"): ["" if row.ok is None else t("for") if row.ok else t("against") for row, _ in rows],
        t("Ticket"): [name(one.ticket_key) for _, one in rows],
        t("Customer"): [harmless(one.customer) for _, one in rows],
        t("Link"): [harmless(one.url) for _, one in rows],
    }
    if found.metric.unit is Unit.SHARE:
        del columns[t("Seconds")]
    return _csv(columns, t)


def review_sheet(found: Sequence[Listed], timezone: str, t: Words) -> bytes:
    """Every review that may be seen, a row each, as above."""
    zone = ZoneInfo(timezone)
    columns = {
        t("Ticket"): [name(one.key) for one in found],
        t("Subject"): [harmless(one.subject) for one in found],
        t("Agent"): [harmless(one.agent) for one in found],
        t("Reviewer"): [harmless(one.reviewer) for one in found],
        t("Scorecard"): [harmless(one.scorecard) for one in found],
        t("Picked"): [t(STRATA.get(one.stratum, one.stratum)) for one in found],
        t("Reviewed"): [_moment(one.reviewed_at, zone) for one in found],
        t("Score"): ["" if one.score is None else t.number(one.score, 2) for one in found],
        t("Passed"): ["" if one.is_passed is None else t("yes") if one.is_passed else t("no") for one in found],
        t("Critical failures"): [one.critical_failures for one in found],
        t("Link"): [harmless(one.url) for one in found],
    }
    return _csv(columns, t)


def _csv(columns: dict[str, Any], t: Words) -> bytes:
    separator = DELIMITERS.get(t.language, ",")
    return pd.DataFrame(columns).to_csv(index=False, lineterminator="\r\n", sep=separator).encode("utf-8-sig")


def _moment(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}"


def _seconds(values: list[float | None]) -> Any:
    return pd.array([None if value is None else round(value) for value in values], dtype="Int64")


def name(text: str) -> str:
    """What something is called, which stays as it is written."""
    return f"'{text}" if CHANGED.fullmatch(text) else harmless(text)


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula, also behind spaces."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text
