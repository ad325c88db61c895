"""Crises: a plan with owners, the approved words, updates that are asked for, an all-clear, and a look back."""

from .actions import (
    DONE,
    TAKEN,
    UNDONE,
    Action,
    Cleared,
    Ticked,
    all_clear,
    post_update,
    review,
    tell_customers,
    tick,
    use_plan,
)
from .beginning import Astray, astray, begin, gather, set_right
from .changing import of_escalation
from .clocks import due, move_on
from .plans import kept, plan, plans, set_plan
from .reads import Board, Customer, Line, board, customers, one, running
from .rules import KIND, PLACEHOLDERS, READY, ROLES, Plan, PlanTask, filled, ready_plan
from .tables import Crisis, CrisisCustomer, CrisisPlan, CrisisTask
from .telling import BOARD, REVIEW, UPDATE_DUE

__all__ = [
    "BOARD",
    "DONE",
    "KIND",
    "PLACEHOLDERS",
    "READY",
    "REVIEW",
    "ROLES",
    "TAKEN",
    "UNDONE",
    "UPDATE_DUE",
    "Action",
    "Astray",
    "Board",
    "Cleared",
    "Crisis",
    "CrisisCustomer",
    "CrisisPlan",
    "CrisisTask",
    "Customer",
    "Line",
    "Plan",
    "PlanTask",
    "Ticked",
    "all_clear",
    "astray",
    "begin",
    "board",
    "customers",
    "due",
    "filled",
    "gather",
    "kept",
    "move_on",
    "of_escalation",
    "one",
    "plan",
    "plans",
    "post_update",
    "ready_plan",
    "review",
    "running",
    "set_plan",
    "set_right",
    "tell_customers",
    "tick",
    "use_plan",
]
