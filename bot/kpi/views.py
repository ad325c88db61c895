"""The scorecard as people see it: five figures for a phone, all of them on request. Pure drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from slackblocks import (
    ActionsBlock,
    AxisConfig,
    Block,
    Button,
    DataPoint,
    DataSeries,
    DataVisualizationBlock,
    Element,
    ExternalSelectMenu,
    HeaderBlock,
    LineChart,
    SectionBlock,
)

from cspm_core.kpi import Band, Reading, Scorecard, Trend
from cspm_core.metrics import Metric
from cspm_core.signals import Signal
from cspm_core.tickets import Recounting

from .. import ids
from ..blocks import HEADLINE, Drawing, choice, escape, message, note, option, short, table
from ..signals.views import legend, mark
from ..words import Words
from . import figures
from .names import name_of
from .scope import Place, Scope

FEW_TEAMS = 20
FEW_FIGURES = 12
"""So many stand in the message itself."""
OF_CALLS = ("calls", "service_level", "asa", "abandonment")
SHORT = ("volume", "first_response", "unanswered", "sla_first_response")
PERIODS = ("today", "yesterday", "this-week", "last-week", "this-month", "last-month", "28d", "this-quarter")


@dataclass(frozen=True, slots=True)
class Shown:
    """A scorecard and what stands around it: other teams to choose by id, the band of the team's middle half."""

    card: Scorecard
    scope: Scope
    chart: tuple[Trend, ...] = ()
    teams: Mapping[int, str] | None = None
    band: Mapping[str, Band] | None = None
    shared_by: str = ""
    is_stale: bool = False
    """The data is older than the team's limit."""
    place: Place = Place.CHANNEL
    is_for_lead: bool = False
    """Whoever asked leads the team, and may say what it aims for."""
    signals: Mapping[str, Signal] = field(default_factory=dict)
    """Of the figures shown, by key."""
    recounting: Recounting | None = None
    """How far counting the tickets by a changed calendar is."""


def scorecard(shown: Shown, t: Words) -> Drawing:
    """At most five rows and three columns; the rest is one tap away."""
    blocks = summary(shown, t)
    if not shown.shared_by:
        blocks += controls(shown, [reading.metric for reading in five(shown.card)], t)
    return message(headline(shown.card, t), *blocks)


def summary(shown: Shown, t: Words) -> list[Block]:
    """The scorecard without its buttons: heading, five figures, the chart, unfinished work."""
    card = shown.card
    rows = _rows(shown, five(card), t)
    blocks: list[Block] = [HeaderBlock(short(title(card, t), 150)), note(about(shown, t))]
    if shown.is_stale:
        blocks.append(SectionBlock(t("⚠ This data is old. Load a newer export, then ask again.")))
    if shown.recounting:
        blocks.append(note(figures.recounted(shown.recounting, t)))
    blocks.append(table(t("The main figures of {team}", team=card.agent or card.team), _header(shown, t), rows))
    blocks += legend(shown.signals, [reading.metric.key for reading in five(card)], t)
    chart = None if card.is_of_calls else new_and_solved(shown.chart, t)
    if chart:
        blocks.append(chart)
    return blocks + [note(escape(text)) for text in _beside(card, t)]


def all_figures(shown: Shown, t: Words) -> Drawing:
    """Every figure with n, interval, change and target."""
    card = shown.card
    compared = t("Compared with {days}.", days=figures.days(card.before, t))
    blocks: list[Block] = [
        HeaderBlock(short(title(card, t), 150)),
        note(about(shown, t)),
        figure_table(card, t("All figures of {team}", team=card.agent or card.team), t, shown.signals),
        *legend(shown.signals, [r.metric.key for r in card.shown], t),
        note(escape(t.sentences(compared, figures.left_out(card, t)))),
        *asking(shown.scope, [r.metric for r in card.shown], t),
    ]
    if shown.is_for_lead:
        blocks.append(ActionsBlock([Button(t("Targets"), action_id=ids.KPI_TARGETS, value=str(shown.scope))]))
    return message(headline(card, t), *blocks)


