"""Who looked, who may, what is kept, and how to object. Pure drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from slackblocks import ActionsBlock, Block, Button, HeaderBlock, SectionBlock

from cspm_core.privacy import LookedAt, Looks, Standing

from .. import ids
from ..blocks import HEADLINE, Drawing, escape, fitted, message, note, short, table
from ..words import Words
from .names import LEVELS, ROLES, looked_at

ROWS = 60
"""Looks that fit a message."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One person's page."""

    name: str
    standings: Sequence[Standing]
    looks: Sequence[LookedAt]
    timezone: str


def page(shown: Shown, t: Words) -> Drawing:
    """Everything about it in one message, the latest looks first."""
    return fitted(shown.looks[:ROWS], lambda rows: _page(shown, rows, t))


def _page(shown: Shown, rows: Sequence[LookedAt], t: Words) -> Drawing:
    title = t("What is known about you")
    blocks: list[Block] = [HeaderBlock(title), *(_standing(one, t) for one in shown.standings)]
    blocks.append(SectionBlock(_kept(t)))
    if rows:
        header = [t("When"), t("Who"), t("What")]
        cells = [
            [t.clock(one.at, shown.timezone), _who(one.viewer, one.role, t), looked_at(one.what, t)] for one in rows
        ]
        blocks.append(table(t("Who looked at what concerns you"), header, cells))
        if len(rows) < len(shown.looks):
            more = len(shown.looks) - len(rows)
            blocks.append(note(t.n("{n} earlier look is in the file.", "{n} earlier looks are in the file.", more)))
    else:
        blocks.append(note(t("Nobody has looked at figures or reviews about you.")))
    blocks.append(ActionsBlock([Button(t("Send me everything"), action_id=ids.PRIVACY_RECORD, value="record")]))
    blocks.append(note(t("You get one file with all that is kept about you, also notes that a lead keeps in private.")))
    return message(title, *blocks)


def _standing(one: Standing, t: Words) -> SectionBlock:
    said = [f"*{escape(one.team.name)}*", t(LEVELS[one.level])]
    if one.agreed_by and one.agreed_at:
        day = t.day(one.agreed_at.date())
        said.append(t("Agreed with {person} on {day}.", person=escape(one.agreed_by), day=day))
    if one.leads:
        leads = escape(t.join(list(one.leads)))
        said.append(t("To change that, or to object, talk to {people} or to an admin.", people=leads))
    else:
        said.append(t("To change that, or to object, talk to an admin."))
    return SectionBlock("\n".join(said))


def _kept(t: Words) -> str:
    return t(
        "*What is kept:* your tickets and ratings as the help desk tells them, reviews of your work with their "
        "history, talks with shared notes, promises, goals, kudos and absences. What you answer in a pulse or after a "
        "talk is kept without your name."
    )


def week(looks: Sequence[Looks], first: date, t: Words) -> Drawing:
    """Last week's looks, in a few lines."""
    said = t("Who looked at what concerns you, week of {day}", day=t.day(first))
    lines = [_line(one, t) for one in looks]
    whole = note(t("The whole log: `/cspm privacy`"))
    return message(short(said, HEADLINE), HeaderBlock(short(said, 150)), SectionBlock("\n".join(lines)[:3_000]), whole)


def _line(one: Looks, t: Words) -> str:
    what = t.join([f"{looked_at(key, t)} ({t.number(n)})" for key, n in one.what.items()])
    times = t.n("{n} time", "{n} times", one.times)
    return f"• {escape(_who(one.viewer, one.role, t))}, {times}: {escape(what)}"


def _who(viewer: str, role: str, t: Words) -> str:
    return t("{person} ({role})", person=viewer, role=t(ROLES[role])) if role in ROLES else viewer
