"""Exports of help desks and lists of people, read as they come."""

from . import columns
from .asked import Wish
from .call_columns import CALLS
from .call_plan import CallPlan, CallSurvey, plan_calls, survey_calls
from .call_rows import CallReason
from .calls import CallReport, take_calls
from .event_columns import HEADER as EVENT_HEADER
from .event_plan import EventPlan, plan_events
from .event_report import EventReport
from .event_values import EventReason
from .events import TakenEvents, follow_events, take_events
from .instants import Order
from .people import PeoplePlan, PeopleWish, introduce_people, plan_people
from .problems import Fault, Reason, Unreadable
from .refused import RefusedRows
from .report import PeopleReport, TicketReport
from .review_columns import REVIEWS
from .review_plan import ReviewPlan, ReviewSurvey, plan_reviews, survey_reviews
from .review_rows import ReviewReason
from .reviews import ReviewReport, take_reviews
from .shifts import ShiftPlan, ShiftWish, plan_shifts, take_shifts
from .shifts_report import ShiftReport
from .shifts_rows import SHIFTS, ShiftReason
from .ticket_plan import Plan, Survey, plan, survey
from .tickets import carry_out

__all__ = [
    "CALLS",
    "EVENT_HEADER",
    "REVIEWS",
    "SHIFTS",
    "CallPlan",
    "CallReason",
    "CallReport",
    "CallSurvey",
    "EventPlan",
    "EventReason",
    "EventReport",
    "Fault",
    "Order",
    "PeoplePlan",
    "PeopleReport",
    "PeopleWish",
    "Plan",
    "Reason",
    "RefusedRows",
    "ReviewPlan",
    "ReviewReason",
    "ReviewReport",
    "ReviewSurvey",
    "ShiftPlan",
    "ShiftReason",
    "ShiftReport",
    "ShiftWish",
    "Survey",
    "TakenEvents",
    "TicketReport",
    "Unreadable",
    "Wish",
    "carry_out",
    "columns",
    "follow_events",
    "introduce_people",
    "plan",
    "plan_calls",
    "plan_events",
    "plan_people",
    "plan_reviews",
    "plan_shifts",
    "survey",
    "survey_calls",
    "survey_reviews",
    "take_calls",
    "take_events",
    "take_reviews",
    "take_shifts",
]
