"""`/qa queue`: what somebody is to review, the oldest due first. Pure drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from slackblocks import ActionsBlock, Block, Button, HeaderBlock, SectionBlock

from cspm_core.samples import Pick

from .. import ids
from ..blocks import HEADLINE, Drawing, escape, message, note, short, value
from ..escalations.titles import ticket_link
from ..words import Words
from .names import STRATA

AT_ONCE = 8
SUBJECT = 90


@dataclass(frozen=True, slots=True)
class Queue:
    """Somebody's open picks at an instant. `begin`: how many stand before those shown; `said`: what just happened;
    `drawn_next`: when their teams draw next."""

    picks: Sequence[Pick]
    now: datetime
    begin: int = 0
    said: str = ""
    drawn_next: tuple[tuple[str, datetime, str], ...] = ()
    """Team, instant, zone."""


def queue(one: Queue, t: Words) -> Drawing:
    """Each with its ticket, its agent, why it is there and when it is due, and what can be done."""
    said = headline(one, t)
    blocks: list[Block] = [HeaderBlock(short(said, 150))]
    if one.said:
        blocks.append(SectionBlock(one.said))
    shown = one.picks[one.begin : one.begin + AT_ONCE]
    for pick in shown:
        blocks += _pick(pick, one.now, t)
    left = len(one.picks) - one.begin - len(shown)
    if left > 0:
        more = t.n("Show {n} more", "Show {n} more", min(left, AT_ONCE))
        button = Button(more, action_id=ids.SAMPLE_MORE, value=value(begin=one.begin + AT_ONCE))
        blocks.append(ActionsBlock([button]))
    if not one.picks:
        blocks.append(SectionBlock(_nothing(one, t)))
    else:
        blocks.append(note(t("Those drawn at random make the team’s score. One that cannot be reviewed is replaced "
                             "with a reason; the lead sees it.")))  # fmt: skip
    return message(short(said, HEADLINE), *blocks)


def headline(one: Queue, t: Words) -> str:
    """What a lock screen shows."""
    if not one.picks:
        return t("Nothing is yours to review")
    late = sum(pick.is_late(one.now) for pick in one.picks)
    said = t.n("{n} conversation is yours to review", "{n} conversations are yours to review", len(one.picks))
    return f"{said} · {t.n('{n} late', '{n} late', late)}" if late else said


def _nothing(one: Queue, t: Words) -> str:
    lines = [t("✨ Your queue is empty.")]
    lines += [
        t("*{team}* draws its next sample {at}.", team=escape(team), at=t.moment(at, zone))
        for team, at, zone in one.drawn_next
    ]
    return "\n".join(lines)


def _pick(pick: Pick, now: datetime, t: Words) -> list[Block]:
    review = Button(
        t("Review it"),
        action_id=ids.REVIEW_TICKET,
        value=value(team=pick.team_id, ticket=pick.ticket_id, pick=pick.id),
        style="primary",
    )
    other = Button(t("Replace"), action_id=ids.SAMPLE_REPLACE, value=value(pick=pick.id))
    lines = [line(pick, now, t)]
    if pick.subject:
        lines.append(escape(short(pick.subject, SUBJECT)))
    return [SectionBlock("\n".join(lines)), ActionsBlock([review, other])]


def line(pick: Pick, now: datetime, t: Words) -> str:
    """One pick in one line."""
    parts = [ticket_link(pick.key, pick.url), escape(pick.agent), escape(pick.channel), t(STRATA[pick.stratum])]
    return " · ".join([*filter(None, parts), due(pick, now, t)])


def due(pick: Pick, now: datetime, t: Words) -> str:
    """When it is due, or since when it is late."""
    at = t.moment(pick.due_at, pick.timezone)
    return t("✗ was due {at}", at=at) if pick.is_late(now) else t("due {at}", at=at)
