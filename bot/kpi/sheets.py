"""The tickets behind a figure as a CSV file that a spreadsheet opens in any language."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pandas as pd

from cspm_core.kpi import TicketList
from cspm_core.metrics import Unit

from ..words import Words
from .names import ticket_word

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so would be run by a spreadsheet."""


def sheet(found: TicketList, timezone: str, t: Words) -> bytes:
    """Every ticket, a row each: UTF-8 with a mark, so that Excel reads it right; instants in the team's zone."""
    rows = found.rows
    zone = ZoneInfo(timezone)
    columns = {
        t("Ticket"): [harmless(row.key) for row in rows],
        t("Subject"): [harmless(row.subject) for row in rows],
        t("Status"): [harmless(ticket_word(row.status, t)) for row in rows],
        t("Created"): [f"{row.created_at.astimezone(zone):%Y-%m-%d %H:%M:%S}" for row in rows],
        t("Seconds"): pd.array([None if row.value_s is None else round(row.value_s) for row in rows], dtype="Int64"),
        t("Still waiting"): [t("yes") if row.is_waiting else t("no") for row in rows],
        t("Counts"): ["" if row.ok is None else t("for") if row.ok else t("against") for row in rows],
        t("Priority"): [harmless(ticket_word(row.priority, t)) for row in rows],
        t("Came by"): [harmless(ticket_word(row.channel, t)) for row in rows],
        t("Customer"): [harmless(row.customer) for row in rows],
        t("Link"): [harmless(row.url) for row in rows],
    }
    if found.metric.unit is Unit.SHARE:
        del columns[t("Seconds")]
    return pd.DataFrame(columns).to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
