"""A round as those who score see it, the reminder, and the list of a team's rounds. Pure drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from slackblocks import ActionsBlock, Block, Button, ConfirmationDialogue, Element, HeaderBlock, SectionBlock

from cspm_core.calibrations import Calibrator, Contact, Round

from .. import ids
from ..blocks import HEADLINE, Drawing, escape, is_address, message, note, short, value
from ..words import Words
from .names import title

SUBJECT = 90


@dataclass(frozen=True, slots=True)
class Seat:
    """A round as one person sees it. `own`: what they score; None: they do not. `may_end`: they may end it early."""

    round: Round
    own: Calibrator | None
    may_end: bool = False
    may_see: bool = False
    """Once it has ended, what came of it."""


@dataclass(frozen=True, slots=True)
class Board:
    """A team's rounds, the newest first."""

    team_id: int
    team: str
    seats: Sequence[Seat]


def invite(seat: Seat, t: Words) -> Drawing:
    """What somebody is to score, each with its button as long as it is open and theirs."""
    one, own = seat.round, seat.own
    blocks: list[Block] = [HeaderBlock(short(title(one, t), 150)), SectionBlock(_asked(one, t))]
    blocks += [_contact(contact, seat, t) for contact in one.contacts]
    if own is not None:
        done, count = len(own.todo & own.done), len(own.todo)
        if one.closed_at is None:
            left = count - done
            said = t.n("{n} is left for you.", "{n} are left for you.", left) if left else t("You are done. Thank you!")
            blocks.append(SectionBlock(f"*{said}*"))
    blocks.append(note(t("A calibration counts for nobody’s quality score, and agents never see it.")))
    if seat.may_end and one.closed_at is None:
        blocks.append(ActionsBlock([_end(one, t)]))
    return message(headline(seat, t), *blocks)


def headline(seat: Seat, t: Words) -> str:
    """What a lock screen shows."""
    one, own = seat.round, seat.own
    if one.closed_at is not None:
        said = t("{title}: it has ended", title=title(one, t))
    elif own is not None and not own.is_done:
        left = len(own.todo - own.done)
        said = t.n(
            "{title}: {n} conversation to score blind", "{title}: {n} conversations to score blind", left,
            title=title(one, t),
        )  # fmt: skip
    else:
        said = t("{title}: you are done", title=title(one, t))
    return short(said, HEADLINE)


def _asked(one: Round, t: Words) -> str:
    scorecard = t("Scorecard: {name}", name=escape(one.scorecard))
    if one.closed_at is not None:
        return t("*This round has ended, {moment}.*", moment=t.moment(one.closed_at, one.timezone)) + f"\n{scorecard}"
    asked = t.n(
        "*{person}* asks you to score {n} conversation until {moment}.",
        "*{person}* asks you to score {n} conversations until {moment}.",
        len(one.contacts),
        person=escape(one.by),
        moment=t.moment(one.due_at, one.timezone),
    )
    blind = t("Everybody scores the same ones, and nobody sees the others’ scores before the end.")
    return f"{t.sentences(asked, blind)}\n{scorecard}"


def _contact(contact: Contact, seat: Seat, t: Words) -> SectionBlock:
    one, own = seat.round, seat.own
    said = linked(contact)
    if contact.subject:
        said += f" · {escape(short(contact.subject, SUBJECT))}"
    if own is not None and contact.ticket_id in own.done:
        return SectionBlock(f"✓ {said}")
    if own is not None and contact.ticket_id not in own.todo:
        return SectionBlock(f"{said}\n_{t('Your own work, so the others score it.')}_")
    if own is None or one.closed_at is not None:
        return SectionBlock(said)
    told = value(calibration=one.id, ticket=contact.ticket_id)
    button = Button(t("Score it"), action_id=ids.CALIBRATION_SCORE, value=told)
    return SectionBlock(said, accessory=button, block_id=f"contact.{contact.ticket_id}")


