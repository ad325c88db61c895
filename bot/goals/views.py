"""Goals and how they stand: lists, the question to agree, its answer, the end, and the sheet of evidence. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from slackblocks import ActionsBlock, Block, Button, HeaderBlock, SectionBlock

from cspm_core.goals import Kind, Progress
from cspm_core.metrics import Better, Unit

from .. import ids
from ..blocks import HEADLINE, Drawing, escape, fitted, message, note, short, table, value
from ..kpi import figures
from ..kpi.names import name_of
from ..words import Words
from .names import STATUSES, VERDICTS

MOST = 12
RUNNING = ("proposed", "agreed")


@dataclass(frozen=True, slots=True)
class Listed:
    """What somebody sees: goals under a heading. `may_change`: ids of those that they can take back."""

    title: str
    every: Sequence[Progress]
    may_change: frozenset[int] = frozenset()
    may_propose: bool = True


def goals(shown: Listed, t: Words) -> Drawing:
    """Each goal with its figure, interval, n and verdict."""
    return fitted(shown.every[:MOST], lambda rows: _goals(shown, rows, t))


def _goals(shown: Listed, rows: Sequence[Progress], t: Words) -> Drawing:
    blocks: list[Block] = [HeaderBlock(short(shown.title, 150))]
    for one in rows:
        button = None
        if one.goal.id in shown.may_change and one.goal.status in RUNNING:
            button = Button(t("Take it back"), action_id=ids.GOAL_WITHDRAW, value=value(goal=one.goal.id))
        blocks.append(SectionBlock(told(one, t), accessory=button))
    if not rows:
        blocks.append(SectionBlock(t("There is no goal yet.")))
    if len(rows) < len(shown.every):
        blocks.append(note(t("and {n} more", n=t.number(len(shown.every) - len(rows)))))
    if shown.may_propose:
        button = Button(t("New goal"), action_id=ids.GOAL_NEW, value="new", style="primary")
        blocks.append(ActionsBlock([button]))
    blocks.append(note(t("“Cannot tell” means that the interval holds the goal: more data has to decide.")))
    return message(short(shown.title, HEADLINE), *blocks)


def told(one: Progress, t: Words) -> str:
    """A goal in three lines: what, how it stands, until when and whose."""
    whose = one.member or one.team
    lines = [f"*{escape(whose)}: {wanted(one, t)}*", stands(one, t)]
    if one.beside:
        lines.append(t("Beside it: {goal}, {standing}", goal=wanted(one.beside, t), standing=stands(one.beside, t)))
    ends = t.day(one.goal.ends_on)
    lines.append(t("until {day} · looked after by {person}", day=ends, person=escape(one.owner)))
    return "\n".join(lines)


def line(one: Progress, t: Words) -> str:
    """The same in one line, for digests, Home and talks."""
    return t(
        "{goal}: {standing}, until {day}", goal=wanted(one, t), standing=stands(one, t), day=t.day(one.goal.ends_on)
    )


def wanted(one: Progress, t: Words) -> str:
    """CSAT at least 90 %; or: CSAT better by 5 points, that is at least 85 %."""
    name, lower = name_of(one.metric, t), one.metric.better is Better.LOWER
    if one.aim is None:
        return name
    aim = figures.amount(one.metric, one.aim, t)
    said = (
        t("{figure} at most {value}", figure=name, value=aim)
        if lower
        else t("{figure} at least {value}", figure=name, value=aim)
    )
    if one.goal.kind == Kind.BETTER_BY:
        return t("{goal} (better by {step})", goal=said, step=step(one, t))
    return said


def step(one: Progress, t: Words) -> str:
    """By how much better: a share of where it began, or points of a scale."""
    if one.metric.unit in (Unit.SECONDS, Unit.COUNT, Unit.EACH):
        return t.share(one.goal.target)
    if one.metric.unit is Unit.SHARE:
        return t("{n} points", n=t.number(one.goal.target * 100, 1))
    return t("{n} points", n=t.number(one.goal.target, 1))


def stands(one: Progress, t: Words) -> str:
    """The figure since it began with interval and n, and the verdict; or why there is none."""
    goal, standing = one.goal, one.standing
    if goal.status in STATUSES:
        return t(STATUSES[goal.status])
    if standing is None:
        return t("no data yet")
    verdict = t(VERDICTS[goal.status if goal.status in VERDICTS else standing.verdict])
    measure = standing.measure
    if measure.value is None:
        return t("{verdict}: too little to say a figure", verdict=verdict)
    now = figures.amount(one.metric, measure.value, t)
    said = [verdict, t("now {value}", value=now)]
    if measure.interval:
        said.append(figures.interval(one.metric, measure, t))
    said.append(f"n = {t.number(measure.n)}")
    return " · ".join(said)


def asked(one: Progress, by: str, t: Words) -> Drawing:
    """To whom a goal binds: it counts only with their yes. The buttons go once it is answered."""
    title = t("{person} proposes a goal to you", person=by)
    blocks: list[Block] = [SectionBlock(f"*{escape(title)}*\n{escape(wanted(one, t))}")]
    if one.beside:
        blocks.append(SectionBlock(t("Beside it: {goal}", goal=escape(wanted(one.beside, t)))))
    days = t("From {first} to {last}", first=t.day(one.goal.starts_on), last=t.day(one.goal.ends_on))
    blocks.append(note(days))
    if one.goal.status == "proposed":
        about = value(goal=one.goal.id)
        yes = Button(t("I agree"), action_id=ids.GOAL_AGREE, value=about, style="primary")
        no = Button(t("Not like this"), action_id=ids.GOAL_DECLINE, value=about)
        blocks += [ActionsBlock([yes, no]), note(t("Nothing counts before you agree."))]
    else:
        blocks.append(note(answer(one, t)))
    return message(short(title, HEADLINE), *blocks)


def answer(one: Progress, t: Words) -> str:
    """What became of the question."""
    match one.goal.status:
        case "declined":
            return t("Declined. Talk about it, then propose another one.")
        case "withdrawn":
            return t("It was taken back.")
    return t("✓ Agreed")


def answered(one: Progress, t: Words) -> Drawing:
    """To whoever proposed it."""
    if one.goal.status == "declined":
        title = t("{person} does not agree to the goal", person=one.member)
    else:
        title = t("{person} agrees to the goal", person=one.member)
    return message(short(title, HEADLINE), SectionBlock(f"*{escape(title)}*\n{escape(wanted(one, t))}"))


def ended(one: Progress, t: Words) -> Drawing:
    """How a goal ended, with the figure that says so."""
    title = t("A goal is over: {goal}", goal=wanted(one, t))
    blocks = [HeaderBlock(short(title, 150)), SectionBlock(told(one, t))]
    if one.goal.status == "not_decidable":
        blocks.append(note(t("Not decidable is an answer too: with so few of them, chance alone could do this.")))
    return message(short(title, HEADLINE), *blocks)


def ended_unseen(one: Progress, t: Words) -> Drawing:
    """The same to somebody who may not see figures about whom it bound."""
    title = t("A goal of {person} is over", person=one.member)
    said = t("How it ended is for {person} to tell: your team has not agreed that leads see figures about one person.",
             person=escape(one.member))  # fmt: skip
    return message(short(title, HEADLINE), SectionBlock(f"*{escape(title)}*\n{said}"))


def evidence(every: Sequence[Progress], team: str, period: str, t: Words) -> Drawing:
    """What a team's goals came to, with intervals; it computes no money."""
    title = t("Evidence for {team}, {period}", team=team, period=period)
    header = [t("Goal"), t("Figure"), t("Interval"), t("n"), t("Result")]
    rows = [_row(one, t) for one in every[:50]]
    blocks: list[Block] = [HeaderBlock(short(title, 150))]
    if rows:
        blocks.append(table(t("Goals of {team}", team=team), header, rows))
    else:
        blocks.append(SectionBlock(t("No goal of the team ended in this time, and none is running.")))
    blocks.append(
        note(t("“Not decidable” stands where the interval holds the goal. No amount of money is worked out."))
    )
    return message(short(title, HEADLINE), *blocks)


