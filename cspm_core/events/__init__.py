"""What happened to tickets, as a help desk tells it live or its log in bulk, and the facts that follow from it."""

from .actions import Heard, catch_up, record, take
from .following import Followed
from .log import Written, left_behind
from .log import count_behind as behind
from .reads import live_until
from .recounting import recount
from .rules import (
    ACTOR_KINDS,
    BY_CUSTOMERS,
    COLUMNS,
    KINDS,
    RATED,
    TELLS,
    Derived,
    Event,
    Kind,
    derive,
    kind_named,
    opener_named,
    status_named,
)
from .tables import TicketBehind, TicketEvent
from .waits import Wait

__all__ = [
    "ACTOR_KINDS",
    "BY_CUSTOMERS",
    "COLUMNS",
    "KINDS",
    "RATED",
    "TELLS",
    "Derived",
    "Event",
    "Followed",
    "Heard",
    "Kind",
    "TicketBehind",
    "TicketEvent",
    "Wait",
    "Written",
    "behind",
    "catch_up",
    "derive",
    "kind_named",
    "left_behind",
    "live_until",
    "opener_named",
    "record",
    "recount",
    "status_named",
    "take",
]
