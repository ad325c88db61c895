"""Which part of a scorecard one modal shows: all of it, else a section at a time, a long one in parts. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from cspm_core.qa import Definition

from ..blocks import escape, short
from ..words import Words

AT_ONCE = 60
"""Sections and criteria together; each is a block, and a modal takes 100."""
A_PAGE = 40


@dataclass(frozen=True, slots=True)
class Page:
    """Criteria of a section, `first` to before `end`; `section` None: every section whole."""

    section: int | None = None
    first: int = 0
    end: int = 0


def pages(definition: Definition) -> list[Page]:
    """At least one."""
    if len(definition.sections) + len(definition.criteria) <= AT_ONCE:
        return [Page()]
    return [
        Page(n, first, min(first + A_PAGE, len(section.criteria)))
        for n, section in enumerate(definition.sections)
        for first in range(0, max(len(section.criteria), 1), A_PAGE)
    ]


def page_with(definition: Definition, section: int, n: int) -> int:
    """The number of the page on which a criterion stands, by its section and its place there."""
    for number, page in enumerate(pages(definition)):
        if page.section is None or (page.section == section and page.first <= n < max(page.end, page.first + 1)):
            return number
    return 0


def label(definition: Definition, page: Page, t: Words) -> str:
    """What a page is called in the menu."""
    section = definition.sections[page.section or 0]
    if len(section.criteria) <= A_PAGE:
        return short(section.name, 75)
    span = t("{first} to {last}", first=t.number(page.first + 1), last=t.number(page.end))
    return f"{short(section.name, 50)} ({span})"


def heading(name: str) -> str:
    """A section's name, as mrkdwn."""
    return f"*{escape(name)}*"
