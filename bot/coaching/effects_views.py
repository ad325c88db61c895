"""A team's promises together: how many, how they ended, and what tends to help. Never whose. Pure drawing."""

from __future__ import annotations

from typing import Any

from slackblocks import Block, HeaderBlock, SectionBlock

from cspm_core.effects import Kind, Pooled
from cspm_core.metrics import CATALOGUE
from cspm_core.stats import Interval

from ..blocks import HEADLINE, Drawing, escape, message, note, short, table
from ..signals import figures
from ..words import Words
from .effect_names import HELPS
from .names import PROMISE_KINDS


def pooled(found: Pooled, t: Words) -> Drawing:
    """Counts by kind, and the effects where enough people stand behind them."""
    said = t("Coaching in {team}: what helps", team=found.team)
    total = found.total
    counts = [
        t.n("{n} talk held", "{n} talks held", found.talks),
        t.n("{n} promise made", "{n} promises made", total.made),
        t.n("{n} kept", "{n} kept", total.kept),
        t.n("{n} not kept", "{n} not kept", total.missed),
    ]
    blocks: list[Block] = [
        HeaderBlock(short(said, 150)),
        note(f"{t.long_day(found.first)} – {t.long_day(found.last)}"),
        SectionBlock(escape(t("{counts}.", counts=t.join(counts)))),
    ]
    if found.kinds:
        blocks.append(_table(found, t))
    helpful = [one for one in found.kinds if one.helps]
    if helpful:
        names = t.join([t(PROMISE_KINDS[one.kind]) for one in helpful])
        blocks.append(SectionBlock(t("Tends to help: *{kinds}*.", kinds=names)))
    blocks.append(note(_how(t)))
    return message(short(said, HEADLINE), *blocks)


def _table(found: Pooled, t: Words) -> Block:
    header = [t("Kind"), t("Made"), t("Kept"), t("Not kept"), t("Effect"), t("Says")]
    return table(t("Promises by kind"), header, [_row(one, t) for one in found.kinds], page_size=len(found.kinds))


def _row(one: Kind, t: Words) -> list[Any]:
    counts = [(t.number(n), n) for n in (one.made, one.kept, one.missed)]
    return [t(PROMISE_KINDS[one.kind]), *counts, effect(one, t), _says(one, t)]


def effect(one: Kind, t: Words) -> str:
    """How much better than the rest of the team, with its interval and how many promises it rests on."""
    if one.effect is None or one.interval is None:
        return "–"
    n = t("n = {n}", n=t.number(one.told))
    return f"{_size(one, one.effect, t)} ({_span(one, one.interval, t)}), {n}"


def _says(one: Kind, t: Words) -> str:
    if one.effect is None:
        return t("too few to say: it takes 5 promises of 5 people")
    return t(HELPS[one.helps])


def _size(one: Kind, much: float, t: Words) -> str:
    """Better above 0: in points of a share, as a part of a length of time, else in the figure's unit."""
    match one.scale:
        case "share":
            return figures.signed_points(much, t)
        case "part":
            return f"{'+' if much > 0 else '−'}{t.share(abs(much))}"
    return figures.signed(CATALOGUE[one.scale], much, t) if one.scale in CATALOGUE else t.number(much, 1)


def _span(one: Kind, interval: Interval, t: Words) -> str:
    return t("{low} to {high}", low=_size(one, interval.low, t), high=_size(one, interval.high, t))


def _how(t: Words) -> str:
    return t(
        "Effects are changes for the better beyond the rest of the team, over the promises that named a figure; of "
        "lengths of time as a part of them. The weeks that prompted a promise are left out."
    )


def too_few(team: str, t: Words) -> Drawing:
    """For whoever sees aggregates alone."""
    return {"text": escape(t("Fewer than 5 people of {team} were coached, so nothing is shown.", team=team))}
