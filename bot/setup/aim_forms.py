"""The fields about time: SLA targets, the digest, and how figures are counted. Pure drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from slackblocks import Block, InputBlock, StaticMultiSelectMenu, TimePicker

from cspm_core.digests import Settings
from cspm_core.tickets import SlaMetric

from ..blocks import Drawing, note, option
from ..digests import forms as digest_forms
from ..escalations import inputs
from ..words import Words
from .forms import Frame, page
from .names import ABANDONED, CLOCKS, RESPONSE_STARTS, TRANSFERS

FIRST_RESPONSE, RESOLUTION, CLOCK = "first_response", "resolution", "clock"
TARGETS: Mapping[str, SlaMetric] = {FIRST_RESPONSE: SlaMetric.FIRST_RESPONSE, RESOLUTION: SlaMetric.RESOLUTION}
RESPONSE_START, TRANSFERS_COUNTED = "response_start", "transfers_counted"
SERVICE_LEVEL, SHORT_ABANDON, ABANDONED_IN_TIME = "service_level_s", "short_abandon_s", "abandoned_in_time"
STALE_AFTER, HIDDEN = "stale_after_hours", "hidden"
MOST_FIGURES = 100


@dataclass(frozen=True, slots=True)
class TargetsStep:
    """Lengths as they are typed (4h), empty: none; and how many there are for single priorities beside these."""

    first_response: str
    resolution: str
    clock: str
    by_priority: int = 0
    solving_clock: str = ""
    """Of the resolution, where an operator has set it on another clock than the reply."""


@dataclass(frozen=True, slots=True)
class CountingStep:
    """Columns of a team as they stand; `figures`: names by key, `hidden`: keys of those that are not shown."""

    response_start: str
    transfers_counted: str
    service_level_s: int
    short_abandon_s: int
    abandoned_in_time: str
    stale_after_hours: int
    figures: Mapping[str, str]
    hidden: Sequence[str]


def targets(frame: Frame, now: TargetsStep, t: Words) -> Drawing:
    """By when to reply, by when to solve, on which clock."""
    hint = t("Such as 4h, 90m or 2d. Leave it empty for none.")
    day = t("In working hours a day is the team’s mean working day. A due time in the data comes before these.")
    blocks: list[Block] = [
        inputs.line(FIRST_RESPONSE, t("First reply within"), said=now.first_response, hint=hint, longest=40),
        inputs.line(RESOLUTION, t("Solved within"), said=now.resolution, hint=hint, longest=40),
        InputBlock(
            t("Counted in"), inputs.menu(CLOCK, _said(CLOCKS, t), now.clock), block_id=CLOCK, hint=day
        ),
    ]  # fmt: skip
    if now.solving_clock:
        clock = t(CLOCKS[now.solving_clock])
        blocks.append(note(t("“{target}” is counted otherwise and stays so until you change it: {clock}.",
                             target=t("Solved within"), clock=clock)))  # fmt: skip
    if now.by_priority:
        kept = t.n(
            "{n} target for a priority of its own stays as it is.",
            "{n} targets for priorities of their own stay as they are.",
            now.by_priority,
        )
        blocks.append(note(kept))
    return page(frame, blocks, t)


def digest(frame: Frame, now: Settings, t: Words) -> Drawing:
    """When it comes, and on which days."""
    at = TimePicker(digest_forms.AT, now.at)
    hint = t("In the zone {zone}.", zone=now.timezone)
    blocks: list[Block] = [
        InputBlock(t("Time"), at, block_id=digest_forms.AT, hint=hint),
        InputBlock(t("Days"), digest_forms.days(now, t), block_id=digest_forms.DAYS),
        InputBlock(
            t("Weekdays, where you chose them"),
            digest_forms.weekdays(now, t),
            block_id=digest_forms.WEEKDAYS,
            optional=True,
        ),
        InputBlock(
            t("Holidays"), digest_forms.on_holidays(now, t), block_id=digest_forms.HOLIDAYS, optional=True
        ),
    ]  # fmt: skip
    return page(frame, blocks, t)


def counting(frame: Frame, now: CountingStep, t: Words) -> Drawing:
    """Where a first response begins, what a transfer is, what calls count for, and what is not shown."""
    figures = [option(name, key) for key, name in now.figures.items()][:MOST_FIGURES]
    hidden = [one for one, key in zip(figures, now.figures, strict=False) if key in now.hidden]
    menu = StaticMultiSelectMenu(HIDDEN, figures, initial_options=hidden or None, placeholder=t("Figures"))
    seconds = t("In seconds.")
    blocks: list[Block] = [
        _choice(RESPONSE_START, t("A first response begins"), RESPONSE_STARTS, now.response_start, t),
        _choice(TRANSFERS_COUNTED, t("A transfer is a hand-over"), TRANSFERS, now.transfers_counted, t),
        _number(SERVICE_LEVEL, t("A call is answered in time within"), now.service_level_s, seconds),
        _number(SHORT_ABANDON, t("Callers who give up sooner are not counted"), now.short_abandon_s, seconds),
        _choice(ABANDONED_IN_TIME, t("Callers who give up within the answer time count"), ABANDONED,
                now.abandoned_in_time, t),
        _number(STALE_AFTER, t("Data is too old after"), now.stale_after_hours,
                t("In hours without anything new. Then the digest says only that.")),
        InputBlock(t("Figures that are not shown"), menu, block_id=HIDDEN, optional=True),
    ]  # fmt: skip
    return page(frame, blocks, t)


def _choice(block_id: str, label: str, options: Mapping[str, str], now: str, t: Words) -> InputBlock:
    return InputBlock(label, inputs.menu(block_id, _said(options, t), now), block_id=block_id)


def _number(block_id: str, label: str, now: int, hint: str) -> InputBlock:
    return inputs.line(block_id, label, said=str(now), hint=hint, optional=False, longest=10)


def _said(options: Mapping[str, str], t: Words) -> dict[str, str]:
    return {str(key): t(label) for key, label in options.items()}
