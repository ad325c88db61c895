"""The digest as a channel sees it, in all its states. Pure drawing, made for a phone first."""

from __future__ import annotations

from slackblocks import ActionsBlock, Block, Button, HeaderBlock, SectionBlock

from cspm_core.digests import FOREVER, Content, Count, Rolling, State, WaitingTicket
from cspm_core.drivers import Driver
from cspm_core.metrics import Unit

from .. import ids
from ..blocks import HEADLINE, Drawing, escape, is_address, message, note, short, table, value
from ..drivers import views as driver_views
from ..escalations.titles import called
from ..goals import views as goal_views
from ..kpi import figures
from ..kpi.names import name_of, ticket_word
from ..kpi.views import marked
from ..signals.views import legend
from ..words import Words
from .names import COUNTS, STANDINGS

TEAM_CHARACTERS = 32
"""Of a team's name in a headline."""


def digest(content: Content, t: Words) -> Drawing:
    """One morning of a team: counts, figures, who waits, how far the data reaches. Or that the data is too old."""
    title = t("{team}, {day}", team=content.team, day=t.day(content.day))
    blocks: list[Block] = [HeaderBlock(short(title, 150))]
    if content.state is State.STALE:
        blocks += [*_skipped(content, t), SectionBlock(_stale(content, t))]
    else:
        since = t("Since {moment}", moment=t.clock(content.since_at, content.timezone))
        reach = figures.reach(content.as_of, content.timezone, t)
        blocks += [note(f"{since} · {reach} · {content.timezone}"), *_skipped(content, t)]
        if content.recounting:
            blocks.append(note(figures.recounted(content.recounting, t)))
        blocks += [SectionBlock("\n".join(_count(count, content, t) for count in content.counts))]
        blocks += [*_figures(content, t), *_moved(content, t), *_withheld(content, t), *_goals(content, t)]
        blocks.append(SectionBlock(_waiting(content, t)))
    blocks += _escalations(content, t)
    if content.paused_until:
        blocks.append(note(_paused(content, t)))
    return message(headline(content, t), *blocks, *_buttons(content, t))


def headline(content: Content, t: Words) -> str:
    """What a lock screen shows: at most 110 characters."""
    team = short(content.team, TEAM_CHARACTERS)
    if content.state is State.STALE:
        moment = t.clock(content.as_of, content.timezone)
        return short(t("{team}: no figures, the data ends {moment}", team=team, moment=moment), HEADLINE)
    told = {count.key: t.number(count.value) for count in content.counts}
    said = t("{team}: {new} new, {solved} solved, {unanswered} unanswered, {past_due} past due", team=team, **told)
    return short(said, HEADLINE)


def _stale(content: Content, t: Words) -> str:
    return t(
        "The data of {team} ends on *{moment}*, so there are no figures this morning, and the detectors pause. Whoever "
        "looks after the import can drop a newer export into a conversation with me, or load it with `cspm import "
        "tickets FILE`. Everything then goes on by itself.",
        team=escape(content.team),
        moment=t.clock(content.as_of, content.timezone),
    )


def _skipped(content: Content, t: Words) -> list[Block]:
    """Which days went by without a digest."""
    if not content.skipped:
        return []
    days = t.join([t.day(day) for day in content.skipped])
    return [SectionBlock(t("No digest could be said on {days}. This one covers that time too.", days=days))]


def _count(count: Count, content: Content, t: Words) -> str:
    """New *42* · ▲ more than usual for a Monday (18–31)"""
    told = f"{t(COUNTS[count.key])} *{t.number(count.value)}*"
    if count.usual is None:
        return told
    low, high = t.number(count.usual.low), t.number(count.usual.high)
    span = low if low == high else f"{low}–{high}"
    return f"{told} · {t(STANDINGS[count.standing], weekday=t.weekday(content.day), range=span)}"


def _figures(content: Content, t: Words) -> list[Block]:
    """At most five rows, three columns: figure, value with verdict and mark, target; then what the marks mean."""
    chosen, marks = content.figures, content.signals
    spans = sorted({figure.days for figure in chosen})
    if not chosen:
        return []
    if len(spans) == 1:
        caption = t.n("Figures of the last day", "Figures of the last {n} days", spans[0])
    else:
        caption = t("Figures of the last {few} or {many} days", few=t.number(spans[0]), many=t.number(spans[1]))
    rows = [[_name(figure, t), _value(figure, content, t), figures.target(figure.reading, t)] for figure in chosen]
    shown = [figure.reading.metric.key for figure in chosen]
    return [table(caption, [t("Figure"), t("Value"), t("Target")], rows), *legend(marks, shown, t)]


def _value(figure: Rolling, content: Content, t: Words) -> str:
    """With verdict and mark; a score of reviews, which are few, with its n and interval."""
    reading = figure.reading
    told = marked(reading, content.signals, t)
    if reading.metric.unit is not Unit.OF_100 or reading.measure.value is None:
        return told
    n = "" if reading.is_small else t("n = {n}", n=t.number(reading.measure.n))
    span = figures.interval(reading.metric, reading.measure, t) if reading.measure.interval else ""
    return " · ".join(filter(None, (told, n, t("95%: {span}", span=span) if span else "")))


