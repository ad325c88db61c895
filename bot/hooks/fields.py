"""Reading the fields of a JSON object and naming everything that is wrong with them, not only the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from cspm_core.tickets.rules import EARLIEST, LATEST

ID, NAME, TEXT = 200, 300, 2_000
"""The longest of each kind, in characters."""


class Fields:
    """One object's fields. A wrong one gives nothing and stands in `problems`; `unread`: names nobody asked for."""

    def __init__(self, given: Mapping[str, Any], within: str = "") -> None:
        self.given, self.within = given, within
        self.problems: list[dict[str, str]] = []
        self._asked: set[str] = set()

    @property
    def unread(self) -> list[str]:
        return sorted(name for name in self.given if name not in self._asked)

    def wrong(self, name: str, problem: str) -> None:
        """Note a problem."""
        self.problems.append({"field": f"{self.within}{name}", "problem": problem})

    def raw(self, name: str) -> Any:
        """The value as it came; None where it is not there."""
        self._asked.add(name)
        return self.given.get(name)

    def text(self, name: str, *, most: int = NAME, required: bool = False) -> str:
        """A text, trimmed; a whole number is taken for one."""
        value = self.raw(name)
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18:
            value = str(value)
        if value is not None and not isinstance(value, str):
            self.wrong(name, "It must be a text.")
            return ""
        said = (value or "").strip()
        if len(said) > most:
            self.wrong(name, f"It has {len(said):,} characters; at most {most:,} are taken.")
            return ""
        if required and not said:
            self.wrong(name, "It must be there, as a text that is not empty.")
        return said

    def url(self, name: str) -> str:
        """An address of a web page."""
        said = self.text(name, most=TEXT)
        if said and not said.startswith(("https://", "http://")):
            self.wrong(name, "It must begin with https:// or http://.")
            return ""
        return said

    def number(self, name: str, lowest: int, highest: int, default: int) -> int:
        """A whole number, also as a text."""
        value = self.raw(name)
        if value is None:
            return default
        if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit() and len(value) < 10:
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
            self.wrong(name, f"It must be a whole number from {lowest} to {highest}.")
            return default
        return value

    def word(self, name: str, known: Sequence[str], default: str) -> str:
        """One of some words."""
        said = self.text(name).casefold()
        if said and said not in known:
            self.wrong(name, f"It must be one of {', '.join(known)}.")
        return said if said in known else default

    def instant(self, name: str, *, required: bool = False, latest: datetime | None = None) -> datetime | None:
        """An instant in ISO 8601 with its zone; not after `latest`."""
        value = self.raw(name)
        if value is None or value == "":
            if required:
                self.wrong(name, "It must be there, as an instant such as 2026-11-23T09:00:00Z.")
            return None
        at = _instant(value)
        if at is None:
            self.wrong(name, "It must be an instant in ISO 8601 with its zone, such as 2026-11-23T09:00:00+01:00.")
        elif not EARLIEST <= at < LATEST:
            self.wrong(name, "It lies too far away to be meant.")
        elif latest and at > latest:
            self.wrong(name, "It lies ahead of this server's clock.")
        else:
            return at
        return None


def _instant(value: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(value.strip())
    except (ValueError, AttributeError):
        return None
    return at if at.tzinfo else None
