"""A tour as people see it: a modal with one page for each step. Pure drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from slackblocks import ActionsBlock, Block, Button, DividerBlock, Element, HeaderBlock, SectionBlock, StaticSelectMenu

from cspm_core.people import Role
from cspm_core.tours import STEPS, Bound, Opened, beside

from .. import ids
from ..blocks import Drawing, modal, note, option, short, value
from ..words import N_, Words
from . import names, sights
from .lines import lines
from .sights import Shown

LONGEST = 2_900

OPENED = {
    Bound.EXACTLY: N_("{n} of the {all} people of this team have opened the tour."),
    Bound.AT_MOST: N_("At most {n} of the {all} people of this team have opened the tour."),
    Bound.AT_LEAST: N_("At least {n} of the {all} people of this team have opened the tour."),
}


@dataclass(frozen=True, slots=True)
class Page:
    """One step of one role's tour. `shown` None: still being looked up. `roles`: all that the reader has; `said`: one
    sentence more."""

    role: Role
    step: str
    shown: Shown | None = None
    team: str = ""
    roles: tuple[Role, ...] = ()
    said: str = ""


def page(one: Page, t: Words) -> Drawing:
    """A headline, what it is about, the team's own data, what can be tried, and the way on."""
    step, steps = names.STEPS[one.step], STEPS[one.role]
    at = steps.index(one.step)
    where = t("{n} of {all}", n=t.number(at + 1), all=t.number(len(steps)))
    about = " · ".join(filter(None, (where, t(names.TOURS[one.role]), one.team)))
    blocks: list[Block] = [note(short(about, LONGEST)), HeaderBlock(short(t(step.headline), 150))]
    if one.said:
        blocks.insert(0, SectionBlock(one.said))
    blocks += [SectionBlock(t(step.words)), *_own(one, step, t), DividerBlock(), _ways(one, t)]
    if not at:
        blocks.append(note(t("About ten minutes. Close it whenever you like: it opens again where you left it.")))
        blocks += [_choice(one, t)] if len(one.roles) > 1 else []
    return modal(_title(t), *blocks, close=t("Leave for now"))


def end(role: Role, t: Words, roles: Sequence[Role] = ()) -> Drawing:
    """The tour is through; the tours of the reader's other roles. `roles`: all that they have."""
    again = Button(t("Once more from the start"), action_id=ids.TOUR_BACK, value=_carried(role, STEPS[role][0]))
    said = t("That was all. Nothing of it has to be remembered: type `/cspm` when you look for something, or "
             "`/cspm tour` to see this again.")  # fmt: skip
    others = [option(t(names.TOURS[one]), one.value) for one in roles if one is not role]
    ways: list[Element] = [again]
    if others:
        ways.append(StaticSelectMenu(ids.TOUR_ROLE, others, placeholder=t("Another of your tours")))
    return modal(_title(t), HeaderBlock(t("You are through")), SectionBlock(said), ActionsBlock(ways), close=t("Close"))


def broken(said: str, t: Words) -> Drawing:
    """Why there is no page to show."""
    return modal(_title(t), SectionBlock(said), close=t("Close"))


def line(opened: Opened, t: Words) -> str:
    """How many have opened a tour, for the settings of their team; never who."""
    return t(OPENED[opened.bound], n=t.number(opened.n), all=t.number(opened.of))


def _title(t: Words) -> str:
    return short(t("The tour"), 24)


def _own(one: Page, step: names.Step, t: Words) -> list[Block]:
    """The team's data, or what will stand there; and what can be tried."""
    if one.shown is None:
        return [SectionBlock(t("Looking at your team’s data …"))]
    told = lines(one.shown.sight, t)
    if isinstance(one.shown.sight, sights.Nothing) and step.later:
        told = [t(step.later)]
    blocks: list[Block] = [SectionBlock(short("\n".join(told), LONGEST))] if told else []
    if step.action and one.shown.carries:
        blocks.append(ActionsBlock([Button(t(step.label), action_id=step.action, value=one.shown.carries)]))
        blocks.append(note(t(step.comes)))
    return blocks


def _ways(one: Page, t: Words) -> ActionsBlock:
    before, after = beside(one.role, one.step)
    onward = t("Next step") if after else t("Finish the tour")
    buttons: list[Element] = [
        Button(onward, action_id=ids.TOUR_NEXT, value=_carried(one.role, after or ""), style="primary")
    ]
    if before:
        buttons.append(Button(t("Back"), action_id=ids.TOUR_BACK, value=_carried(one.role, before)))
    return ActionsBlock(buttons)


def _choice(one: Page, t: Words) -> ActionsBlock:
    options = [option(t(names.TOURS[role]), role.value) for role in one.roles]
    chosen = next(each for each in options if each.value == one.role.value)
    return ActionsBlock([StaticSelectMenu(ids.TOUR_ROLE, options, initial_option=chosen)])


def _carried(role: Role, step: str) -> str:
    return value(role=role.value, step=step)
