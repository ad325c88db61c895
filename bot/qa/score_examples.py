"""One example for each thing that a reader of scores sees."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from cspm_core.kpi import Band, ReviewList, ReviewRow, Scorecard
from cspm_core.kpi.rules import Reading, read
from cspm_core.metrics import CATALOGUE, Measure
from cspm_core.periods import parse_period
from cspm_core.qa.lists import Listed
from cspm_core.qa.score_weeks import Week
from cspm_core.qa.scores import Scores
from cspm_core.qa.tallies import CriterionScore, Disputes, StratumScore
from cspm_core.stats import Interval, wilson

from ..blocks import Drawing
from ..kpi import review_views
from ..kpi.scope import Scope
from ..kpi.views import Shown
from ..words import Words
from . import score_views

ZONE = "Europe/Amsterdam"
NOW = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)
MONTH = parse_period("28d", timezone=ZONE, now=NOW)
SCOPE = Scope(1, "28d", NOW, NOW, metric="qa_score")


def _share(hits: int, n: int) -> Measure:
    return Measure(hits / n, n, hits, n, wilson(hits, n))


def _score(value: float, n: int, low: float, high: float, **extras: int) -> Measure:
    return Measure(value, n, value * n, n, Interval(low, high), extras=extras)


def _figures(*, about_one: bool = False, few: bool = False) -> tuple[Reading, ...]:
    now = {
        "qa_score": _score(84.2, 41, 80.7, 87.7, prompted=15),
        "qa_pass_rate": _share(31, 41),
        "critical_errors": _share(2, 41),
        "qa_coverage": _share(56, 1_640),
    }
    before = {
        "qa_score": _score(87.9, 44, 85.1, 90.7),
        "qa_pass_rate": _share(38, 44),
        "critical_errors": _share(1, 44),
        "qa_coverage": _share(58, 1_702),
    }
    if few:
        now = {key: Measure(0.0, 3) for key in now}
    aims = {"qa_score": 85.0, "critical_errors": 0.03}
    return tuple(
        read(CATALOGUE[key], one, before[key], None if about_one else aims.get(key), about_one=about_one)
        for key, one in now.items()
    )


CRITERIA = (
    CriterionScore("Mail", "right", "The answer is right & complete", False, 41, 71.3, 9),
    CriterionScore("Mail", "next", "다음 단계를 알려 준다", False, 38, 78.9, 5),
    CriterionScore("Mail", "tone", "The tone is kind", False, 41, 90.2, 1),
    CriterionScore("Mail", "safe", "Data is safe", True, 41, 95.1, 2),
    CriterionScore("Chat", "quick", "回覆迅速而不敷衍", False, 12, 97.9, 0),
)
WEEKS = tuple(
    Week(date(2026, 9, 7) + timedelta(weeks=n), _score(value, size, value - 4, value + 4), signal)
    for n, (value, size, signal) in enumerate(
        (
            (88.1, 11, None), (86.9, 10, None), (88.8, 11, None), (87.2, 12, None), (86.4, 10, None), (89.0, 11, None),
            (87.7, 12, None), (88.2, 11, None), (86.8, 10, None), (87.9, 11, None), (71.4, 10, False), (83.0, 4, None),
        )
    )
)  # fmt: skip
TEAM = Scores(
    team_id=1,
    team="Returns",
    timezone=ZONE,
    period=MONTH,
    as_of=NOW,
    figures=_figures(),
    criteria=CRITERIA,
    others=(StratumScore("low_rating", 12, 61.0), StratumScore("escalation", 3, None)),
    causes=(("Did not read to the end", 14), ("Knowledge", 9), ("Haste <busy day>", 3)),
    disputes=Disputes(open=1, accepted=1, accepted_in_part=1, rejected=2),
    reviews=56,
    reviewers=(31, 20, 5),
    people=9,
    weeks=WEEKS,
)
NOTHING = replace(
    TEAM, figures=(), criteria=(), others=(), causes=(), disputes=None, reviews=0, reviewers=(), people=0, weeks=()
)
PERSON = replace(
    TEAM,
    figures=_figures(about_one=True),
    others=(),
    disputes=None,
    causes=(("Knowledge", 5),),
    criteria=CRITERIA[:4],
    reviewers=(),
    people=1,
    weeks=(),
    person="Grace Kim",
    person_id=7,
    band={"qa_score": Band(85.0, 81.4, 90.2, 9), "qa_pass_rate": Band(0.8, 0.7, 0.9, 9)},
)
FEW = replace(NOTHING, figures=_figures(about_one=True, few=True), person="Grace Kim", person_id=7, people=1)


def _listed(n: int, agent: str, score: float | None, failures: int = 0, url: str = "") -> ReviewRow:
    one = Listed(
        n, f"RET-{n}", url, "Where is my refund?", agent, 7, "Rita Brandt", 8, "Mail", "random",
        NOW - timedelta(days=n % 9), score, None if score is None else score >= 80, failures, False,
    )  # fmt: skip
    return ReviewRow(one, None if score is None else score >= 85)


ROWS = (
    _listed(20417, "Grace Kim", 0.0, 1, "https://desk.example/20417"),
    _listed(20390, "유진", 62.5),
    _listed(20311, "Luis <Ortega>", 100.0),
)
LISTED = ReviewList(CATALOGUE["qa_score"], 41, 3, ROWS, NOW)


def _card() -> Scorecard:
    return Scorecard(1, "Returns", ZONE, MONTH, NOW, NOW, _figures(), {}, None, MONTH)


EXAMPLES: Mapping[str, Callable[[Words], Drawing]] = {
    "qa.scores": lambda t: score_views.scores(TEAM, SCOPE, t),
    "qa.scores.me": lambda t: score_views.scores(PERSON, replace(SCOPE, member_id=7), t),
    "qa.scores.few": lambda t: score_views.scores(FEW, replace(SCOPE, member_id=7), t),
    "qa.scores.none": lambda t: score_views.scores(NOTHING, SCOPE, t),
    "kpi.reviews.all": lambda t: review_views.all_figures(Shown(_card(), SCOPE), t),
    "kpi.reviews": lambda t: review_views.reviews(LISTED, "Returns", SCOPE, ZONE, MONTH, t),
    "kpi.reviews.shares": lambda t: review_views.reviews(
        replace(LISTED, metric=CATALOGUE["critical_errors"]), "Returns", SCOPE.of("critical_errors"), ZONE, MONTH, t
    ),
    "kpi.reviews.unseen": lambda t: review_views.reviews(
        replace(LISTED, rows=(), seen=0), "Returns", SCOPE, ZONE, MONTH, t
    ),
    "kpi.reviews.few": lambda t: review_views.reviews(
        replace(LISTED, rows=(), seen=0, total=0, is_withheld=True), "Grace Kim", SCOPE, ZONE, MONTH, t
    ),
}
