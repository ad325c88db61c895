"""`/coach`: my talks, my promises, what was shared with me, and whom I coach. Pure drawing."""

from __future__ import annotations

from collections.abc import Sequence

from slackblocks import ActionsBlock, Block, Button, HeaderBlock, SectionBlock

from cspm_core.coaching import AgentLine, Mine, NoteSeen, PromiseSeen, TalkSeen

from .. import ids
from ..blocks import Drawing, escape, fitted, message, note, short, value
from ..words import Words
from . import brief_views, promise_views, talk_views
from .names import RHYTHMS

MOST_TALKS, MOST_PROMISES, MOST_AGENTS = 8, 8, 15
MOST_NOTES = 6
ON = "mine"
"""This message, as its buttons call it."""


def mine(one: Mine, reader_id: int, t: Words) -> Drawing:
    """Everything that one person has; for whoever coaches, whom they coach, the longest ago first."""
    head = t("Coaching")
    rows = one.agents[:MOST_AGENTS]

    def draw(kept: Sequence[AgentLine | None]) -> Drawing:
        agents = [agent for agent in kept if agent]
        return message(
            head,
            HeaderBlock(head),
            *_talks(one.talks, reader_id, t),
            *_promises(one, t),
            *_notes(one, t),
            *_agents(agents, len(one.agents), t),
            note(t("Only you see this.")),
        )

    return fitted(list(rows) or [None], draw)


def _talks(talks: Sequence[TalkSeen], reader_id: int, t: Words) -> list[Block]:
    if not talks:
        return [SectionBlock(f"*{t('My talks')}*\n{t('None is planned.')}")]
    found: list[Block] = [SectionBlock(f"*{t('My talks')}*")]
    for one in talks[:MOST_TALKS]:
        said = t("*{person}* · {moment}", person=escape(one.other(reader_id).name), moment=talk_views.moment(one, t))
        parts = [said, talk_views.agreement(one, reader_id, t)]
        if one.every in RHYTHMS and one.every != "never":
            parts.append(t(RHYTHMS[one.every]))
        found.append(SectionBlock(" · ".join(parts), accessory=talk_views.move_button(one, t, on=ON)))
        buttons = [talk_views.fits_button(one, t, on=ON)] if one.is_asked(reader_id) else []
        if reader_id == one.agent.id:
            buttons.append(Button(t("Write a note"), action_id=ids.COACH_NOTE, value=value(talk=one.id, on=ON)))
        if buttons:
            found.append(ActionsBlock(list(buttons)))
    return found + _more(len(talks) - MOST_TALKS, t)


def _promises(one: Mine, t: Words) -> list[Block]:
    """My own with a button; those made to me in a line each."""
    head = f"*{t('My promises')}*"
    if not one.promises:
        found: list[Block] = [SectionBlock(f"{head}\n{t('None is open.')}")]
    else:
        found = [SectionBlock(head)]
    found += [_promise(promise, t) for promise in one.promises[:MOST_PROMISES]]
    found += _more(len(one.promises) - MOST_PROMISES, t)
    if one.others:
        lines = [promise_views.line(promise, t) for promise in one.others[:MOST_PROMISES]]
        found.append(SectionBlock(short("\n".join([f"*{t('Promised to me')}*", *lines]), 3000)))
        found += _more(len(one.others) - MOST_PROMISES, t)
    return found


def _promise(one: PromiseSeen, t: Words) -> SectionBlock:
    other = one.lead if one.owner.id == one.agent.id else one.agent
    said = f"{promise_views.line(one, t, with_owner=False)} · {t('to {person}', person=escape(other.name))}"
    return SectionBlock(short(said, 3000), accessory=promise_views.close_button(one, t, on=ON))


def _notes(one: Mine, t: Words) -> list[Block]:
    return [_shared(talk, notes, t) for talk, notes in one.notes if notes]


def _shared(talk: TalkSeen, notes: Sequence[NoteSeen], t: Words) -> SectionBlock:
    told = {"person": escape(talk.lead.name), "moment": t.moment(talk.held_at or talk.planned_at, talk.timezone)}
    if talk.held_at:
        head = t("*Notes of the talk with {person}*, {moment}", **told)
    else:
        head = t("*Notes for the talk with {person}*, {moment}", **told)
    return SectionBlock(short("\n".join([head, *(brief_views.note_line(n, t) for n in notes[-MOST_NOTES:])]), 3000))


def _agents(agents: Sequence[AgentLine], total: int, t: Words) -> list[Block]:
    if not agents:
        return []
    found: list[Block] = [SectionBlock(f"*{t('Whom I coach')}*")]
    found += [SectionBlock(_agent(one, t), accessory=_open(one, t)) for one in agents]
    return found + _more(total - len(agents), t)


def _open(one: AgentLine, t: Words) -> Button:
    return Button(t("Open it"), action_id=ids.COACH_OPEN, value=value(agent=one.agent.id))


def _agent(one: AgentLine, t: Words) -> str:
    last = t("last {moment}", moment=t.moment(one.last_at, one.timezone)) if one.last_at else t("no talk yet")
    parts = [f"*{escape(one.agent.name)}*", last]
    parts.append(t("next {moment}", moment=talk_views.moment(one.next, t)) if one.next else t("none planned"))
    if one.open:
        parts.append(t.n("{n} open promise", "{n} open promises", one.open))
    if one.late:
        parts.append(t.n("{n} of them late", "{n} of them late", one.late))
    if one.agent.slack is None:
        parts.append(t("not in Slack"))
    return " · ".join(parts)


def _more(left: int, t: Words) -> list[Block]:
    return [note(t.n("and {n} more", "and {n} more", left))] if left > 0 else []
