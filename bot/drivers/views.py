"""What moved a figure: one sentence, and the numbers behind it. Pure drawing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from slackblocks import ActionsBlock, Block, Button, Element, HeaderBlock, Option, SectionBlock

from cspm_core.drivers import Dimension, Driver, Moved, NoDriver, NoDriverReason
from cspm_core.kpi import Direction
from cspm_core.metrics import Metric
from cspm_core.signals.rules import Basis

from .. import ids
from ..blocks import HEADLINE, Drawing, choice, escape, message, note, option, short, table
from ..kpi import figures as kpi_figures
from ..kpi.names import name_of, ticket_word
from ..kpi.scope import Scope
from ..signals import figures
from ..words import Words
from .names import DIMENSIONS, FELL, HOURS, REASONS, ROSE

LONGEST_WORD = 60
FEW = 5
"""Of a person, fewer say nothing."""


def sentence(found: Driver, t: Words) -> str:
    """CSAT fell from 84% to 78%: mostly e-mail (channel), where it went from 84% to 71% (worse of it −4.8 points …)."""
    before, now = (kpi_figures.value(found.metric, measure, t) for measure in found.measures)
    said = ROSE if found.change > 0 else FELL
    return t(said, figure=name_of(found.metric, t), before=before, now=now, driver=_where(found, t))


def _where(found: Driver, t: Words) -> str:
    main = found.main
    facts = {"value": called(main, t), "parts": _split(found, t)}
    match found.basis:
        case Basis.COUNT:
            before, now = t.number(main.n_before), t.number(main.n_now)
            return t("mostly {value}, {before} before and {now} now", before=before, now=now, **facts)
        case Basis.SLOWER:
            return t(
                "mostly {value}, where {before} took longer than {duration} before and {now} do now ({parts})",
                duration=t.duration(found.threshold_s or 0),
                before=rate(found, main.rate_before, t),
                now=rate(found, main.rate_now, t),
                **facts,
            )
    if main.rate_before is None:
        return t("mostly {value}, which is new, with {now} ({parts})", now=rate(found, main.rate_now, t), **facts)
    if main.rate_now is None:
        return t("mostly {value}, which is gone and had {before} ({parts})", before=rate(found, main.rate_before, t),
                 **facts)  # fmt: skip
    return t(
        "mostly {value}, where it went from {before} to {now} ({parts})",
        before=rate(found, main.rate_before, t),
        now=rate(found, main.rate_now, t),
        **facts,
    )


def _split(found: Driver, t: Words) -> str:
    """Worse of it −4.8 points, more of it −0.9 points."""
    main = found.main
    has_grown = main.n_now * found.measures[0].n > main.n_before * found.measures[1].n
    volume = t("more of it {change}") if has_grown else t("less of it {change}")
    own = {
        Direction.WORSE: t("worse of it {change}"),
        Direction.BETTER: t("better of it {change}"),
    }.get(_own_direction(found), t("its own level {change}"))
    parts = [(volume, main.volume)]
    if main.rate_before is not None and main.rate_now is not None:
        parts.insert(0, (own, main.rate))
    told = [said.format(change=amount(found, moved, t)) for said, moved in parts]
    return t("{first}, {second}", first=told[0], second=told[1]) if len(told) > 1 else told[0]


def _own_direction(found: Driver) -> Direction:
    """Whether the value itself went the way of the whole figure."""
    opposite = {Direction.WORSE: Direction.BETTER, Direction.BETTER: Direction.WORSE}
    if (found.main.rate > 0) == (found.change > 0):
        return found.direction
    return opposite.get(found.direction, found.direction)


def amount(found: Driver, moved: float, t: Words) -> str:
    """A part of the change: points of a share, a number, or an amount in the figure's unit."""
    if found.basis in (Basis.SHARE, Basis.SLOWER):
        return figures.signed_points(moved, t)
    return figures.signed(found.metric, moved, t)


def rate(found: Driver, value: float | None, t: Words) -> str:
    """What the tickets of a value have: a share, or a mean."""
    if value is None:
        return "–"
    return t.share(value) if found.basis is not Basis.MEAN else kpi_figures.amount(found.metric, value, t)


def called(moved: Moved, t: Words) -> str:
    """A value with what it is a value of: e-mail (channel)."""
    return t("{value} ({dimension})", value=word(moved, t), dimension=t(DIMENSIONS[moved.dimension]))


def word(moved: Moved, t: Words) -> str:
    """A value as people say it."""
    if moved.dimension is Dimension.HOUR:
        return t(HOURS[moved.word])
    return short(ticket_word(moved.word, t), LONGEST_WORD) or t("not said")


