"""What customers write, by language: subjects by category, and comments composed from sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module


@dataclass(frozen=True)
class Category:
    """What a ticket is about. `share` of all tickets, `queue` it lands in, `subjects` with slots in braces."""

    name: str
    queue: str
    share: float
    subjects: tuple[str, ...]
    mail: float = 0.45
    """The share that comes by e-mail."""
    effort: float = 1.0
    """Multiplies how long a solve takes."""
    mood: float = 0.0
    """Shifts how customers rate, in log odds."""
    language: str = ""
    """Of the customers who write about it; empty: the team's."""


@dataclass(frozen=True)
class Phrases:
    """A comment is an opening, often with a second sentence, joined by `joint`."""

    pleased: tuple[str, ...]
    pleased_more: tuple[str, ...]
    waited: tuple[str, ...]
    waited_more: tuple[str, ...]
    let_down: tuple[str, ...]
    let_down_more: tuple[str, ...]
    joint: str = " "


@dataclass(frozen=True)
class Texts:
    """Everything one team's customers say. `language` is what tickets carry."""

    language: str
    categories: tuple[Category, ...]
    slots: Mapping[str, tuple[str, ...]]
    """What fills a slot such as {item}; {order} is a number."""
    phrases: Phrases
    given: tuple[str, ...]
    family: tuple[str, ...]
    name: str
    """How a customer is called: "{given} {family}"."""
    organisations: tuple[str, ...]
    spam: tuple[str, ...]


@cache
def texts(language: str) -> Texts:
    """The texts of a team that speaks `language`."""
    found: Texts = import_module(f".{language.lower()}", __package__).TEXTS
    return found
