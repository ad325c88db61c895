"""What opens a talk, for its lead: promises first, then what happened since, and what to do. Pure drawing."""

from __future__ import annotations

from collections.abc import Sequence

from slackblocks import ActionsBlock, Block, Button, HeaderBlock, SectionBlock

from cspm_core.coaching import Brief, NoteSeen, PromiseSeen
from cspm_core.goals import Progress
from cspm_core.goals.tables import Goal
from cspm_core.kpi.rules import Reading
from cspm_core.qa.contents import Review

from .. import ids
from ..blocks import HEADLINE, Drawing, escape, fitted, message, note, short, value
from ..escalations.titles import ticket_link
from ..goals import views as goal_views
from ..kpi import figures
from ..kpi.names import NAMES, name_of
from ..words import Words
from . import effect_views, promise_views, suggestion_views, talk_views
from .names import RHYTHMS

MOST_OPEN = 6
"""Open promises that stand with a button of their own."""
MOST_CLOSED, MOST_NOTES = 5, 6
TEXT = 250
ON = "brief"
"""This message, as its buttons call it."""


def brief(one: Brief, t: Words) -> Drawing:
    """As much as Slack takes of the notes; everything else is short."""
    return fitted(list(one.notes[-MOST_NOTES:]) or [None], lambda kept: _drawn(one, [n for n in kept if n], t))


def _drawn(one: Brief, notes: Sequence[NoteSeen], t: Words) -> Drawing:
    head = t("Talk with {person}", person=one.agent.name)
    return message(
        short(head, HEADLINE),
        HeaderBlock(short(head, 150)),
        SectionBlock(_state(one, t)),
        *_promises(one, t),
        *_part(t("Figures"), _figures(one, t)),
        *_part(t("Reviews since the last talk"), _reviews(one, t)),
        *_part(t("Kudos"), [f"• {escape(k.giver)}: {escape(short(k.reason, TEXT))}" for k in one.kudos]),
        *_part(t("The data suggests"), [f"• {suggestion_views.why(s.kind, s.facts, t)}" for s in one.suggestions]),
        *_part(t("Goals"), [_goal(goal, one.standings.get(goal.id), t) for goal in one.goals]),
        *_part(t("Notes"), [note_line(n, t) for n in notes]),
        *_buttons(one, t),
        note(t("Only you see this. {person} sees shared notes, promises and their own reviews.",
               person=escape(one.agent.name))),
    )  # fmt: skip


def _state(one: Brief, t: Words) -> str:
    told = []
    if one.planned and one.is_late:
        told.append(t("It was planned for {moment} and is not held yet.", moment=talk_views.moment(one.planned, t)))
    elif one.planned and one.planned.is_proposed:
        when = t("Planned for {moment}.", moment=f"*{talk_views.moment(one.planned, t)}*")
        told.append(t.sentences(when, talk_views.agreement(one.planned, one.lead.id, t)))
    else:
        told.append(t("No talk is planned."))
    last = t.moment(one.last.held_at, one.timezone) if one.last and one.last.held_at else ""
    told.append(t("Last talk: {moment}.", moment=last) if last else t("It is your first talk."))
    told.append(t("How often: {rhythm}.", rhythm=t(RHYTHMS[one.every])))
    if one.agent.slack is None:
        told.append(t("{person} is not in Slack, so nothing reaches them from here.", person=escape(one.agent.name)))
    return "\n".join(told)


def _promises(one: Brief, t: Words) -> list[Block]:
    """Open ones each with a button, those closed since the last talk in a line."""
    head = f"*{t('Last promises')}*"
    if not one.promises:
        return [SectionBlock(f"{head}\n{t('None yet.')}")]
    still = [p for p in one.promises if p.is_open]
    found: list[Block] = [SectionBlock(f"{head} · {_count(one, t)}")]
    found += [_promise(one, p, t) for p in still[:MOST_OPEN]]
    ended = [_ended(one, p, t) for p in one.promises if not p.is_open][:MOST_CLOSED]
    if len(still) > MOST_OPEN:
        ended.append(t.n("and {n} more", "and {n} more", len(still) - MOST_OPEN))
    return found + ([SectionBlock(short("\n".join(ended), 3000))] if ended else [])


def _count(one: Brief, t: Words) -> str:
    still = sum(p.is_open for p in one.promises)
    parts = [
        t.n("{n} still open", "{n} still open", still),
        t.n("{n} kept since the last talk", "{n} kept since the last talk", one.kept) if one.kept else "",
        t.n("{n} not kept", "{n} not kept", one.missed) if one.missed else "",
    ]
    return " · ".join(part for part in parts if part)


def _promise(one: Brief, promise: PromiseSeen, t: Words) -> SectionBlock:
    return SectionBlock(
        short(_ended(one, promise, t), 3000),
        accessory=promise_views.close_button(promise, t, on=ON, agent=one.agent.id),
    )


