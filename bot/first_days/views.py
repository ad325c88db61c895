"""The message of a team's first day, and that Slack did not take it. Pure drawing, made for a phone first."""

from __future__ import annotations

from slackblocks import ActionsBlock, Block, Button, HeaderBlock, SectionBlock

from cspm_core.digests import Undelivered
from cspm_core.first_days import Aim, Content, Pace
from cspm_core.kpi import Reading

from .. import ids
from ..blocks import HEADLINE, Drawing, escape, message, note, short, table, value
from ..digests import failure_views
from ..digests.views import TEAM_CHARACTERS
from ..kpi import figures
from ..kpi.names import name_of
from ..words import Words
from . import appearing
from .names import PACES

ROUND = 10
"""A mean of so many needs no decimal."""


def first_day(content: Content, t: Words) -> Drawing:
    """What is loaded, who is nobody yet, three figures over all of it, and when the rest appears."""
    said = t("{team}: the first data is here", team=short(content.team, TEAM_CHARACTERS))
    blocks: list[Block] = [
        HeaderBlock(short(said, 150)),
        SectionBlock(_loaded(content, t)),
        _names(content, t),
        *_figures(content, t),
        *_coming(content, t),
    ]
    if content.taken:
        blocks.append(SectionBlock(_taken(content, t)))
    return message(short(said, HEADLINE), *blocks, ActionsBlock(list(_buttons(content, t))))


def _loaded(content: Content, t: Words) -> str:
    """How many tickets, from when to when, and where the data ends."""
    zone = content.timezone
    return t.n(
        "*{n} ticket* is loaded, from {first} to {last}. The data ends {moment} ({zone}); nothing later is counted.",
        "*{n} tickets* are loaded, from {first} to {last}. The data ends {moment} ({zone}); nothing later is counted.",
        content.tickets,
        first=t.long_day(content.first_day),
        last=t.long_day(content.last_day),
        moment=t.clock(content.as_of, zone),
        zone=zone,
    )


def _names(content: Content, t: Words) -> SectionBlock:
    """Who of those that the data names is nobody yet, with the way to mend it."""
    names = content.names
    if not names.every:
        return SectionBlock(t("The data does not say who worked on the tickets, so there are no figures of a person."))
    if not names.unmatched:
        return SectionBlock(
            t.n("The *{n} name* in it is known to me.", "All *{n} names* in it are known to me.", names.every)
        )
    said = t.n(
        "*{unmatched} of {n} name* in it matches nobody yet. That work counts for the team, but for no person.",
        "*{unmatched} of {n} names* in it match nobody yet. That work counts for the team, but for no person.",
        names.every,
        unmatched=t.number(names.unmatched),
    )
    button = Button(t("Match names"), action_id=ids.MATCHING_SHOW, value=value(team=content.team_id))
    return SectionBlock(said, accessory=button)


def _figures(content: Content, t: Words) -> list[Block]:
    """Three rows, three columns; beneath who still waits, and why a channel sees no more."""
    caption = t.n("Over one day of data", "Over all {n} days of data", content.days)
    if not content.is_whole:
        caption = t.n("Over the last day of data", "Over the last {n} days of data", content.days)
    rows = [_pace(one, t) if isinstance(one, Pace) else _reading(one, t) for one in content.figures]
    blocks: list[Block] = [table(caption, [t("Figure"), t("Value"), t("Rests on")], rows)]
    waiting = [figures.waiting(one, t) for one in content.figures if isinstance(one, Reading)]
    if said := t.sentences(*waiting):
        blocks.append(note(said))
    if content.is_withheld:
        blocks.append(
            note(
                t(
                    "Ratios and medians of fewer than five people stay out of channels. `/kpi team` shows them to you "
                    "alone."
                )
            )
        )
    return blocks


