"""Questions, results, notes and plans as people see them. Pure drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from slackblocks import ActionsBlock, Block, Button, Element, HeaderBlock, SectionBlock

from cspm_core.wellbeing import Pooled, Result
from cspm_core.wellbeing.rules import ENOUGH

from .. import ids
from ..blocks import HEADLINE, Drawing, escape, message, note, short, value
from ..words import Words
from .names import OUTCOMES, QUESTIONS


@dataclass(frozen=True, slots=True)
class Note:
    """A confidential note as whom it was told reads it."""

    id: int
    person: str
    words: str
    at: datetime
    talk_at: datetime | None
    timezone: str
    is_seen: bool
    is_over: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """An improvement plan as one of its people reads it. `reader`: agent, lead or manager."""

    id: int
    agent: str
    lead: str
    manager: str
    goal: str
    support: str
    starts_on: date
    checks_on: tuple[date, ...]
    ends_on: date
    gone_on: date
    is_confirmed: bool
    agent_words: str
    outcome: str
    reader: str


def asked(about: str, subject_id: int, is_answered: bool, t: Words, *, lead: str = "") -> Drawing:
    """Two questions, of the team's fortnight or of a talk; the button goes once they are answered."""
    if about == "talk":
        title = t("How was your talk with {person}?", person=lead)
        why = t("Two questions, pooled over everybody of your team. {person} never sees a single answer.", person=lead)
    else:
        title = t("Two questions about your week")
        why = t("Answers are kept without your name, and nothing is said before five people have answered.")
    blocks: list[Block] = [SectionBlock(f"*{escape(title)}*\n{escape(why)}")]
    if is_answered:
        blocks.append(note(t("✓ Answered. Thank you.")))
    else:
        button = Button(
            t("Answer"), action_id=ids.PULSE_ANSWER, value=value(about=about, of=subject_id), style="primary"
        )
        blocks.append(ActionsBlock([button]))
    return message(short(title, HEADLINE), *blocks)


def results(found: Result, team: str, t: Words) -> Drawing:
    """What one pulse came to, for the team's leads."""
    title = t("Pulse of {team}, week of {day}", team=team, day=t.day(found.week))
    blocks: list[Block] = [HeaderBlock(short(title, 150)), note(_rate(found, t))]
    blocks.append(SectionBlock(_told("pulse", found, t)))
    return message(short(title, HEADLINE), *blocks)


def team_results(
    team_id: int, team: str, is_on: bool, pulses: Sequence[Result], talks: Sequence[Result], may_switch: bool, t: Words
) -> Drawing:
    """The last pulses of a team, what is said after talks, and the switch."""
    title = t("Pulse of {team}", team=team)
    blocks: list[Block] = [HeaderBlock(short(title, 150))]
    blocks.append(note(t("Asked every second week.") if is_on else t("Nobody is asked at the moment.")))
    for one in pulses:
        day = t("*Week of {day}* · {rate}", day=t.day(one.week), rate=_rate(one, t))
        blocks.append(SectionBlock(f"{day}\n{_told('pulse', one, t)}"))
    for one in talks:
        since = t("*After talks, since {day}* · {rate}", day=t.day(one.week), rate=_answers(one.answered, t))
        blocks.append(SectionBlock(f"{since}\n{_told('talk', one, t)}"))
    if may_switch:
        label = t("Stop asking") if is_on else t("Ask every second week")
        about = value(team=team_id, on=not is_on)
        blocks.append(ActionsBlock([Button(label, action_id=ids.PULSE_SWITCH, value=about)]))
    blocks.append(note(t.n("Shown from {n} answer on.", "Shown from {n} answers on.", ENOUGH)))
    return message(short(title, HEADLINE), *blocks)


def _rate(found: Result, t: Words) -> str:
    share = t.share(found.answered / found.asked) if found.asked else "–"
    return t("{answered} of {asked} answered ({share})", answered=t.number(found.answered),
             asked=t.number(found.asked), share=share)  # fmt: skip


def _answers(n: int, t: Words) -> str:
    return t.n("{n} answer", "{n} answers", n)


def _told(about: str, found: Result, t: Words) -> str:
    lines = zip(QUESTIONS[about], (found.first, found.second), strict=True)
    return "\n".join(f"{t(question)} {_pooled(pooled, t)}" for question, pooled in lines)


