"""The fields of the first steps: the team, its zone and hours, its channel. Block ids are the fields' names. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from slackblocks import (
    Block,
    Button,
    ConversationFilter,
    ConversationSelectMenu,
    ExternalSelectMenu,
    InputBlock,
    SectionBlock,
)

from .. import ids
from ..blocks import Drawing, note, option, value
from ..escalations import inputs
from ..home.views import LANGUAGE_NAMES
from ..words import Words
from .forms import Frame, buttons, page

NAME, LANGUAGE = "name", "language"
TIMEZONE, HOURS, HOLIDAYS = "timezone", "hours", "holidays"
CHANNEL = "channel"
LONGEST_NAME, LONGEST_HOURS = 80, 300
"""What an operator made longer stays whole."""


@dataclass(frozen=True, slots=True)
class TeamStep:
    """What the team is called, and what its channel reads."""

    name: str
    language: str


@dataclass(frozen=True, slots=True)
class HoursStep:
    """`zone` and `country`: what the menu shows and what it carries; None: nothing chosen."""

    zone: tuple[str, str]
    hours: str
    country: tuple[str, str] | None


class Reach(StrEnum):
    """Whether we could say something in a channel."""

    NONE = "none"
    IN = "in"
    OUT = "out"
    UNSEEN = "unseen"
    ARCHIVED = "archived"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ChannelStep:
    """`channel`: Slack's id, or a name where an operator gave one; `bot`: as it is invited."""

    channel: str | None
    is_id: bool
    reach: Reach
    bot: str


def team(frame: Frame, now: TeamStep, t: Words) -> Drawing:
    """Its name, and its language."""
    name = inputs.line(
        NAME,
        t("What is the team called?"),
        said=now.name,
        hint=t("As your people call it. It stands in every message."),
        optional=False,
        longest=max(LONGEST_NAME, len(now.name)),
    )
    language = InputBlock(
        t("Language of its channel"),
        inputs.menu(LANGUAGE, LANGUAGE_NAMES, now.language),
        block_id=LANGUAGE,
        hint=t("Each person may read another one: they choose it on their Home tab."),
    )
    return page(frame, [name, language], t)


def hours(frame: Frame, now: HoursStep, t: Words) -> Drawing:
    """Where its days begin, when it works, and whose holidays it has."""
    known = option(*now.country) if now.country else None
    blocks: list[Block] = [
        InputBlock(
            t("Time zone"),
            ExternalSelectMenu(ids.SETUP_ZONE, initial_option=option(*now.zone), min_query_length=0),
            block_id=TIMEZONE,
            hint=t("Type a city or a zone, such as Amsterdam or Asia/Seoul."),
        ),
        inputs.line(
            HOURS,
            t("Working hours"),
            said=now.hours,
            hint=t("For example mon-fri 09:00-17:00; with a break mon-fri 09:00-12:00,13:00-17:00; always 24x7."),
            optional=False,
            longest=max(LONGEST_HOURS, len(now.hours)),
        ),
        InputBlock(
            t("Public holidays of"),
            ExternalSelectMenu(
                ids.SETUP_HOLIDAYS, initial_option=known, min_query_length=0, placeholder=t("No holidays")
            ),
            block_id=HOLIDAYS,
            hint=t("Type a country. On its holidays nobody is expected to answer."),
            optional=True,
        ),
    ]
    return page(frame, blocks, t)


def channel(frame: Frame, now: ChannelStep, t: Words) -> Drawing:
    """Where the team hears from us, and whether we are there."""
    menu = ConversationSelectMenu(
        CHANNEL,
        initial_conversation=now.channel if now.is_id else None,
        filter=ConversationFilter(include=["public", "private"]),
    )
    hint = t("The digest, escalations and handovers come here. Nothing about one person ever does.")
    blocks: list[Block] = [InputBlock(t("Channel"), menu, block_id=CHANNEL, hint=hint, optional=frame.is_setup)]
    if said := reached(now, t):
        blocks.append(SectionBlock(said))
    if now.reach not in (Reach.NONE, Reach.IN):
        again = Button(t("Look again"), action_id=ids.SETUP_LOOK, value=value(team=frame.team_id))
        blocks.append(buttons(again))
    if frame.is_setup and now.reach in (Reach.OUT, Reach.UNSEEN):
        blocks.append(note(t("You can also go on, and invite me later.")))
    return page(frame, blocks, t)


def reached(now: ChannelStep, t: Words) -> str:
    """Whether we are in the channel, and what to do where we are not."""
    place = f"<#{now.channel}>" if now.is_id else f"#{now.channel}"
    match now.reach:
        case Reach.IN:
            return t("✓ I am in {channel}.", channel=place)
        case Reach.OUT:
            return t("I am not in {channel} yet. Write `/invite @{bot}` there.", channel=place, bot=now.bot)
        case Reach.UNSEEN:
            return t(
                "I cannot see {channel}: it is private, or gone. Write `/invite @{bot}` there.",
                channel=place,
                bot=now.bot,
            )
        case Reach.ARCHIVED:
            return t("{channel} is archived, so nobody can write there. Choose another one.", channel=place)
        case Reach.UNKNOWN:
            return t("Slack did not say whether I am in {channel}. Try again in a minute.", channel=place)
    return ""
