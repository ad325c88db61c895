"""Names that Slack sends back to us. Messages in channels remember them for years: never rename."""

from __future__ import annotations

KPI_KEEP = "kpi.keep"
KPI_SHARE = "kpi.share"
KPI_PERIOD = "kpi.period"
KPI_TEAM = "kpi.team"
KPI_ALL = "kpi.all"
KPI_TICKETS = "kpi.tickets"
KPI_TICKETS_METRIC = "kpi.tickets.metric"
KPI_SHEET = "kpi.sheet"
KPI_EXPLAIN = "kpi.explain"
KPI_EXPLAIN_METRIC = "kpi.explain.metric"
KPI_OPEN = "kpi.open"

HOME_LANGUAGE = "home.language"
HOME_REACH = "home.reach"
HOME_KPI = "home.kpi"

DIGEST_DETAILS = "digest.details"
DIGEST_TICKETS = "digest.tickets"
DIGEST_PAUSE = "digest.pause"
DIGEST_RESUME = "digest.resume"
DIGEST_SETTINGS = "digest.settings"
DIGEST_SETTINGS_FORM = "digest.settings.form"
DIGEST_PAUSE_FORM = "digest.pause.form"
