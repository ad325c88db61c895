"""Statistics without a library at run time: pure functions over counts and arrays."""

from .agreement import Alpha, Bias, Level, alpha, biases, raw_agreement
from .beta import beta_cdf, beta_quantile, t_quantile
from .control import FEWEST_POINTS, Flag, Limits, Rule, Side, flags, laney, xmr
from .mix import Standardised, observed_over_expected
from .multiple import benjamini_hochberg
from .proportions import Interval, mean_interval, net_promoter, newcombe, wilson
from .quantiles import Middle, median_interval, middle_and_tail, quantile
from .seasons import Effects, deseasonalised, reseasonalised
from .shrinkage import FEWEST_AGENTS, Prior, Standing, Verdict, fit, posterior, standings
from .steps import Steps, product_limit
from .survival import Curve, censored_quantiles
from .trends import FEWEST_VALUES, Trend, trend

__all__ = [
    "FEWEST_AGENTS",
    "FEWEST_POINTS",
    "FEWEST_VALUES",
    "Alpha",
    "Bias",
    "Curve",
    "Effects",
    "Flag",
    "Interval",
    "Level",
    "Limits",
    "Middle",
    "Prior",
    "Rule",
    "Side",
    "Standardised",
    "Standing",
    "Steps",
    "Trend",
    "Verdict",
    "alpha",
    "benjamini_hochberg",
    "beta_cdf",
    "beta_quantile",
    "biases",
    "censored_quantiles",
    "deseasonalised",
    "fit",
    "flags",
    "laney",
    "mean_interval",
    "median_interval",
    "middle_and_tail",
    "net_promoter",
    "newcombe",
    "observed_over_expected",
    "posterior",
    "product_limit",
    "quantile",
    "raw_agreement",
    "reseasonalised",
    "standings",
    "t_quantile",
    "trend",
    "wilson",
    "xmr",
]
