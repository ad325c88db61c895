"""Home's section about escalations: those that wait for the reader, the counts, and who is on duty. Pure drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from slackblocks import Block, Button, HeaderBlock, SectionBlock

from cspm_core.duty import Overview
from cspm_core.escalations.awaiting import Awaiting

from .. import ids
from ..blocks import escape, short, value
from ..words import Words


@dataclass(frozen=True, slots=True)
class Shown:
    """What waits for a person, and the duty of the teams that they are in."""

    awaiting: Awaiting
    duty: Sequence[Overview] = ()


def section(shown: Shown, t: Words) -> list[Block]:
    """How many are open, and who is on duty; those that wait for the reader stand in their list. Nothing for somebody
    who is in no team."""
    found = shown.awaiting
    if not (found.total or found.open or shown.duty):
        return []
    blocks: list[Block] = [HeaderBlock(t("Escalations"))]
    button = Button(t("All escalations"), action_id=ids.ESCALATION_LIST, value=value(list="open", team=None))
    blocks.append(SectionBlock(_counts(found, t), accessory=button))
    for one in shown.duty:
        about = Button(t("Who is on duty"), action_id=ids.DUTY_SHOW, value=value(team=one.team_id))
        blocks.append(SectionBlock(_duty(one, t), accessory=about))
    return blocks


def _counts(found: Awaiting, t: Words) -> str:
    if not found.open:
        return t("Nothing is open in your teams.")
    told = [t.n("{n} is open in your teams", "{n} are open in your teams", found.open)]
    if found.overdue:
        told.append(t.n("{n} overdue", "{n} overdue", found.overdue))
    if found.total > len(found.rows):
        told.append(t.n("{n} waits for you", "{n} wait for you", found.total))
    return " · ".join(told)


def _duty(one: Overview, t: Words) -> str:
    team = escape(short(one.team, 60))
    if not one.now.names:
        return t("{team}: nobody is on duty", team=team)
    people = escape(t.join(list(one.now.names)))
    if one.now.ends_at is None:
        return t("{team}: {people} on duty", team=team, people=people)
    until = t.moment(one.now.ends_at, one.timezone)
    return t("{team}: {people} on duty until {moment}", team=team, people=people, moment=until)
