"""What happened to tickets, as a help desk tells it live, and the facts that follow from it at once."""

from .actions import Heard, record
from .reads import live_until
from .rules import ACTOR_KINDS, COLUMNS, KINDS, Derived, Event, Kind, derive, kind_named, opener_named, status_named
from .tables import TicketEvent

__all__ = [
    "ACTOR_KINDS",
    "COLUMNS",
    "KINDS",
    "Derived",
    "Event",
    "Heard",
    "Kind",
    "TicketEvent",
    "derive",
    "kind_named",
    "live_until",
    "opener_named",
    "record",
    "status_named",
]
