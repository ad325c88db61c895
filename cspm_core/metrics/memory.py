"""What was worked out of columns once is not worked out again for the next figure; it goes when the columns go."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from .frame import Columns

MOST = 12
"""So many results are kept for some columns: the steps of a trend have an instant each, and share little."""
T = TypeVar("T")
_kept: WeakKeyDictionary[Columns, dict[Hashable, Any]] = WeakKeyDictionary()


def remembered(facts: Columns, key: Hashable, make: Callable[[], T]) -> T:
    """What `make` makes of these columns, made once for a key. Nobody may write into it."""
    kept = _kept.get(facts)
    if kept is None:
        kept = _kept.setdefault(facts, {})
    if key not in kept:
        if len(kept) >= MOST:
            kept.pop(next(iter(kept)), None)
        kept[key] = make()
        return kept[key]  # type: ignore[no-any-return]
    return kept[key]  # type: ignore[no-any-return]
