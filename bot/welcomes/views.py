"""The welcome, what changed since, and what somebody objects to. Pure drawing."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from slackblocks import ActionsBlock, Block, Button, Element, HeaderBlock, SectionBlock

from cspm_core.people import PersonFigures
from cspm_core.privacy import Standing

from .. import ids
from ..blocks import HEADLINE, Drawing, escape, message, note, short, value
from ..privacy import views as privacy
from ..words import Words

TEAMS = 8
"""So many teams of one person are told one by one."""
SECTION, PART = 3_000, 500
"""Characters that a section holds, and so many of a line that fit one even where each is escaped."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One agent's welcome. `passed_on`: who was told what they objected to; `may_object`: somebody can be told."""

    name: str
    standings: Sequence[Standing]
    may_object: bool = True
    passed_on: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Objected:
    """What somebody says is wrong, as a lead of theirs reads it. `user`: their Slack user; empty: none any more."""

    person: str
    user: str
    team_id: int
    team: str
    words: str


def welcome(shown: Shown, t: Words) -> Drawing:
    """What is kept, who sees it, how to see it oneself, how to object; and the tour."""
    title = t("Nice to meet you, {person}", person=shown.name)
    teams = escape(t.join([one.team.name for one in shown.standings[:TEAMS]]))
    hello = t(
        "I work for {teams} here in Slack: figures, reviews, talks. You get this message once. It says what I keep "
        "about you, who can see it, and how to object.",
        teams=teams,
    )
    blocks: list[Block] = [HeaderBlock(short(title, 150)), SectionBlock(hello), SectionBlock(privacy.kept(t))]
    blocks += [privacy.standing(one, t) for one in shown.standings[:TEAMS]]
    blocks += [SectionBlock(_yourself(shown.standings, t)), ActionsBlock(_buttons(shown, t))]
    if shown.passed_on:
        blocks.append(note(t("✓ What you wrote goes to {people}.", people=escape(t.join(list(shown.passed_on))))))
    return message(short(title, HEADLINE), *blocks)


def _yourself(standings: Sequence[Standing], t: Words) -> str:
    """Where to look; figures of one's own only where a team of theirs has not closed them even to oneself."""
    lines = [t("*See it yourself*")]
    if any(one.level != PersonFigures.NOBODY for one in standings):
        lines.append(t("• `/kpi me`: your own figures"))
    lines.append(t("• `/cspm privacy`: all that is kept, as a file too, and every look at your figures"))
    lines.append(t("• My Home tab: who looked this week and last"))
    return "\n".join(lines)


def _buttons(shown: Shown, t: Words) -> list[Element]:
    buttons: list[Element] = [
        Button(t("Take the tour (10 min)"), action_id=ids.TOUR_OPEN, value=value(role="agent"), style="primary"),
        Button(t("What is known about me"), action_id=ids.PRIVACY_SHOW, value="welcome"),
    ]
    return [*buttons, privacy.objecting(t)] if shown.may_object else buttons


def changed(one: Standing, is_new: bool, may_object: bool, t: Words) -> Drawing:
    """Who may see figures about somebody in one team from now on. `is_new`: they have joined it since their welcome."""
    team = one.team.name
    title = (
        t("You are in {team} now: who can see your figures there", team=team)
        if is_new
        else t("{team} has changed who can see your figures", team=team)
    )
    buttons: list[Element] = [Button(t("What is known about me"), action_id=ids.PRIVACY_SHOW, value="welcome")]
    if may_object:
        buttons.append(privacy.objecting(t))
    said = SectionBlock(f"*{escape(title)}*")
    return message(short(title, HEADLINE), said, privacy.standing(one, t), ActionsBlock(buttons))


def objection(one: Objected, t: Words) -> Drawing:
    """For whoever leads the team: what is wrong, and where to mend it."""
    title = t("{person} says that something about them is wrong", person=one.person)
    blocks: list[Block] = [SectionBlock(f"*{escape(title)}*\n{escape(one.team)}"), *_quoted(one.words)]
    about = value(team=one.team_id)
    blocks.append(
        ActionsBlock(
            [
                Button(t("The team’s settings"), action_id=ids.SETTINGS_SHOW, value=about),
                Button(t("Names in the data"), action_id=ids.MATCHING_SHOW, value=about),
            ]
        )
    )
    if one.user:
        blocks.append(note(t("I cannot carry an answer back: write to {person} yourself.", person=f"<@{one.user}>")))
    return message(short(title, HEADLINE), *blocks)


def _quoted(words: str) -> list[Block]:
    """Every word of it, in as many sections as it takes."""
    told: list[str] = []
    for line in words.splitlines():
        for part in textwrap.wrap(line, PART) or [""]:
            said = f"> {escape(part)}"
            if told and len(told[-1]) + 1 + len(said) <= SECTION:
                told[-1] += f"\n{said}"
            else:
                told.append(said)
    return [SectionBlock(one) for one in told]