def _pooled(pooled: Pooled, t: Words) -> str:
    if pooled.mean is None:
        return t("*too few answers to show*")
    said = t("*{mean}* of 5", mean=t.number(pooled.mean, 1))
    if pooled.interval:
        low, high = t.number(pooled.interval.low, 1), t.number(pooled.interval.high, 1)
        said += " " + t("(95 % interval {low} to {high})", low=low, high=high)
    return said


def note_card(one: Note, t: Words) -> Drawing:
    """A note in confidence, to the one lead it was written to."""
    title = t("{person} tells you something in confidence", person=one.person)
    blocks: list[Block] = [SectionBlock(f"*{escape(title)}*"), SectionBlock(_quoted(one.words))]
    if one.talk_at:
        when = t.moment(one.talk_at, one.timezone)
        blocks.append(SectionBlock(t("{person} would like to talk about it {moment}.", person=escape(one.person),
                                     moment=when)))  # fmt: skip
    blocks.append(note(t("Nobody else sees it: no lead, no admin, no channel.")))
    buttons: list[Element] = []
    about = value(note=one.id)
    if not one.is_seen:
        buttons.append(Button(t("I have read it"), action_id=ids.NOTE_SEEN, value=about, style="primary"))
    if not one.is_over:
        buttons.append(Button(t("We have talked"), action_id=ids.NOTE_OVER, value=about))
    blocks += [ActionsBlock(buttons)] if buttons else [note(t("✓ You have talked. It is deleted in three months."))]
    return message(short(title, HEADLINE), *blocks)


def note_seen(person: str, talk_at: datetime | None, timezone: str, t: Words) -> Drawing:
    """To its writer: it has been read."""
    said = t("{person} has read what you told them in confidence.", person=person)
    blocks: list[Block] = [SectionBlock(escape(said))]
    if talk_at:
        blocks.append(note(t("You wanted to talk {moment}.", moment=t.moment(talk_at, timezone))))
    return message(short(said, HEADLINE), *blocks)


def plan_card(one: Plan, t: Words) -> Drawing:
    """The plan as all three read it, with the reader's own buttons."""
    title = t("Improvement plan with {person}", person=one.agent if one.reader != "agent" else one.lead)
    days = t("From {first} to {last}", first=t.day(one.starts_on), last=t.day(one.ends_on))
    blocks: list[Block] = [
        HeaderBlock(short(title, 150)),
        note(days),
        SectionBlock(f"*{t('What is to be reached')}*\n{_quoted(one.goal)}"),
        SectionBlock(f"*{t('What is offered for it')}*\n{_quoted(one.support)}"),
    ]
    if one.checks_on:
        dates = t.join([t.day(day) for day in one.checks_on])
        blocks.append(SectionBlock(t("Looked at together on {days}.", days=dates)))
    if one.agent_words:
        blocks.append(SectionBlock(f"*{escape(one.agent)}*\n{_quoted(one.agent_words)}"))
    blocks += _state(one, t)
    return message(short(title, HEADLINE), *blocks)


def _state(one: Plan, t: Words) -> list[Block]:
    blocks: list[Block] = []
    about = value(plan=one.id)
    if not one.is_confirmed:
        if one.reader == "agent":
            button = Button(t("Confirm"), action_id=ids.PLAN_CONFIRM, value=about, style="primary")
            blocks.append(ActionsBlock([button]))
        else:
            blocks.append(note(t("{person} has not confirmed it yet.", person=escape(one.agent))))
    elif one.outcome:
        blocks.append(SectionBlock(t("It ended: *{outcome}*", outcome=t(OUTCOMES[one.outcome]))))
    else:
        blocks.append(note(t("✓ Confirmed by both")))
        if one.reader == "lead":
            blocks.append(ActionsBlock([Button(t("It is over"), action_id=ids.PLAN_END, value=about)]))
    seen = [one.agent, one.lead, *([one.manager] if one.manager else [])]
    blocks.append(note(t("Seen by {people} alone. Deleted on {day}.", people=escape(t.join(seen)),
                         day=t.long_day(one.gone_on))))  # fmt: skip
    return blocks


def _quoted(words: str) -> str:
    return ">" + escape(short(words.strip(), 2_900)).replace("\n", "\n>")
