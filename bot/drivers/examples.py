"""One example per state of each view: golden tests, the gallery and the README's pictures draw them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from cspm_core.drivers import Dimension, Driver, Moved, NoDriver, NoDriverReason
from cspm_core.kpi import Direction
from cspm_core.metrics import CATALOGUE, Measure, code_of
from cspm_core.periods import parse_period
from cspm_core.signals.rules import Basis
from cspm_core.stats import Interval, wilson

from ..blocks import Drawing
from ..kpi.scope import Scope
from ..words import Words
from . import views

ZONE = "America/New_York"
NOW = datetime(2026, 11, 19, 15, 30, tzinfo=UTC)
NOW_DAYS = parse_period("28d", timezone=ZONE, now=NOW).until(NOW)
BEFORE = parse_period("2026-09-25..2026-10-22", timezone=ZONE, now=NOW)
SCOPE = Scope(456_099_749_823_032_042, "28d", NOW, NOW, metric="csat")


def _moved(
    dimension: Dimension, word: str, n: tuple[int, int], rates: tuple[float | None, float | None],
    parts: tuple[float, float], share: float,
) -> Moved:  # fmt: skip
    return Moved(dimension, code_of(word) or 1, word, *parts, *n, *rates, share)


def _rate(hits: int, n: int) -> Measure:
    return Measure(hits / n, n, hits, n, wilson(hits, n))


EMAIL = _moved(Dimension.CHANNEL, "email", (120, 138), (0.84, 0.71), (-0.009, -0.048), 0.95)
PARTS = (
    EMAIL,
    _moved(Dimension.CHANNEL, "chat", (190, 170), (0.88, 0.87), (0.002, -0.005), 0.05),
    _moved(Dimension.CHANNEL, "", (31, 22), (0.87, 0.86), (-0.0005, 0.0005), 0.0),
)
OTHERS = (
    _moved(Dimension.CATEGORY, "Refunds & <exchanges>", (60, 66), (0.8, 0.68), (-0.004, -0.022), 0.43),
    _moved(Dimension.HOUR, "evening", (70, 72), (0.86, 0.79), (-0.001, -0.015), 0.27),
    _moved(Dimension.AGENT, "Grace Kim", (40, 44), (0.85, 0.75), (-0.001, -0.012), 0.22),
    _moved(Dimension.AGENT, "Too Few", (2, 3), (0.5, 0.0), (-0.001, -0.003), 0.07),
)
CSAT = Driver(
    CATALOGUE["csat"], NOW_DAYS, BEFORE, Basis.SHARE, None, (_rate(294, 341), _rate(264, 330)), -0.06,
    Interval(-0.11, -0.004), Direction.WORSE, EMAIL, PARTS, 0.0, (EMAIL, *OTHERS),
)  # fmt: skip
SLOWER = replace(
    CSAT,
    metric=CATALOGUE["first_response"],
    basis=Basis.SLOWER,
    threshold_s=7_200.0,
    measures=(Measure(7_200, 1_600), Measure(11_000, 1_700)),
    change=0.14,
    main=(queue := _moved(Dimension.QUEUE, "Billing", (400, 610), (0.5, 0.71), (0.03, 0.07), 0.71)),
    parts=(queue, _moved(Dimension.QUEUE, "Returns", (1_200, 1_090), (0.5, 0.54), (0.005, 0.03), 0.25)),
    rest=0.005,
    strongest=(queue,),
)
VOLUME = replace(
    CSAT,
    metric=CATALOGUE["volume"],
    basis=Basis.COUNT,
    measures=(Measure(1_600, 1_600), Measure(1_980, 1_980)),
    change=380,
    direction=Direction.CHANGED,
    main=(chat := _moved(Dimension.CHANNEL, "chat", (510, 850), (None, None), (340, 0), 0.89)),
    parts=(chat, _moved(Dimension.CHANNEL, "email", (1_090, 1_130), (None, None), (40, 0), 0.11)),
    strongest=(chat,),
)
NEW = replace(CSAT, main=(started := _moved(Dimension.CHANNEL, "chat", (0, 90), (None, 0.6), (-0.05, 0.0), 0.83)),
              parts=(started,), strongest=(started,))  # fmt: skip
SEVERAL = NoDriver(CATALOGUE["csat"], NOW_DAYS, BEFORE, NoDriverReason.NO_SINGLE, OTHERS[:2])
CHANCE = NoDriver(CATALOGUE["csat"], NOW_DAYS, BEFORE, NoDriverReason.NOISE)


def _drawn(found: Driver | NoDriver) -> Callable[[Words], Drawing]:
    return lambda t: views.driver(found, "Returns", SCOPE.of(found.metric.key), t)


EXAMPLES: Mapping[str, Callable[[Words], Drawing]] = {
    "driver": _drawn(CSAT),
    "driver.slower": _drawn(SLOWER),
    "driver.volume": _drawn(VOLUME),
    "driver.new": _drawn(NEW),
    "driver.several": _drawn(SEVERAL),
    "driver.chance": _drawn(CHANCE),
    "driver.too_few": _drawn(replace(CHANCE, reason=NoDriverReason.TOO_FEW)),
}
