"""An escalation's card in all its states: in the channel, in direct messages, for whoever raised it. Pure drawing."""

from __future__ import annotations

from slackblocks import (
    ActionsBlock,
    Block,
    Button,
    ContextActionsBlock,
    FeedbackButton,
    FeedbackButtons,
    OverflowMenu,
    SectionBlock,
)

from cspm_core.escalations import Card, Status

from .. import ids
from ..blocks import HEADLINE, Drawing, escape, message, note, option, short, value
from ..words import Words
from . import menus, states
from .names import KINDS, MARKS, SEVERITIES
from .titles import TITLE, called, ticket_link, title

WORDS = 1_500
"""Of what somebody wrote, on a card."""


def card(one: Card, t: Words) -> Drawing:
    """What everybody sees: what it is, whom it is about, who has it, what happens next, two buttons and a menu."""
    blocks = [*_head(one, t), *_about(one, t), SectionBlock(states.state(one, t)), *_gathered(one, t)]
    return message(headline(one, t), *blocks, *buttons(one, t), *_foot(one, t))


def raised(one: Card, t: Words) -> Drawing:
    """For whoever raised it: the same facts, edited at every step."""
    begins = note(t("You raised this. This message changes with every step."))
    blocks = [begins, *_head(one, t), SectionBlock(states.state(one, t)), *_promise(one, t)]
    return message(headline(one, t), *blocks, *_after(one, t), *_foot(one, t))


def veiled(one: Card, t: Words) -> Drawing:
    """In a channel, of what became confidential: its number and nothing else."""
    said = t("{name} is confidential now: only its people see it.", name=called(one.number))
    return message(short(said, HEADLINE), SectionBlock(said))


def headline(one: Card, t: Words) -> str:
    """What a lock screen shows: at most 110 characters."""
    told = {"name": called(one.number), "title": title(one, one.rule_facts, t, limit=60)}
    if one.status == Status.RESOLVED:
        said = t("{name} is resolved: {title}", **told)
    elif one.owner:
        said = t("{name} is taken by {person}: {title}", person=short(one.owner.name, 30), **told)
    else:
        said = t("{name}, {severity}: {title}", severity=t(SEVERITIES[one.severity]), **told)
    return short(said, HEADLINE)


def _head(one: Card, t: Words) -> list[Block]:
    parts = [t(SEVERITIES[one.severity]), t(KINDS[one.kind]), escape(one.team)]
    if one.ticket_key:
        parts.insert(0, ticket_link(one.ticket_key, one.url))
    if one.call_key:
        parts.insert(0, t("call {call}", call=escape(short(one.call_key, 40))))
    name = f"{MARKS[one.severity]} *{called(one.number)} · {escape(title(one, one.rule_facts, t))}*"
    return [SectionBlock(f"{name}\n{' · '.join(parts)}")]


def _about(one: Card, t: Words) -> list[Block]:
    blocks: list[Block] = []
    if quoted := "\n".join(f">{line}" for line in escape(short(_beyond_title(one), WORDS)).splitlines()):
        blocks.append(SectionBlock(short(quoted, 3000)))
    if lines := [line for line in (_customer(one, t), states.happened(one, t)) if line]:
        blocks.append(SectionBlock("\n".join(lines)))
    return [*blocks, *_promise(one, t)]


def _beyond_title(one: Card) -> str:
    """What somebody wrote and the title does not say: all of it where the title had to be cut."""
    first, _, rest = one.what.strip().partition("\n")
    return rest.strip() if len(first) <= TITLE else one.what.strip()


def _customer(one: Card, t: Words) -> str:
    """Customer, organisation and tier; what else they wait for; what they last said."""
    named = [escape(short(text, 60)) for text in (one.customer, one.organisation, one.tier) if text]
    if not named:
        return ""
    told = [t("Customer: {names}", names=" · ".join(named))]
    if one.other_open:
        told.append(t.n("{n} other open ticket", "{n} other open tickets", one.other_open))
    if one.ratings:
        marks = " ".join(_rating(r.text, r.is_good) for r in one.ratings)
        told.append(t("last ratings {ratings}", ratings=marks))
    return " · ".join(told)


