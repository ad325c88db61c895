"""Before something is promised: what could be seen in the figure that it should move. Pure drawing."""

from __future__ import annotations

from cspm_core.effects import Feasible, Visible
from cspm_core.metrics import Metric, Unit

from ..blocks import escape
from ..kpi import figures
from ..kpi.names import name_of
from ..signals.figures import points
from ..words import Words

MOST_OTHERS = 2


def foreseen(one: Feasible, t: Words) -> str:
    """What would show within eight weeks, and where a smaller change would."""
    if one.smallest is None:
        said = t("🔎 *{figure}* rests on too few cases to show any change.", figure=_name(one.metric, t))
    else:
        told = {"figure": _name(one.metric, t), "size": size(one.metric, one.smallest, t)}
        said = t.n(
            "🔎 *{figure}*: with {n} case a month, a change under {size} will not show.",
            "🔎 *{figure}*: with {n} cases a month, a change under {size} will not show.",
            round(one.n_a_month),
            **told,
        )
    if one.is_plausible:
        return t.sentences(said, t("A change like that can be reached, so it could be seen."))
    return t.sentences(said, _others(one.others, t))


def _others(others: tuple[Visible, ...], t: Words) -> str:
    if not others:
        return t("Agree what will be done, rather than what the figure will say.")
    named = [
        t("{figure} (from {size})", figure=_name(one.metric, t), size=size(one.metric, one.smallest, t))
        for one in others[:MOST_OTHERS]
    ]
    return t("It would sooner show in {figures}.", figures=t.join(named))


def size(metric: Metric, much: float, t: Words) -> str:
    """A difference in the figure's unit, without a sign."""
    return points(much, t) if metric.unit is Unit.SHARE else figures.amount(metric, much, t)


def _name(metric: Metric, t: Words) -> str:
    return escape(name_of(metric, t))
