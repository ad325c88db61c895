"""How a team thanks where it has settled nothing else. No database."""

from __future__ import annotations

from dataclasses import dataclass

ALLOWANCE = 5
MOST_ALLOWED = 20
FEWEST_WORDS = 10
"""Characters of a reason: “thanks” alone is none. Chinese and Korean say as much in a third of them."""
MOST_VALUES = 12
LONGEST_VALUE = 60
LONGEST_REASON = 1_000
MOST_AT_ONCE = 5


@dataclass(frozen=True, slots=True)
class Given:
    """A thank-you that was given, and how many the giver has left today."""

    kudos_id: int
    left: int


def is_reason(words: str) -> bool:
    """Whether it says what somebody is thanked for."""
    said = words.strip()
    wide = sum(ord(letter) > 0x1100 for letter in said)
    return len(said) + 2 * wide >= FEWEST_WORDS
