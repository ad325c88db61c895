"""The catalogue of figures and their formulas: pure, over columns of tickets and escalations."""

from .catalogue import CATALOGUE, OF_TICKETS, Better, Clock, Cohort, Metric, Subject, Unit
from .frame import (
    DIMENSIONS,
    NEVER,
    UNKNOWN,
    Calls,
    CheckBacks,
    Columns,
    Contacts,
    EscalatedTickets,
    Escalations,
    Spells,
    Tickets,
    Ways,
    Window,
    code_of,
)
from .measures import Measure
from .parts import Part

__all__ = [
    "CATALOGUE",
    "DIMENSIONS",
    "NEVER",
    "OF_TICKETS",
    "UNKNOWN",
    "Better",
    "Calls",
    "CheckBacks",
    "Clock",
    "Cohort",
    "Columns",
    "Contacts",
    "EscalatedTickets",
    "Escalations",
    "Measure",
    "Metric",
    "Part",
    "Spells",
    "Subject",
    "Tickets",
    "Unit",
    "Ways",
    "Window",
    "code_of",
]