def _reading(reading: Reading, t: Words) -> list[str]:
    metric, measure = reading.metric, reading.measure
    name = t("{figure}, median", figure=name_of(metric, t)) if metric.unit == "seconds" else name_of(metric, t)
    if metric.unit == "count":
        return [name, figures.told(reading, t), t("when the data ended")]
    span = figures.interval(metric, measure, t) if measure.interval else ""
    n = "" if reading.is_small else t("n = {n}", n=t.number(measure.n))  # a small sample says it beside the value
    told = filter(None, (n, t("95%: {span}", span=span) if span else ""))
    return [name, figures.told(reading, t), " · ".join(told) or "–"]


def _pace(pace: Pace, t: Words) -> list[str]:
    """How many come in a week, and between what they lie."""
    name = t(PACES[pace.metric.key, pace.each])
    if pace.each == "total":
        return [name, t.number(pace.mean), "–"]
    return [name, t.number(pace.mean, 0 if pace.mean >= ROUND else 1), _span(pace, t)]


def _span(pace: Pace, t: Words) -> str:
    """From the fewest to the most: 12 whole weeks, 52–71 each."""
    low, high = t.number(pace.low), t.number(pace.high)
    span = low if low == high else f"{low}–{high}"
    if pace.each == "week":
        return t.n("{n} whole week: {span}", "{n} whole weeks: {span}", pace.n, span=span)
    return t.n("{n} whole day: {span}", "{n} whole days: {span}", pace.n, span=span)


def _coming(content: Content, t: Words) -> list[Block]:
    """What is there already, and what appears when."""
    parts = ((t("There already"), True), (t("When the rest appears"), False))
    told = ((title, appearing.lines(content, t, are_there=there)) for title, there in parts)
    return [SectionBlock("\n".join([f"*{title}*", *lines])) for title, lines in told if lines]


def _taken(content: Content, t: Words) -> str:
    """Which of the suggestions stand as targets, and who took them; of few people a channel sees only that."""
    person = escape(content.taken_by)
    if content.is_withheld:
        return t("🎯 Targets are set, taken by {person}.", person=person)
    told = [escape(appearing.wanted(aim, t)) for aim in content.taken]
    return t("🎯 Targets: {targets}, taken by {person}.", targets=t.join(told), person=person)


def _buttons(content: Content, t: Words) -> list[Button]:
    """Suggested targets while none was taken; the digest's settings."""
    settings = Button(t("Settings"), action_id=ids.DIGEST_SETTINGS, value=value(team=content.team_id))
    if not content.aims:
        return [settings]
    opened = value(team=content.team_id, aims={aim.metric.key: _carried(aim) for aim in content.aims})
    targets = Button(t("Suggested targets"), action_id=ids.FIRST_DAY_TARGETS, value=opened, style="primary")
    return [targets, settings]


def _carried(aim: Aim) -> list[float]:
    """What the modal needs so that it can open at once."""
    return [round(aim.value, 4), aim.n, aim.weeks]


def undelivered(failure: Undelivered, t: Words) -> Drawing:
    """To a lead: the first message is not there, why, and what to do; later that it has arrived."""
    team = short(failure.team, TEAM_CHARACTERS)
    if failure.arrived_at:
        moment = t.clock(failure.arrived_at, failure.timezone)
        said = t("The first message of {team} has arrived: {moment}", team=team, moment=moment)
        return message(short(said, HEADLINE), SectionBlock("✓ " + escape(said)))
    said = t("The first message of {team} could not be delivered", team=team)
    then = t("I try again until {moment}.", moment=t.clock(failure.until_at, failure.timezone))
    if failure.is_given_up:
        then = t("The digests begin all the same.")
    button = Button(t("Settings"), action_id=ids.DIGEST_SETTINGS, value=value(team=failure.team_id))
    why = SectionBlock(f"*{escape(said)}*\n{_why(failure, t)}")
    return message(short(said, HEADLINE), why, note(then), ActionsBlock([button]))


def _why(failure: Undelivered, t: Words) -> str:
    """What went wrong and what to do about it."""
    if failure.code != "not_in_channel":
        return failure_views.why(failure, t)
    return t(
        "I am not in {channel}. Write `/invite {bot}` there; what your data tells then follows by itself.",
        channel=failure_views.channel(failure),
        bot=failure_views.BOT,
    )