def no_single(metric: Metric, t: Words) -> str:
    """Of a figure that signals."""
    return t("{figure} signals. {reason}", figure=name_of(metric, t), reason=t(REASONS[NoDriverReason.NO_SINGLE]))


def driver(found: Driver | NoDriver, name: str, scope: Scope, t: Words) -> Drawing:
    """The sentence, its numbers, and the tickets of each value."""
    said = t("What moved it: {figure} of {team}", figure=name_of(found.metric, t), team=name)
    blocks: list[Block] = [HeaderBlock(short(said, 150)), note(escape(_compared(found, t)))]
    if isinstance(found, NoDriver):
        told = t(REASONS[found.reason])
        values = sayable(found.strongest)
        blocks.append(SectionBlock(escape(told)))
        if values:
            blocks.append(_strongest(values, t))
    else:
        told, parts = sentence(found, t), sayable(found.parts)
        blocks.append(SectionBlock(escape(told)))
        blocks.append(_parts(found, parts, t))
        if left := figures.unless_none(amount(found, found.rest, t), t):
            blocks.append(note(t("All that is not listed: {change}.", change=left)))
        others = [one for one in sayable(found.strongest) if one.dimension is not found.main.dimension]
        if others:
            blocks.append(_strongest(others, t))
        values = [*parts, *others]
    blocks.append(_buttons(found, values, scope, t))
    return message(short(told, HEADLINE), *blocks)


def _compared(found: Driver | NoDriver, t: Words) -> str:
    now, before = (kpi_figures.days(period, t) for period in (found.period, found.before))
    return t("{days}, compared with {before}", days=now, before=before)


def sayable(every: Sequence[Moved]) -> list[Moved]:
    """Without people of whom there are too few tickets, and without those that are nobody's."""
    return [one for one in every if one.dimension is not Dimension.AGENT or _may_be_told(one)]


def _may_be_told(one: Moved) -> bool:
    return one.code > 0 and min(one.n_before, one.n_now) >= FEW


def _parts(found: Driver, parts: Sequence[Moved], t: Words) -> Block:
    """Every value of the dimension: how many, how it went, and what it added to the change by either."""
    header = [t("Which"), t("Before → now")]
    if found.basis is not Basis.COUNT:
        header += [_of_each(found, t), t("By better or worse of it")]
    header += [t("By more or less of it"), t("Of the change")]
    rows = [_part(found, one, t) for one in parts]
    return table(t("By {dimension}", dimension=t(DIMENSIONS[found.main.dimension])), header, rows)


def _of_each(found: Driver, t: Words) -> str:
    if found.basis is Basis.SLOWER:
        return t("Longer than {duration}", duration=t.duration(found.threshold_s or 0))
    return name_of(found.metric, t)


def _part(found: Driver, one: Moved, t: Words) -> list[Any]:
    cells: list[Any] = [word(one, t), _numbers(one, t)]
    if found.basis is not Basis.COUNT:
        rates = f"{rate(found, one.rate_before, t)} → {rate(found, one.rate_now, t)}"
        cells += [rates, (amount(found, one.rate, t), one.rate)]
    return [*cells, (amount(found, one.volume, t), one.volume), _share(one, t)]


def _numbers(one: Moved, t: Words) -> tuple[str, int]:
    return f"{t.number(one.n_before)} → {t.number(one.n_now)}", one.n_now


def _share(one: Moved, t: Words) -> tuple[str, float]:
    return f"{'−' if one.share < 0 else ''}{t.share(abs(one.share))}", one.share


def _strongest(values: Sequence[Moved], t: Words) -> Block:
    rows = [[called(one, t), _numbers(one, t), _share(one, t)] for one in values]
    return table(t("The strongest of each kind"), [t("Which"), t("Before → now"), t("Of the change")], rows)


def _buttons(found: Driver | NoDriver, values: Sequence[Moved], scope: Scope, t: Words) -> Block:
    """The tickets of each value, and what the figure means."""
    of_metric = scope.of(found.metric.key)
    listed = [one for one in values if one.n_now and one.dimension is not Dimension.AGENT]
    elements: list[Element] = []
    if listed:
        elements.append(choice(t("Which tickets?"), ids.KPI_TICKETS, [_tickets(one, of_metric, t) for one in listed]))
    elements.append(Button(t("What does it mean?"), action_id=ids.KPI_EXPLAIN_METRIC, value=str(of_metric)))
    return ActionsBlock(elements)


def _tickets(one: Moved, scope: Scope, t: Words) -> Option:
    chosen = scope.only(dimension=str(one.dimension), code=one.code)
    return option(f"{called(one, t)}: {t.number(one.n_now)}", str(chosen))
