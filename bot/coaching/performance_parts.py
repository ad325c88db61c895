"""The page of a performance talk in words, part by part: the message and the PDF say the same. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cspm_core.coaching.performance import Page, Promised, Thanked, Trained
from cspm_core.goals.tables import Goal
from cspm_core.kpi import Band, Reading
from cspm_core.kpi.rules import ON_A_SCALE
from cspm_core.metrics import CATALOGUE

from ..blocks import short
from ..kpi import figures
from ..kpi.names import name_of
from ..signals.figures import size
from ..words import Words
from .effect_names import GOAL_STATES, PROMISE_STATES, READINESS
from .effect_views import line as effect_line

MOST_PROMISES = 10
WORDS = 200


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, lines as they are read (nothing escaped), and a table whose first row is its header."""

    title: str
    lines: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    is_quote: bool = False


def title(one: Page, t: Words) -> str:
    return t("Performance talk: {person}", person=one.agent.name)


def about(one: Page, t: Words) -> str:
    """Over which days, by whom, and how far the data reaches."""
    said = [
        figures.days(one.period, t),
        one.team,
        t("with {person}", person=one.lead.name),
    ]
    if one.data_until is not None:
        said.append(figures.reach(one.data_until, one.timezone, t))
    return " · ".join(said)


def parts(one: Page, t: Words) -> Iterator[Part]:
    """Figures first, words of the two last."""
    yield _figures(one, t)
    yield _promises(one, t)
    yield Part(t("Goals"), tuple(_goal(goal, t) for goal in one.goals) or (t("None in this time."),))
    yield Part(t("Training"), tuple(_trained(each, t) for each in one.training) or (t("None written down."),))
    yield _thanks(one, t)
    yield Part(t("A next step"), (t(READINESS[one.readiness]),))
    for person, words in ((one.lead, one.lead_words), (one.agent, one.agent_words)):
        said = t("{person} says", person=person.name)
        yield Part(said, tuple(words.splitlines()), is_quote=True) if words else Part(said, (t("Nothing yet."),))


def _figures(one: Page, t: Words) -> Part:
    head = t("Figures")
    if one.closed_level == "nobody":
        return Part(head, (t("None: {team} has agreed that nobody sees figures about one person.", team=one.team),))
    if one.closed_level == "self":
        return Part(head, (t("None: {team} has agreed that each person sees their own alone.", team=one.team),))
    if one.closed_level:
        return Part(head, (t("None: in {team} they are for the team’s lead.", team=one.team),))
    if not one.figures:
        return Part(head, (t("There is no data for this time."),))
    header = (t("Figure"), t("Value"), t("n"), t("95% interval"), t("Middle half of the team"))
    rows = tuple(_figure(reading, one.band.get(reading.metric.key), t) for reading in one.figures)
    return Part(head, table=(header, *rows))


def _figure(reading: Reading, band: Band | None, t: Words) -> tuple[str, ...]:
    metric, measure = reading.metric, reading.measure
    middle = "–"
    if band is not None:
        middle = f"{figures.amount(metric, band.low, t)} – {figures.amount(metric, band.high, t)}"
    span = figures.interval(metric, measure, t)
    return name_of(metric, t), figures.value(metric, measure, t), t.number(measure.n), span, middle


def _promises(one: Page, t: Words) -> Part:
    counts = [
        t.n("{n} talk held", "{n} talks held", one.talks),
        t.n("{n} promise kept", "{n} promises kept", one.counts.get("kept", 0)),
    ]
    if missed := one.counts.get("missed", 0):
        counts.append(t.n("{n} not kept", "{n} not kept", missed))
    if still := one.counts.get("open", 0):
        counts.append(t.n("{n} still open", "{n} still open", still))
    lines = [t("{counts}.", counts=t.join(counts)), *(_promised(each, t) for each in one.promises[:MOST_PROMISES])]
    if len(one.promises) > MOST_PROMISES:
        lines.append(t.n("and {n} more", "and {n} more", len(one.promises) - MOST_PROMISES))
    return Part(t("Talks and promises"), tuple(lines))


def _promised(one: Promised, t: Words) -> str:
    said = f"{one.by}: “{short(one.words, WORDS)}” · {t(PROMISE_STATES[one.status])}"
    return " · ".join(filter(None, (said, effect_line(one.effect, t))))


def _goal(goal: Goal, t: Words) -> str:
    metric = CATALOGUE.get(goal.metric)
    name = name_of(metric, t) if metric else goal.metric
    aim = t.number(goal.target, 1)
    if metric and goal.kind == "value":
        aim = figures.aim(metric, goal.target, t)
    elif metric and goal.kind == "better_by":
        much = size(metric, goal.target, t) if metric.unit in ON_A_SCALE else t.share(goal.target)
        aim = t("better by {size}", size=much)
    state = t(GOAL_STATES[goal.status]) if goal.status in GOAL_STATES else goal.status
    return t("{figure}: {aim} by {day} · {state}", figure=name, aim=aim, day=t.long_day(goal.ends_on), state=state)


def _trained(one: Trained, t: Words) -> str:
    if one.done_on is not None:
        return t("{name}, done on {day}", name=one.name, day=t.long_day(one.done_on))
    if one.due_on is not None:
        return t("{name}, by {day}", name=one.name, day=t.long_day(one.due_on))
    return one.name


def _thanks(one: Page, t: Words) -> Part:
    head = t("Thanks from colleagues")
    if not one.thanked:
        return Part(head, (t("None in this time."),))
    people = t.n("{n} person", "{n} people", one.givers)
    said = t.n("{n} time, from {people}.", "{n} times, from {people}.", one.thanked, people=people)
    return Part(head, (said, *(_thanked(each, t) for each in one.thanks)))


def _thanked(one: Thanked, t: Words) -> str:
    value = f" ({one.value})" if one.value else ""
    return f"{one.by}, {t.day(one.on)}: “{short(' '.join(one.reason.split()), WORDS)}”{value}"
