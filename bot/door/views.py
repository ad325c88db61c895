"""Everything the bot can do, on one page. Pure drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from slackblocks import (
    ActionsBlock,
    Block,
    Button,
    DividerBlock,
    HeaderBlock,
    OverflowMenu,
    SectionBlock,
    UserSelectMenu,
)
from slackblocks.elements import Element

from .. import ids
from ..blocks import Drawing, choice, escape, message, note, option, short, value
from ..words import Words
from .claim_views import waiting
from .ways import ABOUT_SOMEBODY, GROUPS, For, Group, Way, open_to

BUTTONS = 3
"""So many stand in a row on a telephone."""
MOST_TEAMS = 45
IN_MENU = 5
"""What Slack shows behind the three dots."""
SHORTCUTS = ("Escalate this message", "Review this message")
"""As Slack calls them in a message's menu, in every language."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Who looks, and how much waits for them today (None: nobody knows them). `unknown`: what was typed in vain."""

    whom: For
    waits: int | None = None
    is_admin_missing: bool = False
    unknown: str = ""


def door(shown: Shown, t: Words) -> Drawing:
    """What waits, everything by what somebody wants, a colleague to choose, and what a message's menu has."""
    title = t("Everything I can do")
    blocks: list[Block] = [HeaderBlock(title)]
    if shown.unknown:
        blocks.append(SectionBlock(t("I do not know “{words}”. Here is all I know.", words=_safe(shown.unknown))))
    if shown.is_admin_missing:
        blocks += waiting(t)
    if shown.waits is not None:
        blocks += [_today(shown.waits, t), DividerBlock()]
    for group in GROUPS:
        if ways := _open(group.ways, shown):
            blocks += _group(group, ways, t)
    if open_to(ABOUT_SOMEBODY, shown.whom):
        blocks.append(_somebody(t))
    escalate, review = SHORTCUTS
    blocks.append(note(t("In a message’s menu (⋯): “{escalate}” and “{review}”.", escalate=escalate, review=review)))
    return message(title, *blocks)


def _open(ways: Sequence[Way], shown: Shown) -> list[Way]:
    """A code is no way for whoever is an admin."""
    found = open_to(ways, shown.whom)
    return [way for way in found if not (way.typed == "admin" and For.ADMIN in shown.whom)]


def _safe(typed: str) -> str:
    return escape(short(typed, 60))


def _today(n: int, t: Words) -> SectionBlock:
    said = t.n("*{n} thing waits for you today.*", "*{n} things wait for you today.*", n) if n else ""
    button = Button(t("Show the list"), action_id=ids.TODAY_SHOW, value="today", style="primary" if n else None)
    return SectionBlock(said or t("*Nothing waits for you today.*"), accessory=button)


def _group(group: Group, ways: Sequence[Way], t: Words) -> list[Block]:
    """The first ways as buttons, and the rest behind three dots where there are many."""
    front = len(ways) if len(ways) <= BUTTONS else max(BUTTONS - 1, len(ways) - IN_MENU)
    rest = [option(t(way.label), way.typed) for way in ways[front:]]
    more = OverflowMenu(f"{ids.DOOR_GO}.{group.key}.more", rest) if rest else None
    buttons: list[Element] = [
        Button(t(way.label), action_id=f"{ids.DOOR_GO}.{group.key}.{n}", value=way.typed)
        for n, way in enumerate(ways[:front])
    ]
    return [SectionBlock(f"*{t(group.title)}*\n{t(group.about)}", accessory=more), ActionsBlock(buttons)]


def _somebody(t: Words) -> SectionBlock:
    menu = UserSelectMenu(ids.DOOR_PERSON, placeholder=t("Choose a colleague"))
    return SectionBlock(t("*One colleague*\nWhat you can see and do together with them."), accessory=menu)


