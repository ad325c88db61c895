"""Exports of help desks and lists of people, read as they come."""

from . import columns
from .instants import Order
from .people import PeoplePlan, PeopleWish, introduce_people, plan_people
from .problems import Fault, Reason, Unreadable
from .refused import RefusedRows
from .report import PeopleReport, TicketReport
from .ticket_plan import Plan, Survey, Wish, plan, survey
from .tickets import carry_out

__all__ = [
    "Fault",
    "Order",
    "PeoplePlan",
    "PeopleReport",
    "PeopleWish",
    "Plan",
    "Reason",
    "RefusedRows",
    "Survey",
    "TicketReport",
    "Unreadable",
    "Wish",
    "carry_out",
    "columns",
    "introduce_people",
    "plan",
    "plan_people",
    "survey",
]
