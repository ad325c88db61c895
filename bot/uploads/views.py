"""The card of a dropped file in all its states, in the thread of the message that brought it. Pure drawing."""

from __future__ import annotations

from datetime import datetime

from slackblocks import ActionsBlock, Block, Button, SectionBlock
from slackblocks.elements import Element

from cspm_core.uploads import Card, Reason, State, as_problem

from .. import ids
from ..blocks import HEADLINE, Drawing, escape, message, note, short, value
from ..words import Words
from . import reports
from .names import COUNTS, LOOKS_LIKE, PHASES, WHY, unreadable

FILE = 60


def card(one: Card, t: Words, first_day_at: datetime | None = None) -> Drawing:
    """What the file is, how far its import has come, or what became of it. `first_day_at`: when the team's channel
    hears of its first data, where that is still to come."""
    match one.state:
        case State.DONE:
            return _done(one, t, first_day_at)
        case State.IMPORTING:
            return _importing(one, t)
        case State.FAILED:
            return _message(why(one.reason, one.name, one.leads, t), _look(one, t))
        case State.DECLINED:
            return _message(why(one.reason, one.name, one.leads, t))
        case State.AWAY:
            away = t("Put away; nothing was imported. “Look at it” brings it back.")
            return message(_headline(one, away), note(f"📄 {_file(one)} · {away}"), _look(one, t))
    return _waiting(one, t)


def why(reason: str, name: str, leads: tuple[str, ...], t: Words) -> str:
    """Why nothing came of a file, and what to do; names stand as they are."""
    file = f"“{short(name, FILE)}”"
    problem = as_problem(reason)
    if problem is not None:
        return unreadable(problem, t)
    if reason == Reason.NO_RIGHT:
        said = t("Thank you! Importing is for team leads and admins, so I left {file} alone.", file=file)
        return t.sentences(said, t("Pass it on to {names}.", names=t.join(list(leads))) if leads else "")
    if reason in WHY:
        return t(WHY[reason], file=file)
    names = reason.removeprefix(f"{Reason.OTHER_TEAMS}:")
    return t("The file also has rows of {names}, which you do not lead. Ask an admin, or leave those rows out.",
             names=names)  # fmt: skip


def _waiting(one: Card, t: Words) -> Drawing:
    said = what(one, t)
    buttons: list[Element] = [
        Button(t("Look at it"), action_id=ids.UPLOAD_LOOK, value=value(upload=one.id), style="primary"),
        Button(t("Not now"), action_id=ids.UPLOAD_NOT_NOW, value=value(upload=one.id)),
    ]
    hint = t("Nothing is imported before you have seen what would change.")
    return message(_headline(one, said), SectionBlock(f"📄 *{_file(one)}*\n{said}"), note(hint), ActionsBlock(buttons))


def what(one: Card, t: Words) -> str:
    """What it looks like, in a sentence or two."""
    look = one.look
    if look.rows is None:
        return t("A file of {size}. I look into it when you ask me to.", size=size(one.size, t))
    rows = _rows(look.rows, look.about, t)
    if not look.kind:
        return t("{rows}, but I cannot tell what they are. Look at the columns together with me.", rows=rows)
    columns = t.n("{known} of {n} column understood", "{known} of {n} columns understood", look.columns,
                  known=t.number(look.known))  # fmt: skip
    return t.sentences(t(LOOKS_LIKE[look.kind]), t("{rows}, {columns}.", rows=rows, columns=columns))


def _rows(n: int, about: bool, t: Words) -> str:
    if about:
        return t("About {rows} rows", rows=t.number(round(n, -len(str(n)) + 2)))
    return t.n("{n} row", "{n} rows", n)


def size(n: int, t: Words) -> str:
    """Bytes as people say them."""
    if n >= 1_000_000:
        return t("{n} MB", n=t.number(n / 1_000_000, 1))
    return t("{n} kB", n=t.number(max(1, round(n / 1000))))


def _importing(one: Card, t: Words) -> Drawing:
    said = progress(one.phase, one.done_rows, one.all_rows, one.left_s, t)
    head = t("Importing into {team}", team=short(one.team, 40))
    blocks = [SectionBlock(f"⏳ *{escape(head)}* · {_file(one)}\n{said}")]
    return message(_headline(one, head), *blocks, note(t("You can go on working; the report comes here.")))


def progress(phase: str, done: int, total: int, left_s: float | None, t: Words) -> str:
    """How far it is; how long the rest takes once that can be said."""
    if not phase:
        return t("Fetching the file from Slack…")
    said = t(PHASES[phase])
    if total:
        done = min(done, total)
        counted = {"done": t.number(done), "total": t.number(total)}
        told = (
            t("{done} of {total} tickets", **counted)
            if phase == "following"
            else t("{done} of {total} rows", **counted)
        )
        said = f"{said}: {told}" if done else said
    if left_s is not None:
        said = f"{said} · {t('about {time} left', time=t.duration(_roughly(left_s)))}"
    return f"{said}…"


def _roughly(seconds: float) -> float:
    """Five seconds, then half minutes: nobody knows better."""
    step = 5 if seconds < 60 else 30
    return max(step, round(seconds / step) * step)


def _done(one: Card, t: Words, first_day_at: datetime | None) -> Drawing:
    told = one.told
    if told is None:
        return _message(t("Imported."))
    head = t("Imported into {team}", team=short(one.team, 40)) if not told.teams else t(
        "Imported into {team}", team=short(t.join(list(told.teams[:3])), 60)
    )  # fmt: skip
    counts = t.join([f"{t.number(n)} {t(COUNTS[key])}" for key, n in told.counts if key in reports.MAIN])
    blocks: list[Block] = [
        SectionBlock(f"✅ *{escape(head)}* · {_file(one)}"),
        SectionBlock(reports.text(told, t)),
    ]
    if told.is_resumed:
        blocks.append(note(t("It was interrupted and carried on; rows written before that count as unchanged.")))
    if told.refused_rows and one.reason:
        blocks.append(note(t("Slack did not take the file of the refused rows. Drop the file again to have it.")))
    elif told.refused_rows:
        blocks.append(note(t("The refused rows come as a file, each with its reason. Mended, drop it here again.")))
    if first_day_at:
        moment = t.moment(first_day_at, one.timezone)
        blocks.append(note(t("The team’s channel gets its first message {moment}.", moment=moment)))
    if told.nobodys and told.kind in reports.MATCHED:
        blocks.append(ActionsBlock([Button(t("Say who they are"), action_id=ids.MATCHING_SHOW, value=value())]))
    return message(_headline(one, f"{head}: {counts}"), *blocks)


def _message(said: str, *more: Block) -> Drawing:
    return message(short(said, HEADLINE), SectionBlock(f"📄 {reports.escaped(said)}"), *more)


def _look(one: Card, t: Words) -> Block:
    return ActionsBlock([Button(t("Look at it"), action_id=ids.UPLOAD_LOOK, value=value(upload=one.id))])


def _headline(one: Card, said: str) -> str:
    return short(f"{short(one.name, 40)} · {said}", HEADLINE)


def _file(one: Card) -> str:
    return escape(short(one.name, FILE))
