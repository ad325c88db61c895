"""What people asked for once and must not get twice, however often Slack or a finger repeats it."""

from .actions import first_time, forget
from .tables import Receipt

__all__ = ["Receipt", "first_time", "forget"]