def linked(contact: Contact) -> str:
    """Its key, which opens it where we know how."""
    key = escape(contact.key)
    return f"<{escape(contact.url)}|*{key}*>" if is_address(contact.url) else f"*{key}*"


def reminder(seat: Seat, t: Words) -> Drawing | None:
    """What is left, as long as anything is and it still helps."""
    one, own = seat.round, seat.own
    if own is None or own.is_done or one.closed_at is not None:
        return None
    left = t.n(
        "{n} conversation is left to score, until {moment}.",
        "{n} conversations are left to score, until {moment}.",
        len(own.todo - own.done),
        moment=t.moment(one.due_at, one.timezone),
    )
    opens = Button(t("Open it"), action_id=ids.CALIBRATION_OPEN, value=value(calibration=one.id))
    return message(headline(seat, t), SectionBlock(f"*{escape(title(one, t))}*\n{left}", accessory=opens))


def settled(seat: Seat, t: Words) -> Drawing:
    """A reminder that is none any more."""
    said = headline(seat, t)
    return message(said, SectionBlock(escape(said)))


def board(shown: Board, t: Words) -> Drawing:
    """The rounds there are, and the button that begins one."""
    head = t("{team}: calibrations", team=shown.team)
    blocks: list[Block] = [HeaderBlock(short(head, 150))]
    if not shown.seats:
        blocks.append(SectionBlock(
            t("There was no calibration yet. Everybody scores the same few conversations blind; then you see together "
              "where you differ, and talk about it.")
        ))  # fmt: skip
    for seat in shown.seats:
        blocks.append(SectionBlock(_listed(seat, t)))
        if buttons := _buttons(seat, t):
            blocks.append(ActionsBlock(buttons))
    begin = Button(
        t("Begin a calibration"), action_id=ids.CALIBRATION_BEGIN, value=value(team=shown.team_id), style="primary"
    )
    return message(short(head, HEADLINE), *blocks, ActionsBlock([begin]))


def _listed(seat: Seat, t: Words) -> str:
    one = seat.round
    head = f"*{escape(one.name or one.scorecard)}*"
    count = t.n("{n} conversation", "{n} conversations", len(one.contacts))
    if one.closed_at is not None:
        ended = t("ended {moment}", moment=t.moment(one.closed_at, one.timezone))
        return " · ".join([head, count, ended])
    until = t("until {moment}", moment=t.moment(one.due_at, one.timezone))
    lines = [" · ".join([head, count, until]), _progress(one.calibrators, t)]
    absent = [who.name for who in one.calibrators if who.slack_user_id is None]
    if absent:
        names = escape(t.join(absent))
        lines.append(t("I do not know them in Slack, so they were not asked: {names}.", names=names))
    return "\n".join(lines)


def _progress(every: Sequence[Calibrator], t: Words) -> str:
    """How far each is: numbers, never scores."""
    told = [
        t("{person} {done} of {of}", person=escape(who.name), done=t.number(len(who.todo & who.done)),
          of=t.number(len(who.todo)))
        for who in every
    ]  # fmt: skip
    return short(t("Scored so far: {who}", who=" · ".join(told)), 1_500)


def _buttons(seat: Seat, t: Words) -> list[Element]:
    one = seat.round
    carried = value(calibration=one.id)
    if one.closed_at is not None:
        return [Button(t("Result"), action_id=ids.CALIBRATION_RESULT, value=carried)] if seat.may_see else []
    found: list[Element] = []
    if seat.own is not None:
        found.append(Button(t("Open it"), action_id=ids.CALIBRATION_OPEN, value=carried))
    return [*found, _end(one, t)] if seat.may_end else found


def _end(one: Round, t: Words) -> Button:
    sure = ConfirmationDialogue(
        t("End it now?"),
        t("Everybody who took part sees the result, and nobody can score any more."),
        t("End it"),
        t("Cancel"),
    )
    return Button(t("End now"), action_id=ids.CALIBRATION_END, value=value(calibration=one.id), confirm=sure)
