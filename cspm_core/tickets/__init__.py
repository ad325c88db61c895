"""Tickets as facts: imported from any help desk, held against targets, read as frames."""

from .actions import CHUNK, Recorded, note_source, record, record_columns
from .freshness import LIVE_FOR, is_stale
from .reads import LIVE, Extent, complete_until, extent, sla_targets, slas, source, tickets_of
from .recounting import Recounting, recount, recounting, to_recount
from .rules import TicketFacts
from .sla import SlaClock, SlaMetric
from .tables import SlaTarget, Source, Ticket
from .targets import drop_sla, set_sla

__all__ = [
    "CHUNK",
    "LIVE",
    "LIVE_FOR",
    "Extent",
    "Recorded",
    "Recounting",
    "SlaClock",
    "SlaMetric",
    "SlaTarget",
    "Source",
    "Ticket",
    "TicketFacts",
    "complete_until",
    "drop_sla",
    "extent",
    "is_stale",
    "note_source",
    "record",
    "record_columns",
    "recount",
    "recounting",
    "set_sla",
    "sla_targets",
    "slas",
    "source",
    "tickets_of",
    "to_recount",
]
