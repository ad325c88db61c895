"""Data that has become too old: whoever exports is reminded once."""

from .actions import REMINDER, remind, settle
from .reads import Stale, over, stale, wanting
from .tables import StaleReminder

__all__ = ["REMINDER", "Stale", "StaleReminder", "over", "remind", "settle", "stale", "wanting"]
