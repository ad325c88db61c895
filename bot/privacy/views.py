"""Who looked, who may, what is kept, and how to object. Pure drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce

from slackblocks import ActionsBlock, Block, Button, Element, HeaderBlock, SectionBlock

from cspm_core.calendars import local_day
from cspm_core.privacy import LookedAt, Looks, Standing, Weeks

from .. import ids
from ..blocks import HEADLINE, Drawing, escape, fitted, message, note, short, table
from ..words import Words
from .names import LEVELS, ROLES, looked_at

ROWS = 60
"""Looks that fit a message."""
WEEK = timedelta(days=7)
NAMED = 6
"""So many lookers a week are named on Home; the whole log has all."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One person's page."""

    name: str
    standings: Sequence[Standing]
    looks: Sequence[LookedAt]
    timezone: str
    may_object: bool = False
    """They work in a team in which somebody reads it."""


def page(shown: Shown, t: Words) -> Drawing:
    """Everything about it in one message, the latest looks first."""
    return fitted(shown.looks[:ROWS], lambda rows: _page(shown, rows, t))


def _page(shown: Shown, rows: Sequence[LookedAt], t: Words) -> Drawing:
    title = t("What is known about you")
    blocks: list[Block] = [HeaderBlock(title), *(standing(one, t) for one in shown.standings)]
    blocks.append(SectionBlock(kept(t)))
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
    buttons: list[Element] = [Button(t("Send me everything"), action_id=ids.PRIVACY_RECORD, value="record")]
    if shown.may_object:
        buttons.append(objecting(t))
    blocks.append(ActionsBlock(buttons))
    blocks.append(note(t("You get one file with all that is kept about you, also notes that a lead keeps in private.")))
    return message(title, *blocks)


def objecting(t: Words) -> Button:
    """Opens the way to write to the leads."""
    return Button(t("Something is wrong here"), action_id=ids.WELCOME_OBJECT, value="{}")


def standing(one: Standing, t: Words) -> SectionBlock:
    """What a team has agreed to, and to whom to object."""
    said = [f"*{escape(one.team.name)}*", t(LEVELS[one.level])]
    if one.agreed_by and one.agreed_at:
        day = t.day(local_day(one.agreed_at, one.team.timezone))
        said.append(t("Agreed with {person} on {day}.", person=escape(one.agreed_by), day=day))
    if one.leads:
        leads = escape(t.join(list(one.leads)))
        said.append(t("To change that, or to object, talk to {people} or to an admin.", people=leads))
    else:
        said.append(t("To change that, or to object, talk to an admin."))
    return SectionBlock("\n".join(said))


def kept(t: Words) -> str:
    """What there is about a person."""
    return t(
        "*What is kept:* your name, address, language and time zone as Slack tells them; your tickets, calls and "
        "ratings as the help desk tells them; reviews of your work with their history, talks and what was noted in "
        "them, promises, goals, plans, training, kudos, escalations, shifts and absences; what you objected to, how "
        "far you are in the tour, and who looked at your figures. What you answer in a pulse or after a talk is kept "
        "without your name."
    )


def week(looks: Sequence[Looks], first: date, timezone: str, t: Words) -> Drawing:
    """Last week's looks, in a few lines."""
    said = t("Who looked at what concerns you, week of {day}", day=t.day(first))
    lines = [_line(one, first, timezone, t) for one in looks]
    whole = note(t("The whole log: `/cspm privacy`"))
    return message(short(said, HEADLINE), HeaderBlock(short(said, 150)), SectionBlock("\n".join(lines)[:3_000]), whole)


def _line(one: Looks, first: date, timezone: str, t: Words) -> str:
    what = t.join([t("{name} ({n})", name=looked_at(key, t), n=t.number(n)) for key, n in one.what.items()])
    return "• " + escape(t("{title}: {value}", title=_looker(one, first, timezone, t), value=what))


def section(weeks: Weeks, t: Words) -> SectionBlock:
    """Home's two lines: this week and the last, and the way to the whole log."""
    if weeks.now or weeks.last:
        last = weeks.monday - WEEK
        said = [
            t("*This week:* {looks}", looks=_told(weeks.now, weeks.monday, weeks.timezone, t)),
            t("*Last week:* {looks}", looks=_told(weeks.last, last, weeks.timezone, t)),
        ]
    else:
        said = [t("Nobody looked, this week or last.")]
    whole = Button(t("The whole log"), action_id=ids.PRIVACY_SHOW, value="looks")
    return SectionBlock("\n".join([f"*{t('Who looked at what concerns you')}*", *said])[:3_000], accessory=whole)


def _told(looks: Sequence[Looks], first: date, timezone: str, t: Words) -> str:
    """Your lead Mina, twice, before your talk on Tuesday; your reviewer Rex, once."""
    if not looks:
        return t("nobody looked.")
    lookers = [_looker(one, first, timezone, t) for one in looks[:NAMED]]
    if (more := len(looks) - NAMED) > 0:
        lookers.append(t.n("{n} more in the log", "{n} more in the log", more))
    said = reduce(lambda before, looker: t("{lookers}; {looker}", lookers=before, looker=looker), lookers)
    return escape(t("{lookers}.", lookers=said))


def _looker(one: Looks, first: date, timezone: str, t: Words) -> str:
    who = t("{role} {person}", role=t(ROLES[one.role]), person=one.viewer) if one.role in ROLES else one.viewer
    often = {1: t("once"), 2: t("twice")}.get(one.times) or t.n("{n} time", "{n} times", one.times)
    if one.before is None:
        return t("{who}, {often}", who=who, often=often)
    return t("{who}, {often}, {when}", who=who, often=often, when=_talk(one.before, first, timezone, t))


def _talk(at: datetime, first: date, timezone: str, t: Words) -> str:
    """Before which talk; within the same week its weekday is enough."""
    day = local_day(at, timezone)
    if first <= day < first + WEEK:
        return t("before your talk on {weekday}", weekday=t.weekday(day))
    return t("before your talk of {day}", day=t.day(day))


def _who(viewer: str, role: str, t: Words) -> str:
    return t("{person} ({role})", person=viewer, role=t(ROLES[role])) if role in ROLES else viewer
