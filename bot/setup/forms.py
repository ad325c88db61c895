"""The one modal in which a team is set up, page by page, and in which each page is changed later. Pure drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from slackblocks import ActionsBlock, Block, Button, Element, SectionBlock

from cspm_core import setup

from .. import ids
from ..blocks import Drawing, escape, modal, note, short, value
from ..words import Words
from .names import STEPS

MOST_BEGUN = 20


@dataclass(frozen=True, slots=True)
class Frame:
    """Around the fields of a step. `is_setup`: one page of the whole; else a form of its own, to change it later.

    `private`: what the modal carries; `said`: sentences on top, about what just happened.
    """

    step: str
    is_setup: bool
    team_id: int | None
    team: str
    private: str
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Begun:
    """A team whose setup was left: which step comes next, from 1."""

    team_id: int
    team: str
    number: int


def page(frame: Frame, blocks: Sequence[Block], t: Words) -> Drawing:
    """One step: where one is, what was just said, the fields, and the way back."""
    top: list[Block] = [SectionBlock(f"*{t(STEPS[frame.step])}*"), note(_where(frame, t))]
    top += [SectionBlock(text) for text in frame.said]
    ways: list[Block] = []
    back = setup.before(frame.step) if frame.is_setup and frame.team_id is not None else None
    if back:
        carried = value(team=frame.team_id, step=back)
        ways = [ActionsBlock([Button(t("Back"), action_id=ids.SETUP_BACK, value=carried)])]
    return modal(
        t("Set up a team") if frame.is_setup else t("Team settings"),
        *top,
        *blocks,
        *ways,
        callback_id=ids.SETUP_FORM,
        private_metadata=frame.private,
        submit=_submit(frame, t),
        close=t("Go on later") if frame.is_setup and frame.team_id is not None else t("Cancel"),
    )


def _where(frame: Frame, t: Words) -> str:
    if not frame.is_setup:
        return escape(frame.team)
    place = t("Step {n} of {total}", n=setup.number(frame.step), total=len(setup.STEPS))
    return f"{place} · {escape(frame.team)}" if frame.team else place


def _submit(frame: Frame, t: Words) -> str:
    if not frame.is_setup:
        return t("Save")
    return t("That is it") if frame.step == setup.LAST else t("Next step")


def start(begun: Sequence[Begun], *, may_begin: bool, t: Words) -> Drawing:
    """Go on with a team whose setup was left, or begin with another."""
    blocks: list[Block] = [SectionBlock(t("What you have said so far is kept. Go on where you left."))]
    for one in begun[:MOST_BEGUN]:
        place = t("Step {n} of {total}", n=one.number, total=len(setup.STEPS))
        go_on = Button(t("Go on"), action_id=ids.SETUP_RESUME, value=value(team=one.team_id))
        blocks.append(SectionBlock(f"*{escape(short(one.team, 100))}*\n{place}", accessory=go_on))
    if may_begin:
        blocks.append(ActionsBlock([Button(t("Begin a new team"), action_id=ids.SETUP_NEW, value="new")]))
    return modal(t("Set up a team"), *blocks, close=t("Close"))


def over(text: str, t: Words) -> Drawing:
    """Nothing to fill in: why it does not go on."""
    return modal(t("Set up a team"), SectionBlock(escape(text)), close=t("Close"))


def buttons(*every: Button) -> ActionsBlock:
    """A row of buttons."""
    row: list[Element] = list(every)
    return ActionsBlock(row)
