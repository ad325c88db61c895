"""How far a team is with a week's sample, for its leads. Pure drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from slackblocks import ActionsBlock, Block, Button, HeaderBlock, SectionBlock

from cspm_core.samples import Pick, Progress, Replacement, Share

from .. import ids
from ..blocks import HEADLINE, Drawing, escape, fitted, message, note, short, table, value
from ..escalations.titles import ticket_link
from ..words import Words
from . import names

FEW = 5
"""So many that nobody may review, and so many replacements, are named."""
ROWS = 60
"""Reviewers and agents in their tables, at most."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A team's sample, or that there is none yet. `next_at`: when the next one is drawn; None: switched off."""

    team_id: int
    team: str
    timezone: str
    progress: Progress | None
    next_at: datetime | None
    said: str = ""


def standing(one: Standing, t: Words) -> Drawing:
    """What was drawn, who has reviewed how much, what was replaced, what nobody may review."""
    if one.progress is None:
        return _none(one, t)
    found = one.progress
    rows = found.by_agent[:ROWS]
    return fitted(rows, lambda agents: _progress(one, found, agents, t)) if rows else _progress(one, found, (), t)


def _none(one: Standing, t: Words) -> Drawing:
    said = t("{team}: nothing was drawn for review yet", team=one.team)
    return message(short(said, HEADLINE), SectionBlock(escape(said)), SectionBlock(_next(one, t)), _settings(one, t))


def _next(one: Standing, t: Words) -> str:
    if one.next_at is None:
        return t("The weekly sample is switched off.")
    return t("The next sample is drawn {at}.", at=t.moment(one.next_at, one.timezone))


def _settings(one: Standing, t: Words) -> Block:
    return ActionsBlock([Button(t("Change the plan"), action_id=ids.SAMPLE_PLAN, value=value(team=one.team_id))])


def _progress(one: Standing, found: Progress, agents: Sequence[Share], t: Words) -> Drawing:
    said = t("{team}: {done} of {drawn} reviewed", team=found.team, done=t.number(found.done),
             drawn=t.number(found.drawn))  # fmt: skip
    blocks: list[Block] = [HeaderBlock(short(said, 150))]
    if one.said:
        blocks.append(SectionBlock(one.said))
    blocks.append(SectionBlock("\n".join(_lines(found, t))))
    blocks += [_unassigned(pick, t) for pick in found.unassigned[:FEW]]
    if found.by_reviewer:
        blocks.append(_table(t("By reviewer"), t("Reviewer"), found.by_reviewer[:ROWS], t))
    if agents:
        blocks.append(_table(t("By agent"), t("Agent"), agents, t))
    if found.replacements:
        blocks.append(SectionBlock(short("\n".join(_replaced(found.replacements, t)), 3000)))
    blocks += [note(_origin(found, t)), note(_next(one, t)), _settings(one, t)]
    return message(short(said, HEADLINE), *blocks)


def _lines(found: Progress, t: Words) -> list[str]:
    """What stands, and what of it a lead should know."""
    told = [t("Week of {day}", day=t.day(found.week))]
    if found.late:
        told.append(t.n("{n} late", "{n} late", found.late))
    if found.replaced:
        told.append(t.n("{n} replaced", "{n} replaced", found.replaced))
    if found.lapsed:
        told.append(t.n("{n} lapsed", "{n} lapsed", found.lapsed))
    lines = [" · ".join(told)]
    if found.coverage is not None:
        share = t.share(found.coverage, finely=1)
        lines.append(t.n("{share} of {n} solved ticket was reviewed at random so far.",
                         "{share} of {n} solved tickets were reviewed at random so far.", found.population,
                         share=share))  # fmt: skip
    else:
        lines.append(t("Nothing was solved in that week."))
    return [*lines, *_notes(found, t)]


def _notes(found: Progress, t: Words) -> list[str]:
    lines = []
    if found.data_until:
        lines.append(t("⚠ The data reached only to {at}: what was solved later could not be drawn.",
                       at=t.moment(found.data_until, found.timezone)))  # fmt: skip
    if found.without_agent:
        lines.append(t.n("{n} ticket without an agent could not be drawn.",
                         "{n} tickets without an agent could not be drawn.", found.without_agent))  # fmt: skip
    if found.lapsed_before:
        gone = found.lapsed_before
        lines.append(t.n("{n} of earlier weeks lapsed: nobody reviewed it in time.",
                         "{n} of earlier weeks lapsed: nobody reviewed them in time.", gone))  # fmt: skip
    mute = [escape(one.name) for one in found.by_reviewer if not one.is_reachable]
    if mute:
        lines.append(t("Not in Slack, so not told: {people}.", people=t.join(mute)))
    if found.unassigned:
        lines.append(t.n("*{n} has nobody who may review it.*", "*{n} have nobody who may review them.*",
                         len(found.unassigned)))  # fmt: skip
    return lines


def _unassigned(pick: Pick, t: Words) -> Block:
    told = f"{ticket_link(pick.key, pick.url)} · {escape(pick.agent)} · {t(names.STRATA[pick.stratum])}"
    button = Button(t("I review it"), action_id=ids.SAMPLE_TAKE, value=value(pick=pick.id))
    return SectionBlock(told, accessory=button)


def _table(caption: str, who: str, shares: Sequence[Share], t: Words) -> Block:
    head = [who, t("Drawn"), t("Reviewed"), t("Late"), t("Replaced"), t("Lapsed")]
    return table(caption, head, [_row(one, t) for one in shares])


def _row(one: Share, t: Words) -> list[object]:
    counts = (one.drawn, one.done, one.late, one.replaced, one.lapsed)
    return [one.name, *((t.number(n), n) for n in counts)]


def _replaced(every: Sequence[Replacement], t: Words) -> list[str]:
    lines = [f"*{t('Replaced')}*"]
    for one in every[:FEW]:
        why = t(names.TOLD[one.reason])
        told = f"{why}: {escape(short(one.said, 200))}" if one.said else why
        link = ticket_link(one.key, one.url)
        lines.append(f"• {link} · {escape(one.agent)} · {escape(one.by)}: {told}")
    if len(every) > FEW:
        lines.append(t.n("and {n} more", "and {n} more", len(every) - FEW))
    return lines


def _origin(found: Progress, t: Words) -> str:
    """From what it was drawn, and by which seed."""
    told = t.n("Drawn {at} from {n} solved ticket, seed {seed}; the same seed gives the same picks.",
               "Drawn {at} from {n} solved tickets, seed {seed}; the same seed gives the same picks.",
               found.population, at=t.moment(found.drawn_at, found.timezone), seed=found.seed)  # fmt: skip
    how = names.amount(found.unit, found.amount, t)
    strata = names.by(found.strata, t)
    how = t("{amount}, divided by: {strata}", amount=how, strata=strata) if strata else how
    return f"{told} · {how}"
