"""The catalogue of figures and their formulas: pure, over columns of tickets, escalations and reviews."""

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
    ReviewedTickets,
    Reviews,
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
    "ReviewedTickets",
    "Reviews",
    "Spells",
    "Subject",
    "Tickets",
    "Unit",
    "Ways",
    "Window",
    "code_of",
]
