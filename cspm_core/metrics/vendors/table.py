"""Which vendors count which of our metrics otherwise."""

from __future__ import annotations

from collections.abc import Mapping

from ..frame import Window
from ..parts import outside
from . import chatwoot, others, zendesk
from .rules import Counted, Others, Reading

ZENDESK, CHATWOOT, LIBREDESK, ZAMMAD = "zendesk", "chatwoot", "libredesk", "zammad"
METRICS = "https://support.zendesk.com/hc/en-us/articles/4408827693594"
DURATIONS = "https://support.zendesk.com/hc/en-us/articles/4408834848154"
AVERAGES = (
    "https://github.com/chatwoot/chatwoot/blob/develop/app/builders/v2/reports/timeseries/average_report_builder.rb"
)
SLAS = (
    "https://github.com/chatwoot/chatwoot/blob/develop/enterprise/app/controllers/api/v1/accounts/"
    "applied_slas_controller.rb"
)
RATINGS = "https://github.com/chatwoot/chatwoot/blob/develop/app/javascript/dashboard/store/modules/csat.js"
LIBRE = "https://github.com/abhinavxd/libredesk/blob/main/internal/report/queries.sql"
FLOW = "https://github.com/zammad/zammad/blob/develop/lib/report/ticket_backlog.rb"
REPLIES = "https://support.zendesk.com/hc/en-us/articles/4408821871642"
TOUCHES = "https://support.zendesk.com/hc/en-us/articles/4408820618266"

READINGS: Mapping[str, tuple[Reading, ...]] = {
    "volume": (Reading(ZENDESK, "all_but_deleted", zendesk.volume, METRICS),),
    "solved": (
        Reading(ZENDESK, "solved_now", zendesk.solved, METRICS),
        Reading(CHATWOOT, "each_resolution", chatwoot.solved, AVERAGES),
    ),
    "backlog": (
        Reading(ZENDESK, "unsolved", zendesk.backlog, METRICS),
        Reading(ZAMMAD, "created_less_closed", others.zammad_backlog, FLOW),
    ),
    "first_response": (
        Reading(ZENDESK, "median_of_replied", zendesk.first_response, REPLIES),
        Reading(CHATWOOT, "average_of_replies", chatwoot.first_response, AVERAGES),
        Reading(LIBREDESK, "average_in_time", others.libredesk_first_response, LIBRE),
    ),
    "first_response_business": (
        Reading(CHATWOOT, "average_of_working_replies", chatwoot.first_response_business, AVERAGES),
    ),
    "full_resolution": (
        Reading(ZENDESK, "median_of_solved", zendesk.full_resolution, DURATIONS),
        Reading(CHATWOOT, "average_of_resolutions", chatwoot.full_resolution, AVERAGES),
    ),
    "first_resolution": (Reading(ZENDESK, "median_of_first_solves", zendesk.first_resolution, DURATIONS),),
    "one_touch": (Reading(ZENDESK, "fewer_than_two", zendesk.one_touch, TOUCHES),),
    "reopen_rate": (Reading(ZENDESK, "ever_reopened", zendesk.reopen_rate, METRICS),),
    "sla_first_response": (
        Reading(CHATWOOT, "not_missed", chatwoot.sla_first_response, SLAS),
        Reading(LIBREDESK, "met_of_judged", others.libredesk_sla_first_response, LIBRE),
    ),
    "sla_resolution": (Reading(CHATWOOT, "not_missed", chatwoot.sla_resolution, SLAS),),
    "csat": (
        Reading(ZENDESK, "good_of_rated", zendesk.csat, METRICS),
        Reading(CHATWOOT, "four_and_five", chatwoot.csat, RATINGS),
    ),
}  # fmt: skip


def elsewhere(key: str, facts: Others, window: Window) -> tuple[Counted, ...]:
    """What other help desks would show for one of our metrics; empty where none is known to count otherwise."""
    if outside(window):
        return ()
    return tuple(Counted(reading, reading.formula(facts, window)) for reading in READINGS.get(key, ()))