def figure_table(card: Scorecard, caption: str, t: Words, signals: Mapping[str, Signal] | None = None) -> Block:
    """A row for each figure with all that is to be known of it."""
    header = [t("Figure"), t("Value"), t("n"), t("95% interval"), t("Against before"), t("Target")]
    rows = [
        [
            name_of(r.metric, t),
            marked(r, signals or {}, t),
            figures.base(r.measure, t),
            figures.interval(r.metric, r.measure, t),
            figures.change(r, t),
            figures.target(r, t),
        ]
        for r in card.shown
    ]
    return table(caption, header, rows, page_size=len(rows))


def marked(reading: Reading, signals: Mapping[str, Signal], t: Words) -> str:
    """A value with its verdict, and whether it signals."""
    return " · ".join(filter(None, (figures.told(reading, t), mark(signals.get(reading.metric.key), t))))


def title(card: Scorecard, t: Words) -> str:
    """Whose figures, over what."""
    return t("{name}, {period}", name=card.agent or card.team, period=figures.period_name(card.period, t))


def headline(card: Scorecard, t: Words) -> str:
    """What a lock screen shows: at most 110 characters."""
    new, first = _calls_answered(card, t) if card.is_of_calls else _tickets_answered(card, t)
    quality = card.reading(_quality(card))
    rated = figures.value(quality.metric, quality.measure, t)
    last = {
        "csat": t("CSAT {value}", value=rated),
        "reopen_rate": t("reopened {value}", value=rated),
        "calls_resolved": t("resolved {value}", value=rated),
    }[quality.metric.key]
    said = t("{title}: {new}, {speed}, {quality}", title=title(card, t), new=new, speed=first, quality=last)
    return short(said, HEADLINE)


def _tickets_answered(card: Scorecard, t: Words) -> tuple[str, str]:
    new, speed = card.reading("volume"), card.reading("first_response")
    told = figures.value(new.metric, new.measure, t)
    if new.measure.value is not None:
        told = t.n("{n} new ticket", "{n} new tickets", int(new.measure.value))
    return told, t("first response {value}", value=figures.value(speed.metric, speed.measure, t))


def _calls_answered(card: Scorecard, t: Words) -> tuple[str, str]:
    offered, level = card.reading("calls"), card.reading("service_level")
    told = t.n("{n} call", "{n} calls", int(offered.measure.value or 0))
    return told, t("answered in time {value}", value=figures.value(level.metric, level.measure, t))


def new_and_solved(chart: Sequence[Trend], t: Words) -> DataVisualizationBlock | None:
    """Tickets that came and tickets that went, step by step; none where fewer than three steps have data."""
    series = [{point.start: point.measure.value for point in trend.points} for trend in chart]
    steps = [start for start in series[0] if all(one.get(start) is not None for one in series)] if series else []
    if len(steps) < 3:
        return None
    labels = [short(t.day(start), 20) for start in steps]
    lines = [
        DataSeries(
            short(name, 20), [DataPoint(label, int(one[at] or 0)) for label, at in zip(labels, steps, strict=True)]
        )
        for name, one in zip((t("New"), t("Solved")), series, strict=True)
    ]
    return DataVisualizationBlock(t("New and solved tickets"), LineChart(lines, AxisConfig(labels)))


def controls(shown: Shown, metrics: Sequence[Metric], t: Words) -> list[Block]:
    """What can be done with a scorecard."""
    scope = shown.scope
    everything = Button(t("All figures"), action_id=ids.KPI_ALL, value=str(scope))
    buttons: list[Element] = [everything, *sending(scope, shown.place, t)]
    choices: list[Element] = [another_period(scope, t)]
    if shown.teams and scope.member_id is None:
        choices.append(another_team(scope, shown.teams, t))
    are_looked_up = len(shown.teams or ()) > FEW_TEAMS
    below = ActionsBlock(choices + buttons, block_id=str(scope) if are_looked_up else None)
    return [*asking(scope, metrics, t), below]


def another_team(scope: Scope, teams: Mapping[int, str], t: Words) -> Element:
    """The same of another team. Many would not fit a message: Slack asks for them as somebody types, and tells us the
    id of the block, which then is the scope."""
    if len(teams) > FEW_TEAMS:
        return ExternalSelectMenu(ids.KPI_TEAM, min_query_length=0, placeholder=t("Another team"))
    options = [option(name, str(replace(scope, team_id=i))) for i, name in teams.items()]
    return choice(t("Another team"), ids.KPI_TEAM, options)


