"""The customers of a crisis as a CSV file that a spreadsheet opens in any language."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import pandas as pd

from cspm_core.crises import Customer

from ..kpi.sheets import harmless
from ..words import Words


def customers(every: Sequence[Customer], timezone: str, t: Words) -> bytes:
    """A row each: UTF-8 with a mark, so that Excel reads it right; instants in the team's zone."""
    zone = ZoneInfo(timezone)
    columns = {
        t("Organisation"): [harmless(one.organisation) for one in every],
        t("Customer"): [harmless(one.customer) for one in every],
        t("Tier"): [harmless(one.tier) for one in every],
        t("Ticket"): [harmless(one.ticket_key) for one in every],
        t("Link"): [harmless(one.url) for one in every],
        t("Told"): [f"{one.told_at.astimezone(zone):%Y-%m-%d %H:%M}" if one.told_at else "" for one in every],
        t("By"): [harmless(one.told_by) for one in every],
    }
    return pd.DataFrame(columns).to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")
