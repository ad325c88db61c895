"""Calls: contacts of full rank, imported and read as columns."""

from .actions import CHUNK, Recorded, note_source, record
from .lists import CallListed, listed
from .reads import CALLS, any_between, calls_of, extent
from .rules import CallFacts
from .tables import Call

__all__ = [
    "CALLS",
    "CHUNK",
    "Call",
    "CallFacts",
    "CallListed",
    "Recorded",
    "any_between",
    "calls_of",
    "extent",
    "listed",
    "note_source",
    "record",
]
