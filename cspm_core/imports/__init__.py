"""Exports of help desks and lists of people, read as they come."""

from . import columns
from .instants import Order
from .people import PeoplePlan, PeopleWish, introduce_people, plan_people
from .problems import Fault, Reason, Unreadable
from .refused import RefusedRows
from .report import PeopleReport, TicketReport
from .shifts import ShiftPlan, ShiftWish, plan_shifts, take_shifts
from .shifts_report import ShiftReport
from .shifts_rows import SHIFTS, ShiftReason
from .ticket_plan import Plan, Survey, Wish, plan, survey
from .tickets import carry_out

__all__ = [
    "SHIFTS",
    "Fault",
    "Order",
    "PeoplePlan",
    "PeopleReport",
    "PeopleWish",
    "Plan",
    "Reason",
    "RefusedRows",
    "ShiftPlan",
    "ShiftReason",
    "ShiftReport",
    "ShiftWish",
    "Survey",
    "TicketReport",
    "Unreadable",
    "Wish",
    "carry_out",
    "columns",
    "introduce_people",
    "plan",
    "plan_people",
    "plan_shifts",
    "survey",
    "take_shifts",
]