def _rating(text: str, is_good: bool | None) -> str:
    mark = {True: "👍", False: "👎"}.get(is_good, "") if is_good is not None else ""
    return f"{mark}{escape(short(text, 10))}"


def _promise(one: Card, t: Words) -> list[Block]:
    if not one.promise_due_at:
        return []
    until = t.moment(one.promise_due_at, one.timezone)
    what = escape(short(one.promise, 300)) or t("an answer")
    if one.promise_kept_at:
        said = t("✓ Promise kept: {what}", what=what)
    elif one.is_overdue:
        said = t("✗ Promised to the customer, and overdue since {until}: {what}", what=what, until=until)
    else:
        said = t("Promised to the customer by {until}: {what}", what=what, until=until)
    return [SectionBlock(said)]


def _gathered(one: Card, t: Words) -> list[Block]:
    if not one.gathered_total:
        return []
    named = [ticket_link(g.ticket_key or called(g.number), g.url) for g in one.gathered]
    more = one.gathered_total - len(named)
    if more:
        named.append(t.n("and {n} more", "and {n} more", more))
    count = t.n("{n} ticket is part of it", "{n} tickets are part of it", one.gathered_total)
    return [SectionBlock(short(t("{title}: {value}", title=count, value=", ".join(named)), 3000))]


def buttons(one: Card, t: Words) -> list[Block]:
    """Two to press, the rest in a menu; none that no longer applies."""
    about = value(escalation=one.id)
    elements: list[Button | OverflowMenu] = []
    if one.status == Status.OPEN:
        elements.append(Button(t("I take it"), action_id=ids.ESCALATION_TAKE, value=about, style="primary"))
    if one.status != Status.RESOLVED:
        elements.append(Button(t("Resolve"), action_id=ids.ESCALATION_RESOLVE, value=about))
    options = [option(t(label), value(e=one.id, do=key)) for key, label in menus.fitting(one).items()]
    elements.append(OverflowMenu(ids.ESCALATION_MORE, options))
    return [ActionsBlock(list(elements)), *_judging(one, t)]


def _judging(one: Card, t: Words) -> list[Block]:
    """Was this alarm worth it? Asked of those that a detector raised, from which its hit rate follows."""
    if not one.rule:
        return []
    useful = FeedbackButton(t("Useful alarm"), value(escalation=one.id, useful=True))
    useless = FeedbackButton(t("Not useful"), value(escalation=one.id, useful=False))
    return [ContextActionsBlock([FeedbackButtons(useful, useless, action_id=ids.DETECTOR_JUDGE)])]


def _after(one: Card, t: Words) -> list[Block]:
    """What the one who raised it can do: see the timeline, say that it is not over."""
    about = value(escalation=one.id)
    elements = [Button(t("Timeline"), action_id=ids.ESCALATION_TIMELINE, value=about)]
    if one.status == Status.RESOLVED:
        elements.append(Button(t("It is not over"), action_id=ids.ESCALATION_REOPEN, value=about))
    return [ActionsBlock(list(elements))]


def _foot(one: Card, t: Words) -> list[Block]:
    parts = []
    if one.raised_by:
        parts.append(t("Raised by {person}, {moment}", person=escape(one.raised_by.name), moment=_at(one, t)))
    else:
        parts.append(t("Raised {moment}", moment=_at(one, t)))
    if one.count > 1 and not one.gathered_total:
        parts.append(t.n("reported {n} time", "reported {n} times", one.count))
    if one.reopened:
        parts.append(t.n("reopened {n} time", "reopened {n} times", one.reopened))
    if one.under_number:
        parts.append(t("part of {name}", name=called(one.under_number)))
    if one.like_number:
        parts.append(t("a repeat of {name}", name=called(one.like_number)))
    if one.message_url:
        parts.append(f"<{one.message_url}|{t('the message')}>")
    if one.is_confidential:
        parts.append(t("confidential: only its people see this"))
    return [note(" · ".join(parts))]


def _at(one: Card, t: Words) -> str:
    return t.moment(one.opened_at, one.timezone)
