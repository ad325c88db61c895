"""The catalogue of figures and their formulas: pure, over columns of tickets and escalations."""

from .catalogue import CATALOGUE, OF_TICKETS, Better, Clock, Cohort, Metric, Subject, Unit
from .frame import NEVER, UNKNOWN, CheckBacks, Columns, EscalatedTickets, Escalations, Tickets, Window
from .measures import Measure
from .parts import Part

__all__ = [
    "CATALOGUE",
    "NEVER",
    "OF_TICKETS",
    "UNKNOWN",
    "Better",
    "CheckBacks",
    "Clock",
    "Cohort",
    "Columns",
    "EscalatedTickets",
    "Escalations",
    "Measure",
    "Metric",
    "Part",
    "Subject",
    "Tickets",
    "Unit",
    "Window",
]
