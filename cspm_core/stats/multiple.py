"""Many tests at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def benjamini_hochberg(p: ArrayLike) -> NDArray[np.float64]:
    """The p-values, shape (n,), adjusted for their number: those of at most 5 % hold at a false-discovery rate of 5 %.

    Raises ValueError for p-values that do not lie between 0 and 1.
    Source: Benjamini and Hochberg, JRSS B 57 (1995) 289; adjusted as R's `p.adjust` does.
    """
    values: NDArray[np.float64] = np.asarray(p, dtype=np.float64)
    if not ((values >= 0) & (values <= 1)).all():
        raise ValueError("a p-value lies between 0 and 1")
    order = np.argsort(values)[::-1]
    scaled = values[order] * values.size / np.arange(values.size, 0, -1)
    adjusted = np.empty_like(values)
    adjusted[order] = np.minimum.accumulate(np.minimum(scaled, 1))
    return adjusted
