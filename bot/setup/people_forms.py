"""The fields about people: who is in the team, and who may see figures about one of them. Pure drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from slackblocks import Block, ExternalSelectMenu, InputBlock, Option, PlainText, RadioButtonGroup, UserMultiSelectMenu

from cspm_core.people import Role

from .. import ids
from ..blocks import Drawing, note
from ..escalations import inputs
from ..uploads.reports import names
from ..words import Words
from .forms import Frame, page
from .names import FIGURES

LEADS, AGENTS, GROUP, REVIEWERS = "leads", "agents", "group", "reviewers"
ROLES: Mapping[str, Role] = {LEADS: Role.LEAD, AGENTS: Role.AGENT, REVIEWERS: Role.QA_REVIEWER}
LEVEL, AGREED_BY = "person_figures", "agreed_by"
LONGEST_WORD, FEW_NAMES = 150, 8


@dataclass(frozen=True, slots=True)
class PeopleStep:
    """Slack users by block id; `elsewhere`: names of people of the team whom we know only from data or a list."""

    users: Mapping[str, Sequence[str]]
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FiguresStep:
    """What is agreed now, and by whom that was said last (empty: nobody yet)."""

    level: str
    agreed_by: str = ""


def people(frame: Frame, now: PeopleStep, t: Words) -> Drawing:
    """Who leads, who works, who reviews."""
    group = ExternalSelectMenu(ids.SETUP_GROUP, min_query_length=0, placeholder=t("User group"))
    blocks: list[Block] = [
        _users(LEADS, t("Leads"), now, t("They change these settings, and hear what cannot wait."), t),
        _users(AGENTS, t("Agents"), now, t("Who works on tickets or calls."), t),
        InputBlock(
            t("Agents from a user group"),
            group,
            block_id=GROUP,
            hint=t("Everybody in it becomes an agent now. The group is read once: whoever joins it later is added "
                   "here by hand."),
            optional=True,
        ),
        _users(REVIEWERS, t("QA reviewers"), now, t("Who reviews conversations beside the leads."), t),
    ]  # fmt: skip
    if now.elsewhere:
        told = names(now.elsewhere, t, FEW_NAMES, are_people=True)
        blocks.append(note(t("Also in the team, but not met in Slack yet: {names}.", names=told)))
    blocks.append(note(t("Whoever you take out leaves the team today. Nothing of their past is deleted.")))
    return page(frame, blocks, t)


def _users(block_id: str, label: str, now: PeopleStep, hint: str, t: Words) -> InputBlock:
    users = list(now.users.get(block_id, ()))
    menu = UserMultiSelectMenu(block_id, initial_users=users or None, placeholder=t("People"))
    return InputBlock(label, menu, block_id=block_id, hint=hint, optional=True)


def figures(frame: Frame, now: FiguresStep, t: Words) -> Drawing:
    """Who may see figures about one person."""
    options = [
        Option(PlainText(t(label)), level, description=PlainText(t(meaning)))
        for level, (label, meaning) in FIGURES.items()
    ]
    chosen = next((one for one, level in zip(options, FIGURES, strict=True) if level == now.level), options[1])
    radio = RadioButtonGroup(LEVEL, options, initial_option=chosen)
    blocks: list[Block] = [
        InputBlock(t("Who may see figures about one person of the team?"), radio, block_id=LEVEL),
        inputs.line(
            AGREED_BY,
            t("Who agreed to it?"),
            said=now.agreed_by,
            longest=max(LONGEST_WORD, len(now.agreed_by)),
            hint=t("The team’s word, with names or where it was agreed. It is written down, and everybody in the team "
                   "can read it."),
        ),
    ]  # fmt: skip
    return page(frame, blocks, t)
