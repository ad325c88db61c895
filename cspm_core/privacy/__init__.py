"""What is known about a person: who looked, all of it on paper, and gone when they have left."""

from .actions import SUMMARY, tell, wanting
from .leaving import Forgotten, anonymise
from .reads import Standing, Weeks, looks, standing, standing_of, weeks
from .record import record
from .rules import LookedAt, Looks, occasion, summed

__all__ = [
    "SUMMARY",
    "Forgotten",
    "LookedAt",
    "Looks",
    "Standing",
    "Weeks",
    "anonymise",
    "looks",
    "occasion",
    "record",
    "standing",
    "standing_of",
    "summed",
    "tell",
    "wanting",
    "weeks",
]
