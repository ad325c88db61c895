"""One list of what waits for a person, gathered from every subject."""

from .reads import SOURCES, Today, today

__all__ = ["SOURCES", "Today", "today"]
