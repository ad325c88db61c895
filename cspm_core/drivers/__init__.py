"""What moved a figure: the one channel, queue, category, language, priority or hour, or that there is none."""

from .choosing import worth_saying
from .reads import of_change
from .rules import HOURS, Dimension, Driver, Moved, NoDriver, NoDriverReason

__all__ = [
    "HOURS",
    "Dimension",
    "Driver",
    "Moved",
    "NoDriver",
    "NoDriverReason",
    "of_change",
    "worth_saying",
]