def _row(one: Progress, t: Words) -> list[str]:
    standing = one.standing
    if standing is None or standing.measure.value is None:
        return [wanted(one, t), "–", "–", "–", stands(one, t)]
    measure = standing.measure
    verdict = t(VERDICTS[one.goal.status if one.goal.status in VERDICTS else standing.verdict])
    span = figures.interval(one.metric, measure, t) if measure.interval else "–"
    assert measure.value is not None
    return [wanted(one, t), figures.amount(one.metric, measure.value, t), span, t.number(measure.n), verdict]


def help_text(t: Words) -> Drawing:
    """Every way in."""
    ways = [
        t("`/goal` – yours, and your teams’"),
        t("`/goal new` – propose one: a figure, how far, until when"),
        t("`/goal team Returns` – those of a team"),
        t("`/goal @colleague` – theirs, where your team lets you see figures about one person"),
        t("`/goal evidence Returns 2026-Q3` – what the team’s goals came to, for whoever decides on a bonus"),
    ]
    title = t("Goals")
    about = t("A goal binds nobody before they agree. Speed always has a goal of quality beside it.")
    button = Button(t("New goal"), action_id=ids.GOAL_NEW, value="new", style="primary")
    return message(title, HeaderBlock(title), SectionBlock("\n".join(ways)), ActionsBlock([button]), note(about))
