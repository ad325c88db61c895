"""Handovers: a shift and everything that stands goes to the next one, who says "taken over"."""

from .actions import Taken, make, take
from .clocks import due, move_on
from .reads import Card, Offer, card, offer
from .rules import LINE_CHARACTERS, Item, Risky, Running, Snapshot
from .snapshots import snapshot
from .tables import Handover
from .telling import CALL, CARD

__all__ = [
    "CALL",
    "CARD",
    "LINE_CHARACTERS",
    "Card",
    "Handover",
    "Item",
    "Offer",
    "Risky",
    "Running",
    "Snapshot",
    "Taken",
    "card",
    "due",
    "make",
    "move_on",
    "offer",
    "snapshot",
    "take",
]
