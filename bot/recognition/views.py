"""A thank-you in the channel, the week's, mine, the board and the rewards. Pure drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from slackblocks import ActionsBlock, Block, Button, HeaderBlock, SectionBlock

from cspm_core.recognition import Place, Thanks

from .. import ids
from ..blocks import HEADLINE, Drawing, escape, fitted, message, note, short, table, value
from ..words import Words

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Granted:
    """A reward that somebody was given."""

    name: str
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Mine:
    """What somebody received, what they were granted, and what they may still give today."""

    thanks: Sequence[Thanks]
    granted: Sequence[Granted]
    left: int
    allowance: int
    timezone: str


@dataclass(frozen=True, slots=True)
class Rewards:
    """What a team's leads may grant. `may_grant`: the reader leads it."""

    team_id: int
    team: str
    every: Sequence[tuple[int, str]]
    may_grant: bool


def kudos(one: Thanks, t: Words) -> Drawing:
    """Who thanks whom for what: names as mentions, so that everybody concerned hears of it."""
    to = t.join([_mention(name, slack) for name, slack in one.to])
    said = t("🙌 {giver} thanks {people}", giver=_mention(one.giver, one.giver_slack), people=to)
    plain = t("🙌 {giver} thanks {people}", giver=one.giver, people=t.join([name for name, _ in one.to]))
    blocks: list[Block] = [SectionBlock(f"*{said}*\n>{_quoted(one.reason)}")]
    if one.value:
        blocks.append(note(escape(one.value)))
    return message(short(plain, HEADLINE), *blocks)


def week(found: Sequence[Thanks], team: str, first: date, t: Words) -> Drawing:
    """The week in one message: everybody who was thanked, and for what; no ranks."""
    title = t("A thank-you to {team}, week of {day}", team=team, day=t.day(first))
    return fitted(found[:SHOWN], lambda rows: _week(found, rows, title, t))


def _week(found: Sequence[Thanks], rows: Sequence[Thanks], title: str, t: Words) -> Drawing:
    lines = [f"• {_of(one, t)}\n>{_quoted(short(one.reason, 200))}" for one in rows]
    n = t.n("{n} thank-you this week.", "{n} thank-yous this week.", len(found))
    blocks: list[Block] = [HeaderBlock(short(title, 150)), note(n)]
    blocks += [SectionBlock(line) for line in lines]
    if len(rows) < len(found):
        blocks.append(note(t("and {n} more", n=t.number(len(found) - len(rows)))))
    return message(short(title, HEADLINE), *blocks, ActionsBlock([_give(t)]))


def mine(shown: Mine, t: Words) -> Drawing:
    """What I received, for myself alone."""
    return fitted(shown.thanks[:SHOWN], lambda rows: _mine(shown, rows, t))


def _mine(shown: Mine, rows: Sequence[Thanks], t: Words) -> Drawing:
    title = t("Kudos for you")
    blocks: list[Block] = [HeaderBlock(title)]
    blocks += [SectionBlock(_received(one, shown.timezone, t)) for one in rows]
    if not rows:
        blocks.append(SectionBlock(t("Nobody has thanked you here yet. Somebody has to begin: thank a colleague.")))
    for one in shown.granted[:5]:
        told = t("🎁 *{reward}* from {person}, {moment}: {reason}", reward=escape(one.name), person=escape(one.by),
                 moment=t.moment(one.at, shown.timezone), reason=escape(short(one.reason, 300)))  # fmt: skip
        blocks.append(SectionBlock(told))
    blocks.append(ActionsBlock([_give(t)]))
    blocks.append(note(left(shown.left, shown.allowance, t)))
    return message(title, *blocks)


def left(n: int, allowance: int, t: Words) -> str:
    """How many can still be given today."""
    said = t.n("You can give {n} more today", "You can give {n} more today", n)
    return t("{left}, of {all} a day. What is left over does not add up.", left=said, all=t.number(allowance))


