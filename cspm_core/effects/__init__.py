"""Whether a promise helped, said honestly, and beforehand what could be seen."""

from .foreseeing import could_show
from .reads import of_promise
from .rules import Change, Days, Effect, Feasible, Kind, Missing, Pooled, Verdict, Visible, may_be_told_of
from .together import for_many, pooled

__all__ = [
    "Change",
    "Days",
    "Effect",
    "Feasible",
    "Kind",
    "Missing",
    "Pooled",
    "Verdict",
    "Visible",
    "could_show",
    "for_many",
    "may_be_told_of",
    "of_promise",
    "pooled",
]
