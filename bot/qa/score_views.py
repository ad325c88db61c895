"""QA scores as people see them: the score and all that explains it. Pure drawing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from slackblocks import (
    ActionsBlock,
    AxisConfig,
    Block,
    Button,
    DataPoint,
    DataSeries,
    DataVisualizationBlock,
    Element,
    HeaderBlock,
    LineChart,
    SectionBlock,
)

from cspm_core.kpi import Reading
from cspm_core.metrics import CATALOGUE
from cspm_core.qa.score_weeks import Week
from cspm_core.qa.scores import Scores
from cspm_core.qa.tallies import CriterionScore, Disputes

from .. import ids
from ..blocks import HEADLINE, Drawing, choice, escape, fitted, message, note, option, short, table
from ..kpi import figures
from ..kpi.names import name_of
from ..kpi.scope import Scope
from ..kpi.views import PERIODS
from ..signals.names import MARKS
from ..signals.views import movement
from ..words import Words
from .review_names import STRATA

MOST_CRITERIA, MOST_CAUSES = 20, 8
SMALL = 30
SCORE = CATALOGUE["qa_score"]


def scores(found: Scores, scope: Scope, t: Words) -> Drawing:
    """The score with its interval and n, by criterion, over weeks, root causes and disputes; fewer criteria where a
    message would be too long."""
    return fitted(found.criteria[:MOST_CRITERIA], lambda criteria: _drawn(found, criteria, scope, t))


def _drawn(found: Scores, criteria: Sequence[CriterionScore], scope: Scope, t: Words) -> Drawing:
    name = found.person or found.team
    said = t("QA scores of {name}, {period}", name=name, period=figures.period_name(found.period, t))
    blocks: list[Block] = [HeaderBlock(short(said, 150)), note(escape(_about(found, t)))]
    if found.reviews:
        blocks += [_figures(found, t), *_beside(found, t), *_criteria(found, criteria, t), *_weeks(found, t)]
        blocks += _explained(found, t)
    else:
        blocks.append(SectionBlock(_nothing(found, t)))
    blocks += _buttons(found, scope, t)
    reading = found.figure("qa_score")
    value = figures.value(SCORE, reading.measure, t) if reading else t("no data")
    return message(short(t("{title}: {value}", title=said, value=value), HEADLINE), *blocks)


def _about(found: Scores, t: Words) -> str:
    """The days, the zone, how many reviews; reviews need no export, so there is no age of the data."""
    told = [figures.days(found.period, t), found.timezone]
    if found.reviews:
        told.append(t.n("{n} review", "{n} reviews", found.reviews))
    if found.people > 1:
        told.append(t.n("of {n} person’s work", "of {n} people’s work", found.people))
    return " · ".join(told)


def _nothing(found: Scores, t: Words) -> str:
    if found.person:
        return t("Fewer than 5 reviews in this period, so there are no scores. Each review stands by itself.")
    return t("Nobody reviewed anything in this period. `/qa review` begins one.")


def _figures(found: Scores, t: Words) -> Block:
    """The score, passes, critical errors and coverage."""
    last = t("The team’s middle half") if found.person else t("Target")
    header = [t("Figure"), t("Value"), t("n"), t("95% interval"), t("Against before"), last]
    rows = [_figure(found, one, t) for one in found.figures]
    return table(t("QA figures of {name}", name=found.person or found.team), header, rows)


def _figure(found: Scores, one: Reading, t: Words) -> list[Any]:
    metric, measure = one.metric, one.measure
    return [
        name_of(metric, t),
        figures.told(one, t),
        figures.base(measure, t),
        figures.interval(metric, measure, t),
        figures.change(one, t),
        _band(found, one, t) if found.person else figures.target(one, t),
    ]


def _band(found: Scores, one: Reading, t: Words) -> str:
    band = found.band.get(one.metric.key)
    if band is None:
        return "–"
    return f"{figures.amount(one.metric, band.low, t)} – {figures.amount(one.metric, band.high, t)}"


def _beside(found: Scores, t: Words) -> list[Block]:
    """What is not in the score: reviews that were picked for a reason."""
    if not found.others:
        return []
    told = []
    for one in found.others:
        picked = t(STRATA[one.stratum]) if one.stratum in STRATA else one.stratum
        mean = "–" if one.mean is None else t.number(one.mean, 1)
        told.append(t("{picked}: {n} (mean {mean})", picked=picked, n=t.number(one.n), mean=mean))
    return [note(escape(t("Not in the score: {reviews}.", reviews=" · ".join(told))))]


def _criteria(found: Scores, criteria: Sequence[CriterionScore], t: Words) -> list[Block]:
    """Each criterion with its mean points, the weakest first."""
    if not criteria:
        return []
    is_several = len({one.scorecard for one in found.criteria}) > 1
    header = [t("Criterion"), t("Points"), t("n"), t("Low")]
    rows = [
        [
            short(f"{one.scorecard}: {one.name}" if is_several else one.name, 80) + (" ❗" if one.is_critical else ""),
            (t.number(one.mean, 1), round(one.mean * 100)),
            (t.number(one.n), one.n),
            (t.share(one.low_share), round(one.low_share * 10_000)),
        ]
        for one in criteria
    ]
    blocks: list[Block] = [table(t("By criterion, the weakest first"), header, rows)]
    left = len(found.criteria) - len(criteria)
    said = [t.n("and {n} more criterion", "and {n} more criteria", left)] if left else []
    said.append(t("Low: under half of the points."))
    if any(one.is_critical for one in criteria):
        said.append(t("❗ critical."))
    if any(one.n < SMALL for one in criteria):
        said.append(t("Fewer than 30 in a row of this table are a small sample."))
    return [*blocks, note(" ".join(said))]


def _weeks(found: Scores, t: Words) -> list[Block]:
    """The score week by week, which of the latest weeks signal, and whether they rise or fall."""
    shown = [week for week in found.weeks if week.measure.value is not None]
    if len(shown) < 2:
        return []
    labels = [short(t.day(week.monday) + _mark(week), 20) for week in shown]
    points = [DataPoint(label, round(week.measure.value or 0, 1)) for label, week in zip(labels, shown, strict=True)]
    line = LineChart([DataSeries(short(t("QA score"), 20), points)], AxisConfig(labels, y_label=t("points")))
    blocks: list[Block] = [DataVisualizationBlock(t("The QA score, week by week"), line)]
    said = [_signal(week, t) for week in found.weeks if week.signal is not None]
    if found.trend:
        said.append(movement(found.trend, SCORE, t))
    few = sum(1 for week in shown if week.measure.n < 5)
    if few:
        said.append(t.n("{n} week rests on fewer than 5.", "{n} weeks rest on fewer than 5.", few))
    return [*blocks, note(escape(t.sentences(*said)))] if said else blocks


def _mark(week: Week) -> str:
    return "" if week.signal is None else f" {MARKS[week.signal]}"


def _signal(week: Week, t: Words) -> str:
    said = {
        True: t("▲ The week of {day} signals: it is higher than chance explains.", day=t.day(week.monday)),
        False: t("▼ The week of {day} signals: it is lower than chance explains.", day=t.day(week.monday)),
    }
    return said[bool(week.signal)]


def _explained(found: Scores, t: Words) -> list[Block]:
    """Root causes, disputes and who reviewed, a line each."""
    lines = []
    if found.causes:
        told = [f"{short(cause, 60)} {t.number(n)}" for cause, n in found.causes[:MOST_CAUSES]]
        if left := len(found.causes) - len(told):
            told.append(t.n("and {n} more", "and {n} more", left))
        lines.append(f"*{t('Root causes')}* {escape(' · '.join(told))}")
    if found.disputes:
        lines.append(f"*{t('Disputes')}* {_disputes(found.disputes, t)}")
    if found.reviewers:
        made = t.n("{n} reviewer", "{n} reviewers", len(found.reviewers))
        each = " · ".join(t.number(n) for n in found.reviewers[:12])
        lines.append(
            f"*{t('Reviewed by')}* {t('{reviewers}, with so many each: {counts}', reviewers=made, counts=each)}"
        )
    return [SectionBlock("\n".join(lines))] if lines else []


def _disputes(found: Disputes, t: Words) -> str:
    told = [t.n("{n} dispute", "{n} disputes", found.total)]
    parts = {
        t.n("{n} accepted", "{n} accepted", found.accepted): found.accepted,
        t.n("{n} accepted in part", "{n} accepted in part", found.accepted_in_part): found.accepted_in_part,
        t.n("{n} rejected", "{n} rejected", found.rejected): found.rejected,
        t.n("{n} still open", "{n} still open", found.open): found.open,
    }
    return " · ".join([*told, *(said for said, n in parts.items() if n)])


def _buttons(found: Scores, scope: Scope, t: Words) -> list[Block]:
    periods = [option(figures.key_name(key, t), str(scope.over(key))) for key in PERIODS]
    asked: list[Element] = [choice(t("Another period"), ids.QA_SCORES_PERIOD, periods)]
    if found.reviews:
        asked += [
            Button(t("Which reviews?"), action_id=ids.KPI_TICKETS_METRIC, value=str(scope)),
            Button(t("All as CSV"), action_id=ids.QA_SCORES_CSV, value=str(scope)),
            Button(t("What does it mean?"), action_id=ids.KPI_EXPLAIN_METRIC, value=str(scope)),
        ]
    return [ActionsBlock(asked)]
