"""Figures that a team makes itself: a share or a duration from facts and filters, without code."""

from .definition import Definition
from .facts import FACTS, Fact, Kind, facts_of
from .metric import metric
from .reading import read

__all__ = ["FACTS", "Definition", "Fact", "Kind", "facts_of", "metric", "read"]
