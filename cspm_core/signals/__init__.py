"""Signal or noise: control charts, trends, agents beside each other, teams beside each other."""

from .agents import agents
from .comparing import compare
from .judging import judge
from .reads import of_figure, of_team
from .rules import (
    Adjusted,
    AgentsBand,
    AgentStanding,
    BandNote,
    Basis,
    Compared,
    Comparison,
    Flag,
    Method,
    Movement,
    Reason,
    Side,
    Signal,
    Standing,
    WeekTrend,
)

__all__ = [
    "Adjusted",
    "AgentStanding",
    "AgentsBand",
    "BandNote",
    "Basis",
    "Compared",
    "Comparison",
    "Flag",
    "Method",
    "Movement",
    "Reason",
    "Side",
    "Signal",
    "Standing",
    "WeekTrend",
    "agents",
    "compare",
    "judge",
    "of_figure",
    "of_team",
]