def board(places: Sequence[Place], team: str, days: int, t: Words) -> Drawing:
    """By how many different colleagues each was thanked; shown where a team has switched it on."""
    title = t.n("Kudos in {team}, last day", "Kudos in {team}, last {n} days", days, team=team)
    if not places:
        return message(short(title, HEADLINE), HeaderBlock(short(title, 150)), note(t("Nobody thanked anybody yet.")))
    header = [t("Person"), t("Thanked by"), t("Received"), t("Given")]
    rows = [[one.name, (t.number(one.givers), one.givers), (t.number(one.received), one.received),
             (t.number(one.given), one.given)] for one in places[:100]]  # fmt: skip
    about = note(t("“Thanked by” counts different colleagues: ten thanks from one friend are one."))
    return message(
        short(title, HEADLINE),
        HeaderBlock(short(title, 150)),
        table(t("Kudos of {team}", team=team), header, rows),
        about,
    )


def rewards(shown: Rewards, t: Words) -> Drawing:
    """What can be granted, and by whom."""
    title = t("Rewards in {team}", team=shown.team)
    blocks: list[Block] = [HeaderBlock(short(title, 150))]
    for reward_id, name in shown.every[:30]:
        about = value(reward=reward_id, team=shown.team_id)
        button = Button(t("Grant"), action_id=ids.REWARD_GRANT, value=about) if shown.may_grant else None
        blocks.append(SectionBlock(f"🎁 {escape(name)}", accessory=button))
    if not shown.every:
        blocks.append(SectionBlock(t("Nothing is on the list yet.")))
    if shown.may_grant:
        change = Button(t("Change the list"), action_id=ids.REWARD_LIST, value=value(team=shown.team_id))
        blocks.append(ActionsBlock([change]))
    blocks.append(
        note(t("A lead grants one by hand; every grant is recorded, and nobody earns one by counting kudos."))
    )
    return message(short(title, HEADLINE), *blocks)


def granted(one: Granted, timezone: str, t: Words) -> Drawing:
    """To whoever was given it."""
    title = t("🎁 {person} gives you: {reward}", person=one.by, reward=one.name)
    return message(short(title, HEADLINE), SectionBlock(f"*{escape(title)}*\n>{_quoted(one.reason)}"),
                   note(t.moment(one.at, timezone)))  # fmt: skip


def help_text(t: Words) -> Drawing:
    """Every way in."""
    ways = [
        t("`/kudos` – thank somebody; `/kudos @colleague for what` fills it in already"),
        t("`/kudos mine` – what you received"),
        t("`/kudos rewards` – what a lead can grant"),
        t("`/kudos board` – only where your team has switched it on"),
        t("`/kudos settings` – values, how many a day, board, weekly thank-you; for leads"),
    ]
    title = t("Kudos")
    about = t("A thank-you needs a reason, and stands in your team’s channel. There are no minus points.")
    return message(title, HeaderBlock(title), SectionBlock("\n".join(ways)), ActionsBlock([_give(t)]), note(about))


def _give(t: Words) -> Button:
    return Button(t("Thank somebody"), action_id=ids.KUDOS_GIVE, value="give")


def _received(one: Thanks, timezone: str, t: Words) -> str:
    said = t("{person}, {moment}", person=escape(one.giver), moment=t.moment(one.at, timezone))
    return f"{said}\n>{_quoted(short(one.reason, 300))}" + (f"\n_{escape(one.value)}_" if one.value else "")


def _of(one: Thanks, t: Words) -> str:
    people = t.join([name for name, _ in one.to])
    return escape(t("{people}, thanked by {giver}", people=people, giver=one.giver))


def _quoted(words: str) -> str:
    return escape(words.strip()).replace("\n", "\n>")


def _mention(name: str, slack: str | None) -> str:
    return f"<@{slack}>" if slack else escape(name)