def person(user: str, whom: For, t: Words) -> Drawing:
    """What can be done with one colleague."""
    ways = open_to(ABOUT_SOMEBODY, whom)
    buttons: list[Element] = [
        Button(t(way.label), action_id=f"{ids.DOOR_GO}.person.{n}", value=way.typed.format(f"<@{user}>"))
        for n, way in enumerate(ways)
    ]
    title = t("One colleague")
    rows = [ActionsBlock(buttons[n : n + IN_MENU]) for n in range(0, len(buttons), IN_MENU)]
    return message(title, SectionBlock(t("You and {person}:", person=f"<@{user}>")), *rows)


def choose(question: str, placeholder: str, typed: str, options: Mapping[str, str]) -> Drawing:
    """A menu whose choice is typed for them: `typed` and the option's key, shown by its name."""
    every = [option(name, f"{typed} {key}") for key, name in options.items()]
    menu = choice(placeholder, f"{ids.DOOR_GO}.choose", every)
    return message(question, SectionBlock(escape(question), accessory=menu))


def digests(teams: Mapping[int, tuple[str, str, str | None]], t: Words) -> Drawing:
    """When and where each team's digest comes (name, time, channel), and changing it."""
    title = t("Morning digest")
    blocks: list[Block] = [HeaderBlock(title)]
    for team_id, (name, at, channel) in list(teams.items())[:MOST_TEAMS]:
        said = _comes(escape(name), t.hour(at), channel, t)
        button = Button(t("Change it"), action_id=ids.DIGEST_SETTINGS, value=value(team=team_id))
        blocks.append(SectionBlock(said, accessory=button))
    return message(title, *blocks)


def _comes(team: str, time: str, channel: str | None, t: Words) -> str:
    if not channel:
        return " · ".join([t("*{team}* – {time}", team=team, time=time), t("no channel yet")])
    place = f"<#{channel}>" if channel.startswith(("C", "G")) else f"#{channel}"
    return t("*{team}* – {time}, in {channel}", team=team, time=time, channel=place)


def file(t: Words) -> Drawing:
    """Where an export goes."""
    said = t(
        "Drop the CSV export of your help desk here, in these direct messages. I look at it first, say what I found, "
        "and load it only when you say so."
    )
    return message(t("Load an export"), SectionBlock(said))


def help_text(t: Words) -> Drawing:
    """The commands, for whoever rather types, and the page with the buttons."""
    ways = [
        t("`/cspm` – everything I can do, with buttons"),
        t("`/cspm today` – what waits for you, the gravest first"),
        t("`/kpi` – figures, and the tickets behind them"),
        t("`/escalate` – what cannot wait"),
        t("`/handover` – hand your shift over"),
        t("`/qa` – reviews: queue, scores, scorecards, calibration"),
        t("`/coach` – talks, promises, and whether they helped"),
        t("`/goal` – what you or your team want to reach"),
        t("`/kudos` – thank a colleague"),
        t("`/cspm privacy` – what is known about you, and who looked"),
        t("`/cspm tour` – a ten-minute tour"),
        t("`/cspm settings` and `/cspm names` – a team’s settings, and whom the names in its data mean"),
        t("`/cspm setup` and `/cspm doctor` – a new team, and whether the bot is well; for admins"),
    ]
    also = t("Each also works after `/cspm`, should its own name belong to another app: `/cspm kpi team last week`.")
    title = t("Commands to type")
    button = Button(t("Everything I can do"), action_id=ids.DOOR_SHOW, value="door", style="primary")
    return message(title, HeaderBlock(title), SectionBlock("\n".join(ways)), ActionsBlock([button]), note(also))


def section(t: Words, *, is_admin_missing: bool = False) -> list[Block]:
    """The door on Home."""
    about = SectionBlock(
        t("*Everything I can do*, and how to get there"),
        accessory=Button(t("Show me"), action_id=ids.DOOR_SHOW, value="door"),
    )
    return [*(waiting(t) if is_admin_missing else []), about]
