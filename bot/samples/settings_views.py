"""A team's plan in words, and what it means. Pure drawing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from slackblocks import ActionsBlock, Block, Button, HeaderBlock, SectionBlock

from cspm_core.samples import Outlook, QaPlan

from .. import ids
from ..blocks import HEADLINE, Drawing, escape, message, note, short, value
from ..words import Words
from . import names


@dataclass(frozen=True, slots=True)
class Shown:
    """A plan as a lead sees it. `next_at`: the next draw, None while it is off; `said`: what was just changed."""

    team_id: int
    team: str
    timezone: str
    digest_at: str
    plan: QaPlan
    outlook: Outlook
    next_at: datetime | None
    said: str = ""


def settings(shown: Shown, t: Words) -> Drawing:
    """How a team reviews, one line each, and the button that changes it."""
    said = t("How {team} reviews", team=shown.team)
    blocks: list[Block] = [HeaderBlock(short(said, 150))]
    if shown.said:
        blocks.append(SectionBlock(escape(shown.said)))
    blocks += [SectionBlock("\n".join(sample_lines(shown, t))), SectionBlock("\n".join(_after(shown.plan, t)))]
    blocks.append(
        ActionsBlock([Button(t("Change the plan"), action_id=ids.SAMPLE_PLAN, value=value(team=shown.team_id))])
    )
    blocks.append(note(t("A change holds from the next draw on; what is drawn stays as it is.")))
    return message(short(said, HEADLINE), *blocks)


def sample_lines(shown: Shown, t: Words) -> list[str]:
    """What is drawn, and what that means."""
    plan = shown.plan
    amount = names.amount(plan.unit, plan.amount, t)
    strata = t.join([t(names.BY[one]) for one in names.strata_of(plan)])
    lines = [f"*{t('The weekly sample')}*", _state(shown, t)]
    if strata:
        amount = t("{amount}, divided by: {strata}", amount=amount, strata=strata)
    lines.append(f"• {amount[:1].upper()}{amount[1:]}")
    lines.append(f"• *{meaning(shown.outlook, t)}*")
    if plan.prompted and plan.prompted_most:
        kinds = names.listed(plan.prompted, names.PROMPTED, t)
        lines.append("• " + t.n("Beside it {n} a week at most, prompted by: {kinds}. It stays out of the score.",
                                "Beside it {n} a week at most, prompted by: {kinds}. They stay out of the score.",
                                plan.prompted_most, kinds=kinds))  # fmt: skip
    lines.append("• " + t.n("Due within {n} working day", "Due within {n} working days", plan.due_days))
    return lines


def _state(shown: Shown, t: Words) -> str:
    when = t("{weekday} at {time}", weekday=names.weekday(shown.plan.draw_weekday, t), time=t.hour(shown.digest_at))
    if shown.next_at is None:
        return "• " + t("Switched off. Switched on, it is drawn each {when}.", when=when)
    return "• " + t("Drawn each {when}; next {at}", when=when, at=t.moment(shown.next_at, shown.timezone))


def meaning(told: Outlook, t: Words) -> str:
    """About 24 reviews a week, a margin of ±9 points."""
    if not told.population:
        return t("Nothing was solved last week, so what it means is not known yet.")
    if not told.reviews or told.margin is None:
        return t("That draws nothing.")
    reviews = t.n("About {n} review a week", "About {n} reviews a week", told.reviews)
    if told.margin == 0:
        return t("{reviews}: all that was solved.", reviews=reviews)
    return t("{reviews}, a margin of ±{points} points on the team’s score", reviews=reviews,
             points=t.number(told.margin * 100, 0 if told.margin >= 0.1 else 1))  # fmt: skip


def _after(plan: QaPlan, t: Words) -> list[str]:
    lines = [f"*{t('What follows a review')}*"]
    if plan.told_below > 0:
        lines.append("• " + t.n("Below {score} points it may be told in person first, within {n} working day.",
                                "Below {score} points it may be told in person first, within {n} working days.",
                                plan.hold_days, score=t.number(plan.told_below, 1)))  # fmt: skip
    else:
        lines.append("• " + t("Every review reaches the agent at once."))
    if plan.dispute_days:
        lines.append("• " + t.n("It can be disputed for {n} working day of the agent’s.",
                                "It can be disputed for {n} working days of the agent’s.",
                                plan.dispute_days))  # fmt: skip
    else:
        lines.append("• " + t("It can be disputed at any time."))
    lines.append("• " + (t("The agent sees who reviewed.") if plan.shows_reviewer
                         else t("The agent does not see who reviewed.")))  # fmt: skip
    return lines
