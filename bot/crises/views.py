"""A crisis's board in all its states: who does what, what customers are told, when everybody hears again. Pure."""

from __future__ import annotations

from slackblocks import ActionsBlock, Block, Button, Option, SectionBlock

from cspm_core.crises import DONE, TAKEN, UNDONE, Board, Line

from .. import ids
from ..blocks import HEADLINE, Drawing, choice, escape, message, note, option, short, value
from ..escalations.titles import called, title
from ..words import Words
from . import names

WORDS_SHOWN = 700
UPDATE_SHOWN = 500


def board(one: Board, t: Words) -> Drawing:
    """Running: checklist, customers, words, updates. Over: what was said, and when the review is."""
    blocks = [_head(one, t), *_update(one, t), _checklist(one, t)]
    if one.ended_at is None:
        blocks += [_customers(one, t), _words(one, t), *_buttons(one, t)]
    else:
        blocks += [_customers(one, t), *_after(one, t)]
    return message(headline(one, t), *blocks, _foot(one, t))


def headline(one: Board, t: Words) -> str:
    """What a lock screen shows."""
    about = {"name": called(one.number), "title": title(one, one.rule_facts, t, limit=60)}
    if one.ended_at:
        return short(t("All clear, {name}: {title}", **about), HEADLINE)
    return short(t("Crisis {name}: {title}", **about), HEADLINE)


def _head(one: Board, t: Words) -> Block:
    mark, name = ("✅", t("All clear")) if one.ended_at else ("🚨", t("Crisis"))
    head = f"{mark} *{name} · {called(one.number)} · {escape(title(one, one.rule_facts, t))}*"
    if one.ended_at:
        at = t.moment(one.ended_at, one.timezone)
        by = (
            t("Since {at}, {person}", at=at, person=escape(one.ended_by.name))
            if one.ended_by
            else t("Since {at}", at=at)
        )
        told = f"\n>{_quoted(one.all_clear)}" if one.all_clear else ""
        return SectionBlock(short(f"{head}\n{by}{told}", 3000))
    since = t("Since {at}", at=t.moment(one.happened_at, one.timezone))
    led = t("*{person}* leads", person=escape(one.owner.name)) if one.owner else t("*nobody leads it yet*")
    return SectionBlock(f"{head}\n{since} · {led} · {escape(one.team)}")


def _update(one: Board, t: Words) -> list[Block]:
    """What was said last, and when everybody hears again."""
    if one.ended_at:
        return []
    if one.updated_at and one.updated_by:
        at = t.moment(one.updated_at, one.timezone)
        said = t("*Last update*, {person}, {at}", person=escape(one.updated_by.name), at=at)
        said += f"\n>{_quoted(one.update_words)}"
    else:
        said = t("*No update yet*")
    if one.update_due_at:
        due = t.moment(one.update_due_at, one.timezone)
        said += "\n" + (t("⏰ *The next was due {at}.*", at=due) if one.is_late else t("The next is due {at}.", at=due))
    return [SectionBlock(short(said, 3000))]


def _quoted(text: str) -> str:
    return escape(short(text, UPDATE_SHOWN)).replace("\n", "\n>")


def _checklist(one: Board, t: Words) -> Block:
    head = t("*Checklist*, {done} of {total} done", done=t.number(one.done), total=t.number(len(one.checklist)))
    return SectionBlock(short("\n".join([head, *(_line(line, one.timezone, t) for line in one.checklist)]), 3000))


def _line(line: Line, timezone: str, t: Words) -> str:
    what = escape(short(names.task(line.key, line.what, t), 150))
    if line.done_at:
        by = escape(line.done_by.name) if line.done_by else ""
        return f"✅ {what} · {by}, {t.moment(line.done_at, timezone)}"
    if line.taken_by:
        return f"✋ {what} · *{escape(line.taken_by.name)}*"
    return f"⬜ {what} · {escape(names.owner(line, t))}"


def _customers(one: Board, t: Words) -> Block:
    if not one.customers:
        return SectionBlock(t("*Customers to tell*: none are known yet. They are added with every ticket gathered."))
    told = t.n("*Customers*: {told} of {n} told", "*Customers*: {told} of {n} told", one.customers,
               told=t.number(one.told))  # fmt: skip
    button = Button(t("Who …"), action_id=ids.CRISIS_CUSTOMERS, value=value(crisis=one.id))
    return SectionBlock(told, accessory=button)


def _words(one: Board, t: Words) -> Block:
    said = escape(short(names.said(one, t.language), WORDS_SHOWN)).replace("\n", "\n>")
    button = Button(t("To copy …"), action_id=ids.CRISIS_WORDS, value=value(crisis=one.id))
    return SectionBlock(short(f"{t('*Words to customers*')}\n>{said}", 3000), accessory=button)


def _buttons(one: Board, t: Words) -> list[Block]:
    about = value(crisis=one.id)
    update = Button(t("Post update"), action_id=ids.CRISIS_UPDATE, value=about, style="primary")
    clear = Button(t("All clear"), action_id=ids.CRISIS_CLEAR, value=about)
    menu = choice(t("Checklist …"), ids.CRISIS_TICK, _ticks(one, t))
    return [ActionsBlock([update, clear, menu])]


def _ticks(one: Board, t: Words) -> list[Option]:
    """What can be ticked: done or taken while it is neither, not done after all where it is."""
    options = []
    for line in one.checklist:
        what = names.task(line.key, line.what, t)
        if line.done_at:
            options.append(option(t("↩ Not done: {what}", what=what), value(c=one.id, t=line.id, do=UNDONE)))
            continue
        options.append(option(t("✅ Done: {what}", what=what), value(c=one.id, t=line.id, do=DONE)))
        if line.taken_by is None:
            options.append(option(t("✋ I take: {what}", what=what), value(c=one.id, t=line.id, do=TAKEN)))
    return options


def _after(one: Board, t: Words) -> list[Block]:
    """The review: written, to be written, or when."""
    if one.reviewed_at and one.reviewed_by:
        at = t.moment(one.reviewed_at, one.timezone)
        return [SectionBlock(t("Looked back at by {person}, {at}.", person=escape(one.reviewed_by.name), at=at))]
    if one.review_at is None:
        return []
    button = Button(t("Review …"), action_id=ids.CRISIS_REVIEW, value=value(crisis=one.id))
    return [SectionBlock(t("The review is {at}.", at=t.moment(one.review_at, one.timezone)), accessory=button)]


def _foot(one: Board, t: Words) -> Block:
    plan = t("Plan: {name}", name=escape(names.plan_name(one.plan_kind, one.plan_name, t)))
    if one.approved_by and one.approved_at:
        day = t.day(one.approved_at.date())
        approved = t("approved by {person}, {day}", person=escape(one.approved_by), day=day)
    else:
        approved = t("the ready-made one, approved by nobody yet: change it in the escalation’s menu")
    return note(f"{plan} · {approved} · {t('an update every {time}', time=t.duration(one.update_every_s))}")