def _ended(one: Brief, promise: PromiseSeen, t: Words) -> str:
    """A promise, and under it what became of its figure."""
    effect = effect_views.line(one.effects.get(promise.id), t)
    return "\n".join(filter(None, (promise_views.line(promise, t), effect and f"_{escape(effect)}_")))


def _figures(one: Brief, t: Words) -> list[str]:
    """What differs from the four weeks before by more than chance; why there is nothing where the team closed it."""
    if one.figures_level:
        return [closed(one.figures_level, one.agent.name, one.team, t)]
    if one.figures_until is None:
        return [t("There is no data yet.")]
    if not one.figures:
        return [t("Nothing stands out: no figure of the last four weeks differs from the four before by more than "
                  "chance.")]  # fmt: skip
    lines = [figure(reading, t) for reading in one.figures]
    lines.append(t("Four weeks to {moment}, beside the four before.", moment=t.moment(one.figures_until, one.timezone)))
    return lines


def closed(level: str, person: str, team: str, t: Words) -> str:
    """Why no figures of somebody are shown. `level`: what the team has agreed to."""
    told = {"person": escape(person), "team": escape(team)}
    match level:
        case "lead":
            return t(
                "In {team} figures about one person are for that person and the team’s lead, so none are shown "
                "about {person}.",
                **told,
            )
        case "nobody":
            return t("In {team} nobody is shown figures about one person, so none are shown about {person}.", **told)
    return t("In {team} figures about one person are for that person alone, so none are shown about {person}. Ask them "
             "what they see in theirs: `/kpi me`.", **told)  # fmt: skip


def figure(reading: Reading, t: Words) -> str:
    """What it is, what it was, how sure."""
    before = figures.value(reading.metric, reading.before, t) if reading.before else "–"
    parts = [
        t("{value}, before {before}", value=figures.value(reading.metric, reading.measure, t), before=before),
        figures.change(reading, t),
        f"n = {t.number(reading.measure.n)}",
    ]
    return f"• *{escape(name_of(reading.metric, t))}*: " + " · ".join(parts)


def _reviews(one: Brief, t: Words) -> list[str]:
    lines = [review(found, t) for found in one.reviews]
    if one.reviews_hidden:
        lines.append(t.n("{n} review is for {person} and its reviewer alone.",
                         "{n} reviews are for {person} and their reviewers alone.", one.reviews_hidden,
                         person=escape(one.agent.name)))  # fmt: skip
    return lines or [t("None.")]


def review(one: Review, t: Words) -> str:
    """The contact, the score, and whether it waits for this talk."""
    score = t("{score} of 100", score=t.number(one.scored.score, 1)) if one.scored.score is not None else "–"
    parts = [ticket_link(one.contact.key, one.contact.url), score, escape(one.reviewer)]
    if one.in_person and one.told_at is None:
        parts.append(t("*waits to be told in this talk*"))
    return "• " + " · ".join(part for part in parts if part)


def reviews(one: Brief, t: Words) -> Drawing:
    """Those since the last talk, for the lead alone."""
    head = t("Reviews of {person}", person=one.agent.name)
    lines = "\n".join(_reviews(one, t))
    return message(short(head, HEADLINE), SectionBlock(short(f"*{escape(head)}*\n{lines}", 3000)))


def _goal(goal: Goal, standing: Progress | None, t: Words) -> str:
    if standing and goal.agreed_at is not None:
        return f"• {escape(goal_views.line(standing, t))}"
    name = t(NAMES[goal.metric]) if goal.metric in NAMES else escape(goal.metric)
    state = t("not agreed yet") if goal.agreed_at is None else t("until {day}", day=t.day(goal.ends_on))
    return f"• {name} · {state}"


def note_line(one: NoteSeen, t: Words) -> str:
    """A note with its writer; a private one says so."""
    words = escape(short(one.words, TEXT)).replace("\n", " ")
    by = t("🔒 private") if one.is_private else escape(one.by)
    return f"• {by}: {words}"


def _part(head: str, lines: Sequence[str]) -> list[Block]:
    return [SectionBlock(short("\n".join([f"*{head}*", *lines]), 3000))] if lines else []


def _buttons(one: Brief, t: Words) -> list[Block]:
    of = value(agent=one.agent.id, on=ON)
    first = [
        Button(t("Write a note"), action_id=ids.COACH_NOTE, value=of),
        Button(t("Promise"), action_id=ids.COACH_PROMISE, value=of),
    ]
    if not one.figures_level:
        first.append(Button(t("Figures"), action_id=ids.COACH_FIGURES, value=of))
    if one.reviews:
        first.append(Button(t("Reviews"), action_id=ids.COACH_REVIEWS, value=of))
    second = [talk_views.hold_button(one.planned, t, on=ON, agent=one.agent.id)] if one.planned else []
    second.append(Button(t("Next talk"), action_id=ids.COACH_PLAN, value=of))
    return [ActionsBlock(list(first)), ActionsBlock(list(second))]
