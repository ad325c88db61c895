"""A handover in all its states: in the channel, for whoever follows, for whoever handed over. Pure drawing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from slackblocks import ActionsBlock, Block, Button, SectionBlock

from cspm_core.handovers import Card, Item, Risky, Running, Snapshot

from .. import ids
from ..blocks import HEADLINE, Drawing, escape, message, note, short, value
from ..escalations.names import MARKS
from ..escalations.titles import called, ticket_link, title
from ..words import Words

TITLE = 70
PART = 2_000
"""Characters of one part: a message holds four and the two lines."""


class Named(NamedTuple):
    """What a title is made of."""

    number: int
    what: str
    rule: str


def card(one: Card, t: Words, *, may_press: bool = True) -> Drawing:
    """What stands, the two lines, and who has it; the button as long as nobody has."""
    blocks = [SectionBlock(f"🔁 *{escape(_head(one, t))}*\n{_state(one, t)}"), *lines(one, t)]
    blocks += content(one.snapshot, one.timezone, t)
    if one.gives_own and one.taken_at is None:
        blocks.append(note(t("The open escalations of {person} go along.", person=escape(one.giver.name))))
    if one.taken_at is None and may_press:
        blocks.append(_button(one, t))
    return message(headline(one, t), *blocks)


def headline(one: Card, t: Words) -> str:
    """What a lock screen shows."""
    team = short(one.team, 40)
    if one.taken_by:
        said = t("{team}: {person} has taken over", team=team, person=short(one.taken_by.name, 40))
    else:
        said = t("{team}: {person} hands over", team=team, person=short(one.giver.name, 40))
    return short(said, HEADLINE)


def _head(one: Card, t: Words) -> str:
    told = {"team": one.team, "person": one.giver.name}
    if one.to:
        return t("{person} hands {team} over to {next}", next=one.to.name, **told)
    return t("{person} hands {team} over to the leads", **told)


def _state(one: Card, t: Words) -> str:
    zone = one.timezone
    if one.taken_at and one.taken_by:
        at = t.moment(one.taken_at, zone)
        said = t("✓ *{person}* has taken over, {at}.", person=escape(one.taken_by.name), at=at)
        if one.given:
            count = t.n("{n} escalation went along.", "{n} escalations went along.", one.given)
            return t.sentences(said, count)
        return said
    told = [t("*Nobody has taken over yet.*")]
    if one.escalation:
        told.append(t("It was raised as {name}.", name=called(one.escalation)))
    elif one.next_at:
        told.append(t("Without “Taken over” the next one is told {at}.", at=t.moment(one.next_at, zone)))
    if one.starts_at and one.ends_at:
        told.append(t("The next shift: {start} – {end}.", start=t.moment(one.starts_at, zone),
                      end=t.moment(one.ends_at, zone)))  # fmt: skip
    return "\n".join(told)


def lines(one: Card, t: Words) -> list[Block]:
    """The two that were written."""
    told = []
    for head, text in ((t("What has happened"), one.happened), (t("What to watch"), one.watch)):
        if text:
            told.append(f"*{head}*\n>" + escape(text).replace("\n", "\n>"))
    return [SectionBlock(short("\n".join(told), 3000))] if told else []


def _button(one: Card, t: Words) -> Block:
    taken = Button(t("Taken over"), action_id=ids.HANDOVER_TAKEN, value=value(handover=one.id), style="primary")
    return ActionsBlock([taken])


def content(snapshot: Snapshot, zone: str, t: Words) -> list[Block]:
    """What stood: the crisis first, then promises, escalations, tickets; nothing is said kindly."""
    if snapshot.is_empty:
        return [
            SectionBlock(t("✨ Nothing is open: no escalations, no tickets at risk, no promises due. Enjoy the quiet."))
        ]
    parts = [
        _part(t("Crisis now"), [_crisis(one, zone, t) for one in snapshot.crises], len(snapshot.crises), t),
        _part(
            t("Promises to customers, due in the next shift"),
            [_promise(one, zone, t) for one in snapshot.promises],
            snapshot.promises_total,
            t,
        ),
        _part(
            t("Open escalations"),
            [_escalation(one, zone, t) for one in snapshot.escalations],
            snapshot.escalations_total,
            t,
        ),
        _part(
            t("Tickets late, or due in the next shift"),
            [_ticket(one, zone, t) for one in snapshot.tickets],
            snapshot.tickets_total,
            t,
        ),
    ]
    return [SectionBlock(part) for part in parts if part]


def _part(head: str, told: Sequence[str], total: int, t: Words) -> str:
    """As many lines as fit; the rest is counted."""
    if not told:
        return ""
    kept = list(told)
    while len(kept) > 1 and len("\n".join(kept)) > PART:
        kept.pop()
    more = [t.n("and {n} more", "and {n} more", total - len(kept))] if total > len(kept) else []
    return short("\n".join([f"*{head}* ({t.number(total)})", *kept, *more]), 3000)


def _title(one: Item | Running, t: Words) -> str:
    return escape(title(Named(one.number, one.what, one.rule), one.rule_facts, t, limit=TITLE))


def _crisis(one: Running, zone: str, t: Words) -> str:
    parts = [f"🚨 *{called(one.number)}* {_title(one, t)}"]
    if one.left:
        parts.append(t.n("{n} line of the checklist is left", "{n} lines of the checklist are left", one.left))
    if one.untold:
        parts.append(t.n("{n} customer to tell", "{n} customers to tell", one.untold))
    if one.update_due_at:
        parts.append(t("update due {at}", at=t.moment(one.update_due_at, zone)))
    return " · ".join(parts)


def _promise(one: Item, zone: str, t: Words) -> str:
    due = t("by {at}", at=t.moment(one.at, zone)) if one.at else ""
    what = escape(short(one.promise, TITLE)) or _title(one, t)
    return " · ".join(part for part in (f"*{called(one.number)}* {what}", due, escape(one.owner)) if part)


def _escalation(one: Item, zone: str, t: Words) -> str:
    parts = [f"{MARKS[one.severity]} *{called(one.number)}* {_title(one, t)}"]
    if one.ticket_key:
        parts.append(ticket_link(one.ticket_key, one.url))
    parts.append(f"✋ {escape(one.owner)}" if one.owner else t("nobody has it"))
    if one.at and (clock := _clock(one, zone, t)):
        parts.append(clock)
    return " · ".join(parts)


def _clock(one: Item, zone: str, t: Words) -> str:
    assert one.at is not None
    at = t.moment(one.at, zone)
    match one.clock:
        case "overdue":
            return t("✗ promise overdue since {at}", at=at)
        case "snoozed":
            return t("⏸ until {at}", at=at)
        case "next":
            return t("next step {at}", at=at)
        case "asked":
            return t("asked again {at}", at=at)
    return ""


def _ticket(one: Risky, zone: str, t: Words) -> str:
    at = t.moment(one.due_at, zone)
    said = t("✗ was due {at}", at=at) if one.is_late else t("due {at}", at=at)
    return f"• {ticket_link(one.key, one.url)} · {said}"


def call(one: Card, t: Words) -> Drawing:
    """Nobody has taken it over: the next one is told. Once somebody has, it says who."""
    head = escape(_head(one, t))
    if one.taken_at:
        return message(headline(one, t), SectionBlock(f"🔁 {head}\n{_state(one, t)}"))
    said = t("{team}: nobody has taken over yet", team=short(one.team, 40))
    since = t("Handed over {at}. Can you take over?", at=t.moment(one.made_at, one.timezone))
    return message(short(said, HEADLINE), SectionBlock(f"🔁 *{head}*\n{since}"), *lines(one, t), _button(one, t))
