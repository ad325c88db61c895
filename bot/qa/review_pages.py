"""Criteria by page: a modal takes 100 blocks and 250 KB, and a phone's screen few. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cspm_core.qa import Criterion, Review

MOST = 10
"""Criteria on one page."""
ROOM = 150_000
"""Bytes that the criteria of one page may take, however much is said of each: the menu of all of them takes more."""
COMMENT = 12_500
"""Bytes of the longest comment, and of what every field takes."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some criteria of a section, each with its place in the whole scorecard."""

    section: str
    criteria: tuple[tuple[int, Criterion], ...]


Page = tuple[Part, ...]


def shown(one: Review) -> frozenset[str]:
    """Which criteria a review shows: in quick mode its exceptions alone."""
    every = frozenset(criterion.key for criterion in one.definition.criteria)
    return every & one.opened if one.is_quick and one.submitted_at is None else every


def pages(one: Review) -> list[Page]:
    """The shown criteria: whole sections as far as they fit on a page. At least one page, which may be empty."""
    found: list[Page] = []
    page: list[Part] = []
    for part in _parts(one, shown(one)):
        if page and not _fit([c for other in (*page, part) for _, c in other.criteria]):
            found.append(tuple(page))
            page = []
        page.append(part)
    return [*found, tuple(page)] if page or not found else found


def page_of(one: Review, criterion: str) -> int:
    """On which page a criterion stands; the first where it is not shown."""
    for n, page in enumerate(pages(one)):
        if any(criterion == there.key for part in page for _, there in part.criteria):
            return n
    return 0


def _parts(one: Review, keys: frozenset[str]) -> Iterator[Part]:
    """Each section, in as many parts as it takes."""
    place = 0
    for section in one.definition.sections:
        some: list[tuple[int, Criterion]] = []
        for n, criterion in enumerate(section.criteria, place):
            if criterion.key not in keys:
                continue
            if some and not _fit([*(c for _, c in some), criterion]):
                yield Part(section.name, tuple(some))
                some = []
            some.append((n, criterion))
        place += len(section.criteria)
        if some:
            yield Part(section.name, tuple(some))


def _fit(criteria: list[Criterion]) -> bool:
    return len(criteria) <= MOST and sum(map(_bytes, criteria)) <= ROOM


def _bytes(one: Criterion) -> int:
    """What a criterion takes at most: its name stands twice, and each cause once more where it is chosen."""
    said = sum(len(words.encode()) + 90 for words in (one.name, one.name, *one.scale, *one.causes, *one.causes))
    return COMMENT + said + min(len(one.guidance.encode()), 800)
