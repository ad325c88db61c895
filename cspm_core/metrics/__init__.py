"""The catalogue of figures and their formulas: pure, over columns of tickets."""

from .catalogue import CATALOGUE, Better, Clock, Cohort, Metric, Unit
from .frame import NEVER, UNKNOWN, Tickets, Window
from .measures import Measure
from .parts import Part

__all__ = [
    "CATALOGUE",
    "NEVER",
    "UNKNOWN",
    "Better",
    "Clock",
    "Cohort",
    "Measure",
    "Metric",
    "Part",
    "Tickets",
    "Unit",
    "Window",
]