def _goals(content: Content, t: Words) -> list[Block]:
    """What the team means to reach, and how that stands."""
    if not content.goals:
        return []
    lines = [f"🎯 {escape(goal_views.line(one, t))}" for one in content.goals]
    return [SectionBlock("\n".join(lines))]


def _moved(content: Content, t: Words) -> list[Block]:
    """What moved the figure that most deserves it, in one sentence; or that nothing by itself did."""
    found = content.moved
    if isinstance(found, Driver):
        return [SectionBlock(escape(driver_views.sentence(found, t)))]
    if found and content.is_unexplained:
        return [SectionBlock(escape(driver_views.no_single(found.metric, t)))]
    return []


def _withheld(content: Content, t: Words) -> list[Block]:
    """Why a channel sees no figures of a small team, and where they are."""
    if not content.is_withheld:
        return []
    said = t("Ratios and medians of fewer than five people stay out of channels. “Details” shows them to you alone.")
    return [note(said)]


def _name(figure: Rolling, t: Words) -> str:
    """Each says its window: where there are few tickets, it is the longer one."""
    return t.n("{figure}, {n} day", "{figure}, {n} days", figure.days, figure=name_of(figure.reading.metric, t))


def _waiting(content: Content, t: Words) -> str:
    """Who waits longest and what is due next, at most five lines."""
    if not content.waiting:
        return t("Nobody waits for an answer, and nothing more is due today.")
    title = t.n("{n} ticket wants somebody", "{n} tickets want somebody", content.waiting_total)
    lines = [f"*{title}*", *(f"• {_ticket(ticket, content, t)}" for ticket in content.waiting)]
    if more := content.waiting_more:
        lines.append(t.n("and {n} more", "and {n} more", more))
    return "\n".join(lines)


def _ticket(ticket: WaitingTicket, content: Content, t: Words) -> str:
    name = escape(short(ticket.key, 40))
    shown = f"<{ticket.url}|{name}>" if is_address(ticket.url) else f"*{name}*"
    return " · ".join(
        filter(None, (shown, *_state(ticket, content, t), escape(short(ticket_word(ticket.priority, t), 20))))
    )


def _state(ticket: WaitingTicket, content: Content, t: Words) -> list[str]:
    waited = t.duration(ticket.waited_s)
    silent = t("{duration} without an answer", duration=waited)
    told = [silent if ticket.is_unanswered else t("open for {duration}", duration=waited)]
    if ticket.is_past_due and ticket.due_at:
        told.append(t("past due since {moment}", moment=t.clock(ticket.due_at, content.timezone)))
    elif ticket.due_at:
        told.append(t("due {moment}", moment=t.clock(ticket.due_at, content.timezone)))
    return told


def _escalations(content: Content, t: Words) -> list[Block]:
    """Open, overdue and the oldest; what was resolved since the last digest, and how much of it came back."""
    stood = content.escalations
    if stood is None:
        return []
    first = [f"*{t('Escalations')}*", t.n("{n} open", "{n} open", stood.open)]
    if stood.overdue:
        first.append(t.n("{n} overdue", "{n} overdue", stood.overdue))
    if stood.oldest_s is not None and stood.oldest_number is not None:
        name, age = called(stood.oldest_number), t.duration(stood.oldest_s)
        first.append(t("the oldest is {name}, open for {duration}", name=name, duration=age))
    lines = [" · ".join(first)]
    if stood.resolved:
        ended = [t.n("{n} resolved since the last digest", "{n} resolved since the last digest", stood.resolved)]
        if stood.repeats:
            ended.append(t.n("{n} of them a repeat", "{n} of them repeats", stood.repeats))
        lines.append(" · ".join(ended))
    return [SectionBlock("\n".join(lines))]


def _paused(content: Content, t: Words) -> str:
    if content.paused_until == FOREVER or content.back_on is None:
        return t("⏸ Paused by {person} until somebody resumes it.", person=escape(content.paused_by))
    return t(
        "⏸ Paused by {person}. The next digest comes on {day}.",
        person=escape(content.paused_by),
        day=t.day(content.back_on),
    )


def _buttons(content: Content, t: Words) -> list[Block]:
    """What can be done with it; pause, resume and settings only under the latest."""
    about = {"digest": content.digest_id}
    buttons = []
    if content.state is State.FRESH:
        opened = value(**about, days=content.window_days)
        buttons.append(Button(t("Details"), action_id=ids.DIGEST_DETAILS, value=opened))
        if content.moved and _moved(content, t):
            moved = value(**about, metric=content.moved.metric.key, days=content.moved_days)
            buttons.append(Button(t("What moved it?"), action_id=ids.DIGEST_DRIVER, value=moved))
        if content.waiting_total:
            buttons.append(Button(t("Which tickets"), action_id=ids.DIGEST_TICKETS, value=value(**about)))
    if content.escalations:
        every = value(list="open", team=content.team_id)
        buttons.append(Button(t("Escalations"), action_id=ids.ESCALATION_LIST, value=every))
    if content.is_latest:
        team = value(team=content.team_id)
        if content.paused_until:
            buttons.append(Button(t("Resume"), action_id=ids.DIGEST_RESUME, value=team))
        else:
            buttons.append(Button(t("Pause"), action_id=ids.DIGEST_PAUSE, value=team))
        buttons.append(Button(t("Settings"), action_id=ids.DIGEST_SETTINGS, value=team))
    return [ActionsBlock(list(buttons))] if buttons else []
