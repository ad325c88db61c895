"""What is known about a person: who looked, all of it on paper, and gone when they have left."""

from .actions import SUMMARY, tell, wanting
from .leaving import Forgotten, anonymise
from .reads import LookedAt, Looks, Standing, looks, standing
from .record import record

__all__ = [
    "SUMMARY",
    "Forgotten",
    "LookedAt",
    "Looks",
    "Standing",
    "anonymise",
    "looks",
    "record",
    "standing",
    "tell",
    "wanting",
]
