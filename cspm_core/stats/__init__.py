"""Statistics without a library at run time: pure functions over counts and arrays."""

from .proportions import Interval, newcombe, wilson
from .quantiles import median_interval, quantile
from .survival import Curve, Steps, censored_quantiles, product_limit

__all__ = [
    "Curve",
    "Interval",
    "Steps",
    "censored_quantiles",
    "median_interval",
    "newcombe",
    "product_limit",
    "quantile",
    "wilson",
]
