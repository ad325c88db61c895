"""A talk in all its states, for either of its two people: proposed, fitting, moved, today, late, over. Pure drawing."""

from __future__ import annotations

from typing import Any

from slackblocks import ActionsBlock, Block, Button, ConfirmationDialogue, SectionBlock

from cspm_core.coaching import TalkSeen

from .. import ids
from ..blocks import HEADLINE, Drawing, escape, message, short, value
from ..words import Words

NAME = 60


def moment(one: TalkSeen, t: Words) -> str:
    return t.moment(one.planned_at, one.timezone)


def card(one: TalkSeen, reader_id: int, t: Words, *, moved: int | None = None) -> Drawing:
    """`moved`: how often it had been moved when this was said; where it was moved since, it only says whereto."""
    other = one.other(reader_id)
    head = t("🗓 *Talk with {person}*", person=escape(other.name))
    if moved is not None and moved != one.moved and one.status == "planned":
        said = t("It was moved to {moment}.", moment=moment(one, t))
        return message(headline(one, reader_id, t), SectionBlock(f"{head}\n{said}"))
    return message(headline(one, reader_id, t), SectionBlock(f"{head}\n{state(one, reader_id, t)}"),
                   *_buttons(one, reader_id, t))  # fmt: skip


def headline(one: TalkSeen, reader_id: int, t: Words) -> str:
    """What a lock screen shows."""
    told = {"person": short(one.other(reader_id).name, NAME), "moment": t.clock(one.planned_at, one.timezone)}
    match one.status:
        case "held":
            return short(t("Talk with {person}: held", **told), HEADLINE)
        case "cancelled":
            return short(t("Talk with {person}: cancelled", **told), HEADLINE)
    return short(t("Talk with {person}: {moment}", **told), HEADLINE)


def state(one: TalkSeen, reader_id: int, t: Words) -> str:
    """When it is, and how it stands between the two."""
    if one.status == "held":
        return t("✓ Held {moment}.", moment=t.moment(one.held_at or one.planned_at, one.timezone))
    if one.status == "cancelled":
        return t("Cancelled. It was planned for {moment}.", moment=moment(one, t))
    when = t("{moment}, {n} minutes", moment=f"*{moment(one, t)}*", n=t.number(one.minutes))
    return f"{when}\n{agreement(one, reader_id, t)}"


def agreement(one: TalkSeen, reader_id: int, t: Words) -> str:
    """Whether it fits both."""
    other = escape(one.other(reader_id).name)
    if one.agreed_at is not None:
        return t("✓ It fits you both.")
    if one.is_asked(reader_id):
        return t("{person} proposes this time. Does it fit?", person=other)
    if one.other(reader_id).slack is None:
        return t("{person} is not in Slack: tell them yourself.", person=other)
    return t("Proposed to {person}, who has not answered yet.", person=other)


def _buttons(one: TalkSeen, reader_id: int, t: Words) -> list[Block]:
    if one.status != "planned":
        return []
    found = [fits_button(one, t)] if one.is_asked(reader_id) else []
    found.append(move_button(one, t))
    if reader_id == one.lead.id:
        found.append(cancel_button(one, t))
    return [ActionsBlock(list(found))]


def fits_button(one: TalkSeen, t: Words, **on: Any) -> Button:
    carried = value(talk=one.id, moved=one.moved, **on)
    return Button(t("It fits"), action_id=ids.COACH_FITS, value=carried, style="primary")


def move_button(one: TalkSeen, t: Words, **on: Any) -> Button:
    return Button(t("Another time"), action_id=ids.COACH_MOVE, value=value(talk=one.id, **on))


def cancel_button(one: TalkSeen, t: Words) -> Button:
    sure = ConfirmationDialogue(
        short(t("Cancel the talk?"), 100), short(t("You can plan another whenever you like."), 300),
        short(t("Cancel it"), 30), short(t("Keep it"), 30),
    )  # fmt: skip
    return Button(t("Cancel it"), action_id=ids.COACH_CANCEL, value=value(talk=one.id), confirm=sure)


def hold_button(one: TalkSeen, t: Words, **on: Any) -> Button:
    sure = ConfirmationDialogue(
        short(t("Was the talk held?"), 100),
        short(t("Reviews that waited for it go out now, and the next one is planned by your rhythm."), 300),
        short(t("Yes"), 30), short(t("Not yet"), 30),
    )  # fmt: skip
    return Button(t("The talk was held"), action_id=ids.COACH_HOLD, value=value(talk=one.id, **on), style="primary",
                  confirm=sure)  # fmt: skip


def open_button(one: TalkSeen, t: Words) -> Button:
    return Button(t("Open it"), action_id=ids.COACH_OPEN, value=value(talk=one.id))


def today(one: TalkSeen, reader_id: int, t: Words, *, moved: int) -> Drawing:
    """On the day itself. Once it is over or moved it says that."""
    if one.status != "planned" or moved != one.moved:
        return card(one, reader_id, t, moved=moved)
    told = {"person": escape(one.other(reader_id).name), "moment": moment(one, t)}
    said = t("🗓 *Today: talk with {person}*, {moment}.", **told)
    if one.is_asked(reader_id):
        said += "\n" + agreement(one, reader_id, t)
    buttons = [fits_button(one, t)] if one.is_asked(reader_id) else []
    buttons += [open_button(one, t), move_button(one, t)]
    head = t("Today: talk with {person}", person=short(one.other(reader_id).name, NAME))
    return message(short(head, HEADLINE), SectionBlock(said), ActionsBlock(list(buttons)))


def late(one: TalkSeen, reader_id: int, t: Words, *, moved: int) -> Drawing:
    """For its lead, on the next working day: was it held?"""
    if one.status != "planned" or moved != one.moved:
        return card(one, reader_id, t, moved=moved)
    person = one.agent.name
    said = t("🗓 Your talk with *{person}* was planned for {moment}. Was it held?", person=escape(person),
             moment=moment(one, t))  # fmt: skip
    buttons = [hold_button(one, t), open_button(one, t), move_button(one, t), cancel_button(one, t)]
    head = t("Was your talk with {person} held?", person=short(person, NAME))
    return message(short(head, HEADLINE), SectionBlock(said), ActionsBlock(list(buttons)))
