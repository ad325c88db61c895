"""What reviewers and leads are told in direct messages about picks, in all their states. Pure drawing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from slackblocks import ActionsBlock, Block, Button, SectionBlock

from cspm_core.samples import Pick, Status

from .. import ids
from ..blocks import HEADLINE, Drawing, escape, message, short, value
from ..escalations.titles import ticket_link
from ..words import Words
from . import names, views

LINES = 10


def drawn(picks: Sequence[Pick], now: datetime, t: Words) -> Drawing:
    """Somebody's queue of a week, as it was drawn and as it stands."""
    left = _open(picks)
    if not left:
        return _finished(picks, t)
    week = t("Week of {day}", day=t.day(picks[0].week))
    said = t.n("{n} conversation of {team} is yours to review", "{n} conversations of {team} are yours to review",
               len(_counted(picks)), team=picks[0].team)  # fmt: skip
    return _message(said, [f"*{escape(said)}*", week, *_lines(picks, now, t)], t, with_button=True)


def due(picks: Sequence[Pick], now: datetime, t: Words) -> Drawing:
    """On the day itself."""
    left = _open(picks)
    if not left:
        return _finished(picks, t)
    said = t.n("{n} review of {team} is due today", "{n} reviews of {team} are due today", len(left),
               team=picks[0].team)  # fmt: skip
    return _message(said, [f"*{escape(said)}*", *_lines(left, now, t)], t, with_button=True)


def late(picks: Sequence[Pick], now: datetime, t: Words) -> Drawing:
    """Once, when it is late."""
    left = _open(picks)
    if not left:
        return _finished(picks, t)
    said = t.n("{n} review of {team} is late", "{n} reviews of {team} are late", len(left), team=picks[0].team)
    why = t("I do not ask again; your lead sees what is open. One that cannot be reviewed can be replaced.")
    return _message(said, [f"*{escape(said)}*", *_lines(left, now, t), why], t, with_button=True)


def unassigned(team_id: int, team: str, picks: Sequence[Pick], t: Words) -> Drawing:
    """To a lead: nobody may review these."""
    if not picks:
        said = t("{team}: every conversation has its reviewer now", team=team)
        return message(short(said, HEADLINE), SectionBlock(f"✓ {escape(said)}"))
    said = t.n("{team}: {n} conversation has nobody who may review it",
               "{team}: {n} conversations have nobody who may review them", len(picks), team=team)  # fmt: skip
    why = t("Nobody reviews their own work, and whoever is away all the time gets nothing. You can review them "
            "yourself, or name another reviewer.")  # fmt: skip
    told = [f"• {ticket_link(one.key, one.url)} · {escape(one.agent)}" for one in picks[:LINES]]
    button = Button(t("Show them"), action_id=ids.SAMPLE_PROGRESS, value=value(team=team_id))
    blocks: list[Block] = [SectionBlock(short("\n".join([f"*{escape(said)}*", why, *told]), 3000))]
    return message(short(said, HEADLINE), *blocks, ActionsBlock([button]))


def _open(picks: Sequence[Pick]) -> list[Pick]:
    return [one for one in picks if one.status == Status.OPEN]


def _counted(picks: Sequence[Pick]) -> list[Pick]:
    return [one for one in picks if one.status != Status.REPLACED]


def _finished(picks: Sequence[Pick], t: Words) -> Drawing:
    """Nothing is open any more: reviewed, or lapsed."""
    done = sum(one.status == Status.DONE for one in picks)
    lapsed = sum(one.status == Status.LAPSED for one in picks)
    told = {"team": picks[0].team, "day": t.day(picks[0].week)}
    said = t.n("✓ {n} conversation of {team} reviewed, week of {day}. Thank you!",
               "✓ {n} conversations of {team} reviewed, week of {day}. Thank you!", done, **told)  # fmt: skip
    if lapsed or not done:
        said = t.n("{team}, week of {day}: {n} conversation reviewed",
                   "{team}, week of {day}: {n} conversations reviewed", done, **told)  # fmt: skip
        said = f"{said}, {t.n('{n} lapsed', '{n} lapsed', lapsed)}" if lapsed else said
    return message(short(said, HEADLINE), SectionBlock(escape(said)))


def _lines(picks: Sequence[Pick], now: datetime, t: Words) -> list[str]:
    counted = _counted(picks)
    lines = [_line(one, now, t) for one in counted[:LINES]]
    if len(counted) > LINES:
        lines.append(t.n("and {n} more", "and {n} more", len(counted) - LINES))
    return lines


def _line(one: Pick, now: datetime, t: Words) -> str:
    told = f"{ticket_link(one.key, one.url)} · {escape(one.agent)} · {t(names.STRATA[one.stratum])}"
    if one.status == Status.OPEN:
        return f"• {told} · {views.due(one, now, t)}"
    return f"✓ {told}" if one.status == Status.DONE else f"• {told} · {t('lapsed')}"


def _message(said: str, lines: Sequence[str], t: Words, *, with_button: bool) -> Drawing:
    blocks: list[Block] = [SectionBlock(short("\n".join(lines), 3000))]
    if with_button:
        blocks.append(ActionsBlock([Button(t("Open my queue"), action_id=ids.SAMPLE_QUEUE, style="primary")]))
    return message(short(said, HEADLINE), *blocks)
