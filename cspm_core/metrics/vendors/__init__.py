"""How help desks count what we count otherwise: their figure from the same tickets, and what makes the difference."""

from .rules import Counted, Figure, Others, Reading
from .table import READINGS, elsewhere

__all__ = ["READINGS", "Counted", "Figure", "Others", "Reading", "elsewhere"]