def offered(scope: Scope, teams: Mapping[int, str]) -> list[Drawing]:
    """What that menu is given to offer, each team with the question that it stands for."""
    return [
        {"text": {"type": "plain_text", "text": short(name, 75)}, "value": str(replace(scope, team_id=i))}
        for i, name in teams.items()
    ]


def another_period(scope: Scope, t: Words) -> Element:
    """The same over another period."""
    periods = [option(figures.key_name(key, t), str(scope.over(key))) for key in PERIODS]
    return choice(t("Another period"), ids.KPI_PERIOD, periods)


def sending(scope: Scope, place: Place, t: Words) -> list[Element]:
    """Keep it, or share it where it is about a team."""
    buttons: list[Element] = []
    if place is not Place.KEPT:
        buttons.append(Button(t("Keep"), action_id=ids.KPI_KEEP, value=str(scope)))
    if place is Place.CHANNEL and scope.member_id is None:
        buttons.append(Button(t("Share in this channel"), action_id=ids.KPI_SHARE, value=str(scope)))
    return buttons


def asking(scope: Scope, metrics: Sequence[Metric], t: Words) -> list[Block]:
    """Which tickets stand behind a figure, what it means, and what moved it: one tap and a choice.

    Many would not fit a message beside their table: Slack asks for them as somebody types, and tells us the scope.
    """
    asked = {ids.KPI_TICKETS: t("Which tickets?"), ids.KPI_EXPLAIN: t("What does it mean?")}
    if scope.member_id is None and not any(metric.lists_escalations for metric in metrics):
        asked[ids.KPI_DRIVER] = t("What moved it?")
    if len(metrics) > FEW_FIGURES:
        menus: list[Element] = [
            ExternalSelectMenu(action_id, min_query_length=0, placeholder=said) for action_id, said in asked.items()
        ]
        return [ActionsBlock(menus, block_id=str(scope))]
    options = [option(name_of(metric, t), str(scope.of(metric.key))) for metric in metrics]
    return [ActionsBlock([choice(said, action_id, options) for action_id, said in asked.items()])]


def offered_figures(scope: Scope, metrics: Sequence[Metric], t: Words) -> list[Drawing]:
    """What those menus are given to offer."""
    return [
        {
            "text": {"type": "plain_text", "text": short(name_of(metric, t), 75)},
            "value": str(scope.of(metric.key)),
        }
        for metric in metrics
    ]


def _beside(card: Scorecard, t: Words) -> list[str]:
    """Unfinished work beside the speed, and what was left out."""
    return [text for text in (figures.waiting(card.reading("first_response"), t), figures.left_out(card, t)) if text]


def five(card: Scorecard) -> list[Reading]:
    """The figures that a scorecard begins with, without those that the team does not want to see."""
    keys = OF_CALLS if card.is_of_calls else SHORT
    return [card.reading(key) for key in (*keys, _quality(card)) if key not in card.hidden]


def _quality(card: Scorecard) -> str:
    """The quality figure that stands beside speed: ratings where there are any, else whether work was done for good."""
    if card.reading("csat").measure.n:
        return "csat"
    return "calls_resolved" if card.is_of_calls else "reopen_rate"


def _header(shown: Shown, t: Words) -> list[str]:
    return [t("Figure"), t("Value"), t("The team’s middle half") if shown.band is not None else t("Target")]


def _rows(shown: Shown, readings: Sequence[Reading], t: Words) -> list[list[str]]:
    return [[name_of(r.metric, t), marked(r, shown.signals, t), _third(shown, r, t)] for r in readings]


def _third(shown: Shown, reading: Reading, t: Words) -> str:
    if shown.band is None:
        return figures.target(reading, t)
    if band := shown.band.get(reading.metric.key):
        return f"{figures.amount(reading.metric, band.low, t)} – {figures.amount(reading.metric, band.high, t)}"
    return "–"


def about(shown: Shown, t: Words) -> str:
    """The days, the clock, how far the data reaches and who shared it: once in every message."""
    card = shown.card
    told = [figures.days(card.period, t), card.timezone, figures.reach(card.complete_until, card.timezone, t)]
    if shown.shared_by:
        told.append(t("shared by {person}", person=f"<@{shown.shared_by}>"))
    return " · ".join(told)
