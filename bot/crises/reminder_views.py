"""What the clock says about a crisis: an update is due, the review waits, and what the review found. Pure drawing."""

from __future__ import annotations

from datetime import datetime

from slackblocks import ActionsBlock, Block, Button, SectionBlock

from cspm_core.crises import Board

from .. import ids
from ..blocks import HEADLINE, Drawing, escape, message, short, value
from ..escalations.titles import called, title
from ..words import Words

TEXT = 1_500
ACTION = 200


def update_due(one: Board, due_at: datetime, t: Words) -> Drawing:
    """To whoever should say how it stands; once somebody has, it says so."""
    name, about = called(one.number), escape(title(one, one.rule_facts, t))
    subject = f"*{name}* · {about}"
    if one.ended_at:
        return message(
            short(t("{name} is over.", name=name), HEADLINE), SectionBlock(f"✅ {subject}\n{t('All clear')}")
        )
    if one.updated_at and one.updated_by and (one.update_due_at is None or one.update_due_at > due_at):
        person, at = escape(one.updated_by.name), t.moment(one.updated_at, one.timezone)
        said = t("{person} posted an update, {at}.", person=person, at=at)
        return message(short(t("{name} has an update", name=name), HEADLINE), SectionBlock(f"✓ {subject}\n{said}"))
    said = t("The update was due {at}. How does it stand? If nobody says so, it climbs again.",
             at=t.moment(due_at, one.timezone))  # fmt: skip
    post = Button(t("Post update"), action_id=ids.CRISIS_UPDATE, value=value(crisis=one.id), style="primary")
    headline = short(t("{name}: an update is due", name=name), HEADLINE)
    return message(headline, SectionBlock(f"⏰ {subject}\n{said}"), ActionsBlock([post]))


def review(one: Board, t: Words) -> Drawing:
    """In the thread and for whoever should write it: it waits; then what it found."""
    name = called(one.number)
    subject = f"*{name}* · {escape(title(one, one.rule_facts, t))}"
    if one.ended_at is None:
        said = t("{name} is going on again; the review waits.", name=name)
        return message(short(said, HEADLINE), SectionBlock(f"{subject}\n{said}"))
    if one.reviewed_at and one.reviewed_by:
        return message(short(t("Review of {name}", name=name), HEADLINE), *_found(one, subject, t))
    over = t.moment(one.ended_at, one.timezone)
    said = t("It is over since {at}. What happened, what went well, and what do we change?", at=over)
    write = Button(t("Write the review"), action_id=ids.CRISIS_REVIEW, value=value(crisis=one.id), style="primary")
    headline = short(t("{name}: time to look back", name=name), HEADLINE)
    return message(headline, SectionBlock(f"{subject}\n{said}"), ActionsBlock([write]))


def _found(one: Board, subject: str, t: Words) -> list[Block]:
    assert one.reviewed_at is not None
    assert one.reviewed_by is not None
    by = t("Looked back at by {person}, {at}.", person=escape(one.reviewed_by.name),
           at=t.moment(one.reviewed_at, one.timezone))  # fmt: skip
    blocks: list[Block] = [SectionBlock(f"📋 {subject}\n{by}")]
    blocks.append(SectionBlock(_titled(t("What has happened"), one.happened)))
    if one.went_well:
        blocks.append(SectionBlock(_titled(t("What went well"), one.went_well)))
    if one.actions:
        lines = [
            "• " + t("{what} ({person}, by {due})", what=escape(short(task.what, ACTION)),
                     person=escape(task.owner.name), due=t.moment(task.due_at, one.timezone))
            for task in one.actions
        ]  # fmt: skip
        blocks.append(SectionBlock(short("\n".join([f"*{t('Actions')}*", *lines]), 3000)))
    return blocks


def _titled(head: str, text: str) -> str:
    return short(f"*{head}*\n>" + escape(short(text, TEXT)).replace("\n", "\n>"), 3000)
