"""Tickets as facts: imported from any help desk, held against targets, read as frames."""

from .actions import CHUNK, Recorded, note_source, record
from .freshness import LIVE_FOR, is_stale
from .reads import LIVE, Extent, complete_until, extent, sla_targets, slas, source, tickets_of
from .rules import TicketFacts
from .sla import SlaClock, SlaMetric
from .tables import SlaTarget, Source, Ticket
from .targets import drop_sla, recount, set_sla

__all__ = [
    "CHUNK",
    "LIVE",
    "LIVE_FOR",
    "Extent",
    "Recorded",
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
    "recount",
    "set_sla",
    "sla_targets",
    "slas",
    "source",
    "tickets_of",
]
