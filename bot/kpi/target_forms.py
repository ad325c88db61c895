"""What a team aims for: the figures with their targets and what the last weeks suggest, and the modal to change them.

Pure drawing. In the modal a block's id is the key of its figure, so that errors find it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from slackblocks import ActionsBlock, Block, Button, HeaderBlock, InputBlock, PlainTextInput, SectionBlock

from cspm_core.metrics import Clock, Metric, Unit

from .. import ids
from ..blocks import HEADLINE, Drawing, escape, message, modal, note, short, table, value
from ..words import Words
from . import figures
from .names import name_of

CARRIED = 1_900
"""So many characters fit into a button."""
LONGEST = 40
Number = float | None


@dataclass(frozen=True, slots=True)
class Aim:
    """One figure: its value now, the median of its last eight weeks, and what the team aims for; None: none."""

    metric: Metric
    now: Number
    suggested: Number
    target: Number


@dataclass(frozen=True, slots=True)
class Aims:
    """A team's figures that have a direction, in the catalogue's order."""

    team_id: int
    team: str
    timezone: str
    every: tuple[Aim, ...]


def targets(found: Aims, period: str, t: Words) -> Drawing:
    """Each figure with its value over a period, its target and a suggestion."""
    said = t("What {team} aims for", team=found.team)
    header = [t("Figure"), t("Now"), t("Target"), t("Suggested")]
    rows = [
        [name_of(one.metric, t), *(_told(one.metric, number, t) for number in (one.now, one.target, one.suggested))]
        for one in found.every
    ]
    change = Button(t("Change targets"), action_id=ids.KPI_TARGETS_CHANGE, value=carried(found))
    blocks: list[Block] = [
        HeaderBlock(short(said, 150)),
        note(f"{escape(period)} · {found.timezone}"),
        table(t("Targets of {team}", team=found.team), header, rows, page_size=20),
        note(t("Suggested is the median of the last eight whole weeks, where at least four of them hold enough.")),
        ActionsBlock([change]),
    ]
    return message(short(said, HEADLINE), *blocks)


def carried(found: Aims) -> str:
    """What the modal needs so that it can open at once: value and suggestion by figure, as many as fit."""
    told = {one.metric.key: [_round(one.metric, n) for n in (one.now, one.suggested)] for one in found.every}
    while len(text := value(team=found.team_id, aims=told)) > CARRIED:
        told.popitem()
    return text


def form(found: Aims, private: str, t: Words) -> Drawing:
    """Every figure that has a direction, with what is typed for its target; empty takes one away."""
    intro = t(
        "What *{team}* wants to reach or better. Leave a field empty to aim for nothing.", team=escape(found.team)
    )
    fields = [
        InputBlock(
            short(name_of(one.metric, t), 2_000),
            PlainTextInput(
                one.metric.key,
                initial_value=None if one.target is None else typed(one.metric, one.target),
                max_length=LONGEST,
                placeholder=example(one.metric, t),
            ),
            block_id=one.metric.key,
            hint=_hint(one, t) or None,
            optional=True,
        )
        for one in found.every
    ]
    return modal(
        t("Targets"),
        SectionBlock(intro),
        *fields,
        callback_id=ids.KPI_TARGETS_FORM,
        private_metadata=private,
        submit=t("Save"),
        close=t("Cancel"),
    )


def typed(metric: Metric, target: float) -> str:
    """A target as somebody would type it: 4h 30m, 92.5%, 40. Never in days: a working day is shorter."""
    if metric.unit is Unit.SHARE:
        return f"{round(target * 100, 4):g}%"
    if metric.unit is not Unit.SECONDS:
        return f"{round(target, 4):g}"
    minutes, seconds = divmod(round(target), 60)
    parts = zip((*divmod(minutes, 60), seconds), "hms", strict=True)
    return " ".join(f"{n}{unit}" for n, unit in parts if n) or "0s"


def example(metric: Metric, t: Words) -> str:
    """What can be typed."""
    match metric.unit:
        case Unit.SECONDS if metric.clock is Clock.BUSINESS:
            return t("Working time such as 4h or 30 min")
        case Unit.SECONDS:
            return t("A time such as 4h or 30 min")
        case Unit.SHARE:
            return t("A share such as 90%")
    return t("A number such as 40")


def _hint(one: Aim, t: Words) -> str:
    """The value now and the suggestion, as far as there are any."""
    said = []
    if one.now is not None:
        said.append(t("Now {value}.", value=figures.amount(one.metric, one.now, t)))
    if one.suggested is not None:
        said.append(t("The last eight weeks suggest {value}.", value=figures.amount(one.metric, one.suggested, t)))
    return t.sentences(*said) if said else ""


def _told(metric: Metric, number: Number, t: Words) -> str:
    return "–" if number is None else figures.amount(metric, number, t)


def _round(metric: Metric, number: Number) -> Number:
    if number is None:
        return None
    return round(number) if metric.unit is Unit.SECONDS else round(number, 4)


def with_carried(aims: Sequence[Aim], told: Mapping[str, Sequence[Number]]) -> tuple[Aim, ...]:
    """The figures with the values that a button carried."""
    found = ((one, told.get(one.metric.key) or (None, None)) for one in aims)
    return tuple(Aim(one.metric, now, suggested, one.target) for one, (now, suggested) in found)
