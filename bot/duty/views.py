"""Who is on duty, who follows, and the two modals that change it. Pure drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from slackblocks import (
    ActionsBlock,
    Block,
    Button,
    DateTimePicker,
    HeaderBlock,
    InputBlock,
    PlainTextInput,
    SectionBlock,
    UserSelectMenu,
)

from cspm_core.duty import Named, Overview

from .. import ids
from ..blocks import HEADLINE, Drawing, escape, message, modal, note, short, table, value
from ..words import Words
from .names import WHYS

TEAM_CHARACTERS = 40
NOTE_CHARACTERS = 200
MOST_AWAY = 8
OFF, ON, STARTS, ENDS, NOTE = "member_off", "member_on", "starts_at", "ends_at", "note"
"""The fields' block ids: what is wrong with one stands beside it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A team's board as one person sees it. `said`: what they have just changed."""

    overview: Overview
    may_take: bool = False
    """Of the team, and not on duty alone already."""
    may_swap: bool = False
    is_away: bool = False
    is_member: bool = True
    """Somebody we know, who can be away."""
    said: str = ""


def board(shown: Shown, t: Words) -> Drawing:
    """Who is on duty now and until when, who follows, who is away, and what the reader may do about it."""
    now = shown.overview
    blocks: list[Block] = [HeaderBlock(short(t("On duty for {team}", team=now.team), 150))]
    if shown.said:
        blocks.append(SectionBlock(shown.said))
    blocks += [
        SectionBlock(_now(now, shown.may_take and not shown.is_away, t)),
        *_away(now, shown.may_swap, t),
        *_next(now, t),
    ]
    blocks.append(note(t("Times of {zone}", zone=now.timezone)))
    return message(headline(now, t), *blocks, *_buttons(shown, t))


def headline(now: Overview, t: Words) -> str:
    """What a lock screen shows."""
    team = short(now.team, TEAM_CHARACTERS)
    if not now.now.names:
        return short(t("{team}: nobody is on duty", team=team), HEADLINE)
    return short(t("{team}: {people} on duty", team=team, people=t.join(list(now.now.names))), HEADLINE)


def _now(now: Overview, may_take: bool, t: Words) -> str:
    on, zone = now.now, now.timezone
    if on.names:
        told = {"people": f"*{_people(on, t)}*", "why": t(WHYS[on.why])}
        if on.ends_at is None:
            return t("{people}, {why}", **told)
        return t("{people} until {moment}, {why}", moment=t.clock(on.ends_at, zone), **told)
    if now.next:
        first, moment = f"*{_people(now.next[0], t)}*", t.clock(now.next[0].starts_at, zone)
        said = t("Nobody is on duty. The next is {people}, {moment}.", people=first, moment=moment)
        return t.sentences(said, t("If something cannot wait, take over now.")) if may_take else said
    return t(
        "Nobody is on duty, and nobody is planned for the next three weeks. Whoever looks after the plan can load one "
        "with `cspm import shifts FILE` or set turns with `cspm duty rotation`."
    )


def _people(some: Named, t: Words) -> str:
    return escape(t.join(list(some.names)))


def _away(now: Overview, is_lead: bool, t: Words) -> list[Block]:
    """Who is away until when; the notes are for the lead."""
    if not now.away:
        return []
    lines = []
    for one in now.away[:MOST_AWAY]:
        told = t("{person} until {moment}", person=escape(one.name), moment=t.clock(one.until, now.timezone))
        lines.append(f"• {told}" + (f" · {escape(one.note)}" if is_lead and one.note else ""))
    if (more := len(now.away) - MOST_AWAY) > 0:
        lines.append(t.n("and {n} more", "and {n} more", more))
    return [SectionBlock("\n".join([t("*Away*"), *lines]))]


def _next(now: Overview, t: Words) -> list[Block]:
    if not now.next:
        return []
    rows = [
        [
            t.join(list(turn.names)),
            t.clock(turn.starts_at, now.timezone),
            t.clock(turn.ends_at, now.timezone) if turn.ends_at else "–",
            t(WHYS[turn.why]),
        ]
        for turn in now.next
    ]
    return [table(t("Next"), [t("Who"), t("Starts"), t("Until"), t("Why")], rows)]


def _buttons(shown: Shown, t: Words) -> list[Block]:
    team = value(team=shown.overview.team_id)
    buttons = []
    if shown.may_take and not shown.is_away:
        buttons.append(Button(t("Take over now"), action_id=ids.DUTY_TAKE_OVER, value=team))
    if shown.may_swap:
        buttons.append(Button(t("Swap"), action_id=ids.DUTY_SWAP, value=team))
    if shown.is_away:
        buttons.append(Button(t("I am back"), action_id=ids.DUTY_BACK, value=team))
    elif shown.is_member:
        buttons.append(Button(t("I am away"), action_id=ids.DUTY_AWAY, value=team))
    return [ActionsBlock(list(buttons))] if buttons else []


def swap(
    team: str, carried: str, users: Sequence[str], starts_at: datetime, ends_at: datetime, zone: str, t: Words
) -> Drawing:
    """Who stands in for whom. `users`: Slack users on duty now; `carried`: what comes back with it."""
    known = users[0] if len(users) == 1 else None
    return modal(
        t("Swap"),
        SectionBlock(t("Put somebody on duty for *{team}*. The times are in your own zone.", team=escape(team))),
        InputBlock(
            t("Instead of"),
            UserSelectMenu(OFF, initial_user=known),
            block_id=OFF,
            optional=True,
            hint=t("Left empty: instead of everybody who is on duty then."),
        ),
        InputBlock(t("On duty"), UserSelectMenu(ON), block_id=ON),
        *_times(starts_at, ends_at, t),
        note(t("{team} works in {zone}.", team=escape(team), zone=zone)),
        callback_id=ids.DUTY_SWAP_FORM,
        private_metadata=carried,
        submit=t("Swap"),
        close=t("Cancel"),
    )


def away(carried: str, starts_at: datetime, ends_at: datetime, t: Words) -> Drawing:
    """From when to when the reader is away."""
    return modal(
        t("I am away"),
        SectionBlock(t("Nothing climbs to you meanwhile, and you are not on duty. Your team sees until when.")),
        *_times(starts_at, ends_at, t),
        InputBlock(
            t("Note"), PlainTextInput(NOTE, max_length=NOTE_CHARACTERS), block_id=NOTE, optional=True,
            hint=t("Your lead and admins read it, nobody else."),
        ),
        callback_id=ids.DUTY_AWAY_FORM,
        private_metadata=carried,
        submit=t("Save"),
        close=t("Cancel"),
    )  # fmt: skip


def _times(starts_at: datetime, ends_at: datetime, t: Words) -> list[Block]:
    return [
        InputBlock(t("Starts"), DateTimePicker(STARTS, int(starts_at.timestamp())), block_id=STARTS),
        InputBlock(t("Until"), DateTimePicker(ENDS, int(ends_at.timestamp())), block_id=ENDS),
    ]
