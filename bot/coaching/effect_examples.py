"""Examples of effects, suggestions and the page of a performance talk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from cspm_core.coaching.contents import Person
from cspm_core.coaching.performance import Page, Promised, Readiness, Thanked, Trained
from cspm_core.coaching.suggesting import Seen
from cspm_core.effects import Change, Days, Effect, Kind, Missing, Pooled, Verdict
from cspm_core.goals.tables import Goal
from cspm_core.kpi import Band, Direction
from cspm_core.kpi.rules import read
from cspm_core.metrics import CATALOGUE, Measure
from cspm_core.periods import parse_period
from cspm_core.stats import Interval, wilson

from ..blocks import Drawing
from ..words import Words
from . import effect_views, effects_views, performance_forms, performance_views, suggestion_views

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
CSAT, FIRST = CATALOGUE["csat"], CATALOGUE["first_response_business"]


def _share(hits: int, n: int) -> Measure:
    return Measure(hits / n, n, numerator=float(hits), denominator=float(n), interval=wilson(hits, n))


BETTER = Effect(
    promise_id=1,
    agent_id=2,
    team_id=3,
    metric=CSAT,
    agent=Change(_share(132, 180), _share(110, 120), 110 / 120 - 132 / 180, Interval(0.09, 0.27)),
    team=Change(_share(1302, 1620), _share(866, 1080), -0.002, Interval(-0.03, 0.03)),
    before=Days(date(2026, 6, 5), date(2026, 8, 27)),
    prompted=Days(date(2026, 8, 28), date(2026, 9, 25)),
    after=Days(date(2026, 9, 26), date(2026, 11, 20)),
    is_shrunken=False,
    colleagues=9,
    drift=0.02,
    difference=0.185,
    interval=Interval(0.08, 0.29),
    direction=Direction.BETTER,
    verdict=Verdict.HELPED,
    as_of=NOW,
)
NO_CHANGE = replace(
    BETTER, difference=0.01, interval=Interval(-0.07, 0.09), direction=Direction.SAME, verdict=Verdict.NO_CHANGE
)
EARLY = replace(
    BETTER,
    agent=Change(_share(132, 180), Measure(None, 0, note="too_few")),
    after=Days(date(2026, 9, 26), date(2026, 10, 2)),
    difference=None,
    interval=None,
    direction=Direction.SAME,
    verdict=Verdict.TOO_EARLY,
    missing=Missing.TIME,
    tellable_on=date(2026, 10, 10),
)
WIDE = replace(
    NO_CHANGE,
    interval=Interval(-0.14, 0.31),
    verdict=Verdict.CANNOT_TELL,
    missing=Missing.WIDTH,
    is_shrunken=True,
    drift=0.0,
)
SLOWER = replace(
    BETTER,
    metric=FIRST,
    agent=Change(
        Measure(5400.0, 180, interval=Interval(4800, 6300)), Measure(7800.0, 120, interval=Interval(6600, 9000)),
        2400.0,
        Interval(900, 3900),
    ),
    team=Change(
        Measure(4200.0, 1620, interval=Interval(4000, 4400)), Measure(4260.0, 1080, interval=Interval(4000, 4500)),
        60.0,
        Interval(-260, 380),
    ),
    difference=2340.0,
    interval=Interval(700, 3900),
    direction=Direction.WORSE,
    verdict=Verdict.WORSE,
)  # fmt: skip
PROMISE = "Read the whole conversation before the first answer"

POOLED = Pooled(
    team_id=3,
    team="Returns",
    first=date(2026, 5, 25),
    last=date(2026, 11, 23),
    talks=31,
    people=9,
    kinds=(
        Kind("knowledge", 12, 9, 2, 7, 9, "share", 0.062, Interval(0.011, 0.113), True),
        Kind("tone", 7, 5, 2, 5, 6, "share", 0.004, Interval(-0.071, 0.079), None),
        Kind("speed", 8, 6, 1, 6, 7, "part", 0.18, Interval(0.02, 0.34), True),
        Kind("tool", 3, 1, 1, 2, 1),
    ),
    total=Kind("", 30, 21, 6, 9, 0),
)

WORSE_FACTS: dict[str, object] = {
    "metric": "csat", "before": 0.84, "after": 0.66, "n_before": 180, "n_after": 60, "difference": -0.17, "low": -0.3,
    "high": -0.05, "first": "2026-10-26", "last": "2026-11-22", "weeks": 4,
}  # fmt: skip
ROSE_FACTS: dict[str, object] = {
    "metric": "first_response_business", "before": 5400.0, "after": 3000.0, "n_before": 200, "n_after": 130,
    "difference": -2300.0, "low": -3300.0, "high": -1200.0, "first": "2026-09-28", "last": "2026-11-22", "weeks": 8,
}  # fmt: skip


def _seen(number: int, member: str, kind: str, facts: dict[str, object], comment: str = "") -> Seen:
    return Seen(
        number, 3, "Returns", "Europe/Amsterdam", number, member, f"U{number}", kind, NOW, facts, "open", comment
    )


SUGGESTIONS = (
    _seen(1, "Ada King", "signal_worse", WORSE_FACTS),
    _seen(2, "Teo de Vries", "low_criterion", {"criterion": "Tone of voice", "times": 2, "days": 30, "reviews": []}),
    _seen(3, "Bo Berg", "low_ratings", {"low": 3, "of": 5, "tickets": []}),
    _seen(4, "Grace Kim", "rose", ROSE_FACTS),
    _seen(
        5, "Mei Lin", "praise", {"ticket": "9", "key": "R-2041", "rating": "5", "scale": "5"},
        "Mei stayed with me for an hour until everything worked again. Never had help like this.",
    ),
)  # fmt: skip


def _goal(**facts: Any) -> Goal:
    return Goal(
        workspace_id=1, id=1, team_id=3, member_id=2, owner_id=2, proposed_by=4, proposed_at=NOW,
        starts_on=date(2026, 7, 1), ends_on=date(2026, 9, 30), **facts,
    )  # fmt: skip


PAGE = Page(
    talk_id=7,
    team_id=3,
    team="Returns",
    timezone="Europe/Amsterdam",
    lead=Person(4, "Mina Park", "U4"),
    agent=Person(2, "Ada King", "U2"),
    period=parse_period("2026-04-01..2026-09-30", timezone="Europe/Amsterdam", now=NOW),
    at=NOW,
    closed_level="",
    figures=(
        read(CSAT, _share(311, 371), _share(290, 371), 0.85, about_one=True),
        read(CATALOGUE["reopen_rate"], _share(21, 402), None, None, about_one=True),
        read(FIRST, Measure(5100.0, 402, interval=Interval(4700, 5500)), None, None, about_one=True),
    ),
    band={"csat": Band(0.85, 0.81, 0.88, 9), "first_response_business": Band(4800.0, 3900.0, 5700.0, 9)},
    data_until=NOW,
    talks=6,
    promises=(
        Promised(PROMISE, "knowledge", "Ada King", date(2026, 9, 25), "kept", "Done for three weeks", BETTER),
        Promised("Show Ada how the refund form works", "tool", "Mina Park", date(2026, 8, 14), "kept", "Yes", None),
        Promised("Answer refunds before noon", "speed", "Ada King", date(2026, 9, 30), "missed", "Too many", SLOWER),
    ),
    training=(
        Trained("Difficult conversations", date(2026, 6, 12), None),
        Trained("Refunds in the new shop", None, date(2026, 12, 1)),
    ),
    thanks=(
        Thanked("Teo de Vries", date(2026, 9, 3), "Took over my hardest case when I was ill.", "Together"),
        Thanked("Grace Kim", date(2026, 7, 21), "Explained the new form to everybody.", ""),
    ),
    thanked=5,
    givers=3,
    goals=(
        _goal(metric="csat", target=0.85, status="reached"),
        _goal(metric="first_response_business", kind="better_by", target=0.1, status="not_decidable"),
    ),
    readiness=Readiness.SOON,
    lead_words="Ada answers the hard ones, and others ask her first.\nNext: to lead the refund review once.",
    agent_words="I want to learn how the shifts are planned.",
    counts={"kept": 2, "missed": 1},
    shared_at=NOW,
)
CLOSED = replace(
    PAGE, closed_level="self", figures=(), band={}, data_until=None, shared_at=None, lead_words="", agent_words="",
    readiness=Readiness.UNSAID, goals=(), training=(), thanks=(), thanked=0, givers=0,
    promises=tuple(replace(one, effect=None) for one in PAGE.promises),
)  # fmt: skip


def _card(effect: Effect) -> Callable[[Words], Drawing]:
    return lambda t: effect_views.card(effect, PROMISE, "Ada King", t)


EXAMPLES: Mapping[str, Callable[[Words], Drawing]] = {
    "coaching.effect.better": _card(BETTER),
    "coaching.effect.no_change": _card(NO_CHANGE),
    "coaching.effect.too_early": _card(EARLY),
    "coaching.effect.cannot_tell": _card(WIDE),
    "coaching.effect.worse": _card(SLOWER),
    "coaching.effect.promises": lambda t: effect_views.promises(
        [effect_views.Told(1, PROMISE, "kept", BETTER), effect_views.Told(2, "Answer before noon", "open", EARLY)],
        "Ada King",
        t,
    ),
    "coaching.effects": lambda t: effects_views.pooled(POOLED, t),
    "coaching.suggestions": lambda t: suggestion_views.suggestions(SUGGESTIONS, t),
    "coaching.suggestions.none": lambda t: suggestion_views.suggestions((), t),
    "coaching.performance.agent": lambda t: performance_views.page(PAGE, 2, t),
    "coaching.performance.closed": lambda t: performance_views.page(CLOSED, 4, t),
    "coaching.performance.words": lambda t: performance_forms.say(PAGE, 4, t),
    "coaching.training": lambda t: performance_forms.train(7, "Ada King", t),
}
